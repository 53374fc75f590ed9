"""Whom the conclusions of a meeting are for, once its notice stands.

The members decided all of it. A guest reads the whole notice who attended all that it concludes,
or to whom it is addressed: "Nơi nhận", which the chair approves, names them or their unit. Any
other guest was called in for some items and sent out for the rest: they read what was concluded on
theirs, on the page of conclusions.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.models import AgendaItem, Attendee, Meeting, PaperKind, PaperSigning
from meetings.timetable import THROUGHOUT


def readers(meeting: Meeting) -> QuerySet[Attendee]:
    """Who reads the whole notice."""
    of_others = _concluded().filter(called__isnull=False).exclude(called=OuterRef("pk"))
    named = _recipients(meeting)
    addressed = Q(person__full_name__in=named) | Q(person__unit__name__in=named)
    return meeting.attendees.filter(Q(role__in=THROUGHOUT) | ~Exists(of_others) | addressed)


def readers_in_part(meeting: Meeting) -> QuerySet[Attendee]:
    """Who reads only what was concluded on the items that they attended."""
    theirs = _concluded().filter(Q(called=None) | Q(called=OuterRef("pk")))
    return meeting.attendees.filter(Exists(theirs)).exclude(pk__in=readers(meeting).values("pk"))


def _concluded() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=OuterRef("meeting"), conclusion__isnull=False)


def _recipients(meeting: Meeting) -> list[str]:
    """The lines as they were typed, without the marks at their ends."""
    found = PaperSigning.objects.filter(paper__meeting=meeting, paper__kind=PaperKind.NOTICE)
    lines = "\n".join(found.values_list("recipients", flat=True)).splitlines()
    return [line.strip(" -–;,.") for line in lines if line.strip(" -–;,.")]
