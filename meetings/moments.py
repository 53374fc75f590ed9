"""What every act of a meeting begins and ends with: the lock, the moment, the line of the log.

Each act may be told later than it was done, from a room whose network was away: `at` is when it
was done. Each locks the meeting's row, so that two secretaries stand in a line.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directives import events
from directives.permissions import require
from directives.refusals import Refused
from meetings.models import Meeting, MeetingPaper, MeetingState

Predicate = Callable[[User, Any], bool]
LATEST = timedelta(hours=8)
# The clocks of a tablet and the server never agree to the second.
SKEW = timedelta(minutes=1)


def lock(meeting_id: int) -> Meeting:
    """The meeting with its row locked for this transaction."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)


def held(meeting_id: int, actor: User, predicate: Predicate) -> Meeting:
    """The locked meeting, of whoever may do what `predicate` says."""
    meeting = lock(meeting_id)
    require(predicate, actor, meeting)
    return meeting


def moment_of(at: datetime | None, *, since: datetime | None = None) -> datetime:
    """When something was done: now, or as told; not in the future, not before `since`."""
    now = timezone.now()
    moment = at or now
    if moment > now + SKEW:
        raise Refused(_("The clock of this device is ahead: %s.") % clock(moment), code="future")
    if moment < now - LATEST:
        raise Refused(_("This was done more than eight hours ago."), code="late")
    if since and moment < since - SKEW:
        raise Refused(
            _("It was done at %(done)s, before what was recorded at %(since)s.")
            % {"done": clock(moment), "since": clock(since)},
            code="early",
        )
    return min(max(moment, since or moment), now)


def refuse_over(meeting: Meeting, moment: datetime) -> None:
    """Acts belong to the time of the meeting; what was done in it may still be told after it."""
    if meeting.state == MeetingState.UNDER_WAY:
        return
    told_late = meeting.closed_at is not None and moment <= meeting.closed_at
    approved = MeetingPaper.objects.filter(meeting=meeting).exclude(approved_at=None)
    if not told_late or approved.exists():
        raise Refused(state_now(meeting), code="state")


def log(meeting: Meeting, verb: str, actor: User, at: datetime, **facts: Any) -> None:
    """A line of the meeting's log, with the moment at which it was done in the room."""
    events.record(meeting.stream, verb, actor=actor, at=at.isoformat(), **facts)


def clock(moment: datetime) -> str:
    """The hour, with the day where it is not today: a meeting may pass midnight."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return local.strftime("%H:%M" if today else "%H:%M %d/%m/%Y")


def state_now(meeting: Meeting) -> str:
    """Why the meeting cannot do what was asked, in words."""
    if meeting.state == MeetingState.CONVENED:
        return _("The meeting has not been opened yet.")
    if meeting.state == MeetingState.CANCELLED:
        return _("The meeting has been cancelled.")
    if meeting.state == MeetingState.CLOSED:
        return _("The meeting was closed at %s.") % clock(meeting.closed_at or timezone.now())
    return _("The meeting was opened at %s.") % clock(meeting.opened_at or timezone.now())
