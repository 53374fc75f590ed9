"""Where words of a draft came from, carried through the drafts that follow.

A span holds the ids of the comments which wrote its words, or, without length, of those which
had words deleted there.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from directives.text.diff import Op, diff
from directives.text.tokens import has_word


class SourceSpan(NamedTuple):
    """`text[start:end]` came from `ids`."""

    start: int
    end: int
    ids: tuple[str, ...]


def carry(spans: Iterable[SourceSpan], old: str, new: str) -> list[SourceSpan]:
    """The spans of `old` where they are in `new`, in order.

    Editing around a span moves it; editing inside leaves a span for each piece that still holds
    a word of it (or a mark, where it had no word), and words written in between are not its own.
    It is gone when nothing of it is left. A deletion stays while the text on one side of it does.
    """
    if old == new:
        return sorted(spans)
    kept = [op for op in diff(old, new) if op.kind == "equal"]
    return sorted(
        SourceSpan(start, end, span.ids)
        for span in spans
        for start, end in _places(kept, old, span.start, span.end)
    )


def _places(kept: Sequence[Op], old: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    had_words = has_word(old, start, end)
    first = max(bisect_right(kept, start, key=lambda op: op.old_start) - 1, 0)
    for op in kept[first:]:
        if op.old_start > end:
            return
        from_, to = max(start, op.old_start), min(end, op.old_start + len(op.old))
        holds_something = has_word(old, from_, to) if had_words else from_ < to or start == end
        if from_ <= to and holds_something:
            shift = op.new_start - op.old_start
            yield from_ + shift, to + shift
