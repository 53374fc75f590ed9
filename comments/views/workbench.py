"""Answering comments and settling conflicts.

Every act answers with the page again: whole, or for htmx its parts that changed. A form carries the
version of the answer that was read, so that a decision on something else is refused, with both
shown.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from comments import consolidation, permissions, threads
from comments.forms.answers import AnswerForm, SettleForm
from comments.forms.messages import QuestionForm
from comments.models import Comment, Consultation, Outcome, Settlement
from comments.views.bench import (
    GENERAL,
    OWN,
    Bench,
    Card,
    bench_of,
    text_of_choice,
    wording_to_start_from,
)
from comments.views.found import comment_for, consultation_for
from comments.views.live import state_after
from comments.views.thread import auto_id, refuse_in
from directives.frame import frame
from directives.refusals import Refused

PLACE = "[khoản]"
OPENED = ("again", "ask", "place")
FIELDS = {"reply": "reply", "office_text": "office_text", "too_long": "reply"}


@require_GET
def workbench(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the provision `at` chosen; staff who may not answer read along.

    `again`, `ask` and `place` name the comments whose forms are to be open; to htmx their card is
    enough.
    """
    consultation = consultation_for(request.user, pk, permissions.is_staff)
    bench = _bench(request, consultation, request.GET.get("at", ""))
    named = filter(None, (_named(request, name) for name in OPENED))
    opened = next(filter(None, map(bench.card_of, named)), None)
    changed = [opened] if opened and request.htmx else None
    # A filter lets go of the provision that one turns away from.
    own_row = not bench.sieve.chosen
    focus = opened.anchor if opened else ""
    return _show(request, bench, focus=focus, changed=changed, own_row=own_row)


def _named(request: HttpRequest, name: str) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() else 0


def _bench(request: HttpRequest, consultation: Consultation, at: str, keep: int = 0) -> Bench:
    """The filter stands in the address of every form, so that an act does not lose it."""
    return bench_of(request.user, consultation, at, request.GET, keep)


def _show(
    request: HttpRequest,
    bench: Bench,
    *,
    status: int = 200,
    focus: str = "",
    changed: list[Card] | None = None,
    own_row: bool = True,
    state: str = "",
) -> HttpResponse:
    """The page; to htmx its parts: of the cards all or those that are `changed`, of the rail the
    row of the chosen provision or every row."""
    context = {
        "bench": bench,
        "consultation": bench.consultation,
        "draft": bench.consultation.draft,
        "focus": focus,
        "changed": changed,
        "own_row": own_row,
        "state": state,
        "again": _named(request, "again"),
        "asking": _named(request, "ask"),
        "placing": _named(request, "place"),
        "piecewise": bool(request.htmx) and not request.htmx.history_restore_request,
    }
    if context["piecewise"]:
        response = render(request, "comments/_bench_piece.html", context, status=status)
    else:
        directive = bench.consultation.draft.directive
        context |= frame(directive, request.user, "consolidate")
        response = render(request, "comments/workbench.html", context, status=status)
    response["Server-Timing"] = f"engine;dur={bench.engine_ms:.1f}"
    return response


def again(
    request: HttpRequest,
    consultation: Consultation,
    at: str,
    focus: str,
    keep: int = 0,
    acts: int = 1,
    changed: Callable[[Bench], list[Card] | None] = lambda bench: None,
) -> HttpResponse:
    """After an act: the page, at the place of the act, with the same filter.

    `acts` is how many lines it wrote into the log. What is `changed` is enough for a page that
    shows that place.
    """
    state = state_after(consultation, request.POST.get("state", ""), acts)
    fresh = _bench(request, consultation, at, keep)
    if not request.htmx:
        return redirect(f"{fresh.address}#{focus}")
    shows_it = request.POST.get("at", fresh.at) == fresh.at
    parts = changed(fresh) if shows_it else None
    return _show(request, fresh, focus=focus, changed=parts, own_row=shows_it, state=state)


def place_of(comment: Comment) -> str:
    return str(comment.place or GENERAL)


@require_POST
def comment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer to the comment, to those in the form that propose the same, and to those ticked
    that propose nearly the same.

    To take a part asks for the office's wording first, filled in with what was proposed; a template
    writes its words into the reply.
    """
    comment = comment_for(request.user, pk, permissions.can_answer)
    consultation, at = comment.consultation, place_of(comment)
    form = AnswerForm(request.POST, auto_id=f"a{pk}-%s")
    if "template" in form.data or _asks_for_wording(comment, form):
        bench = _bench(request, consultation, at, pk)
        _write_in(form, **_wanted(comment, form, bench))
        return _with_form(request, bench, comment, form, status=200)
    if not form.is_valid():
        return _with_form(request, _bench(request, consultation, at, pk), comment, form)
    try:
        _answer_all(comment, request.user, form, request.POST)
    except Refused as refused:
        if refused.code == "done":
            raise
        form.add_error(FIELDS.get(refused.code), str(refused))
        status = 409 if refused.code in ("stale", "withdrawn") else 422
        fresh = _bench(request, consultation, at, pk)
        return _with_form(request, fresh, comment, form, status=status)
    answered = len(request.POST.getlist("answers") + request.POST.getlist("near"))
    return again(
        request, consultation, at, f"c-{pk}", pk, answered, lambda fresh: _touched(request, fresh)
    )


def _asks_for_wording(comment: Comment, form: AnswerForm) -> bool:
    in_part = form.data.get("outcome") == Outcome.ACCEPTED_IN_PART
    return in_part and bool(comment.proposal_kind) and "office_text" not in form.data


def _write_in(form: AnswerForm, **values: str) -> None:
    form.data = form.data.copy()
    for name, value in values.items():
        form.data[name] = value


def _wanted(comment: Comment, form: AnswerForm, bench: Bench) -> dict[str, str]:
    """What a button of the form writes into its fields."""
    if "template" in form.data:
        return {"reply": _with_template(form, bench)}
    return {"office_text": wording_to_start_from(comment, bench.piece)}


def _with_template(form: AnswerForm, bench: Bench) -> str:
    """The reply as typed so far, and the words of the chosen template behind it."""
    chosen = [one.text for one in bench.templates if str(one.pk) == form.data["template"]]
    where = bench.piece.citation if bench.piece else _("the draft as a whole")
    words = [form.data.get("reply", "").strip(), *(t.replace(PLACE, where) for t in chosen)]
    return "\n".join(filter(None, words))


def _answer_all(comment: Comment, actor: User, form: AnswerForm, posted: QueryDict) -> None:
    """All or none; each is checked against the version that the form has read.

    Where a proposal is accepted, those nearly the same are taken in its words: accepted in part,
    so that two ways to write one thing are no conflict.
    """
    said = {name: form.cleaned_data[name] for name in ("outcome", "reply", "office_text")}
    near = said
    if said["outcome"] == Outcome.ACCEPTED and comment.proposed_text:
        in_part, wording = Outcome.ACCEPTED_IN_PART, comment.proposed_text
        near = said | {"outcome": in_part, "office_text": wording}
    with transaction.atomic():
        for answers, saying in ((posted.getlist("answers"), said), (posted.getlist("near"), near)):
            for pk, version in map(_read, answers):
                one = get_object_or_404(comment.consultation.comments, pk=pk)
                consolidation.answer(one.pk, actor=actor, version=version, **saying)


def _touched(request: HttpRequest, bench: Bench) -> list[Card] | None:
    """What to draw again after an answer; all where several cards were answered at once."""
    if "near" in request.POST:
        return None
    return bench.touched_by({pk for pk, _version in map(_read, request.POST.getlist("answers"))})


def _read(answer: str) -> tuple[int, int]:
    pk, _colon, version = answer.partition(":")
    if not (pk.isdecimal() and version.isdecimal()):
        raise Refused(_("Choose one of the four answers."), code="choice")
    return int(pk), int(version)


def _with_form(
    request: HttpRequest, bench: Bench, comment: Comment, form: AnswerForm, status: int = 422
) -> HttpResponse:
    """The page as it is now with what was typed in its card."""
    card = bench.card_of(comment.pk)
    if card is None:
        raise Refused(_("The delegate has withdrawn this comment."), code="withdrawn")
    card.form, card.is_open, card.ticked = form, True, request.POST.getlist("near")
    return _show(request, bench, status=status, focus=f"c-{card.first.pk}")


@require_POST
def comment_retract_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The comments of one card wait again."""
    comment = comment_for(request.user, pk, permissions.can_answer)
    answers = request.POST.getlist("answers")
    with transaction.atomic():
        for one, version in map(_read, answers):
            found = get_object_or_404(comment.consultation.comments, pk=one)
            consolidation.retract_answer(found.pk, actor=request.user, version=version)
    at = place_of(comment)
    return again(request, comment.consultation, at, f"c-{pk}", keep=pk, acts=len(answers))


@require_POST
def comment_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A question to the author; what was typed comes back with a refusal."""
    comment = comment_for(request.user, pk, permissions.can_answer)
    form = QuestionForm(request.POST, auto_id=auto_id(comment))
    try:
        threads.ask(pk, actor=request.user, **form.said())
    except Refused as refused:
        bench = _bench(request, comment.consultation, place_of(comment), pk)
        card = bench.card_of(pk)
        refuse_in(card.threads[pk] if card else None, form, refused)
        return _show(request, bench, status=422)
    return again(request, comment.consultation, place_of(comment), f"c-{pk}", keep=pk)


@require_POST
def conflict_settle(request: HttpRequest, pk: int) -> HttpResponse:
    consultation = consultation_for(request.user, pk, permissions.can_answer)
    form = SettleForm(request.POST)
    at = request.POST.get("at", "")
    if not form.is_valid():
        form.add_error(None, _("Choose one of the wordings, or write another."))
        return _with_choice(request, consultation, form)
    said = form.cleaned_data
    if said["choice"] == OWN and not said["own"]:
        form.add_error("own", _("Write the words that shall stand here."))
        return _with_choice(request, consultation, form)
    piece = consolidation.workbench(consultation, said["at"]).piece(said["at"])
    try:
        consolidation.settle(
            pk,
            actor=request.user,
            provision_key=said["at"],
            conflict_key=said["conflict_key"],
            text=text_of_choice(piece, said["conflict_key"], said["choice"], said["own"]),
            seen=said["seen"],
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _with_choice(request, consultation, form, status=409)
    return again(request, consultation, at, "bench-main", changed=lambda bench: [])


def _with_choice(
    request: HttpRequest, consultation: Consultation, form: SettleForm, status: int = 422
) -> HttpResponse:
    """What was typed in the card of its conflict, or above all when that conflict is gone."""
    bench = _bench(request, consultation, request.POST.get("at", ""))
    key = request.POST.get("conflict_key", "")
    dispute = next((one for one in bench.disputes if one.conflict.key == key), None)
    if dispute is None:
        raise Refused(
            _("The conflict has changed meanwhile. Look at its alternatives again."), code="stale"
        )
    form.auto_id = dispute.form.auto_id
    dispute.form, dispute.own = form, request.POST.get("own", "")
    for choice in dispute.choices:
        choice.chosen = choice.value == request.POST.get("choice")
    return _show(request, bench, status=status)


@require_POST
def conflict_unsettle(request: HttpRequest, pk: int) -> HttpResponse:
    settlement = get_object_or_404(Settlement, pk=pk)
    consultation = consultation_for(
        request.user, settlement.consultation_id, permissions.can_answer
    )
    seen = parse_datetime(request.POST.get("seen", ""))
    consolidation.unsettle(pk, actor=request.user, seen=seen)
    return again(request, consultation, str(settlement.provision_key), "bench-main")
