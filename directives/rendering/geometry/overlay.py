"""What is drawn over the pictures of the pages: measured places, and how wide the margins are."""

from collections.abc import Iterator
from dataclasses import dataclass

from .boxes import MM, Box, Measure, in_mm

# The foot of a page that is not full is no margin.
DEEPEST = 45 * MM
OFF_CENTRE = 60  # so far from the middle that the page number is left free


@dataclass(frozen=True)
class Frame:
    """A measured place; `rule` is the number of its rule in the list.

    `label` names all rules of this very place, on the first of them.
    """

    rule: int
    measure: Measure
    box: Box
    label: str


@dataclass(frozen=True)
class Span:
    """A line from the edge of the paper to the text, with its length in words beside it."""

    x1: float
    y1: float
    x2: float
    y2: float
    words: str

    @property
    def x(self) -> float:
        return (self.x1 + self.x2) / 2

    @property
    def y(self) -> float:
        return (self.y1 + self.y2) / 2


@dataclass(frozen=True)
class Sheet:
    number: int
    width: float
    height: float
    frames: tuple[Frame, ...]
    spans: tuple[Span, ...]


def sheets(
    pages: tuple[tuple[int, float, float], ...], measures: tuple[Measure, ...]
) -> list[Sheet]:
    """The pages in order, each with what is drawn over it."""
    frames = list(_frames(measures))
    return [
        Sheet(
            number,
            width,
            height,
            tuple(one for one in frames if one.box.page == number),
            tuple(_margins(number, width, height, measures)),
        )
        for number, width, height in pages
    ]


def _frames(measures: tuple[Measure, ...]) -> Iterator[Frame]:
    places: dict[Box, list[int]] = {}
    for rule, one in enumerate(measures, start=1):
        for box in one.boxes:
            places.setdefault(box, []).append(rule)
    for rule, one in enumerate(measures, start=1):
        for box in one.boxes:
            label = ", ".join(map(str, places[box])) if places[box][0] == rule else ""
            yield Frame(rule, one, box, label)


def _margins(
    number: int, width: float, height: float, measures: tuple[Measure, ...]
) -> Iterator[Span]:
    outlines = (box for one in measures if one.outlines for box in one.boxes)
    for box in (box for box in outlines if box.page == number):
        middle, across = height / 2, width / 2 + OFF_CENTRE
        yield Span(0, middle, box.x0, middle, in_mm(box.x0 / MM))
        yield Span(box.x1, middle, width, middle, in_mm((width - box.x1) / MM))
        yield Span(across, 0, across, box.top, in_mm(box.top / MM))
        if height - box.bottom < DEEPEST:
            yield Span(across, box.bottom, across, height, in_mm((height - box.bottom) / MM))
