"""The list of speakers of an item: who asks to speak, who is called, for how long.

A place on the list is named by the item and the person, who waits or speaks there once at a time:
so what was registered while the network was away can be called before the server knows of it.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.models import AgendaItem, Attendee, Meeting, Speech
from meetings.moments import clock, lock, log, moment_of, refuse_over

ON_THE_LIST = Q(ended_at=None, withdrawn_at=None)
RUNNING = Q(called_at__isnull=False, ended_at=None)
WAITING = ON_THE_LIST & Q(called_at=None)


@transaction.atomic
def register_speaker(
    item_id: int, attendee_id: int, *, actor: User, at: datetime | None = None
) -> Speech:
    """Put somebody at the end of the list; an attendee may do so for themselves."""
    item, attendee, meeting = _found(item_id, attendee_id)
    _require(item, attendee, actor)
    moment = _moment(item, meeting, at)
    if standing := item.speeches.filter(ON_THE_LIST, attendee=attendee).first():
        raise Refused(_standing(standing), code="listed")
    speech = _add(item, attendee, moment)
    log(meeting, "register_speaker", actor, moment, item=item.pk, attendee=attendee.pk)
    return speech


@transaction.atomic
def withdraw_speaker(
    item_id: int, attendee_id: int, *, actor: User, at: datetime | None = None
) -> Speech:
    """Take somebody who waits off the list; an attendee may do so for themselves."""
    item, attendee, meeting = _found(item_id, attendee_id)
    _require(item, attendee, actor)
    speech = item.speeches.filter(WAITING, attendee=attendee).first()
    if speech is None:
        raise Refused(_("%s is not waiting to speak.") % attendee, code="not_listed")
    moment = _moment(item, meeting, at)
    speech.withdrawn_at = moment
    speech.save()
    log(meeting, "withdraw_speaker", actor, moment, item=item.pk, attendee=attendee.pk)
    return speech


@transaction.atomic
def call_speaker(
    item_id: int,
    attendee_id: int,
    *,
    actor: User,
    ends: int | None = None,
    at: datetime | None = None,
) -> Speech:
    """Give somebody the floor, whether they stood on the list or not.

    `ends`: the attendee who speaks so far and whose speech ends with it. Anybody else speaking
    refuses the call: somebody else has called them meanwhile.
    """
    item, attendee, meeting = _found(item_id, attendee_id)
    require(permissions.can_call, actor, meeting)
    running = item.speeches.filter(RUNNING).select_related("attendee__person").first()
    if running and (running.attendee_id == attendee.pk or running.attendee_id != ends):
        raise Refused(_standing(running), code="speaking")
    moment = _moment(item, meeting, at, since=running.called_at if running else None)
    item.speeches.filter(RUNNING).update(ended_at=moment)
    speech = item.speeches.filter(WAITING, attendee=attendee).first()
    speech = speech or _add(item, attendee, moment)
    speech.called_at = moment
    speech.save()
    log(meeting, "call_speaker", actor, moment, item=item.pk, attendee=attendee.pk)
    return speech


@transaction.atomic
def end_speech(
    item_id: int, attendee_id: int, *, actor: User, at: datetime | None = None
) -> Speech:
    """The speaker has finished."""
    item, attendee, meeting = _found(item_id, attendee_id)
    require(permissions.can_call, actor, meeting)
    speech = item.speeches.filter(RUNNING, attendee=attendee).first()
    if speech is None:
        raise Refused(_("%s is not speaking any more.") % attendee, code="not_speaking")
    moment = _moment(item, meeting, at, since=speech.called_at)
    speech.ended_at = moment
    speech.save()
    log(meeting, "end_speech", actor, moment, item=item.pk, attendee=attendee.pk)
    return speech


@transaction.atomic
def put_speaker_up(item_id: int, attendee_id: int, *, actor: User) -> None:
    """Somebody who waits changes places with the one before them."""
    item, attendee, meeting = _found(item_id, attendee_id)
    require(permissions.can_call, actor, meeting)
    waiting = list(item.speeches.filter(WAITING))
    place = next((n for n, one in enumerate(waiting) if one.attendee_id == attendee.pk), None)
    if place is None:
        raise Refused(_("%s is not waiting to speak.") % attendee, code="not_listed")
    if place:
        before, behind = waiting[place - 1], waiting[place]
        before.position, behind.position = behind.position, before.position
        Speech.objects.bulk_update([before, behind], ["position"])
    log(meeting, "put_speaker_up", actor, timezone.now(), item=item.pk, attendee=attendee.pk)


def refuse_outside(item: AgendaItem, meeting: Meeting, moment: datetime) -> None:
    """Refuse what did not happen while the item was under discussion."""
    refuse_over(meeting, moment)
    if item.opened_at is None or moment < item.opened_at:
        raise Refused(_("This item has not been opened yet."), code="item")
    if item.ended_at and moment > item.ended_at:
        raise Refused(_("This item was ended at %s.") % clock(item.ended_at), code="item")


def _moment(
    item: AgendaItem, meeting: Meeting, at: datetime | None, since: datetime | None = None
) -> datetime:
    moment = moment_of(at, since=since or item.opened_at)
    refuse_outside(item, meeting, moment)
    return moment


def _found(item_id: int, attendee_id: int) -> tuple[AgendaItem, Attendee, Meeting]:
    """Of one meeting, whose row is locked, so that they are as they are now."""
    attendee = Attendee.objects.select_related("person").get(pk=attendee_id)
    meeting = lock(attendee.meeting_id)
    item = meeting.items.get(pk=item_id)
    item.meeting = meeting
    return item, attendee, meeting


def _require(item: AgendaItem, attendee: Attendee, actor: User) -> None:
    """Whoever runs the meeting acts for anybody; the others for themselves, at their items."""
    if permissions.can_call(actor, item.meeting):
        return
    if attendee.person_id != actor.pk:
        raise PermissionDenied
    require(permissions.can_ask_to_speak, actor, item)


def _add(item: AgendaItem, attendee: Attendee, moment: datetime) -> Speech:
    last = item.speeches.aggregate(last=Max("position"))["last"] or 0
    return Speech.objects.create(
        item=item, attendee=attendee, position=last + 1, registered_at=moment
    )


def _standing(speech: Speech) -> str:
    if speech.called_at:
        return _("%(who)s has been speaking since %(time)s.") % {
            "who": speech.attendee,
            "time": clock(speech.called_at),
        }
    return _("%s is on the list already.") % speech.attendee
