"""What is said about an item, keyed in while it is said.

About a directive whose round is open it becomes a comment of the round, as if the speaker had
written it; else it stands as a remark for the minutes.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comments import services
from comments.models import Category, Comment, Source, Status
from comments.said import MAX_COMMENT, Said
from directives.comparison import Numbered, numbered
from directives.drafting import clean, in_order
from directives.permissions import require
from directives.refusals import Refused
from directives.text import numbering
from directives.text.kinds import Kind
from meetings import permissions
from meetings.holding.speaking import RUNNING, refuse_outside
from meetings.models import AgendaItem, Attendee, Remark
from meetings.moments import lock, log, moment_of

# Why a remark is no comment: the round does not take it, the meeting does.
NOT_OF_THE_ROUND = ("closed", "deadline", "not_asked")


@dataclass(frozen=True)
class Noted:
    """A remark, and why it is no comment of the round; empty where it is one or there is none."""

    remark: Remark
    why_no_comment: str = ""


@transaction.atomic
def note_remark(
    item_id: int,
    attendee_id: int,
    *,
    actor: User,
    text: str,
    provision: str = "",
    shown: UUID | None = None,
    category: str = Category.CONTENT,
    at: datetime | None = None,
) -> Noted:
    """Write down what somebody says; `provision` as typed ("2.b"), else the one that is `shown`."""
    attendee = Attendee.objects.select_related("person").get(pk=attendee_id)
    meeting = lock(attendee.meeting_id)
    require(permissions.can_run, actor, meeting)
    items = meeting.items.select_related("draft", "consultation")
    item = items.get(pk=item_id)
    moment = moment_of(at, since=item.opened_at)
    refuse_outside(item, meeting, moment)
    text = clean(text, limit=MAX_COMMENT)
    if not text:
        raise Refused(_("Write what was said."), code="text")
    place = _place(item, provision, shown)
    said = Said(category=category, body=text, provision_key=place.provision.key if place else None)
    comment, why = _comment(item, attendee, actor, said)
    remark = Remark.objects.create(
        item=item,
        attendee=attendee,
        speech=item.speeches.filter(RUNNING, attendee=attendee).first(),
        text="" if comment else _with_place(text, place),
        comment=comment,
        said_at=moment,
        recorded_by=actor,
    )
    log(meeting, "note_remark", actor, moment, item=item.pk, attendee=attendee.pk)
    return Noted(remark, why)


@transaction.atomic
def take_back_remark(remark_id: int, *, actor: User) -> None:
    """Whoever wrote it down takes it back. A comment that came of it is withdrawn."""
    remark = Remark.objects.select_related("item", "comment").get(pk=remark_id)
    meeting = lock(remark.item.meeting_id)
    require(permissions.can_run, actor, meeting)
    if remark.recorded_by_id != actor.pk:
        raise Refused(_("%s wrote this down.") % remark.recorded_by, code="other")
    if remark.comment and remark.comment.status == Status.SUBMITTED:
        services.withdraw(remark.comment.pk, actor=actor)
    remark.delete()
    log(meeting, "take_back_remark", actor, timezone.now(), item=remark.item_id)


def provision_called(draft_rows: list[Numbered], label: str) -> Numbered | None:
    """The provision of a label as people type it: "2.b", "2b", "điểm b khoản 2", "2. b)"."""
    kinds = [Kind(row.provision.kind) for row in draft_rows]
    wanted = _key(label)
    for row, path in zip(draft_rows, numbering.paths(kinds), strict=True):
        if wanted in (_key(path), _key(row.citation)):
            return row
    return None


def _key(label: str) -> str:
    """What is left of a label without marks and spaces; đ is a letter of its own, not a d."""
    return "".join(letter for letter in label.casefold() if letter.isalnum() or letter in "+-")


def _place(item: AgendaItem, label: str, shown: UUID | None) -> Numbered | None:
    label = label.strip()
    if item.draft is None or not (label or shown):
        return None
    rows = numbered(in_order(item.draft))
    if not label:
        return next((row for row in rows if row.provision.key == shown), None)
    found = provision_called(rows, label)
    if found is None:
        raise Refused(_("The draft has no provision “%s”.") % label, code="provision")
    return found


def _comment(
    item: AgendaItem, attendee: Attendee, actor: User, said: Said
) -> tuple[Comment | None, str]:
    """The comment of the round, or why it is none."""
    if item.consultation is None:
        return None, ""
    try:
        with transaction.atomic():
            saved = services.save_comment(
                item.consultation.pk,
                actor=actor,
                author=attendee.person,
                said=said,
                source=Source.MEETING,
            )
            return services.submit(saved.pk, actor=actor), ""
    except Refused as refused:
        if refused.code not in NOT_OF_THE_ROUND:
            raise
        return None, str(refused)


def _with_place(text: str, place: Numbered | None) -> str:
    """A remark that is no comment says itself what it is about."""
    return f"{place.citation[:1].upper()}{place.citation[1:]}: {text}" if place else text
