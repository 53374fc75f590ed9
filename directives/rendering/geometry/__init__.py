"""A paper measured: what the layout rules ask for, and what the finished PDF really has.

Everything is read back from the file itself, never from the style sheet that made it. Lengths are
in points from the upper left corner, as pdfplumber gives them. The rules' words are those of HD
36-HD/VPTW and HD 05-HD/VPTW, shortened.
"""

import io
from dataclasses import dataclass
from threading import Lock

import pdfplumber
import pypdfium2
from pdfplumber.page import Page

from ..forms_of_document import Form
from ..paper import Paper
from .boxes import Box, Measure
from .elements import elements
from .ending import ending
from .flow import flow
from .overlay import Sheet, sheets
from .pages import page_measures

__all__ = ["Box", "Measure", "Measured", "measure", "picture"]

SHARPNESS = 110 / 72  # pixels a point in the picture of a page
_pdfium = Lock()  # pdfium may not be used by two threads at once


@dataclass(frozen=True)
class Measured:
    """A paper's pages that were measured, as (number, width, height), and what was found."""

    pages: tuple[tuple[int, float, float], ...]
    page_count: int
    measures: tuple[Measure, ...]

    @property
    def sheets(self) -> list[Sheet]:
        return sheets(self.pages, self.measures)

    @property
    def broken(self) -> list[Measure]:
        return [one for one in self.measures if not one.holds]


def measure(pdf: bytes, paper: Paper, form: Form, *, most_pages: int = 6) -> Measured:
    """Hold a paper's file against the form of its day.

    A paper of more pages than `most_pages` is measured on its first ones and its last ones, and
    where its first annex begins.
    """
    starts = _starts(pdf, paper)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        count = len(document.pages)
        kept = document.pages if count <= most_pages else _ends(document.pages, most_pages, starts)
        text = [page for page in kept if not starts[1:] or page.page_number < starts[1]]
        found = list(elements(kept, text, paper))
        measures = [
            *page_measures(kept, paper, form, starts),
            *found,
            *flow(kept, text, paper, form),
            *ending(text, paper, form, found),
        ]
        pages = tuple((page.page_number, page.width, page.height) for page in kept)
    return Measured(pages, count, tuple(measures))


def _starts(pdf: bytes, paper: Paper) -> list[int]:
    """The page on which the text begins and those on which its annexes do, by the bookmarks."""
    titles = {f"{annex.number} {annex.title}".strip() for annex in paper.annexes}
    if not titles:
        return [1]
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        marks = [(mark.get_title(), mark.get_dest()) for mark in document.get_toc()]
        return [1, *sorted(to.get_index() + 1 for title, to in marks if to and title in titles)]


def _ends(pages: list[Page], most: int, starts: list[int]) -> list[Page]:
    last = starts[1] - 1 if starts[1:] else len(pages)
    kept = {*range(most - 1), *range(max(last - 2, 0), last + 2), len(pages) - 1}
    return [page for place, page in enumerate(pages) if place in kept]


def picture(pdf: bytes, number: int) -> bytes:
    """A page of the PDF as PNG. Raises IndexError for a page that is not there."""
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        image = document[number - 1].render(scale=SHARPNESS).to_pil()
    out = io.BytesIO()
    image.convert("P", colors=32).save(out, "PNG")
    return out.getvalue()
