"""Who else has a page open: `{% load live %}`."""

from typing import Any

from django import template

from accounts.models import User
from comments import presence
from comments.views.bench import Bench
from comments.views.live import neighbourhood

register = template.Library()


@register.inclusion_tag("comments/_bench_presence.html")
def bench_presence(bench: Bench, reader: User) -> dict[str, Any]:
    """The others at the workbench, and the pulse that keeps the page up to date."""
    present = presence.others(bench.consultation, reader)
    return neighbourhood(bench.consultation, present) | {"bench": bench}
