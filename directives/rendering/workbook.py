"""A table as a workbook, to sort and to filter."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from django.utils import timezone
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from directives.rendering.tables import Cell, Row, WideTable

TYPEFACE = "Times New Roman"
A4, MARGIN_IN_INCHES = 9, 20 / 25.4
# What a cell of a workbook can hold; longer texts run on in the row below.
MOST_IN_CELL = 32_000
# A width counts digits of the sheet's typeface: on paper about 2 mm each.
DIGIT_IN_MM = 2.0
# Words are data: none becomes a formula, a link or a number, whatever it begins with.
AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def table_xlsx(table: WideTable, *, created: datetime) -> bytes:
    """The table as XLSX; what stands above it on paper is the first sheet.

    Above the rows it would take half the screen, for the heading is frozen there.
    """
    file = io.BytesIO()
    book = Workbook(file, AS_WRITTEN)
    book.set_properties(
        {
            "title": f"{table.title} {table.about}"[:255],
            "author": table.committee_name,
            "created": timezone.localtime(created).replace(tzinfo=None),
        }
    )
    _write_preamble(book, _sheet(book, "Thông tin chung"), table)
    rows = _sheet(book, table.name)
    last = _write_rows(book, rows, table)
    _set_columns(rows, table, last)
    rows.activate()
    book.close()
    return file.getvalue()


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(*[MARGIN_IN_INCHES] * 4)
    sheet.set_footer("&C&P/&N")
    return sheet


def _look(book: Workbook, size: int = 12, **more: Any) -> Format:
    face = {"font_name": TYPEFACE, "font_size": size, "text_wrap": True, "valign": "top"}
    return book.add_format(face | more)


def _write_preamble(book: Workbook, sheet: Worksheet, table: WideTable) -> None:
    centred: dict[str, Any] = {"bold": True, "align": "center"}
    plain = _look(book)
    lines = [
        (f"{table.committee_name} – ĐẢNG CỘNG SẢN VIỆT NAM", _look(book, **centred)),
        (table.title.upper(), _look(book, 16, **centred)),
        (table.about, _look(book, 14, **centred)),
        *((line, plain) for line in table.summary),
    ]
    sheet.set_column(0, 0, sum(column.width for column in table.columns) / DIGIT_IN_MM)
    for row, (words, look) in enumerate(lines):
        sheet.write_string(row, 0, words, look)


def _write_rows(book: Workbook, sheet: Worksheet, table: WideTable) -> int:
    """Write heading and rows; the last row written."""
    title = _look(book, bold=True, align="center", border=1, bg_color="#EFEAE2")
    for column, words in enumerate(table.titles):
        sheet.write_string(0, column, words, title)
    look, day = _look(book, border=1), _look(book, border=1, num_format="dd/mm/yyyy")
    at = 0
    for at, cells in enumerate((part for row in table.rows for part in _parts(row, table)), 1):
        for column, cell in enumerate(cells):
            _write(sheet, at, column, cell, look=look, day=day)
    if not table.rows:
        sheet.merge_range(1, 0, 1, len(table.columns) - 1, table.nothing, look)
    return at


def _write(
    sheet: Worksheet, row: int, column: int, cell: Cell, *, look: Format, day: Format
) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    else:
        sheet.write_string(row, column, cell, look)


def _set_columns(sheet: Worksheet, table: WideTable, last: int) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width / DIGIT_IN_MM)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)
    sheet.repeat_rows(0)


def _parts(row: Row, table: WideTable) -> Iterator[tuple[Cell, ...]]:
    """The row, or several where a cell cannot hold its text."""
    pieces = [_pieces(cell) for cell in row.cells]
    kept = [column.keeps for column in table.columns]
    for part in zip_longest(*pieces, fillvalue=""):
        yield tuple(
            cells[0] if keeps and len(cells) == 1 else one
            for one, cells, keeps in zip(part, pieces, kept, strict=True)
        )


def _pieces(cell: Cell) -> list[Cell]:
    if isinstance(cell, date) or len(cell) <= MOST_IN_CELL:
        return [cell]
    return list(
        wrap(cell, MOST_IN_CELL, replace_whitespace=False, drop_whitespace=False, expand_tabs=False)
    )
