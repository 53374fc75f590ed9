"""Who is told about a round of comments, and who is reminded before it ends."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import NoticeKind, Role, User
from comments.models import Comment, Consultation, Delegate, Message, Position, Status
from directives.notices import holding, tell

# So long before the deadline; a round that is shorter than one of these has no use for it.
REMINDERS = (timedelta(hours=48), timedelta(hours=4))
MESSAGE_KEY = "message:"


def comments_asked(consultation: Consultation, people: Iterable[User], *, actor: User) -> None:
    body = _("Please send your comments before %s.") % _words(consultation.deadline)
    kind = NoticeKind.COMMENTS_ASKED
    _tell(people, kind, consultation, "consultation_read", body=body, actor=actor)


def deadline_moved(consultation: Consultation, *, actor: User) -> None:
    """To those who were asked and have not answered."""
    body = _("Comments can be sent until %s now.") % _words(consultation.deadline)
    people = [delegate.person for delegate in _silent(consultation)]
    kind = NoticeKind.DEADLINE_MOVED
    _tell(people, kind, consultation, "consultation_read", body=body, actor=actor)


def question_asked(question: Message, *, actor: User) -> None:
    """To the author. The words stay in the system, for notices leave it by e-mail."""
    comment = question.comment
    body = _("The office asks about your comment %s.") % comment.label
    _tell_of_message([comment.author], NoticeKind.QUESTION_ASKED, question, body, actor)


def question_answered(answer: Message, *, actor: User) -> None:
    """To those of the office who have asked about the comment."""
    comment = answer.comment
    asking = comment.messages.exclude(author=comment.author_id).values("author")
    people = holding(comment.consultation.draft.directive, Role.OFFICE).filter(pk__in=asking)
    body = _("%(who)s has answered about comment %(comment)s.") % {
        "who": comment.author,
        "comment": comment.label,
    }
    _tell_of_message(people, NoticeKind.QUESTION_ANSWERED, answer, body, actor)


def _tell_of_message(
    people: Iterable[User], kind: NoticeKind, message: Message, body: str, actor: User
) -> None:
    """The key is what "My work" finds the notice by."""
    directive, page = message.comment.consultation.draft.directive, "comment_messages"
    facts = {"body": body, "actor": actor, "once_key": f"{MESSAGE_KEY}{message.pk}"}
    tell(people, kind, directive, page, url_args=[message.comment_id], **facts)


def round_closed(consultation: Consultation, *, actor: User) -> None:
    """To those who were asked, and the rest of the office."""
    asked = User.objects.filter(pk__in=consultation.delegates.values("person"))
    people = [*asked, *holding(consultation.draft.directive, Role.OFFICE)]
    body = _("The office now answers the comments and writes the next draft.")
    kind = NoticeKind.ROUND_CLOSED
    _tell(people, kind, consultation, "consultation_view", body=body, actor=actor)


def answers_ready(consultation: Consultation, *, actor: User) -> None:
    """To each author of a submitted comment, once the answers stand."""
    authors = consultation.comments.filter(status=Status.SUBMITTED).values("author")
    people = User.objects.filter(pk__in=authors)
    body = _("The next draft has been made. See the answer to each of your comments.")
    kind = NoticeKind.ANSWERS_READY
    _tell(people, kind, consultation, "consultation_read", body=body, actor=actor)


def remind_of_deadlines() -> int:
    """Remind those who have not answered, once for each time before each deadline."""
    return sum(_remind(consultation) for consultation in _nearly_over())


def _nearly_over() -> QuerySet[Consultation]:
    now = timezone.now()
    running = Consultation.objects.filter(closed_at=None, deadline__gt=now)
    return running.filter(deadline__lte=now + max(REMINDERS)).select_related("draft__directive")


def _remind(consultation: Consultation) -> int:
    due = [before for before in REMINDERS if _is_due(consultation, before)]
    if not due:
        return 0
    deadline = consultation.deadline
    key = f"deadline:{consultation.pk}:{deadline.timestamp():.0f}:{min(due).total_seconds():.0f}"
    body = _("Please send your comments before %s.") % _words(deadline)
    people = [delegate.person for delegate in _silent(consultation)]
    kind = NoticeKind.DEADLINE_NEAR
    return _tell(people, kind, consultation, "consultation_read", body=body, once_key=key)


def _is_due(consultation: Consultation, before: timedelta) -> bool:
    moment = consultation.deadline - before
    return consultation.opened_at <= moment <= timezone.now()


def _silent(consultation: Consultation) -> QuerySet[Delegate]:
    """Delegates who said nothing of the whole, or have not sent all they wrote."""
    unsent = Comment.objects.filter(
        consultation=consultation, author=OuterRef("person"), status=Status.DRAFT
    )
    silent = Q(position=Position.NO_REPLY) | Q(Exists(unsent))
    return consultation.delegates.filter(silent).select_related("person")


def _tell(
    people: Iterable[User], kind: NoticeKind, consultation: Consultation, page: str, **facts: Any
) -> int:
    return tell(
        people, kind, consultation.draft.directive, page, url_args=[consultation.pk], **facts
    )


def _words(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return _("%(time)s on %(day)s") % {
        "time": local.strftime("%H:%M"),
        "day": local.strftime("%d/%m/%Y"),
    }
