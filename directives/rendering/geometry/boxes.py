"""Places on a page, and a rule held against what was found there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page

MM = 72 / 25.4
# Glyphs reach a little over their box; a rule is drawn at a printer's exactness.
EXACT, NEAR = 0.4 * MM, 0.05
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


@dataclass(frozen=True)
class Box:
    """A place on a page, counted from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class Measure:
    """One rule held against the paper; of the margins the boxes are the outlines of the text."""

    name: str
    rule: str
    found: str
    holds: bool
    boxes: tuple[Box, ...] = ()
    outlines: bool = False


def around(page: Page, letters: Sequence[dict[str, Any]]) -> Box:
    return Box(
        page.page_number,
        min(one["x0"] for one in letters),
        min(one["top"] for one in letters),
        max(one["x1"] for one in letters),
        max(one["bottom"] for one in letters),
    )


def letters_of(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that leave ink."""
    return [one for one in found if one["text"].strip()]


def is_red(drawn: dict[str, Any]) -> bool:
    """Of letters and of what is filled with ink."""
    colour = tuple(drawn["non_stroking_color"] or (0,))
    return len(colour) == 3 and colour[0] > 0.7 and colour[1:] == (0, 0)


def compact(pages: Sequence[Page]) -> str:
    """The letters of the pages in the order of reading, without spaces."""
    return "".join(one["text"] for page in pages for one in letters_of(page.chars))


def search(page: Page, words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.search(words, regex=False, case=True)
    return found


def in_mm(millimetres: float) -> str:
    return f"{decimal(millimetres)} mm"


def decimal(number: float) -> str:
    """With a comma, as Vietnamese writes it."""
    return f"{number:.1f}".replace(".", ",")
