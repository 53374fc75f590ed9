"""What an item is called on paper."""

from meetings.models import AgendaItem


def matter(item: AgendaItem) -> str:
    """Its title; where that is the subject of a directive, which begins with “về”, the draft."""
    if item.directive and item.title == item.directive.subject:
        return f"Dự thảo Chỉ thị {item.title}"
    return item.title
