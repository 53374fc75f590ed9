"""A whole text pasted, cut into provisions, looked at, and written into the draft.

Everything travels in the form: nothing is kept between the two pages, and nothing typed is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
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


@dataclass(frozen=True)
class Brought:
    """What a file held besides the text that is shown: what is lost, what has another form, and
    the text as it is without (or with) the changes that are tracked in it."""

    lost: Sequence[str] = ()
    changed: Sequence[str] = ()
    tracked: str = ""
    other_text: str = ""
    other_name: str = ""

    @classmethod
    def from_form(cls, said: QueryDict) -> "Brought":
        return cls(said.getlist("lost"), said.getlist("changed"), said.get("tracked", ""))


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
    try:
        return preview(request, draft, strip_word_markup(form.cleaned_data["source"]))
    except Refused as refused:
        form.add_error("source", str(refused))
        return _pasting(request, draft, form)


def preview(
    request: HttpRequest, draft: Draft, text: str, brought: Brought | None = None
) -> HttpResponse:
    """The text in provisions, to be corrected. Raises Refused where nothing can be written."""
    cut = provisions.cut(text)
    if not cut.units:
        raise Refused(_("There is no provision in this text. Give the whole text."), code="empty")
    if len(cut.units) > drafting.MAX_PROVISIONS:
        raise Refused(
            _("A draft can have %s provisions at the most.") % drafting.MAX_PROVISIONS, code="many"
        )
    units = Units(
        initial=[
            {"kind": u.kind, "text": u.text, "headed": u.headed, "doubt": u.doubt}
            for u in cut.units
        ]
    )
    return _preview(request, draft, units, cut.dropped, brought)


def _pasting(request: HttpRequest, draft: Draft, form: PasteForm) -> HttpResponse:
    context = context_of(draft) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "directives/draft_paste.html", context, status=status)


def _preview(
    request: HttpRequest,
    draft: Draft,
    units: UnitFormSet,
    dropped: list[Line] | None = None,
    brought: Brought | None = None,
) -> HttpResponse:
    kinds = [_kind(form["kind"].value()) for form in units]
    doubtful = [form["doubt"].value() for form in units]
    context = context_of(draft) | {
        "units": units,
        "rows": zip(
            units, numbering.numbers(kinds), [DOUBTS.get(doubt) for doubt in doubtful], strict=True
        ),
        "doubts": sum(doubt in DOUBTS for doubt in doubtful),
        "dropped": dropped,
        "brought": brought or Brought.from_form(request.POST),
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
    """A paragraph that goes on with the one above: a new line if it begins a sentence.

    An annex stands also without a title; of other kinds what is empty goes.
    """
    units: list[NewProvision] = []
    for unit in said:
        text = unit["text"]
        if unit["joined"] and units and text:
            above = units[-1]
            joint = " " if text[0].islower() else "\n"
            units[-1] = NewProvision(above.kind, f"{above.text}{joint}{text}", above.headed)
        elif text or unit["kind"] == Kind.ANNEX:
            units.append(NewProvision(Kind(unit["kind"]), text, unit["headed"]))
    return units


def context_of(draft: Draft) -> dict[str, Any]:
    state = draft.directive.state
    return {
        "draft": draft,
        "directive": draft.directive,
        "voids": state in (State.SUBMITTED, State.APPROVED),
    }
