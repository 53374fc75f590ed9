"""What an item is called on paper."""

from meetings.models import AgendaItem


def matter(item: AgendaItem) -> str:
    """Its title; where that is the subject of a directive, which begins with “về”, the draft."""
    is_draft = item.directive is not None and item.title == item.directive.subject
    return f"Dự thảo Chỉ thị {item.title}" if is_draft else str(item.title)
