"""Notices by e-mail: each at most once, however often a task or a command is run.

Whoever sets `mailed_at` first sends; a failure takes it back, and `send_digests` tries again for a
few days.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from email.mime.base import MIMEBase
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django_tasks import task

from accounts.models import MailChoice, Notice, User

# A queued task has had its chance by then; what is older than three days is no longer news.
RETRY_AFTER = timedelta(minutes=30)
GIVE_UP_AFTER = timedelta(days=3)
SUBJECT_LENGTH = 150

logger = logging.getLogger(__name__)

Attacher = Callable[[Notice], MIMEBase | None]
_attachers: list[Attacher] = []


def attacher(function: Attacher) -> Attacher:
    """Register what gives the file that goes with a notice; called from an app's ready()."""
    _attachers.append(function)
    return function


@task()
def send_at_once(notice_ids: list[int]) -> int:
    """Mail these notices, one e-mail for each; the number sent."""
    notices = _unmailed().filter(pk__in=notice_ids)
    with get_connection() as connection:
        return sum(_send([notice], connection) for notice in notices)


def send_digests() -> int:
    """One e-mail for each person with daily notices, and what could not be sent before."""
    now = timezone.now()
    recent = _unmailed().filter(created_at__gt=now - GIVE_UP_AFTER)
    late = recent.filter(mail=MailChoice.AT_ONCE, created_at__lt=now - RETRY_AFTER)
    daily = recent.filter(mail=MailChoice.DAILY, read_at=None).order_by("person", "created_at")
    with get_connection() as connection:
        sent = sum(_send([notice], connection) for notice in late)
        digests = [list(group) for _person, group in groupby(daily, lambda n: n.person_id)]
        return sent + sum(_send(digest, connection) for digest in digests)


def _unmailed() -> QuerySet[Notice]:
    """Not sent yet to people who still want e-mail and can still get it."""
    reachable = Q(person__is_active=True) & ~Q(person__email="")
    wanted = ~Q(mail=MailChoice.NONE) & ~Q(person__mail_choice=MailChoice.NONE)
    return Notice.objects.filter(reachable, wanted, mailed_at=None).select_related("person")


def _send(notices: list[Notice], connection: BaseEmailBackend) -> bool:
    """Send one e-mail with those of one person's notices that nobody else has taken to send."""
    taken = [notice for notice in notices if _take(notice)]
    if not taken:
        return False
    try:
        _message(taken[0].person, taken, connection).send()
    except Exception:  # whatever it was: a notice that was taken and not sent would be lost
        logger.exception("Mail to person %s was not sent", taken[0].person_id)
        _give_back(taken)
        return False
    return True


def _take(notice: Notice) -> bool:
    mine = Notice.objects.filter(pk=notice.pk, mailed_at=None)
    return bool(mine.update(mailed_at=timezone.now()))


def _give_back(notices: Iterable[Notice]) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=None)


def _message(
    person: User, notices: list[Notice], connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    subject = _subject(notices)
    context = {
        "person": person,
        "subject": subject,
        "lines": [(notice, _address("notice_open", notice.pk)) for notice in notices],
        "preferences": _address("notice_preferences"),
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("accounts/mail/notices.txt", context),
        to=[person.email],
        # Keeps out-of-office answers away.
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    message.attach_alternative(render_to_string("accounts/mail/notices.html", context), "text/html")
    for part in filter(None, (attach(notice) for notice in notices for attach in _attachers)):
        message.attach(part)
    return message


def _subject(notices: list[Notice]) -> str:
    """One line, whatever line breaks the words have."""
    if len(notices) > 1:
        return ngettext("%d notice", "%d notices of today", len(notices)) % len(notices)
    line = " ".join(str(notices[0]).split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"


def _address(url_name: str, *args: int) -> str:
    return f"{settings.SITE_URL}{reverse(url_name, args=args)}"
