"""Where the words of a comment stand in a later draft.

Both drafts are ours, so places are mapped through their difference and never searched for: a
search takes the wrong one of two like sentences where the right one was deleted. Map from the
draft the comment was made on, so that words which come back are found again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from directives.text.diff import Change, changes

KEPT_WELL = 0.8
KEPT_AT_ALL = 0.5


class Status(StrEnum):
    EXACT = "exact"  # word for word, wherever it stands now
    MOVED = "moved"  # at least KEPT_WELL of it
    CHANGED = "changed"  # at least KEPT_AT_ALL: show the old words and the new
    ORPHAN = "orphan"  # gone, or nearly; the span is the place where it stood
    AMBIGUOUS = "ambiguous"  # in more than one of the texts that its provision was split into


class Anchor(NamedTuple):
    """`text[start:end]`, in characters; a comment on the whole provision holds the whole text."""

    start: int
    end: int


class Placement(NamedTuple):
    """The span in the new text, and the share (0 to 1) of the quoted characters kept in it."""

    status: Status
    start: int
    end: int
    kept: float


def reanchor(anchor: Anchor, old: str, new: str) -> Placement:
    """Where the words that `anchor` held in `old` stand in `new`.

    The span takes in what replaced the anchor's own words, and leaves out what was added before or
    after them. An anchor on the whole of `old` becomes one on the whole of `new`.
    """
    return reanchor_all([anchor], old, new)[0]


def reanchor_all(anchors: Iterable[Anchor], old: str, new: str) -> list[Placement]:
    """As `reanchor`, for many anchors on one difference."""
    if old == new:
        return [Placement(Status.EXACT, *anchor, 1.0) for anchor in anchors]
    mapping = _Mapping(old, new)
    return [mapping.place(anchor) for anchor in anchors]


def reanchor_split(anchor: Anchor, old: str, parts: Sequence[str]) -> tuple[int, Placement]:
    """The index of the text that keeps most of the anchor, of those which `old` was split into.

    More than one that keeps KEPT_AT_ALL of it is `ambiguous`. `parts` is never empty.
    """
    placements = [reanchor(anchor, old, part) for part in parts]
    best = max(range(len(parts)), key=lambda part: placements[part].kept)
    hits = sum(placement.status is not Status.ORPHAN for placement in placements)
    if hits > 1:
        return best, placements[best]._replace(status=Status.AMBIGUOUS)
    return best, placements[best]


class _Mapping:
    def __init__(self, old: str, new: str) -> None:
        # The first, before all texts, spares every look-up the case of nothing before it.
        self._changes = [Change(-1, -1, -1, -1), *changes(old, new)]
        self._starts = [change.old_start for change in self._changes]
        lengths = (change.old_end - change.old_start for change in self._changes)
        self._removed = list(accumulate(lengths, initial=0))
        self._old_length, self._new_length = len(old), len(new)

    def place(self, anchor: Anchor) -> Placement:
        # A change at an end of the anchor is outside it; one that reaches into it is inside.
        first = bisect_right(self._starts, anchor.start) - 1
        last = max(first, bisect_left(self._starts, anchor.end) - 1)
        start, end = self._start(first, anchor.start), self._end(last, anchor.end)
        if anchor == (0, self._old_length):
            start, end = 0, self._new_length
        length = anchor.end - anchor.start
        removed = self._removed_before(last, anchor.end) - self._removed_before(first, anchor.start)
        kept = 1 - removed / length if length else 1.0
        return Placement(_status(kept, length == end - start), start, max(start, end), kept)

    def _start(self, index: int, place: int) -> int:
        _, old_end, new_start, new_end = self._changes[index]
        return new_start if place < old_end else place + new_end - old_end

    def _end(self, index: int, place: int) -> int:
        _, old_end, _, new_end = self._changes[index]
        return new_end if place <= old_end else place + new_end - old_end

    def _removed_before(self, index: int, place: int) -> int:
        old_start, old_end, _, _ = self._changes[index]
        return self._removed[index] + min(place, old_end) - old_start


def _status(kept: float, as_long: bool) -> Status:
    if kept == 1 and as_long:
        return Status.EXACT
    if kept >= KEPT_WELL:
        return Status.MOVED
    return Status.CHANGED if kept >= KEPT_AT_ALL else Status.ORPHAN
