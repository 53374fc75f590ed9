"""A whole text pasted, cut into provisions, looked at, and written into the draft.

Everything travels in the form: nothing is kept between the two pages, and nothing typed is lost.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives import drafting
from directives.drafting import NewProvision
from directives.forms import PasteForm, UnitFormSet, Units
from directives.models import Draft, State
from directives.refusals import Refused
from directives.text import numbering, provisions
from directives.text.kinds import Kind
from directives.text.normalise import strip_word_markup
from directives.text.provisions import Line
from directives.views.found import draft_to_write

DOUBTS = {
    provisions.NUMBER_GAP: gettext_lazy("The number does not follow the one before it."),
    provisions.PARAGRAPH_IN_DOUBT: gettext_lazy("It is not sure where this paragraph belongs."),
    provisions.UNKNOWN_NUMBERING: gettext_lazy("This way of numbering is not known."),
}


def draft_paste(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Three stages at one address: paste, look through, write."""
    draft = draft_to_write(request.user, pk, number)
    if not draft.is_working:
        return redirect(draft)
    if request.method != "POST":
        return _pasting(request, draft, PasteForm())
    if "form-TOTAL_FORMS" in request.POST:
        return _write(request, draft, Units(request.POST))
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _pasting(request, draft, form)
    cut = provisions.cut(strip_word_markup(form.cleaned_data["source"]))
    if not cut.units:
        form.add_error("source", _("There is no provision in this text. Paste the whole text."))
        return _pasting(request, draft, form)
    if len(cut.units) > drafting.MAX_PROVISIONS:
        form.add_error(
            "source", _("A draft can have %s provisions at the most.") % drafting.MAX_PROVISIONS
        )
        return _pasting(request, draft, form)
    units = Units(
        initial=[
            {"kind": u.kind, "text": u.text, "headed": u.headed, "doubt": u.doubt}
            for u in cut.units
        ]
    )
    return _preview(request, draft, units, cut.dropped)


def _pasting(request: HttpRequest, draft: Draft, form: PasteForm) -> HttpResponse:
    context = _context(draft) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "directives/draft_paste.html", context, status=status)


def _preview(
    request: HttpRequest, draft: Draft, units: UnitFormSet, dropped: list[Line] | None = None
) -> HttpResponse:
    kinds = [_kind(form["kind"].value()) for form in units]
    doubtful = [form["doubt"].value() for form in units]
    context = _context(draft) | {
        "units": units,
        "rows": zip(
            units, numbering.numbers(kinds), [DOUBTS.get(doubt) for doubt in doubtful], strict=True
        ),
        "doubts": sum(doubt in DOUBTS for doubt in doubtful),
        "dropped": dropped,
        "replaces": draft.provisions.exclude(kind__in=drafting.FIXED).count(),
    }
    bad = units.is_bound
    return render(request, "directives/draft_preview.html", context, status=422 if bad else 200)


def _kind(said: str) -> Kind:
    return Kind(said) if said in list(Kind) else Kind.CLAUSE


def _write(request: HttpRequest, draft: Draft, units: UnitFormSet) -> HttpResponse:
    if not units.is_valid():
        return _preview(request, draft, units)
    try:
        written = drafting.replace_body(
            draft.pk,
            actor=request.user,
            units=_joined([form.cleaned_data for form in units]),
        )
    except Refused as refused:
        units.non_form_errors().append(str(refused))
        return _preview(request, draft, units)
    messages.success(
        request,
        _("The draft now has %s provisions. Read it through.") % written.provisions.count(),
    )
    return redirect("draft_edit", draft.directive_id, draft.number)


def _joined(said: list[dict[str, Any]]) -> list[NewProvision]:
    """A paragraph that goes on with the one above: a new line if it begins a sentence."""
    units: list[NewProvision] = []
    for unit in said:
        text = unit["text"]
        if unit["joined"] and units and text:
            above = units[-1]
            joint = " " if text[0].islower() else "\n"
            units[-1] = NewProvision(above.kind, f"{above.text}{joint}{text}", above.headed)
        elif text:
            units.append(NewProvision(Kind(unit["kind"]), text, unit["headed"]))
    return units


def _context(draft: Draft) -> dict[str, Any]:
    state = draft.directive.state
    return {
        "draft": draft,
        "directive": draft.directive,
        "voids": state in (State.SUBMITTED, State.APPROVED),
    }
