"""Votes that are open, for the pages of the room."""

from typing import Any

from django import template

from meetings.deciding import ballots

register = template.Library()


@register.inclusion_tag("meetings/_open_ballots.html", takes_context=True)
def open_ballots(context: dict[str, Any]) -> dict[str, Any]:
    """The open ballots of the page's `meeting` for its reader; one query where there are none."""
    meeting, person = context["meeting"], context["request"].user
    return {"meeting": meeting, "ballots": ballots.open_now(meeting, person)}
