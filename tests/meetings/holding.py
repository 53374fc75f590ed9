"""A meeting with its chair, three members, an item with an open round and one without."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import Membership, User
from comments.models import Consultation
from meetings import rollcall, running, services
from meetings.models import AgendaItem, Attendee, AttendeeRole, Meeting
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


def convened(world, directive=None) -> Held:
    """Three voting members (the chair and two delegates); the quorum is two of them."""
    meeting = services.convene(
        actor=world.office,
        committee=world.committee,
        session_number=42,
        place="Phòng họp số 1",
        starts_at=timezone.now(),
    )
    office = {"actor": world.office}
    services.add_attendee(meeting.pk, person=world.chair, role=AttendeeRole.CHAIR, **office)
    drafted = other = services.add_item(meeting.pk, title="Việc khác", **office)
    if directive:
        drafted = services.add_item(meeting.pk, directive=directive, **office)
        deadline = timezone.now() + timedelta(days=1)
        services.circulate(drafted.pk, deadline=deadline, **office)
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


def enlarge(world, held: Held, number: int) -> list[Attendee]:
    """So many members more, there on the roll."""
    people = [factories.PersonFactory() for _ in range(number)]
    Membership.objects.bulk_create(
        Membership(committee=world.committee, person=one, starts=timezone.localdate())
        for one in people
    )
    return [
        services.add_attendee(
            held.meeting.pk, actor=world.office, person=one, role=AttendeeRole.MEMBER
        )
        for one in people
    ]
