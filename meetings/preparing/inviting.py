"""Inviting those on the list, and what they answer."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directives import events
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.models import Attendee, Invitation, Meeting, MeetingState, Reply
from meetings.moments import lock, state_now
from meetings.preparing import telling
from meetings.preparing.gathering import being_prepared


@transaction.atomic
def send_invitations(meeting_id: int, *, actor: User) -> int:
    """Invite everybody on the list who has not been invited yet; how many.

    Refused where there is nobody left to invite, and once the meeting has been opened or cancelled.
    """
    meeting = being_prepared(meeting_id, actor, until=MeetingState.CONVENED)
    waiting = list(not_invited(meeting).select_related("person"))
    if not waiting:
        raise Refused(_("Everybody on the list has been invited."), code="nobody")
    for attendee in waiting:
        Invitation.objects.update_or_create(
            attendee=attendee,
            defaults={"sent_at": timezone.now(), "sequence": meeting.calendar_sequence},
        )
    telling.called(meeting, [attendee.person for attendee in waiting], actor=actor)
    events.record(meeting.stream, "send_invitations", actor=actor, count=len(waiting))
    return len(waiting)


def not_invited(meeting: Meeting) -> QuerySet[Attendee]:
    return meeting.attendees.filter(invitation__sent_at=None)


@transaction.atomic
def give_reply(
    attendee_id: int,
    *,
    actor: User,
    reply: str,
    reason: str = "",
    substitute_name: str = "",
    substitute_position: str = "",
) -> Invitation:
    """Answer an invitation, or record what somebody answered by telephone or on paper.

    May be changed until the meeting opens. Refused for an absence without a reason, and for
    somebody sent instead without a name.
    """
    attendee = Attendee.objects.select_related("person").get(pk=attendee_id)
    meeting = lock(attendee.meeting_id)
    require(permissions.can_answer_invitation, actor, attendee)
    if meeting.state != MeetingState.CONVENED:
        raise Refused(state_now(meeting), code="state")
    invitation, _made = Invitation.objects.get_or_create(attendee=attendee)
    _write(invitation, Reply(reply), reason.strip(), substitute_name.strip(), substitute_position)
    invitation.replied_at = timezone.now()
    invitation.recorded_by = actor if actor != attendee.person else None
    invitation.save()
    events.record(
        meeting.stream, "reply", actor=actor, on_behalf_of=attendee.person, reply=invitation.reply
    )
    return invitation


def _write(invitation: Invitation, reply: Reply, reason: str, name: str, position: str) -> None:
    """Only what belongs to the reply is kept."""
    if reply == Reply.NONE:
        raise Refused(_("Choose a reply."), code="reply")
    if reply == Reply.ABSENT and not reason:
        raise Refused(_("Say why you cannot come."), code="reason")
    if reply == Reply.SENDS and not name:
        raise Refused(_("Say who comes instead."), code="substitute_name")
    sends = reply == Reply.SENDS
    invitation.reply = reply
    invitation.reason = "" if reply == Reply.WILL_COME else reason
    invitation.substitute_name = name if sends else ""
    invitation.substitute_position = position.strip() if sends else ""
