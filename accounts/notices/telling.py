"""Telling people: a notice in the app at once, and an e-mail after the commit, as each chose.

Nothing is known here of directives or comments: the apps say whom, what about, and which page.
"""

from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import MailChoice, Notice, NoticeKind, User
from accounts.notices.mail import send_at_once

Reminder = Callable[[], int]
_reminders: list[Reminder] = []


def reminder(function: Reminder) -> Reminder:
    """Register a function that reminds people and gives how many; called from an app's ready()."""
    _reminders.append(function)
    return function


def remind() -> int:
    """Send every reminder that is due; the number of people reminded."""
    return sum(function() for function in _reminders)


def notify(
    people: Iterable[User],
    *,
    kind: NoticeKind,
    about: str,
    url_name: str,
    url_args: Iterable[int] = (),
    body: str = "",
    actor: User | None = None,
    once_key: str = "",
) -> list[Notice]:
    """Tell each of the people but the actor; with `once_key`, nobody twice under the same key.

    `about` and `body` go out by e-mail: the caller puts nothing there that one of the people, or
    their postman, may not read.
    """
    notices = Notice.objects.bulk_create(
        Notice(
            person=person,
            kind=kind,
            about=about,
            body=body,
            url_name=url_name,
            url_args=list(url_args),
            once_key=once_key,
            mail=person.mail_choice if person.email else MailChoice.NONE,
        )
        for person in _to_be_told(people, actor, once_key)
    )
    _mail_after_commit(notices)
    return notices


def _to_be_told(people: Iterable[User], actor: User | None, once_key: str) -> list[User]:
    told = {actor.pk} if actor else set()
    if once_key:
        told |= set(Notice.objects.filter(once_key=once_key).values_list("person", flat=True))
    once_each = {person.pk: person for person in people if person.is_active}
    return [person for pk, person in once_each.items() if pk not in told]


def _mail_after_commit(notices: list[Notice]) -> None:
    ids = [notice.pk for notice in notices if notice.mail == MailChoice.AT_ONCE]
    if ids:
        # What was done stands, even when the queue cannot take the mail: send_digests finds it.
        transaction.on_commit(partial(send_at_once.enqueue, ids), robust=True)


def mark_read(person: User, notice_id: int | None = None) -> int:
    """Mark one notice of the person as read, or all; how many were unread until now."""
    unread = Notice.objects.filter(person=person, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=timezone.now())
