"""A paper in the Party form that is no directive: a notice, minutes, an invitation, a record.

Its head, its text and its end are those of a directive; between paragraphs it may hold tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.template.loader import render_to_string
from django.utils import timezone

from directives.text.kinds import Kind
from directives.text.numbering import numbers

from .forms_of_document import Form, form_for, points
from .paper import Paragraph, Signature
from .pdf import (
    BLANK,
    SUBJECT_WIDTH,
    beside_signature,
    blocks,
    date_in_words,
    kept_whole,
    punctuated,
)
from .tables import Column
from .typeface import balanced_lines, printable
from .typesetting import Manuscript, compose


@dataclass(frozen=True)
class Grid:
    """A table in the text; the widths of its columns are 165 mm together."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Letter:
    """Plain values. `dated` is the place's day; where it is not known yet, `year` leaves gaps.

    `number` is the line under the committee ("Số 12-TB/TU"), `addressed` the line above the text
    ("Kính gửi: …"). Left at the end stand the recipients, or a second signature.
    """

    committee_name: str
    kind: str
    subject: str
    body: tuple[Paragraph | Grid, ...]
    place: str = ""
    dated: date | None = None
    year: int | None = None
    number: str = ""
    is_draft: bool = False
    addressed: str = ""
    recipients: tuple[str, ...] = ()
    left: Signature | None = None
    right: Signature | None = None

    @property
    def title(self) -> str:
        return " ".join(filter(None, (self.kind.capitalize(), self.subject)))

    @property
    def date(self) -> str:
        """The day in words, gaps for one to come, or nothing."""
        if self.dated:
            return date_in_words(self.dated)
        return f"ngày{BLANK}tháng{BLANK}năm {self.year}" if self.year else ""


def numbered(units: Iterable[tuple[Kind, str, bool]]) -> tuple[Paragraph, ...]:
    """Paragraphs from kind, text and whether the first line is a heading; numbers follow."""
    units = list(units)
    labels = numbers([kind for kind, _text, _headed in units])
    return tuple(
        Paragraph(label, kind, text, headed)
        for label, (kind, text, headed) in zip(labels, units, strict=True)
    )


def compose_letter(letter: Letter, *, created: datetime) -> Manuscript:
    """The paper ready for the press; the same for the same letter and (aware) time.

    The form is that of its day, or of the day it is made. A character that the typeface lacks is
    printed as a box. Raises UnsupportedDate before HD 36-HD/VPTW.
    """
    created = timezone.localtime(created)
    form = form_of(letter, created)
    html = render_to_string("directives/pdf/letter.html", _context(letter, form, created))
    widths = "".join(_widths(letter.body))
    return compose(printable(html), stylesheet="directive.css", rules=form.stylesheet() + widths)


def form_of(letter: Letter, created: datetime) -> Form:
    return form_for(letter.dated or timezone.localdate(created))


def _context(letter: Letter, form: Form, created: datetime) -> dict[str, object]:
    recipients = punctuated(letter.recipients, form.recipients_end)
    beside = beside_signature(recipients, form)
    return {
        "letter": letter,
        "created": created.isoformat(timespec="seconds"),
        "subject": balanced_lines(
            letter.subject, size=points(form.subject_size), width=SUBJECT_WIDTH
        ),
        "parts": list(_parts(letter.body, form)),
        "recipients": recipients[:beside],
        "more_recipients": recipients[beside:],
    }


def _parts(body: Sequence[Paragraph | Grid], form: Form) -> Iterator[dict[str, object]]:
    """Runs of paragraphs, and the tables between them."""
    for place, (is_grid, run) in enumerate(groupby(body, lambda one: isinstance(one, Grid))):
        if is_grid:
            yield from ({"grid": _cells(grid), "class": f"grid-{place}"} for grid in run)
        else:
            yield {"blocks": list(blocks(run, form, top=2))}


def _cells(grid: Grid) -> dict[str, object]:
    rows = [[kept_whole(cell) for cell in row] for row in grid.rows]
    return {"titles": [column.title for column in grid.columns], "rows": rows}


def _widths(body: Sequence[Paragraph | Grid]) -> Iterator[str]:
    for place, (is_grid, run) in enumerate(groupby(body, lambda one: isinstance(one, Grid))):
        for grid in run if is_grid else ():
            for number, column in enumerate(grid.columns, start=1):
                yield f".grid-{place} th:nth-child({number}){{width:{column.width}mm}}"
