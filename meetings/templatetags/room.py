"""Times of a meeting as its pages show them: `{% load room %}`."""

from datetime import datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def lasted(begin: datetime, end: datetime | None = None) -> str:
    """From the beginning to the end, or to this moment: "05:12", "1:05:12"."""
    seconds = max(int(((end or timezone.now()) - begin).total_seconds()), 0)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours:02}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


@register.filter
def newest_of(remarks: list[tuple], person: object) -> int:
    """The last remark that the person wrote down, by its key; 0 for none."""
    return next((one.pk for one, _place in remarks if one.recorded_by == person), 0)
