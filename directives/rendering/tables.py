"""A table on A4 across under the letterhead, as PDF and as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils import timezone

from directives.rendering.forms_of_document import Form, form_for, points
from directives.rendering.typeface import balanced_lines, printable
from directives.rendering.typesetting import Manuscript, compose

# The text is 257 mm wide; the subject stands in by 25 mm on either side. In points.
SUBJECT_WIDTH = 207 / 25.4 * 72
# About a third of a page: a row up to this length moves whole to the next page.
KEPT_WHOLE = 600

STYLESHEET = "table.css"

Cell = str | date


@dataclass(frozen=True)
class Column:
    """`width` in millimetres; all of a table are 257 together. `keeps` its words where a row of a
    workbook runs on below."""

    title: str
    width: float
    keeps: bool = False


@dataclass(frozen=True)
class Row:
    """Line breaks in the texts are kept. The first cell of a row that `opens` something is bold."""

    cells: tuple[Cell, ...]
    opens: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(map(_in_words, self.cells))

    @property
    def may_break(self) -> bool:
        return max(map(len, self.words)) > KEPT_WHOLE


def _in_words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:%d/%m/%Y}"


@dataclass(frozen=True)
class WideTable:
    """`name` is that of its sheet; `nothing` is what it says where it has no rows."""

    committee_name: str
    name: str
    title: str
    about: str
    summary: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    nothing: str

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)


def compose_table(table: WideTable, *, created: datetime) -> Manuscript:
    """The table ready for the press; the same for the same table and (aware) time.

    A character that the typeface lacks is printed as a box: one emoji must not hold up the table.
    Raises UnsupportedDate before HD 36-HD/VPTW.
    """
    created = timezone.localtime(created)
    form = form_for(created.date())
    html = render_to_string("directives/pdf/table.html", _context(table, form, created))
    rules = form.stylesheet() + "".join(_widths(table))
    return compose(printable(html), stylesheet=STYLESHEET, rules=rules)


def _context(table: WideTable, form: Form, created: datetime) -> dict[str, object]:
    return {
        "table": table,
        "subject": balanced_lines(table.about, size=points(form.subject_size), width=SUBJECT_WIDTH),
        "created": created.isoformat(timespec="seconds"),
    }


def _widths(table: WideTable) -> Iterator[str]:
    for place, column in enumerate(table.columns, start=1):
        yield f"th:nth-child({place}){{width:{column.width}mm}}"
