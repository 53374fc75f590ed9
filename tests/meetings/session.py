"""A meeting that lies ahead; one under way, with three voters and an item with a round."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from comments.models import Consultation
from meetings.holding import rollcall, running
from meetings.models import AgendaItem, Attendance, Attendee, AttendeeRole, Meeting, Speech
from meetings.preparing import gathering
from tests import factories


@dataclass
class Held:
    meeting: Meeting
    drafted: AgendaItem
    other: AgendaItem

    @property
    def consultation(self) -> Consultation:
        return self.drafted.consultation

    def seat(self, person: User) -> Attendee:
        return self.meeting.attendees.get(person=person)

    def fresh(self) -> Meeting:
        self.meeting.refresh_from_db()
        return self.meeting


def called(world, number: int = 42, days: float = 5) -> Meeting:
    """So many days ahead, with its members and nothing on the agenda."""
    return gathering.convene(
        actor=world.office,
        committee=world.committee,
        session_number=number,
        place="Phòng họp số 1",
        starts_at=timezone.now() + timedelta(days=days),
    )


def convened(world, directive=None) -> Held:
    """Three voting members (the chair and two delegates); the quorum is two of them."""
    meeting = called(world, days=0)
    office = {"actor": world.office}
    gathering.add_attendee(meeting.pk, person=world.chair, role=AttendeeRole.CHAIR, **office)
    drafted = other = gathering.add_item(meeting.pk, title="Việc khác", **office)
    if directive:
        drafted = gathering.add_item(meeting.pk, directive=directive, **office)
        deadline = timezone.now() + timedelta(days=1)
        gathering.circulate(drafted.pk, deadline=deadline, **office)
        drafted.refresh_from_db()
    return Held(meeting, drafted, other)


def under_way(world, directive=None) -> Held:
    """Opened with everybody there, at the first drafted item."""
    held = convened(world, directive)
    rollcall.arrive_rest(held.meeting.pk, actor=world.office)
    running.open_meeting(held.meeting.pk, actor=world.chair)
    running.open_item(held.drafted.pk, actor=world.office)
    held.fresh()
    return held


def enlarge(world, held: Held) -> None:
    """To 200 attendees, 30 items, 500 arrivals and 300 speeches, most of them on one."""
    made = [factories.PersonFactory.build(username=f"them{n}") for n in range(200)]
    people = User.objects.bulk_create(made)[: 200 - held.meeting.attendees.count()]
    seats = Attendee.objects.bulk_create(
        Attendee(meeting=held.meeting, person=one, role="member", rank=50, voting=True)
        for one in people
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(meeting=held.meeting, position=10 + n, title=f"Việc {n}") for n in range(28)
    )
    begin = held.meeting.opened_at
    Attendance.objects.bulk_create(
        Attendance(
            attendee=seats[n % len(seats)],
            arrived_at=begin + timedelta(minutes=n),
            left_at=begin + timedelta(minutes=n + 60) if n < 400 else None,
            recorded_by=world.office,
        )
        for n in range(500)
    )
    Speech.objects.bulk_create(
        Speech(
            item=held.drafted if n % 3 else items[n % 28],
            attendee=seats[n % len(seats)],
            position=100 + n,
            registered_at=begin + timedelta(minutes=n),
            called_at=begin + timedelta(minutes=n),
            ended_at=begin + timedelta(minutes=n + 1),
        )
        for n in range(300)
    )
