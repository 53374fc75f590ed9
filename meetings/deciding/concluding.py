"""What the chair concludes on an item: recorded, confirmed, applied to the directive.

Recorded by the secretary or the chair, confirmed by the chair as it stands. Whatever is changed
later takes the confirmation away. Once the minutes are approved nothing of it changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import NoticeKind, Unit, User
from accounts.notices.telling import notify
from comments.services import close_round
from directives import events, workflow
from directives import permissions as of_directives
from directives.drafting import clean
from directives.models import Directive, State
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.models import (
    AgendaItem,
    AttendeeRole,
    Conclusion,
    ConclusionPoint,
    Decision,
    Meeting,
    MeetingPaper,
    PaperKind,
    Task,
)
from meetings.moments import Predicate, held

MAX_CONCLUSION = 20_000
MAX_POINT = 4_000
# The states in which a directive is with the chair already.
WITH_CHAIR = (State.SUBMITTED, State.APPROVED, State.ISSUED)


@dataclass(frozen=True)
class Point:
    """A point as it was said; `pk` of one that was recorded before, 0 for a new one."""

    text: str
    provision_key: UUID | None = None
    pk: int = 0


@dataclass(frozen=True)
class Said:
    """A conclusion as it is recorded."""

    decision: str
    text: str
    remaining: str = ""
    points: Sequence[Point] = ()


@dataclass(frozen=True)
class Given:
    """A task as the chair gave it. What was not said stays empty."""

    text: str
    lead_unit: Unit | None = None
    lead_person: User | None = None
    co_operators: str = ""
    product: str = ""
    deadline: date | None = None
    deadline_words: str = ""
    reporting: str = ""


@dataclass(frozen=True)
class Applied:
    """What a decision did to the directive, and what still keeps it from the chair."""

    closed_round: bool = False
    submitted: bool = False
    returned: bool = False
    obstacles: list[str] = field(default_factory=list)


class StaleConclusion(Refused):
    """It was changed since the form was opened. Nothing was changed by this save."""

    def __init__(self, stored: Conclusion) -> None:
        super().__init__(
            _("Somebody has changed this conclusion since you opened it. Compare, then save."),
            code="stale",
        )
        self.stored = stored


@transaction.atomic
def record_conclusion(item_id: int, *, actor: User, version: int, said: Said) -> Conclusion:
    """Write down what the chair concludes; `version` is the one the form began with, 0 for none.

    Refused for an item that was not discussed, without a chair, once the minutes are approved, for
    a point about a provision that the item's draft does not have; a decision that has been applied
    to the directive is not replaced by another.
    """
    item, meeting = _discussed(item_id, actor)
    conclusion = _stored(item) or _new(item, meeting, actor)
    _refuse_stale(conclusion, version)
    if said.decision not in Decision.values:
        raise Refused(_("Choose what is decided."), code="decision")
    if conclusion.applied_at and conclusion.decision != said.decision:
        raise Refused(_("The directive has followed this decision already."), code="decision")
    text = clean(said.text, limit=MAX_CONCLUSION).strip()
    if not text:
        raise Refused(_("Write what the chair concludes."), code="text")
    conclusion.decision, conclusion.text = said.decision, text
    conclusion.remaining = clean(said.remaining, limit=MAX_CONCLUSION).strip()
    _touch(conclusion, actor)
    _write_points(conclusion, said.points)
    events.record(
        meeting.stream, "record_conclusion", actor=actor, item=item.pk, decision=said.decision
    )
    return conclusion


def _discussed(item_id: int, actor: User) -> tuple[AgendaItem, Meeting]:
    item = AgendaItem.objects.select_related("meeting", "draft").get(pk=item_id)
    meeting = held(item.meeting_id, actor, permissions.can_record_conclusion)
    item.refresh_from_db(fields=["opened_at"])
    if item.opened_at is None or item.is_break:
        raise Refused(_("This item has not been discussed."), code="not_discussed")
    refuse_minuted(meeting)
    return item, meeting


def refuse_minuted(meeting: Meeting) -> None:
    """What stands in approved minutes is not changed behind them."""
    minutes = MeetingPaper.objects.filter(meeting=meeting, kind=PaperKind.MINUTES)
    if minutes.exclude(approved_at=None).exists():
        raise Refused(_("The minutes have been approved; the conclusions stand."), code="minuted")


def _stored(item: AgendaItem) -> Conclusion | None:
    return Conclusion.objects.filter(item=item).first()


def _new(item: AgendaItem, meeting: Meeting, actor: User) -> Conclusion:
    chair = meeting.attendees.filter(role=AttendeeRole.CHAIR).first()
    if chair is None:
        raise Refused(_("This meeting has no chair yet. Name the chair first."), code="chair")
    return Conclusion(item=item, given_by=chair, version=0)


def _refuse_stale(conclusion: Conclusion, version: int) -> None:
    if conclusion.version != version:
        raise StaleConclusion(conclusion)


def _touch(conclusion: Conclusion, actor: User) -> None:
    """Another version, recorded now, which the chair has not confirmed."""
    conclusion.version += 1
    conclusion.recorded_by, conclusion.recorded_at = actor, timezone.now()
    conclusion.confirmed_at = conclusion.confirmed_by = None
    conclusion.save()


def _write_points(conclusion: Conclusion, said: Sequence[Point]) -> None:
    """Points in the order they are said. A point keeps its identity, and with it its answers."""
    keys = _provision_keys(conclusion.item)
    before = {point.pk: point for point in conclusion.points.all()}
    kept = [one for one in said if one.text.strip()]
    for position, one in enumerate(kept, start=1):
        if one.provision_key and one.provision_key not in keys:
            raise Refused(_("The draft of this item has no such provision."), code="provision")
        point = before.pop(one.pk, None) or ConclusionPoint(conclusion=conclusion)
        point.position = position
        _write_point(point, one)
    for gone in before.values():
        gone.delete()


def _write_point(point: ConclusionPoint, said: Point) -> None:
    """A point that says something else has no answer yet."""
    was = (point.text, point.provision_key)
    point.text = clean(said.text, limit=MAX_POINT).strip()
    point.provision_key = said.provision_key
    point.save()
    if was != (point.text, point.provision_key):
        point.carryings.all().delete()


def _provision_keys(item: AgendaItem) -> set[UUID]:
    return set(item.draft.provisions.values_list("key", flat=True)) if item.draft else set()


@transaction.atomic
def give_task(
    item_id: int, *, actor: User, version: int, given: Given, task_id: int | None = None
) -> Task:
    """Write down a task of the conclusion, or correct one. What was not said stays empty."""
    item, meeting = _discussed(item_id, actor)
    conclusion = _concluded(item, version)
    if not given.text.strip():
        raise Refused(_("Write what is to be done."), code="text")
    if given.deadline and given.deadline_words.strip():
        raise Refused(_("Give a day or words for it, not both."), code="deadline_words")
    last = conclusion.tasks.last()
    task = conclusion.tasks.filter(pk=task_id).first() if task_id else None
    task = task or Task(conclusion=conclusion, position=last.position + 1 if last else 1)
    for name, value in vars(given).items():
        setattr(task, name, _fitting(name, value))
    task.save()
    _touch(conclusion, actor)
    events.record(meeting.stream, "give_task", actor=actor, item=item.pk, task=task.pk)
    return task


def _fitting(name: str, value: Any) -> Any:
    """The value as its column takes it."""
    if not isinstance(value, str):
        return value
    limit = getattr(Task._meta.get_field(name), "max_length", None) or MAX_POINT
    return clean(value, limit=limit).strip()


@transaction.atomic
def drop_task(task_id: int, *, actor: User, version: int) -> None:
    """A task that was not given after all."""
    task = Task.objects.select_related("conclusion").get(pk=task_id)
    item, meeting = _discussed(task.conclusion.item_id, actor)
    conclusion = _concluded(item, version)
    task.delete()
    _touch(conclusion, actor)
    events.record(meeting.stream, "drop_task", actor=actor, item=item.pk, text=task.text)


def _concluded(item: AgendaItem, version: int | None = None) -> Conclusion:
    conclusion = _stored(item)
    if conclusion is None:
        raise Refused(_("Nothing has been concluded on this item yet."), code="none")
    if version is not None:
        _refuse_stale(conclusion, version)
    return conclusion


@transaction.atomic
def confirm_conclusion(item_id: int, *, actor: User, version: int) -> Conclusion:
    """The chair confirms the conclusion with this version; those who lead its tasks are told."""
    item = AgendaItem.objects.get(pk=item_id)
    meeting = held(item.meeting_id, actor, permissions.can_conclude)
    conclusion = _concluded(item, version)
    if conclusion.confirmed_at:
        return conclusion
    conclusion.confirmed_at, conclusion.confirmed_by = timezone.now(), actor
    conclusion.save()
    events.record(meeting.stream, "confirm_conclusion", actor=actor, item=item.pk, version=version)
    for task in conclusion.tasks.select_related("lead_person"):
        if task.lead_person:
            _tell(task.lead_person, task, meeting, actor)
    return conclusion


def _tell(person: User, task: Task, meeting: Meeting, actor: User) -> None:
    """The words of the task are read in the system: a conclusion may be confidential."""
    notify(
        [person],
        kind=NoticeKind.TASK_GIVEN,
        about=_("Conclusion of meeting no. %s") % meeting.session_number,
        url_name="task_view",
        url_args=[meeting.pk, task.pk],
        actor=actor,
        once_key=f"task:{task.pk}",
    )


@transaction.atomic
def apply_conclusion(item_id: int, *, actor: User) -> Applied:
    """Let the directive follow what was decided on it; done once.

    Handed back: the round is closed where it is open, so that the office answers and makes the next
    draft; from before the chair it comes back. Approved: the round is closed likewise, and what
    nothing stands in the way of goes before the chair, whose own approval of the text is never made
    here. Postponed or noted: nothing changes.
    """
    item = AgendaItem.objects.get(pk=item_id)
    meeting = held(item.meeting_id, actor, permissions.can_view_meeting)
    conclusion = _concluded(item)
    directive = _ready(conclusion, item)
    require(who_applies(conclusion.decision, directive), actor, directive)
    conclusion.applied_at = timezone.now()
    conclusion.save()
    applied = _follow(item, conclusion, actor)
    directive = workflow.lock(directive.pk)
    verb = f"conclude_{conclusion.decision}"
    events.record(directive.stream, verb, actor=actor, meeting=meeting.session_number)
    events.record(meeting.stream, "apply_conclusion", actor=actor, item=item.pk)
    return applied


def _ready(conclusion: Conclusion, item: AgendaItem) -> Directive:
    """The directive that follows, once it can."""
    if item.directive is None:
        raise Refused(_("This item has no directive."), code="no_directive")
    if conclusion.applied_at:
        raise Refused(_("The directive has followed this decision already."), code="applied")
    if conclusion.confirmed_at is None:
        raise Refused(_("The chair has not confirmed this conclusion yet."), code="unconfirmed")
    return item.directive


def who_applies(decision: str, directive: Directive) -> Predicate:
    """The office; but only the chair takes back what is before the chair."""
    taken_back = decision == Decision.HAND_BACK and directive.state in WITH_CHAIR
    predicate: Predicate = of_directives.can_return if taken_back else of_directives.can_edit
    return predicate


def _follow(item: AgendaItem, conclusion: Conclusion, actor: User) -> Applied:
    if conclusion.decision == Decision.HAND_BACK:
        return _hand_back(item, conclusion, actor)
    if conclusion.decision == Decision.APPROVE:
        return _bring_before_chair(item, actor)
    return Applied()


def _hand_back(item: AgendaItem, conclusion: Conclusion, actor: User) -> Applied:
    directive = Directive.objects.get(pk=item.directive_id)
    if directive.state == State.ISSUED:
        raise Refused(_("The directive has been issued."), code="issued")
    if directive.state in WITH_CHAIR:
        workflow.return_to_office(directive.pk, actor=actor, reason=conclusion.text)
        return Applied(returned=True)
    return Applied(closed_round=_close_round(item, actor))


def _bring_before_chair(item: AgendaItem, actor: User) -> Applied:
    closed = _close_round(item, actor)
    directive = Directive.objects.get(pk=item.directive_id)
    if directive.state != State.CONSOLIDATING:
        return Applied(closed_round=closed)
    if obstacles := workflow.approval_obstacles(directive):
        return Applied(closed_round=closed, obstacles=obstacles)
    workflow.submit_for_approval(directive.pk, actor=actor)
    return Applied(closed_round=closed, submitted=True)


def _close_round(item: AgendaItem, actor: User) -> bool:
    if item.consultation is None or item.consultation.closed_at is not None:
        return False
    close_round(item.consultation.pk, actor=actor)
    return True
