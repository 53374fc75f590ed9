"""Whom the conclusion notice of a meeting is for, once it stands."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.models import AgendaItem, Attendee, Meeting
from meetings.timetable import THROUGHOUT


def readers(meeting: Meeting) -> QuerySet[Attendee]:
    """Who attends all that it concludes: not a guest who was called for another item alone."""
    concluded = AgendaItem.objects.filter(meeting=OuterRef("meeting"), conclusion__isnull=False)
    of_others = concluded.filter(called__isnull=False).exclude(called=OuterRef("pk"))
    return meeting.attendees.filter(Q(role__in=THROUGHOUT) | ~Exists(of_others))
