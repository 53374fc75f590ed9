"""A round of comments: opened, answered by delegates, closed.

Each function locks the round's row before it looks at the deadline, so that a comment and the
closing of the round cannot both win.
"""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comments import notices, permissions
from comments.models import Comment, Consultation, Delegate, Position, Source, Status
from comments.said import MAX_COMMENT, Said, checked, edits_of, refuse_empty, said_in
from directives import events, workflow
from directives.drafting import clean
from directives.permissions import require
from directives.refusals import Refused


@dataclass(frozen=True)
class Asked:
    """Somebody to be asked, with title, rank and vote as on the day."""

    person: User
    title: str
    rank: int
    voting: bool


@dataclass(frozen=True)
class Opened:
    """The open form that saves, and the version of the comment it started from; 0: a new one."""

    form: uuid.UUID
    version: int


class StaleComment(Refused):
    """The comment was saved from another form since this one was opened. Nothing was changed."""

    def __init__(self, stored: Comment) -> None:
        super().__init__(
            _("This comment has been changed in another window. Choose which text stays."),
            code="stale",
        )
        self.stored = stored


@transaction.atomic
def open_consultation(
    directive_id: int,
    *,
    actor: User,
    asked: Sequence[Asked],
    deadline: datetime,
    at_meeting: bool = False,
    shows_others: bool = False,
    mark: str = "",
) -> Consultation:
    """Freeze and circulate the working draft and ask people for comments until the deadline."""
    if not asked:
        raise Refused(_("Choose at least one person to be asked."), code="nobody")
    if deadline <= timezone.now():
        raise Refused(_("The deadline has already passed. Choose a later one."), code="deadline")
    draft = workflow.circulate(
        directive_id,
        actor=actor,
        readers=[one.person for one in asked],
        mark=mark,
        asked=len(asked),
        deadline=deadline.isoformat(),
    )
    consultation = Consultation.objects.create(
        draft=draft,
        at_meeting=at_meeting,
        deadline=deadline,
        shows_others=shows_others,
        opened_by=actor,
    )
    Delegate.objects.bulk_create(
        Delegate(
            consultation=consultation,
            person=one.person,
            title=one.title,
            rank=one.rank,
            voting=one.voting,
        )
        for one in asked
    )
    notices.comments_asked(consultation, [one.person for one in asked], actor=actor)
    return consultation


@transaction.atomic
def extend_deadline(consultation_id: int, *, actor: User, deadline: datetime) -> Consultation:
    """Give the delegates more time; a deadline never moves forward onto them."""
    consultation = lock(consultation_id)
    require(permissions.can_close, actor, consultation)
    _refuse_closed(consultation)
    if deadline <= max(consultation.deadline, timezone.now()):
        raise Refused(_("The new deadline must be later than the old one."), code="deadline")
    consultation.deadline = deadline
    consultation.save()
    stream = consultation.draft.directive.stream
    events.record(stream, "extend_deadline", actor=actor, deadline=deadline.isoformat())
    notices.deadline_moved(consultation, actor=actor)
    return consultation


@transaction.atomic
def close_round(consultation_id: int, *, actor: User) -> Consultation:
    """End the round. Comments still being written are not counted, and stay with their authors."""
    consultation = lock(consultation_id)
    require(permissions.can_close, actor, consultation)
    _refuse_closed(consultation)
    consultation.closed_at = timezone.now()
    consultation.save()
    workflow.close_round(
        consultation.draft.directive_id,
        actor=actor,
        comments=consultation.comments.filter(status=Status.SUBMITTED).count(),
    )
    notices.round_closed(consultation, actor=actor)
    return consultation


@transaction.atomic
def save_comment(
    consultation_id: int,
    *,
    actor: User,
    author: User,
    said: Said,
    comment_id: int | None = None,
    source: str = Source.ONLINE,
    token: str = "",
    opened: Opened | None = None,
) -> Comment:
    """Keep a comment that is being written; nobody but its writer sees it.

    The same `token` sent twice is one comment: the second call changes what the first one made.
    With `opened`, a form that another one has overtaken raises `StaleComment`.
    """
    consultation = _writable(consultation_id, actor, author)
    said = checked(consultation.draft, said)
    comment = _comment_to_write(consultation, actor, comment_id, token)
    if opened is not None:
        _refuse_overtaken(comment, opened, said)
        comment.writer = opened.form
    _refuse_sent(comment)
    comment.author, comment.recorded_by, comment.source = author, actor, source
    for name, value in asdict(said).items():
        setattr(comment, name, value)
    comment.version += bool(comment.pk)
    comment.save()
    return comment


def _comment_to_write(
    consultation: Consultation, actor: User, comment_id: int | None, token: str
) -> Comment:
    """The comment that is being written, or a new one."""
    mine = Comment.objects.filter(consultation=consultation, recorded_by=actor)
    comment = mine.filter(pk=comment_id).first() if comment_id else None
    if comment is None and token:
        comment = mine.filter(token=token).first()
    if comment is None:
        return Comment(consultation=consultation, **({"token": token} if token else {}))
    return comment


def _refuse_sent(comment: Comment) -> None:
    if comment.status != Status.DRAFT:
        raise Refused(
            _("This comment has been submitted. Withdraw it first, or write a new one."),
            code="submitted",
        )


def _refuse_overtaken(comment: Comment, opened: Opened, said: Said) -> None:
    """The form's own last save does not overtake it, even where its answer got lost on the way."""
    current = opened.version == comment.version or opened.form == comment.writer
    if comment.pk and not current and said_in(comment) != said:
        raise StaleComment(comment)


@transaction.atomic
def submit(comment_id: int, *, actor: User) -> Comment:
    """Hand in a comment: it gets its number, and its proposal is stored as word-level edits."""
    comment = _own(comment_id, actor)
    consultation = _writable(comment.consultation_id, actor, comment.author)
    if comment.status == Status.SUBMITTED:
        return comment
    if comment.status == Status.WITHDRAWN:
        raise Refused(_("This comment was withdrawn. Write a new one."), code="withdrawn")
    refuse_empty(comment)
    comment.edits = edits_of(consultation.draft, comment)
    last = consultation.comments.aggregate(last=Max("number"))["last"]
    comment.number, comment.submitted_at = (last or 0) + 1, timezone.now()
    comment.status = Status.SUBMITTED
    comment.save()
    _note_comments(consultation, comment.author)
    _record(consultation, "submit_comment", actor, comment)
    return comment


@transaction.atomic
def withdraw(comment_id: int, *, actor: User) -> Comment:
    """Take back a submitted comment until the deadline. It stays on record as withdrawn."""
    comment = _own(comment_id, actor)
    consultation = _writable(comment.consultation_id, actor, comment.author)
    if comment.status != Status.SUBMITTED:
        raise Refused(_("Only a submitted comment can be withdrawn."), code="state")
    comment.status = Status.WITHDRAWN
    comment.save()
    _record(consultation, "withdraw_comment", actor, comment)
    return comment


@transaction.atomic
def discard(comment_id: int, *, actor: User) -> None:
    """Throw away a comment that was never submitted."""
    comment = _own(comment_id, actor)
    if comment.status != Status.DRAFT:
        raise Refused(_("A submitted comment can be withdrawn, not thrown away."), code="state")
    comment.delete()


@transaction.atomic
def give_position(
    consultation_id: int, *, actor: User, person: User, position: str, reason: str = ""
) -> Delegate:
    """What the person thinks of the draft as a whole; to disagree takes a reason."""
    consultation = _writable(consultation_id, actor, person)
    if position not in Position.values or position == Position.NO_REPLY:
        raise Refused(_("Choose one of the positions."), code="position")
    reason = clean(reason, limit=MAX_COMMENT)
    if position == Position.DISAGREES and not reason:
        raise Refused(_("Say why you do not agree."), code="reason")
    delegate = consultation.delegates.get(person=person)
    delegate.position, delegate.reason = position, reason
    delegate.answered_at, delegate.recorded_by = timezone.now(), actor
    delegate.save()
    stream = consultation.draft.directive.stream
    behalf = person if person != actor else None
    events.record(stream, "give_position", actor=actor, on_behalf_of=behalf, position=position)
    return delegate


def lock(consultation_id: int) -> Consultation:
    """The round with its row locked for this transaction."""
    rounds = Consultation.objects.select_for_update(of=("self",))
    return rounds.select_related("draft__directive").get(pk=consultation_id)


def _writable(consultation_id: int, actor: User, author: User) -> Consultation:
    """The locked round, if the actor may write in it for the author at this moment.

    Delegates write until the deadline. What somebody said at the table or on paper can be recorded
    for them by the office or a clerk until the round is closed.
    """
    consultation = lock(consultation_id)
    if actor != author:
        require(permissions.can_record, actor, consultation)
    if not consultation.delegates.filter(person=author).exists():
        raise Refused(_("%s is not among those who were asked.") % author, code="not_asked")
    _refuse_closed(consultation)
    if actor == author and timezone.now() >= consultation.deadline:
        raise Refused(
            _(
                "The deadline passed at %(time)s on %(day)s. What you typed is kept on this page; "
                "ask the office for more time."
            )
            % _words(consultation.deadline),
            code="deadline",
        )
    return consultation


def _words(moment: datetime) -> dict[str, str]:
    local = timezone.localtime(moment)
    return {"time": local.strftime("%H:%M"), "day": local.strftime("%d/%m/%Y")}


def _refuse_closed(consultation: Consultation) -> None:
    if consultation.closed_at is not None:
        raise Refused(_("The office has closed this round of comments."), code="closed")


def _own(comment_id: int, actor: User) -> Comment:
    comment = Comment.objects.select_related("author").get(pk=comment_id)
    require(permissions.owns, actor, comment)
    return comment


def _note_comments(consultation: Consultation, author: User) -> None:
    """Who agreed fully and now comments agrees with comments. No position is made up for others."""
    consultation.delegates.filter(person=author, position=Position.AGREES).update(
        position=Position.AGREES_WITH_COMMENTS
    )


def _record(consultation: Consultation, verb: str, actor: User, comment: Comment) -> None:
    behalf = comment.author if comment.author_id != actor.pk else None
    events.record(
        consultation.draft.directive.stream,
        verb,
        actor=actor,
        on_behalf_of=behalf,
        comment=comment.label,
    )
