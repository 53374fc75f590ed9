"""What rounds of comments ask of a person: to comment, to close them, to answer."""

from collections.abc import Iterator

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Notice, Role, User
from accounts.tasks import Task
from comments.models import Comment, Consultation, Delegate, Message, Status
from comments.notices import MESSAGE_KEY
from directives.models import Draft, State

DONE_SHOWN = 10


def comment_tasks(person: User) -> Iterator[Task]:
    """As one who is asked; then as the office, or as a clerk who records for others."""
    asked = Delegate.objects.filter(person=person).select_related("consultation__draft__directive")
    mine = _my_comments(person)
    shown = asked.annotate(sent=_count(mine, Status.SUBMITTED), unsent=_count(mine, Status.DRAFT))
    newest_first = shown.defer("consultation__draft__content").order_by("-consultation__opened_at")
    yield from map(_asked, newest_first.filter(consultation__next_draft=None))
    yield from map(_asked, newest_first.exclude(consultation__next_draft=None)[:DONE_SHOWN])
    office, clerks = person.committees_as(Role.OFFICE), person.committees_as(Role.CLERK)
    if office | clerks:
        for consultation in _running(office | clerks):
            in_office = consultation.draft.directive.committee_id in office
            task = _of_the_office(consultation) if in_office else _of_the_clerk(consultation)
            if task:
                yield task


def _my_comments(person: User) -> QuerySet[Comment]:
    return Comment.objects.filter(
        Q(status=Status.SUBMITTED) | Q(recorded_by=person),
        consultation=OuterRef("consultation"),
        author=person,
    ).order_by()


def _count(comments: QuerySet[Comment], status: str) -> Coalesce:
    counted = comments.filter(status=status).values("consultation").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _asked(delegate: Delegate) -> Task:
    consultation = delegate.consultation
    if consultation.next_draft_id:
        note = _("Your comments have been answered.") if delegate.sent else _("The round is over.")
        return _mine(consultation, _("See the answers"), note, done=True)
    if not consultation.is_open:
        note = _("The time for comments is over; the office is answering.")
        return _mine(consultation, _("See"), note, waits_for_me=False)
    waits = delegate.unsent > 0 or not (delegate.position or delegate.sent)
    action = _("Go on commenting") if delegate.sent or delegate.unsent else _("Give comments")
    return _mine(consultation, action, _so_far(delegate), waits_for_me=waits)


def _so_far(delegate: Delegate) -> str:
    """What the person has done so far, in words."""
    parts = []
    if delegate.sent:
        parts.append(ngettext("%s comment sent", "%s comments sent", delegate.sent) % delegate.sent)
    if delegate.unsent:
        words = ngettext("%s comment not sent yet", "%s comments not sent yet", delegate.unsent)
        parts.append(words % delegate.unsent)
    if delegate.position:
        parts.append(_("your position: %s") % delegate.get_position_display())
    said = "; ".join(parts) or _("you have not answered yet")
    return f"{_draft(delegate.consultation)}: {said}."


def _draft(consultation: Consultation) -> str:
    return str(consultation.draft)


def _mine(consultation: Consultation, action: str, note: str, **facts: bool) -> Task:
    return Task(
        title=consultation.draft.directive.subject,
        url=reverse("consultation_read", args=[consultation.pk]),
        action=action,
        note=note,
        deadline=consultation.deadline if consultation.is_open else None,
        **facts,
    )


def _running(committees: set[int]) -> QuerySet[Consultation]:
    """Rounds of which no next draft was made, with what came in and what was answered."""
    submitted = Q(comments__status=Status.SUBMITTED)
    silent = Delegate.objects.filter(consultation=OuterRef("pk"), position="").exclude(
        Exists(
            Comment.objects.filter(
                consultation=OuterRef("consultation"),
                author=OuterRef("person"),
                status=Status.SUBMITTED,
            )
        )
    )
    silence = silent.order_by().values("consultation").annotate(n=Count("pk")).values("n")
    later = Draft.objects.filter(
        directive=OuterRef("draft__directive"), number__gt=OuterRef("draft__number")
    )
    return (
        Consultation.objects.filter(draft__directive__committee__in=committees, next_draft=None)
        .exclude(draft__directive__state=State.ISSUED)
        .exclude(Exists(later))
        .select_related("draft__directive")
        .defer("draft__content")
        .annotate(
            came=Count("comments", filter=submitted),
            answered=Count("comments", filter=submitted & Q(comments__disposition__isnull=False)),
            silent=Coalesce(Subquery(silence), 0),
        )
    )


def _of_the_office(consultation: Consultation) -> Task:
    if consultation.closed_at:
        return _to_answer(consultation)
    note = _progress(consultation)
    if timezone.now() >= consultation.deadline:
        return _task(
            consultation, "consultation_close", _("Close the round"), note, consultation.deadline
        )
    action = _("See the comments")
    url_name, deadline = "consultation_view", consultation.deadline
    return _task(consultation, url_name, action, note, deadline, waits_for_me=False)


def _to_answer(consultation: Consultation) -> Task:
    waiting = consultation.came - consultation.answered
    if not waiting:
        note = _("Every comment has been answered. The next draft can be made.")
        return _task(consultation, "workbench", _("Make the next draft"), note)
    words = ngettext("%s comment waits for an answer.", "%s comments wait for an answer.", waiting)
    return _task(consultation, "workbench", _("Answer the comments"), words % waiting)


def _of_the_clerk(consultation: Consultation) -> Task | None:
    if consultation.closed_at:
        return None
    note, deadline = _progress(consultation), consultation.deadline
    action = _("Record comments")
    return _task(consultation, "comment_record", action, note, deadline, waits_for_me=False)


def _progress(consultation: Consultation) -> str:
    return _("%(comments)s comments; %(silent)s people have not answered.") % {
        "comments": consultation.came,
        "silent": consultation.silent,
    }


def _task(
    consultation: Consultation,
    url_name: str,
    action: str,
    note: str,
    deadline: object = None,
    **facts: bool,
) -> Task:
    return Task(
        title=consultation.draft.directive.subject,
        url=reverse(url_name, args=[consultation.pk]),
        action=action,
        note=note,
        deadline=deadline,
        **facts,
    )


def message_tasks(person: User) -> Iterator[Task]:
    """Questions of the office that wait for their author; answers that the office has not read."""
    for comment in _last_said().filter(author=person).exclude(spoke=F("author")):
        note = _("The office asks about your comment %s.") % comment.label
        yield _about(comment, _("Answer the office"), note)
    if office := person.committees_as(Role.OFFICE):
        replied = _last_said().filter(_unread_by(person), spoke=F("author"))
        for comment in replied.filter(consultation__draft__directive__committee__in=office):
            said = {"who": comment.author, "comment": comment.label}
            note = _("%(who)s has answered about comment %(comment)s.") % said
            yield _about(comment, _("Read the answer"), note)


def _last_said() -> QuerySet[Comment]:
    """Comments with messages that can still be added to; who `spoke` last, and the message."""
    last = Message.objects.filter(comment=OuterRef("pk")).order_by("-pk")
    return (
        Comment.objects.filter(status=Status.SUBMITTED, consultation__next_draft=None)
        .annotate(spoke=Subquery(last.values("author")[:1]), last=Subquery(last.values("pk")[:1]))
        .exclude(last=None)
        .select_related("author", "consultation__draft__directive")
        .defer("consultation__draft__content")
        .order_by("consultation", "number")
    )


def _unread_by(person: User) -> Exists:
    key = Concat(Value(MESSAGE_KEY), Cast(OuterRef("last"), CharField()))
    return Exists(Notice.objects.filter(person=person, once_key=key, read_at=None))


def _about(comment: Comment, action: str, note: str) -> Task:
    return Task(
        title=comment.consultation.draft.directive.subject,
        url=reverse("comment_messages", args=[comment.pk]),
        action=action,
        note=note,
    )
