"""On the day of a meeting, and as long as it is held: who runs it is led to the room."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.tasks import Task
from meetings.models import AttendeeRole, Meeting, MeetingState
from meetings.moments import clock
from meetings.reading import start_of_today


def room_tasks(person: User) -> Iterator[Task]:
    """The recorder calls the roll and records; where none is named, whoever convened it."""
    records = Q(recorder=person) | Q(recorder=None, convened_by=person)
    chairs = Q(attendees__person=person, attendees__role=AttendeeRole.CHAIR)
    for meeting in _now().filter(records):
        yield _task(meeting, "meeting_room", _("Call the roll and record"))
    for meeting in _now().filter(chairs).exclude(records):
        yield _task(meeting, "meeting_chair", _("Chair the meeting"))


def _now() -> QuerySet[Meeting]:
    today = start_of_today()
    of_today = Q(starts_at__gte=today, starts_at__lt=today + timedelta(days=1))
    convened = Q(state=MeetingState.CONVENED) & of_today
    return Meeting.objects.filter(convened | Q(state=MeetingState.UNDER_WAY))


def _task(meeting: Meeting, page: str, action: str) -> Task:
    return Task(
        title=_("Meeting no. %s") % meeting.session_number,
        url=reverse(page, args=[meeting.pk]),
        action=action,
        note=_("%(time)s, %(place)s.") % {"time": clock(meeting.starts_at), "place": meeting.place},
        deadline=meeting.starts_at,
    )
