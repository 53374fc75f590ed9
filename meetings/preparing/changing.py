"""Changing a meeting before it opens, and calling it off."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.seats import seats_on
from directives import events
from directives.refusals import Refused
from meetings.models import (
    AttendeeRole,
    Invitation,
    Meeting,
    MeetingState,
    Reply,
)
from meetings.preparing import telling
from meetings.preparing.gathering import attend, being_prepared

# What stands on an invitation, and so in people's calendars.
TOLD = ("starts_at", "place", "mode", "link", "notes")
CHANGEABLE = (*TOLD, "recorder")


def differing(meeting: Meeting, facts: dict[str, Any]) -> list[str]:
    """The names of the facts that are not as they were."""
    return [name for name in CHANGEABLE if name in facts and getattr(meeting, name) != facts[name]]


@transaction.atomic
def change_meeting(meeting_id: int, *, actor: User, **facts: Any) -> Meeting:
    """Change day, place, mode, address, notes or recorder, and tell those who were invited.

    Refused once the meeting has been opened or cancelled, and for a day in another term. On another
    day the list follows the seats of that day, and who had answered is asked again.
    """
    meeting = being_prepared(meeting_id, actor, until=MeetingState.CONVENED)
    changed = differing(meeting, facts)
    for name in changed:
        setattr(meeting, name, facts[name])
    if "starts_at" in changed:
        _follow_the_day(meeting)
    if told := [name for name in changed if name in TOLD]:
        meeting.calendar_sequence += 1
    if changed:
        meeting.save(update_fields=[*changed, "calendar_sequence"])
        events.record(meeting.stream, "change_meeting", actor=actor, changed=changed)
    if told:
        telling.changed(meeting, actor=actor)
    return meeting


def _follow_the_day(meeting: Meeting) -> None:
    day = timezone.localdate(meeting.starts_at)
    if meeting.committee.term_on(day) != meeting.term:
        raise Refused(
            _("This day is in another term. Cancel the meeting and convene another."), code="date"
        )
    seats = {seat.person: seat for seat in seats_on(meeting.committee, day)}
    for attendee in meeting.attendees.select_related("person"):
        if seat := seats.pop(attendee.person, None):
            attendee.title, attendee.rank, attendee.voting = seat.title, seat.rank, seat.voting
        elif attendee.role == AttendeeRole.MEMBER:
            attendee.voting = False
        attendee.save(update_fields=["title", "rank", "voting"])
    for seat in seats.values():
        attend(meeting, seat, AttendeeRole.MEMBER)
    Invitation.objects.filter(attendee__meeting=meeting).update(
        reply=Reply.NONE, reason="", substitute_name="", substitute_position="", replied_at=None
    )


@transaction.atomic
def cancel_meeting(meeting_id: int, *, actor: User, reason: str) -> Meeting:
    """Call a meeting off, and tell those who were invited why.

    Refused without a reason, and once it has been opened or cancelled. Rounds of comments that were
    opened for it go on.
    """
    meeting = being_prepared(meeting_id, actor, until=MeetingState.CONVENED)
    if not reason.strip():
        raise Refused(_("Say why the meeting is cancelled."), code="reason")
    meeting.state, meeting.cancelled_at = MeetingState.CANCELLED, timezone.now()
    meeting.cancel_reason = reason.strip()
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["state", "cancelled_at", "cancel_reason", "calendar_sequence"])
    events.record(meeting.stream, "cancel_meeting", actor=actor, reason=meeting.cancel_reason)
    telling.cancelled(meeting, actor=actor)
    return meeting
