"""Acts sent from the room, each with a token made there and the moment at which it was done.

While the network is away they wait in the browser and come in order when it is back. However often
one is sent it is done once: the token is kept with what became of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comments.models import Category
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.holding import remarks, rollcall, running, speaking
from meetings.models import AgendaItem, Attendee, DoneAction, Meeting
from meetings.moments import lock


@dataclass(frozen=True)
class Sent:
    """What a form of the room says; what a verb does not need it leaves out."""

    attendee: Attendee | None = None
    item: AgendaItem | None = None
    ends: int | None = None
    seen: int | None = None
    reason: str = ""
    text: str = ""
    provision: str = ""
    shown: UUID | None = None
    category: str = Category.CONTENT


@dataclass(frozen=True)
class Done:
    """What became of an act: `refusal` says why nothing did, `note` what else is to be known."""

    refusal: str = ""
    note: str = ""


def act(
    meeting_id: int, *, actor: User, verb: str, token: UUID, acted_at: datetime | None, sent: Sent
) -> Done:
    """Do what was sent, or tell again what became of it when it came first."""
    with transaction.atomic():
        meeting = lock(meeting_id)
        require(permissions.can_view_meeting, actor, meeting)
        known = DoneAction.objects.filter(pk=token).first()
        if known:
            return Done(known.refusal)
        done = _tried(meeting, actor, verb, acted_at, sent)
        DoneAction.objects.create(
            token=token,
            meeting=meeting,
            actor=actor,
            verb=verb,
            acted_at=acted_at or timezone.now(),
            refusal=done.refusal,
        )
        return done


def _tried(meeting: Meeting, actor: User, verb: str, acted_at: datetime | None, sent: Sent) -> Done:
    """A refusal undoes the act, and is kept with its token."""
    try:
        with transaction.atomic():
            return Done(note=VERBS[verb](actor, sent, acted_at) or "")
    except Refused as refused:
        return Done(refusal=str(refused))


def _arrive(actor: User, sent: Sent, at: datetime | None) -> None:
    rollcall.arrive(_whom(sent), actor=actor, at=at)


def _join_online(actor: User, sent: Sent, at: datetime | None) -> None:
    rollcall.arrive(_whom(sent), actor=actor, online=True, at=at)


def _come_in_person(actor: User, sent: Sent, at: datetime | None) -> None:
    rollcall.arrive(_whom(sent), actor=actor, in_person=True, at=at)


def _leave(actor: User, sent: Sent, at: datetime | None) -> None:
    rollcall.leave(_whom(sent), actor=actor, at=at)


def _take_back_arrival(actor: User, sent: Sent, at: datetime | None) -> None:
    rollcall.take_back_arrival(_whom(sent), actor=actor)


def _note_absence(actor: User, sent: Sent, at: datetime | None) -> None:
    rollcall.note_absence(_whom(sent), actor=actor, reason=sent.reason, at=at)


def _register(actor: User, sent: Sent, at: datetime | None) -> None:
    speaking.register_speaker(_what(sent), _whom(sent), actor=actor, at=at)


def _withdraw(actor: User, sent: Sent, at: datetime | None) -> None:
    speaking.withdraw_speaker(_what(sent), _whom(sent), actor=actor, at=at)


def _call(actor: User, sent: Sent, at: datetime | None) -> None:
    speaking.call_speaker(_what(sent), _whom(sent), actor=actor, ends=sent.ends, at=at)


def _end(actor: User, sent: Sent, at: datetime | None) -> None:
    speaking.end_speech(_what(sent), _whom(sent), actor=actor, at=at)


def _put_up(actor: User, sent: Sent, at: datetime | None) -> None:
    speaking.put_speaker_up(_what(sent), _whom(sent), actor=actor)


def _open_item(actor: User, sent: Sent, at: datetime | None) -> None:
    """Without a quorum it is refused: that is asked on the page, where the answer is read."""
    running.open_item(_what(sent), actor=actor, seen=sent.seen, at=at)


def _end_item(actor: User, sent: Sent, at: datetime | None) -> None:
    running.end_item(_what(sent), actor=actor, seen=sent.seen, at=at)


def _remark(actor: User, sent: Sent, at: datetime | None) -> str:
    """Where the remark is no comment, that is said."""
    noted = remarks.note_remark(
        _what(sent),
        _whom(sent),
        actor=actor,
        text=sent.text,
        provision=sent.provision,
        shown=sent.shown,
        category=sent.category,
        at=at,
    )
    if not noted.why_no_comment:
        return ""
    return _("Kept for the minutes, not as a comment: %s") % noted.why_no_comment


Verb = Callable[[User, Sent, datetime | None], str | None]
VERBS: dict[str, Verb] = {
    "arrive": _arrive,
    "join_online": _join_online,
    "come_in_person": _come_in_person,
    "leave": _leave,
    "take_back_arrival": _take_back_arrival,
    "note_absence": _note_absence,
    "register": _register,
    "withdraw": _withdraw,
    "call": _call,
    "end": _end,
    "put_up": _put_up,
    "open_item": _open_item,
    "end_item": _end_item,
    "remark": _remark,
}


def _whom(sent: Sent) -> int:
    if sent.attendee is None:
        raise Refused(_("Choose who it is."), code="attendee")
    return sent.attendee.pk


def _what(sent: Sent) -> int:
    if sent.item is None:
        raise Refused(_("No item is under discussion."), code="item")
    return sent.item.pk
