"""Where the words that were looked for stand in the original text, and what to show around them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from directives.search.query import Query
from directives.search.words import words

LONGEST = 320  # characters of an excerpt
BEFORE = 80  # of them ahead of the first mark


class Span(NamedTuple):
    start: int
    end: int


class Piece(NamedTuple):
    text: str
    is_marked: bool


def marks(text: str, query: Query) -> list[Span]:
    """The places of all terms, in order; what nothing but spaces part is one place."""
    found = list(words(text))
    folded = [word.folded for word in found]
    spans = sorted(
        Span(found[at].start, found[at + len(term.words) - 1].end)
        for term in query.terms
        for at in range(len(found))
        if term.matches(at, folded)
    )
    return _joined(text, spans)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip():
            last = joined.pop()
            span = Span(last.start, max(last.end, span.end))
        joined.append(span)
    return joined


def excerpt(text: str, query: Query) -> list[Piece]:
    """The text, or of a long one the stretch with the most marks, cut into marked and plain."""
    spans = marks(text, query)
    start, end = _window(text, spans)
    shown = [span for span in spans if start <= span.start and span.end <= end]
    return list(_pieces(text, start, end, shown))


def _window(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    if len(text) <= LONGEST:
        return 0, len(text)
    best = max(spans, key=lambda span: _within(spans, span.start), default=Span(0, 0))
    start = _after_space(text, best.start - BEFORE, best.start)
    return start, _before_space(text, best.end, start + LONGEST)


def _within(spans: Sequence[Span], start: int) -> tuple[int, int]:
    """How many marks an excerpt shows that begins with this one; of equals the first is best."""
    fitting = sum(start <= span.start and span.end <= start + LONGEST - BEFORE for span in spans)
    return fitting, -start


def _after_space(text: str, at: int, latest: int) -> int:
    return min(text.find(" ", at) + 1, latest) if at > 0 else 0


def _before_space(text: str, earliest: int, at: int) -> int:
    if at >= len(text):
        return len(text)
    return max(text.rfind(" ", earliest, at), earliest)


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Piece]:
    at = start
    if start:
        yield Piece("… ", False)
    for span in spans:
        if at < span.start:
            yield Piece(text[at : span.start], False)
        yield Piece(text[span.start : span.end], True)
        at = span.end
    if at < end:
        yield Piece(text[at:end], False)
    if end < len(text):
        yield Piece(" …", False)
