"""The roll: who comes, goes, comes back or stays away, and whether they are enough to decide.

People come before the meeting is opened, so the roll is called from then on.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directives.refusals import Refused
from meetings import permissions
from meetings.holding.speaking import RUNNING
from meetings.models import (
    Absence,
    Attendance,
    Attendee,
    AttendeeRole,
    Invitation,
    Meeting,
    MeetingState,
    Reply,
)
from meetings.moments import clock, held, log, moment_of, refuse_over

SEATED = (AttendeeRole.CHAIR, AttendeeRole.MEMBER)


@dataclass(frozen=True)
class Quorum:
    """Voting members: how many are summoned, there, and needed by the rules of the day."""

    summoned: int
    present: int
    needed: int

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed

    @property
    def missing(self) -> int:
        return max(self.needed - self.present, 0)


def quorum_at(meeting: Meeting, moment: datetime) -> Quorum:
    """The quorum at any moment of the meeting. Somebody's substitute does not make it up.

    The rules are those of the day on which the meeting began, also past midnight.
    """
    in_person = ~Q(invitation__reply=Reply.SENDS)
    there = Q(Exists(_there(moment).filter(attendee=OuterRef("pk"))))
    counted = meeting.attendees.filter(voting=True).aggregate(
        summoned=Count("pk"), present=Count("pk", filter=there & in_person)
    )
    agreed = meeting.committee.rules_on(timezone.localdate(meeting.starts_at))
    needed = agreed.quorum_of(counted["summoned"])
    return Quorum(counted["summoned"], counted["present"], needed)


def present_at(meeting: Meeting, moment: datetime) -> QuerySet[Attendee]:
    """Everybody who is there at the moment, with or without a vote, substitutes included."""
    return meeting.attendees.filter(Exists(_there(moment).filter(attendee=OuterRef("pk"))))


def _there(moment: datetime) -> QuerySet[Attendance]:
    still = Q(left_at=None) | Q(left_at__gt=moment)
    return Attendance.objects.filter(still, arrived_at__lte=moment)


@transaction.atomic
def arrive(
    attendee_id: int,
    *,
    actor: User,
    online: bool = False,
    in_person: bool = False,
    at: datetime | None = None,
) -> Attendance:
    """Somebody comes, comes back, or goes on from the room to online and the other way round.

    `in_person`: the member came after all, and not the substitute whom they had announced.
    """
    attendee, meeting = _on_the_roll(attendee_id, actor)
    last = attendee.attendances.order_by("-arrived_at", "-pk").first()
    if last and last.left_at is None and last.online == online:
        raise Refused(
            _("%(who)s has been there since %(time)s.")
            % {"who": attendee, "time": clock(last.arrived_at)},
            code="there",
        )
    moment = _moment(meeting, at, since=(last.left_at or last.arrived_at) if last else None)
    attendee.attendances.filter(left_at=None).update(left_at=moment)
    Absence.objects.filter(attendee=attendee).delete()
    if in_person:
        _comes_after_all(attendee, actor, moment)
    there = Attendance.objects.create(
        attendee=attendee,
        arrived_at=moment,
        left_at=meeting.closed_at,
        online=online,
        recorded_by=actor,
    )
    log(meeting, "arrive", actor, moment, attendee=attendee.pk, online=online)
    return there


@transaction.atomic
def leave(attendee_id: int, *, actor: User, at: datetime | None = None) -> Attendance:
    """Somebody goes, for a while or for good. If they were speaking, they have ended."""
    attendee, meeting = _on_the_roll(attendee_id, actor)
    there = attendee.attendances.filter(left_at=None).first()
    if there is None:
        raise Refused(_whereabouts(attendee), code="away")
    speech = attendee.speeches.filter(RUNNING).first()
    moment = _moment(meeting, at, since=speech.called_at if speech else there.arrived_at)
    if speech:
        speech.ended_at = moment
        speech.save()
    there.left_at = moment
    there.save()
    log(meeting, "leave", actor, moment, attendee=attendee.pk)
    return there


@transaction.atomic
def take_back_arrival(attendee_id: int, *, actor: User) -> None:
    """The last arrival was a slip: the person has not come, or not come back."""
    attendee, meeting = _on_the_roll(attendee_id, actor)
    there = attendee.attendances.filter(left_at=None).first()
    if there is None:
        raise Refused(_whereabouts(attendee), code="away")
    there.delete()
    log(meeting, "take_back_arrival", actor, timezone.now(), attendee=attendee.pk)


@transaction.atomic
def note_absence(
    attendee_id: int, *, actor: User, reason: str = "", at: datetime | None = None
) -> Absence:
    """Somebody is away, and why. Who has come cannot be absent; they leave."""
    attendee, meeting = _on_the_roll(attendee_id, actor)
    if there := attendee.attendances.first():
        raise Refused(
            _("%(who)s came at %(time)s. Record that they left instead.")
            % {"who": attendee, "time": clock(there.arrived_at)},
            code="there",
        )
    moment = _moment(meeting, at)
    absence, _made = Absence.objects.update_or_create(
        attendee=attendee,
        defaults={"reason": reason.strip(), "recorded_by": actor, "recorded_at": moment},
    )
    log(meeting, "note_absence", actor, moment, attendee=attendee.pk, reason=reason)
    return absence


@transaction.atomic
def arrive_rest(meeting_id: int, *, actor: User, at: datetime | None = None) -> list[Attendee]:
    """All members of whom nothing is recorded and who did not say they stay away are there."""
    meeting = held(meeting_id, actor, permissions.can_run)
    moment = _moment(meeting, at)
    rest = list(unrecorded(meeting).filter(role__in=SEATED).exclude(AWAY))
    Attendance.objects.bulk_create(
        Attendance(attendee=one, arrived_at=moment, left_at=meeting.closed_at, recorded_by=actor)
        for one in rest
    )
    log(meeting, "arrive_rest", actor, moment, attendees=[one.pk for one in rest])
    return rest


@transaction.atomic
def note_replies(meeting_id: int, *, actor: User, at: datetime | None = None) -> list[Attendee]:
    """All who answered the invitation that they cannot come are absent for the reason given."""
    meeting = held(meeting_id, actor, permissions.can_run)
    moment = _moment(meeting, at)
    away = list(unrecorded(meeting).filter(invitation__reply=Reply.ABSENT))
    Absence.objects.bulk_create(
        Absence(
            attendee=one,
            reason=one.invitation.reason,
            recorded_by=actor,
            recorded_at=moment,
        )
        for one in away
    )
    log(meeting, "note_replies", actor, moment, attendees=[one.pk for one in away])
    return away


AWAY = Q(invitation__reply__in=[Reply.ABSENT, Reply.SENDS])


def unrecorded(meeting: Meeting) -> QuerySet[Attendee]:
    """Those of whom nobody has said yet whether they are there."""
    nothing = meeting.attendees.filter(attendances=None, absence=None)
    return nothing.select_related("invitation", "person")


def _on_the_roll(attendee_id: int, actor: User) -> tuple[Attendee, Meeting]:
    attendee = Attendee.objects.select_related("person").get(pk=attendee_id)
    return attendee, held(attendee.meeting_id, actor, permissions.can_run)


def _moment(meeting: Meeting, at: datetime | None, since: datetime | None = None) -> datetime:
    moment = moment_of(at, since=since)
    if meeting.state != MeetingState.CONVENED:
        refuse_over(meeting, moment)
    return moment


def _whereabouts(attendee: Attendee) -> str:
    """What is so now of somebody who is not there."""
    last = attendee.attendances.order_by("-arrived_at", "-pk").first()
    if last and last.left_at:
        time = clock(last.left_at)
        return _("%(who)s left at %(time)s.") % {"who": attendee, "time": time}
    return _("%s has not come.") % attendee


def _comes_after_all(attendee: Attendee, actor: User, moment: datetime) -> None:
    Invitation.objects.filter(attendee=attendee).update(
        reply=Reply.WILL_COME, replied_at=moment, recorded_by=actor
    )
