"""Tags that every page may use: `{% load interface %}`."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Committee, Notice, User

register = template.Library()

SPRITE = "vendor/bootstrap-icons/icons.svg"
SOON_SECONDS = 48 * 3600


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """A sign beside a word, hidden from screen readers: it must never stand alone."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra_class,
        _sprite(),
        name,
    )


@cache
def _sprite() -> str:
    """Pages have hundreds of signs, and the address of the one file does not change."""
    return static(SPRITE)


@register.simple_tag
def committee_name(person: User | AnonymousUser | None) -> str:
    """The one committee the person works for, or "" where there are none or several."""
    committees = Committee.objects.all()
    if person and person.is_authenticated:
        committees = committees.filter(role_grants__person=person)
    names = committees.order_by().values_list("name", flat=True).distinct()[:2]
    return names[0] if len(names) == 1 else ""


@dataclass(frozen=True)
class TopBar:
    committee: str = ""
    unread: int = 0


@register.simple_tag
def top_bar(person: User | AnonymousUser | None) -> TopBar:
    """What every page shows of a person, in one query: their one committee and unread notices."""
    if not person or not person.is_authenticated:
        return TopBar(committee_name(None))
    unread = Notice.objects.filter(person=OuterRef("pk"), read_at=None).order_by()
    counted = unread.values("person").annotate(count=Count("pk")).values("count")
    facts = User.objects.filter(pk=person.pk).order_by()
    names = "role_grants__committee__name"
    rows = list(facts.values_list(names, Coalesce(Subquery(counted), 0)).distinct()[:2])
    if not rows:
        return TopBar()
    return TopBar((rows[0][0] or "") if len(rows) == 1 else "", rows[0][1])


@register.filter
def remaining(deadline: datetime) -> str:
    """How far away a deadline is, in its two largest units: "2 days 4 hours left"."""
    seconds = (deadline - timezone.now()).total_seconds()
    words = _("{time} left") if seconds > 0 else _("{time} overdue")
    return words.format(time=_length(abs(int(seconds))))


def _length(seconds: int) -> str:
    minutes, hours, days = seconds // 60 % 60, seconds // 3600 % 24, seconds // 86400
    if days:
        return _("{days} days {hours} hours").format(days=days, hours=hours)
    if hours:
        return _("{hours} hours {minutes} minutes").format(hours=hours, minutes=minutes)
    return _("{minutes} minutes").format(minutes=minutes)


@register.filter
def urgency(deadline: datetime) -> str:
    """`late`, `soon` (within two days) or `calm`: the class of a deadline."""
    seconds = (deadline - timezone.now()).total_seconds()
    if seconds <= 0:
        return "late"
    return "soon" if seconds < SOON_SECONDS else "calm"
