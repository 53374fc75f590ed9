"""The exchange on a submitted comment: the office asks its author, the author answers. What they
answered at the table or on paper, the office or a clerk writes down for them.

Nothing that was said can be changed or taken back; the database refuses it. A question keeps nobody
from answering the comment. Once the next draft is made the exchange is over.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Notice, User
from comments import notices, permissions, services
from comments.models import Comment, Message, Source, Status, form_token
from comments.said import MAX_COMMENT
from directives import events
from directives.drafting import clean
from directives.permissions import require
from directives.refusals import Refused

ASK = "ask_author"


@transaction.atomic
def ask(comment_id: int, *, actor: User, text: str, token: str = "") -> Message:
    """The office's question to the author of a comment. The same `token` sent twice is one."""
    comment = _locked(comment_id)
    require(permissions.can_ask, actor, comment)
    return _say(comment, Message(author=actor, text=text, token=token), actor, ASK)


@transaction.atomic
def reply(comment_id: int, *, actor: User, text: str, token: str = "") -> Message:
    """The author's answer, also after the round is closed; refused where nobody has asked."""
    comment = _locked(comment_id)
    require(permissions.can_reply, actor, comment)
    return _say(comment, Message(author=actor, text=text, token=token), actor, "reply_to_office")


@transaction.atomic
def record_reply(
    comment_id: int, *, actor: User, text: str, source: str, token: str = ""
) -> Message:
    """What the author answered at the table or on paper, written down by the office or a clerk.

    Refused like an answer of their own, and where it is not said how it was received.
    """
    comment = _locked(comment_id)
    require(permissions.can_record_reply, actor, comment)
    if source not in (Source.MEETING, Source.PAPER):
        raise Refused(_("Say how the answer was received."), code="source")
    message = Message(
        author=comment.author, recorded_by=actor, source=source, text=text, token=token
    )
    return _say(comment, message, actor, "record_reply")


def _say(comment: Comment, message: Message, actor: User, verb: str) -> Message:
    message.text = clean(message.text, limit=MAX_COMMENT)
    sent = _already_sent(message)
    if sent is not None:
        return _sent_again(sent, comment, message.text)
    _refuse(comment, message.text, asks=verb == ASK)
    message.comment, message.token = comment, message.token or form_token()
    message.at = timezone.now()
    message.save()
    behalf = message.author if message.author != actor else None
    stream = comment.consultation.draft.directive.stream
    events.record(stream, verb, actor=actor, on_behalf_of=behalf, comment=comment.label)
    tell = notices.question_asked if verb == ASK else notices.question_answered
    tell(message, actor=actor)
    return message


def _already_sent(message: Message) -> Message | None:
    if not message.token:
        return None
    return Message.objects.filter(author=message.author, token=message.token).first()


def _locked(comment_id: int) -> Comment:
    """The comment as it is once its round is locked."""
    consultation = services.lock(Comment.objects.get(pk=comment_id).consultation_id)
    comment = Comment.objects.select_related("author").get(pk=comment_id)
    comment.consultation = consultation
    return comment


def _sent_again(sent: Message, comment: Comment, text: str) -> Message:
    if sent.comment_id != comment.pk or sent.text != text:
        raise Refused(
            _("Your message has been sent already, with other words. Read it, then add to it."),
            code="sent",
        )
    return sent


def _refuse(comment: Comment, text: str, *, asks: bool) -> None:
    if comment.status == Status.WITHDRAWN:
        raise Refused(_("The delegate has withdrawn this comment."), code="withdrawn")
    if comment.consultation.next_draft_id is not None:
        raise Refused(
            _("The next draft has been made; nothing is asked about the comments any more."),
            code="done",
        )
    if not asks and not comment.messages.exists():
        raise Refused(_("The office has not asked about this comment."), code="not_asked")
    if not text:
        raise Refused(_("Write your question.") if asks else _("Write your answer."), code="empty")


def load(comments: Sequence[Comment]) -> None:
    """The messages of all these comments with those who wrote them, in one query."""
    messages = Message.objects.select_related("author", "recorded_by")
    prefetch_related_objects(comments, Prefetch("messages", messages))


def mark_read(comment: Comment, reader: User) -> None:
    """The reader has seen what was said: their notices of it are read."""
    keys = [f"{notices.MESSAGE_KEY}{message.pk}" for message in comment.messages.all()]
    unread = Notice.objects.filter(person=reader, once_key__in=keys, read_at=None)
    unread.update(read_at=timezone.now())
