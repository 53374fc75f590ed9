"""When each item begins and ends, and who attends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from meetings.models import AgendaItem, Attendee, AttendeeRole, Meeting

# They attend every item; others only those that they are called for, where anybody is called.
THROUGHOUT = (AttendeeRole.CHAIR, AttendeeRole.MEMBER)


@dataclass(frozen=True)
class Slot:
    """The planned time of an item, in the clock of the place; it may lie past midnight."""

    starts: datetime
    ends: datetime


def timetable(meeting: Meeting, items: Iterable[AgendaItem]) -> list[Slot]:
    """One slot for each of the items in their order, each from where the one before ends."""
    slots, starts = [], timezone.localtime(meeting.starts_at)
    for item in items:
        ends = starts + timedelta(minutes=item.minutes)
        slots.append(Slot(starts, ends))
        starts = ends
    return slots


def planned_end(meeting: Meeting) -> datetime | None:
    """When the last item ends; None where nothing is on the agenda."""
    slots = timetable(meeting, meeting.items.all())
    return slots[-1].ends if slots else None


def attends(attendee: Attendee, called: set[int]) -> bool:
    """Whether somebody attends an item for which these attendees are called."""
    return attendee.role in THROUGHOUT or not called or attendee.pk in called


def attending(item: AgendaItem) -> list[Attendee]:
    """Those who attend the item, by rank."""
    called = set(item.called.values_list("pk", flat=True))
    listed = item.meeting.attendees.select_related("person")
    return [one for one in listed if attends(one, called)]
