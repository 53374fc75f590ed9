"""Conclusions and tasks of a meeting: recorded, confirmed, followed, carried out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from directives.permissions import is_staff, require
from directives.refusals import Refused
from meetings import permissions
from meetings.deciding import carrying, concluding, conclusions
from meetings.deciding.carrying import Answer
from meetings.deciding.concluding import Applied, Said, StaleConclusion
from meetings.forms.deciding import ConclusionForm, Points, TaskForm
from meetings.frame import frame
from meetings.models import AgendaItem, CarriedOut, Conclusion, Decision, Task
from meetings.views.fetching import meeting_for

TAB = "conclusions"
BLANKS = 2


@require_GET
def meeting_conclusions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every item with its votes, conclusion and tasks; then all tasks by their deadlines."""
    meeting = meeting_for(request.user, pk)
    shown = conclusions.concluded(meeting, request.user)
    context = frame(meeting, request.user, TAB) | {
        "shown": shown,
        "tasks": conclusions.by_deadline(shown),
        "may_put": permissions.can_put_to_vote(request.user, meeting),
    }
    return render(request, "meetings/meeting_conclusions.html", context)


def _item(person: User, pk: int, item: int, predicate: Any) -> AgendaItem:
    meeting = meeting_for(person, pk, predicate)
    items = meeting.items.select_related("directive", "draft", "consultation")
    found = get_object_or_404(items.defer("draft__content"), pk=item)
    found.meeting = meeting
    return found


def _stored(item: AgendaItem) -> Conclusion | None:
    return Conclusion.objects.filter(item=item).select_related("given_by__person").first()


def conclusion_edit(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The chair's conclusion with its points, in one form; another line is a button away."""
    found = _item(request.user, pk, item, permissions.can_record_conclusion)
    provisions = conclusions.provisions_of(found)
    if request.method != "POST":
        return _recording(request, found, *_unbound(_stored(found), provisions))
    form = ConclusionForm(request.POST)
    points = Points(request.POST, prefix="points", form_kwargs={"provisions": provisions})
    if "more" in request.POST or not (form.is_valid() and points.is_valid()):
        status = 200 if "more" in request.POST else 422
        return _recording(request, found, form, _more(points, provisions, request), status=status)
    try:
        concluding.record_conclusion(
            item, actor=request.user, version=form.cleaned_data["version"], said=_said(form, points)
        )
    except StaleConclusion as stale:
        form = _renewed(form, stale.stored)
        return _recording(request, found, form, points, status=409, stored=stale.stored)
    except Refused as refused:
        form.add_error(refused.code if refused.code in form.fields else None, str(refused))
        return _recording(request, found, form, points, status=422)
    messages.success(request, _("The conclusion has been recorded. The chair confirms it."))
    return _to(found)


def _unbound(stored: Conclusion | None, provisions: Any) -> tuple[ConclusionForm, Any]:
    said = {"version": 0}
    rows: list[dict[str, Any]] = []
    if stored:
        said = {name: getattr(stored, name) for name in ConclusionForm.base_fields}
        rows = [
            {"text": one.text, "provision": str(one.provision_key or ""), "pk": one.pk}
            for one in stored.points.all()
        ]
    return ConclusionForm(initial=said), _rows([*rows, *[{}] * BLANKS], provisions)


def _rows(rows: list[dict[str, Any]], provisions: Any) -> Any:
    return Points(initial=rows, prefix="points", form_kwargs={"provisions": provisions})


def _more(points: Any, provisions: Any, request: HttpRequest) -> Any:
    """The same lines and some empty ones, where they were asked for."""
    if "more" not in request.POST or not points.is_valid():
        return points
    return _rows([*(one.cleaned_data for one in points), *[{}] * BLANKS], provisions)


def _said(form: ConclusionForm, points: Any) -> Said:
    typed = form.cleaned_data
    kept = [one.point() for one in points]
    return Said(typed["decision"], typed["text"], typed["remaining"], kept)


def _renewed(form: Any, stored: Conclusion) -> Any:
    """The form as it was typed, which the next save puts in the place of what is stored now."""
    form.data = form.data.copy()
    form.data["version"] = stored.version
    return form


def _recording(
    request: HttpRequest, item: AgendaItem, form: Any, points: Any, status: int = 200, **said: Any
) -> HttpResponse:
    context = {"meeting": item.meeting, "item": item, "form": form, "points": points} | said
    context["failed"] = _failed(request.user, item)
    return render(request, "meetings/conclusion_edit.html", context, status=status)


def _failed(person: User, item: AgendaItem) -> bool:
    among = conclusions.concluded(item.meeting, person)
    return any(one.is_failed for one in among if one.item.pk == item.pk)


def _to(item: AgendaItem) -> HttpResponse:
    return redirect(f"{reverse('meeting_conclusions', args=[item.meeting.pk])}#item-{item.pk}")


def conclusion_confirm(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The chair reads what was recorded and confirms that very version."""
    found = _item(request.user, pk, item, permissions.can_conclude)
    stored = get_object_or_404(Conclusion, item=found)
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            concluding.confirm_conclusion(
                item, actor=request.user, version=int(version) if version.isdecimal() else 0
            )
        except Refused as refused:
            return _deciding(request, found, "conclusion_confirm", 409, refused=refused)
        messages.success(request, _("You have confirmed the conclusion."))
        return _to(found)
    if stored.confirmed_at:
        return _to(found)
    return _deciding(request, found, "conclusion_confirm")


def _deciding(
    request: HttpRequest, item: AgendaItem, page: str, status: int = 200, **said: Any
) -> HttpResponse:
    among = conclusions.concluded(item.meeting, request.user)
    shown = next(one for one in among if one.item.pk == item.pk)
    context = {"meeting": item.meeting, "item": item, "shown": shown} | said
    return render(request, f"meetings/{page}.html", context, status=status)


def conclusion_apply(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """What the decision does to the directive; then it is done."""
    found = _item(request.user, pk, item, permissions.can_view_meeting)
    stored = get_object_or_404(Conclusion, item=found)
    if found.directive is None or stored.applied_at:
        require(permissions.can_record_conclusion, request.user, found.meeting)
        return _to(found)
    require(concluding.who_applies(stored.decision, found.directive), request.user, found.directive)
    if request.method == "POST":
        try:
            applied = concluding.apply_conclusion(item, actor=request.user)
        except Refused as refused:
            return _deciding(request, found, "conclusion_apply", 409, refused=refused)
        messages.success(request, _done(applied, stored))
        return _to(found)
    return _deciding(request, found, "conclusion_apply")


def _done(applied: Applied, conclusion: Conclusion) -> str:
    """What was done, in one or two sentences."""
    words = []
    if applied.closed_round:
        words.append(_("The round of comments is closed."))
    if applied.returned:
        words.append(_("The draft is back with the office."))
    if applied.submitted:
        words.append(_("The draft is before the chair, who approves its text."))
    if applied.obstacles:
        words += [_("It does not go to the chair yet:"), *applied.obstacles]
    if not words and conclusion.decision == Decision.POSTPONE:
        words.append(_("Nothing changes; the deadline for comments can be extended."))
    return " ".join(words) or _("The decision is in the directive's log.")


def task_add(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    found = _item(request.user, pk, item, permissions.can_record_conclusion)
    return _giving(request, found, get_object_or_404(Conclusion, item=found), None)


def task_edit(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    found = _task(request.user, pk, task)
    return _giving(request, found.conclusion.item, found.conclusion, found)


@require_POST
def task_drop(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """A task that was not given after all; where it was changed meanwhile, it is shown first."""
    found = _task(request.user, pk, task)
    version = request.POST.get("version", "")
    try:
        concluding.drop_task(
            task, actor=request.user, version=int(version) if version.isdecimal() else 0
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("task_edit", pk, task)
    messages.success(request, _("The task has been taken away."))
    return _to(found.conclusion.item)


def _task(person: User, pk: int, task: int) -> Task:
    meeting = meeting_for(person, pk, permissions.can_record_conclusion)
    tasks = Task.objects.select_related("conclusion__item")
    found = get_object_or_404(tasks, pk=task, conclusion__item__meeting=meeting)
    found.conclusion.item.meeting = meeting
    return found


def _giving(
    request: HttpRequest, item: AgendaItem, conclusion: Conclusion, task: Task | None
) -> HttpResponse:
    form = TaskForm(request.POST or None, initial=_given(conclusion, task))
    stored, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _give(request, item, form, task)
            except StaleConclusion as stale:
                form, status = _renewed(form, stale.stored), 409
                stored = Task.objects.filter(pk=task.pk).first() if task else None
                form.add_error(None, str(stale))
            except Refused as refused:
                form.add_error(refused.code if refused.code in form.fields else None, str(refused))
            else:
                return _to(item)
    context = {"meeting": item.meeting, "item": item, "form": form, "task": task, "stored": stored}
    context["version"] = form["version"].value()
    return render(request, "meetings/task_edit.html", context, status=status)


def _given(conclusion: Conclusion, task: Task | None) -> dict[str, Any]:
    """What a form about the task begins with."""
    begun = {name: getattr(task, name) for name in TaskForm.base_fields if hasattr(task, name)}
    return begun | {"version": conclusion.version}


def _give(request: HttpRequest, item: AgendaItem, form: TaskForm, task: Task | None) -> None:
    version = form.cleaned_data["version"]
    concluding.give_task(
        item.pk,
        actor=request.user,
        version=version,
        given=form.given(),
        task_id=task.pk if task else None,
    )
    messages.success(request, _("The task has been recorded. The chair confirms it."))


@require_GET
def task_view(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """One task, for whoever leads it, who need not have been at the meeting."""
    tasks = Task.objects.select_related(
        "conclusion__item__meeting__committee", "lead_unit", "lead_person"
    )
    found = get_object_or_404(tasks, pk=task, conclusion__item__meeting=pk)
    require(permissions.can_view_task, request.user, found)
    item = found.conclusion.item
    context = {"meeting": item.meeting, "item": item, "task": found}
    context["attends"] = permissions.can_view_meeting(request.user, item.meeting)
    return render(request, "meetings/task_view.html", context)


def conclusion_carry(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Every point beside what the newest draft made of its provision, and the office's answer."""
    writes = request.method == "POST"
    found = _item(request.user, pk, item, permissions.can_convene if writes else is_staff)
    draft = carrying.later_draft(found)
    if draft is None:
        messages.info(request, _("No draft has been made since the meeting."))
        return _to(found)
    points = carrying.carried(found, draft)
    if writes:
        answers = [_answer(request, one.point.pk) for one in points]
        try:
            said = carrying.say_carried(
                item, actor=request.user, draft_number=draft.number, answers=answers
            )
        except Refused as refused:
            typed = {one.point: one for one in answers}
            return _carrying(request, found, draft, points, 422, refused=refused, typed=typed)
        words = ngettext("%d point answered.", "%d points answered.", said)
        messages.success(request, words % said)
        return _to(found)
    return _carrying(request, found, draft, points)


def _answer(request: HttpRequest, point: int) -> Answer:
    outcome = request.POST.get(f"outcome-{point}", "")
    return Answer(point, outcome, request.POST.get(f"note-{point}", ""))


def _carrying(
    request: HttpRequest,
    item: AgendaItem,
    draft: Any,
    points: list[carrying.Carried],
    status: int = 200,
    typed: dict[int, Answer] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    lines = [(one, *_shown(one, (typed or {}).get(one.point.pk))) for one in points]
    context = frame(item.meeting, request.user, TAB) | {
        "item": item,
        "draft": draft,
        "lines": lines,
        "outcomes": CarriedOut.choices,
        "may_say": permissions.can_convene(request.user, item.meeting),
        "refused": refused,
    }
    return render(request, "meetings/conclusion_carry.html", context, status=status)


def _shown(one: carrying.Carried, typed: Answer | None) -> tuple[str, str]:
    """What stands in the fields of a point: what was typed, was said before, or is proposed."""
    if typed:
        return typed.outcome, typed.note
    if one.answer:
        return one.answer.outcome, one.answer.note
    return one.proposal, ""
