"""Conclusions as they are shown: by item, each with its votes, points and tasks, for one reader."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from accounts.models import User
from comments.forms.recording import provision_choices
from directives.comparison import numbered
from directives.drafting import in_order
from directives.models import Draft, Provision, State
from directives.permissions import is_staff
from meetings import permissions
from meetings.deciding import ballots
from meetings.deciding.ballots import Shown
from meetings.deciding.concluding import who_applies
from meetings.models import (
    AgendaItem,
    Attendee,
    CarryingOut,
    Conclusion,
    ConclusionPoint,
    Meeting,
    MeetingPaper,
    PaperKind,
    Task,
)
from meetings.timetable import attends


@dataclass(frozen=True)
class PointShown:
    """A point with the number of its provision in the draft that was discussed."""

    point: ConclusionPoint
    citation: str


@dataclass(frozen=True)
class Concluded:
    """An item with what was voted and concluded on it, as far as the reader may know."""

    item: AgendaItem
    number: int
    conclusion: Conclusion | None
    points: list[PointShown] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    votes: list[Shown] = field(default_factory=list)
    may_record: bool = False
    may_confirm: bool = False
    may_apply: bool = False
    # The newest draft made since, and how many points it has no answer for.
    later: int | None = None
    unanswered: int = 0

    @property
    def is_failed(self) -> bool:
        """The last vote that was counted did not carry the question."""
        counted = [one.result for one in self.votes if one.result]
        return bool(counted) and not counted[-1].passed


def concluded(meeting: Meeting, person: User) -> list[Concluded]:
    """Every item that the person attends, breaks left out; as many queries however many items."""
    staff = is_staff(person, meeting)
    mine = None if staff else meeting.attendees.filter(person=person).first()
    items = [one for one in _items(meeting) if not one.is_break]
    votes = _votes(items, meeting, person)
    cited = _citations(items)
    rights = _rights(meeting, person)
    return [
        _concluded(item, number, votes[item.pk], cited, rights, person)
        for number, item in enumerate(items, start=1)
        if staff or (mine and attends(mine, {one.pk for one in item.called.all()}))
    ]


@dataclass(frozen=True)
class Rights:
    """What the reader may do in the meeting; nothing is recorded once its minutes are approved."""

    staff: bool
    record: bool
    confirm: bool


def _rights(meeting: Meeting, person: User) -> Rights:
    minutes = MeetingPaper.objects.filter(meeting=meeting, kind=PaperKind.MINUTES)
    is_open = not minutes.exclude(approved_at=None).exists()
    return Rights(
        staff=permissions.can_record_conclusion(person, meeting),
        record=is_open and permissions.can_record_conclusion(person, meeting),
        confirm=permissions.can_conclude(person, meeting),
    )


def _items(meeting: Meeting) -> QuerySet[AgendaItem]:
    later = Draft.objects.filter(
        directive=OuterRef("directive"), number__gt=OuterRef("draft__number")
    ).order_by("-number")
    tasks = Task.objects.select_related("lead_unit", "lead_person")
    return (
        meeting.items.select_related(
            "directive", "draft", "conclusion__confirmed_by", "conclusion__given_by__person"
        )
        .defer("draft__content")
        .annotate(later=Subquery(later.values("number")[:1]))
        .prefetch_related(
            Prefetch("called", Attendee.objects.only("pk")),
            "conclusion__points",
            Prefetch("conclusion__tasks", tasks),
            Prefetch("conclusion__points__carryings", CarryingOut.objects.select_related("draft")),
        )
    )


def _votes(items: list[AgendaItem], meeting: Meeting, person: User) -> dict[int, list[Shown]]:
    found = list(ballots.ballots().filter(item__in=items))
    of_item = {item.pk: item for item in items}
    grouped: dict[int, list[Shown]] = defaultdict(list)
    for one in found:
        one.item = of_item[one.item_id]
        one.item.meeting = meeting
    for shown in ballots.shown(found, meeting, person):
        grouped[shown.ballot.item_id].append(shown)
    return grouped


def _citations(items: Iterable[AgendaItem]) -> dict[tuple[int, UUID], str]:
    """How a provision is called in its draft, by draft and key; one query for all drafts."""
    drafts = {item.draft_id for item in items if _points(item)}
    ordered: dict[int, list[Provision]] = defaultdict(list)
    found = Provision.objects.filter(draft__in=drafts).order_by("draft", "position", "pk")
    for provision in found:
        ordered[provision.draft_id].append(provision)
    return {
        (draft, one.provision.key): one.citation
        for draft, provisions in ordered.items()
        for one in numbered(provisions)
    }


def _points(item: AgendaItem) -> list[ConclusionPoint]:
    conclusion = getattr(item, "conclusion", None)
    return list(conclusion.points.all()) if conclusion else []


def _concluded(
    item: AgendaItem,
    number: int,
    votes: list[Shown],
    cited: dict[tuple[int, UUID], str],
    rights: Rights,
    person: User,
) -> Concluded:
    conclusion = getattr(item, "conclusion", None)
    may_record = rights.record and item.opened_at is not None
    if conclusion is None or not (conclusion.confirmed_at or rights.staff):
        # What the chair has not confirmed is seen by those who write it down.
        return Concluded(item, number, None, votes=votes, may_record=may_record)
    points = _points(item)
    return Concluded(
        item,
        number,
        conclusion,
        points=[
            PointShown(one, cited.get((item.draft_id, one.provision_key), "")) for one in points
        ],
        tasks=list(conclusion.tasks.all()),
        votes=votes,
        may_record=may_record,
        may_confirm=rights.confirm and conclusion.confirmed_at is None,
        may_apply=_may_apply(conclusion, item, person),
        later=item.later if rights.staff else None,
        unanswered=sum(not _answered(one, item.later) for one in points) if item.later else 0,
    )


def _answered(point: ConclusionPoint, draft: int) -> bool:
    return any(one.draft.number == draft for one in point.carryings.all())


def _may_apply(conclusion: Conclusion, item: AgendaItem, person: User) -> bool:
    if item.directive is None or conclusion.applied_at or not conclusion.confirmed_at:
        return False
    if item.directive.state == State.ISSUED:
        return False
    return bool(who_applies(conclusion.decision, item.directive)(person, item.directive))


def by_deadline(shown: Iterable[Concluded]) -> list[tuple[Concluded, Task]]:
    """All tasks, the nearest day first; those with words or nothing for a day behind."""
    tasks = [(one, task) for one in shown for task in one.tasks]
    return sorted(tasks, key=lambda pair: (_day(pair[1]), not pair[1].deadline_words))


def _day(task: Task) -> date:
    return task.deadline or date.max


def provisions_of(item: AgendaItem) -> list[tuple[str, str]]:
    """The provisions of the item's draft to choose from, with their first words."""
    return provision_choices(numbered(in_order(item.draft))) if item.draft else []
