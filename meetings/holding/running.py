"""A meeting while it is held: opened, its items one after another, closed.

What is no longer so is refused, with what is so now. `at`: when it was done, where it is told late.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.holding import rollcall
from meetings.holding.speaking import RUNNING
from meetings.models import (
    AgendaItem,
    Attendance,
    AttendeeRole,
    Ballot,
    Meeting,
    MeetingState,
    Speech,
)
from meetings.moments import clock, held, lock, log, moment_of, refuse_over, state_now


@transaction.atomic
def open_meeting(
    meeting_id: int, *, actor: User, at: datetime | None = None, anyway: bool = False
) -> Meeting:
    """The chair opens the meeting. Without a quorum it is opened only `anyway`."""
    meeting = lock(meeting_id)
    require(permissions.can_call, actor, meeting)
    if meeting.state != MeetingState.CONVENED:
        raise Refused(state_now(meeting), code="state")
    if not meeting.attendees.filter(role=AttendeeRole.CHAIR).exists():
        raise Refused(_("Nobody chairs this meeting yet. Name the chair first."), code="chair")
    moment = moment_of(at)
    _refuse_without_quorum(meeting, moment, anyway)
    meeting.state, meeting.opened_at = MeetingState.UNDER_WAY, moment
    meeting.save()
    log(meeting, "open_meeting", actor, moment, without_quorum=anyway)
    return meeting


@transaction.atomic
def close_meeting(meeting_id: int, *, actor: User, at: datetime | None = None) -> Meeting:
    """The meeting ends, and with it the item, the speech and everybody's presence.

    Items that were not opened stay as they are; an open ballot has to be closed first.
    """
    meeting = lock(meeting_id)
    require(permissions.can_call, actor, meeting)
    if meeting.state != MeetingState.UNDER_WAY:
        raise Refused(state_now(meeting), code="state")
    if Ballot.objects.filter(item__meeting=meeting, closed_at=None).exists():
        raise Refused(_("A ballot is still open. Close it first."), code="ballot")
    moment = moment_of(at, since=_last_change(meeting))
    _end_current(meeting, moment)
    Speech.objects.filter(RUNNING, item__meeting=meeting).update(ended_at=moment)
    Attendance.objects.filter(attendee__meeting=meeting, left_at=None).update(left_at=moment)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, moment
    meeting.save()
    log(meeting, "close_meeting", actor, moment)
    return meeting


@transaction.atomic
def open_item(
    item_id: int,
    *,
    actor: User,
    seen: int | None = None,
    at: datetime | None = None,
    anyway: bool = False,
) -> AgendaItem:
    """Go on to an item, or back to one. The one under discussion ends with it.

    `seen`: the item that the page showed as under discussion, 0 for none. Without a quorum an item
    is opened only `anyway`; a break needs none.
    """
    item, meeting = _item(item_id, actor)
    _refuse_stale(meeting, seen)
    if meeting.current_item_id == item.pk:
        raise Refused(_("This item is under discussion already."), code="stale")
    moment = moment_of(at, since=_last_change(meeting))
    if not item.is_break:
        _refuse_without_quorum(meeting, moment, anyway)
    _end_current(meeting, moment)
    item.opened_at, item.ended_at = item.opened_at or moment, None
    item.save()
    meeting.current_item = item
    meeting.save()
    log(meeting, "open_item", actor, moment, item=item.pk, without_quorum=anyway)
    return item


@transaction.atomic
def end_item(
    item_id: int, *, actor: User, seen: int | None = None, at: datetime | None = None
) -> AgendaItem:
    """The item under discussion is over, and none follows yet."""
    item, meeting = _item(item_id, actor)
    _refuse_stale(meeting, seen)
    if meeting.current_item_id != item.pk:
        raise Refused(_("This item is not under discussion."), code="stale")
    moment = moment_of(at, since=_last_change(meeting))
    _end_current(meeting, moment)
    meeting.save()
    log(meeting, "end_item", actor, moment, item=item.pk)
    item.refresh_from_db()
    return item


@transaction.atomic
def show_provision(meeting_id: int, *, actor: User, key: UUID | None) -> Meeting:
    """Put a provision of the item's frozen draft on the room's screen, or take it away."""
    meeting = lock(meeting_id)
    require(permissions.can_call, actor, meeting)
    refuse_over(meeting, timezone.now())
    item = meeting.current_item
    draft = item.draft if item else None
    if key and not (draft and draft.provisions.filter(key=key).exists()):
        raise Refused(_("The draft of this item has no such provision."), code="provision")
    meeting.shown_provision = key
    meeting.save()
    log(meeting, "show_provision", actor, timezone.now(), key=str(key or ""))
    return meeting


def _item(item_id: int, actor: User) -> tuple[AgendaItem, Meeting]:
    item = AgendaItem.objects.get(pk=item_id)
    meeting = held(item.meeting_id, actor, permissions.can_call)
    if meeting.state != MeetingState.UNDER_WAY:
        raise Refused(state_now(meeting), code="state")
    item.refresh_from_db()
    return item, meeting


def _refuse_stale(meeting: Meeting, seen: int | None) -> None:
    if seen is None or seen == (meeting.current_item_id or 0):
        return
    item = meeting.current_item
    if item is None:
        raise Refused(_("The item has been ended meanwhile."), code="stale")
    raise Refused(
        _("Meanwhile the meeting has gone on to “%(item)s” (%(time)s).")
        % {"item": item.title, "time": clock(item.opened_at or timezone.now())},
        code="stale",
    )


def _refuse_without_quorum(meeting: Meeting, moment: datetime, anyway: bool) -> None:
    quorum = rollcall.quorum_at(meeting, moment)
    if not quorum.is_met and not anyway:
        raise Refused(
            _("There is no quorum: %(present)s of %(summoned)s are here, %(needed)s are needed.")
            % {
                "present": quorum.present,
                "summoned": quorum.summoned,
                "needed": quorum.needed,
            },
            code="quorum",
        )


def _end_current(meeting: Meeting, moment: datetime) -> None:
    """End the item under discussion and who speaks about it. The caller saves the meeting."""
    if item := meeting.current_item:
        item.speeches.filter(RUNNING).update(ended_at=moment)
        item.ended_at = moment
        item.save()
    meeting.current_item, meeting.shown_provision = None, None


def _last_change(meeting: Meeting) -> datetime | None:
    """When the item was opened or its speaker called: it cannot have ended before."""
    item = meeting.current_item
    if item is None:
        return meeting.opened_at
    running = item.speeches.filter(RUNNING).first()
    return running.called_at if running else item.opened_at
