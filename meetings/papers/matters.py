"""What an item is called on paper."""

from meetings.models import AgendaItem


def is_draft(item: AgendaItem) -> bool:
    """Whether its title is the subject of a directive, which begins with “về”."""
    return item.directive is not None and item.title == item.directive.subject


def matter(item: AgendaItem) -> str:
    """Its title; where that is the subject of a directive, the draft."""
    return f"Dự thảo Chỉ thị {item.title}" if is_draft(item) else str(item.title)


def within(item: AgendaItem) -> str:
    """The same, as it stands within a sentence."""
    words = matter(item)
    return words[:1].lower() + words[1:] if is_draft(item) else words
