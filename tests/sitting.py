"""A meeting under way, with people at its table, for tests of what is decided there."""

from django.utils import timezone

from accounts.models import Role, User
from directives.models import Directive
from meetings.models import AgendaItem, Attendance, Attendee, AttendeeRole, Meeting, MeetingState
from meetings.preparing import gathering
from tests import factories


def members(committee, number: int) -> list[User]:
    """More voting members of the committee."""
    return [factories.person(committee, Role.DELEGATE) for _ in range(number)]


def meeting_of(world) -> Meeting:
    """Called for now, with its chair, all members on its list, and one guest."""
    called = gathering.convene(
        actor=world.office,
        committee=world.committee,
        session_number=42,
        place="Phòng họp số 1",
        starts_at=timezone.now(),
    )
    for person, role in ((world.chair, AttendeeRole.CHAIR), (world.office2, AttendeeRole.INVITED)):
        gathering.add_attendee(called.pk, actor=world.office, person=person, role=role)
    return called


def under_way(world, directive: Directive | None = None, title: str = "Quy hoạch") -> AgendaItem:
    """An item that has been called up in a meeting that has been opened; nobody is there yet."""
    meeting = meeting_of(world)
    item = gathering.add_item(meeting.pk, actor=world.office, directive=directive, title=title)
    Meeting.objects.filter(pk=meeting.pk).update(
        state=MeetingState.UNDER_WAY, opened_at=timezone.now()
    )
    AgendaItem.objects.filter(pk=item.pk).update(opened_at=timezone.now())
    return AgendaItem.objects.get(pk=item.pk)


def arrive(item: AgendaItem, *people: User) -> list[Attendee]:
    """The people are there; all who have a vote, where none are named."""
    listed = item.meeting.attendees.select_related("person")
    coming = listed.filter(person__in=people) if people else listed.filter(voting=True)
    found = list(coming)
    recorder = item.meeting.convened_by
    Attendance.objects.bulk_create(
        Attendance(attendee=one, arrived_at=timezone.now(), recorded_by=recorder) for one in found
    )
    return found
