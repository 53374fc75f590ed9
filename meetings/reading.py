"""What a person may see of meetings: which ones, what stands on the agenda, whom to add."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import count

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role, User
from comments.models import Delegate
from directives.acts import Act
from directives.models import Directive, Draft, State
from directives.permissions import is_staff
from directives.text.normalise import fold
from meetings import permissions
from meetings.models import AgendaItem, Attendee, AttendeeRole, ItemPaper, Meeting, MeetingState
from meetings.papers.record import is_away, substitute, was_there
from meetings.timetable import Slot, attends, timetable

SENDABLE = (State.DRAFTING, State.CONSOLIDATING)
CANDIDATES_SHOWN = 12
CLOSE_OF_WORK = time(17)


def meetings_for(person: User) -> QuerySet[Meeting]:
    """Of the committees the person works for, or which they attend; with counts for lists."""
    works_for = person.committees_as(Role.OFFICE, Role.CHAIR, Role.CLERK)
    attended = Attendee.objects.filter(person=person).values("meeting")
    return (
        Meeting.objects.filter(Q(committee__in=works_for) | Q(pk__in=attended))
        .select_related("committee", "term")
        .annotate(
            attending=Count("attendees", distinct=True), matters=Count("items", distinct=True)
        )
    )


def start_of_today() -> datetime:
    """A meeting is ahead until its day is over."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Line:
    """An item of the agenda, its time, where it stands, and what the reader can do with it."""

    item: AgendaItem
    label: str = ""
    tone: str = "neutral"
    acts: list[Act] = field(default_factory=list)
    removable: bool = False
    number: int | None = None
    slot: Slot | None = None
    papers: list[ItemPaper] = field(default_factory=list)


def agenda(meeting: Meeting, person: User) -> list[Line]:
    """The items in order with their times; as many questions for a long agenda as for a short."""
    staff = is_staff(person, meeting)
    office = may_prepare(meeting, person)
    mine = None if staff else meeting.attendees.filter(person=person).first()
    items = list(_items(meeting, person))
    numbered = count(1)
    return [
        replace(
            _line(item, staff, office),
            number=None if item.is_break else next(numbered),
            slot=slot,
            removable=office and not item.consultation_id and not item.opened_at,
            papers=list(item.papers.all()) if staff or _is_mine(item, mine) else [],
        )
        for item, slot in zip(items, timetable(meeting, items), strict=True)
    ]


def _is_mine(item: AgendaItem, mine: Attendee | None) -> bool:
    """Whether the reader attends the item."""
    return mine is not None and attends(mine, {one.pk for one in item.called.all()})


def _items(meeting: Meeting, person: User) -> QuerySet[AgendaItem]:
    """With `draft_number`, the newest draft of a directive, and whether the person `was_asked`."""
    drafts = Draft.objects.filter(directive=OuterRef("directive")).order_by("-number")
    asked = Delegate.objects.filter(consultation=OuterRef("consultation"), person=person)
    return (
        meeting.items.select_related("directive", "draft", "consultation", "presenter")
        .prefetch_related("papers", Prefetch("called", Attendee.objects.select_related("person")))
        .defer("draft__content")
        .annotate(
            newest=Subquery(drafts.values("number")[:1]),
            is_working=Exists(drafts.filter(frozen_at=None)),
            was_asked=Exists(asked),
        )
    )


def _line(item: AgendaItem, staff: bool, office: bool) -> Line:
    if item.consultation_id:
        return _sent(item, staff)
    if item.directive_id is None:
        return Line(item)
    return _not_sent(item, staff, office)


def may_prepare(meeting: Meeting, person: User) -> bool:
    """Whether the person can still change the list and the agenda."""
    over = meeting.state in (MeetingState.CLOSED, MeetingState.CANCELLED)
    return not over and bool(permissions.can_convene(person, meeting))


def _sent(item: AgendaItem, staff: bool) -> Line:
    acts = []
    if item.was_asked:
        words = _("Read and comment") if item.consultation.is_open else _("Read the draft")
        acts.append(_act(words, "consultation_read", "chat-left-text", item.consultation_id))
    if staff:
        acts.append(
            _act(_("See the comments"), "consultation_view", "list-check", item.consultation_id)
        )
    if item.consultation.closed_at:
        return Line(item, _("Comments closed"), "neutral", acts)
    if item.consultation.is_open:
        return Line(item, _("Sent for comments"), "info", acts)
    return Line(item, _("The time for comments is over"), "warning", acts)


def _not_sent(item: AgendaItem, staff: bool, office: bool) -> Line:
    acts, sendable = [], item.directive.state in SENDABLE and item.is_working
    if office and sendable:
        acts.append(Act(_("Circulate for comments"), _circulate_url(item), "send"))
    if staff:
        acts.append(_act(_("Open the draft"), "directive_view", "eye", item.directive_id))
    if not sendable:
        return Line(item, item.directive.get_state_display(), "neutral", acts)
    return Line(item, _("Not sent yet"), "mine" if office else "neutral", acts)


def _act(label: str, url_name: str, icon: str, pk: int) -> Act:
    return Act(label, reverse(url_name, args=[pk]), icon)


def _circulate_url(item: AgendaItem) -> str:
    return reverse("item_circulate", args=[item.meeting_id, item.pk])


def attendees(meeting: Meeting) -> list[Attendee]:
    """The chair first, then by rank."""
    listed = meeting.attendees.select_related("person__unit", "invitation")
    return sorted(listed, key=lambda attendee: attendee.role != "chair")


@dataclass(frozen=True)
class Presence:
    """What the roll says of somebody, in words; `note` has more of it."""

    label: str
    tone: str
    note: str = ""


def presence(attendee: Attendee) -> Presence | None:
    """What became of an invitation; None as long as it is still about what will be."""
    if attendee.meeting.state in (MeetingState.CONVENED, MeetingState.CANCELLED):
        return None
    if was_there(attendee):
        instead = substitute(attendee)
        return Presence(_("Was there"), "success", _("Through %s") % instead if instead else "")
    if is_away(attendee):
        reason = attendee.absence.reason
        return Presence(_("Excused") if reason else _("Absent"), "warning", reason)
    if attendee.meeting.state == MeetingState.CLOSED:
        return Presence(_("Not on the roll"), "neutral")
    return None


def invited(meeting: Meeting) -> list[Attendee]:
    """Everybody on the list, with `sent_at` and the invitation where there is one."""
    listed = meeting.attendees.select_related("person", "invitation__recorded_by")
    return sorted(
        listed.annotate(sent_at=F("invitation__sent_at")),
        key=lambda attendee: attendee.role != AttendeeRole.CHAIR,
    )


def candidates(meeting: Meeting, words: str) -> list[User]:
    """Those who do not attend yet and whose name, position or unit holds every word.

    Tones and marks may be left out. Sorted by rank; all who match, the caller shows the first.
    """
    people = User.objects.by_rank().filter(is_active=True)
    others = people.exclude(pk__in=meeting.attendees.values("person")).select_related("unit")
    wanted = fold(words).split()
    return [person for person in others if all(word in _described(person) for word in wanted)]


def _described(person: User) -> str:
    return fold(f"{person.full_name} {person.position} {person.unit or ''}")


def directives_to_add(meeting: Meeting, person: User) -> QuerySet[Directive]:
    """Of the meeting's committee, being written, and not on this agenda yet."""
    if not may_prepare(meeting, person):
        return Directive.objects.none()
    found = Directive.objects.filter(committee=meeting.committee_id, state__in=SENDABLE)
    return found.exclude(pk__in=meeting.items.exclude(directive=None).values("directive"))


def proposed_deadline(meeting: Meeting) -> datetime:
    """The day before the meeting at the close of work, or in a week when that has passed."""
    eve = timezone.localtime(meeting.starts_at) - timedelta(days=1)
    closing = datetime.combine(eve.date(), CLOSE_OF_WORK, tzinfo=eve.tzinfo)
    if closing > timezone.now():
        return closing
    week = timezone.localtime() + timedelta(days=7)
    return datetime.combine(week.date(), CLOSE_OF_WORK, tzinfo=week.tzinfo)
