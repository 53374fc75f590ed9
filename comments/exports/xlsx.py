"""The reply table as a workbook, to sort and to filter."""

import io
from datetime import datetime
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from django.utils import timezone
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from comments.exports import reply_table
from comments.exports.reply_table import COLUMN_WIDTHS, COLUMNS, ReplyRow, ReplyTable

TYPEFACE = "Times New Roman"
A4, MARGIN_IN_INCHES = 9, 20 / 25.4
# What a cell of a workbook can hold; longer texts run on in the row below.
MOST_IN_CELL = 32_000
# A width counts digits of the sheet's typeface: on paper about 2 mm each.
DIGIT_IN_MM = 2.0
LAST = len(COLUMNS) - 1
# Words are data: none becomes a formula, a link or a number, whatever it begins with.
AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def reply_table_xlsx(table: ReplyTable, *, created: datetime) -> bytes:
    """The table as XLSX, one comment a row; what stands above it on paper is the first sheet.

    Above the rows it would take half the screen, for the heading is frozen there.
    """
    file = io.BytesIO()
    book = Workbook(file, AS_WRITTEN)
    book.set_properties(
        {
            "title": f"{reply_table.TITLE} {table.about}"[:255],
            "author": table.committee_name,
            "created": timezone.localtime(created).replace(tzinfo=None),
        }
    )
    _write_preamble(book, _sheet(book, "Thông tin chung"), table)
    rows = _sheet(book, "Bảng tổng hợp")
    last = _write_rows(book, rows, table)
    _set_columns(rows, last)
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


def _write_preamble(book: Workbook, sheet: Worksheet, table: ReplyTable) -> None:
    centred: dict[str, Any] = {"bold": True, "align": "center"}
    plain = _look(book)
    lines = [
        (f"{table.committee_name} – ĐẢNG CỘNG SẢN VIỆT NAM", _look(book, **centred)),
        (reply_table.TITLE.upper(), _look(book, 16, **centred)),
        (table.about, _look(book, 14, **centred)),
        *((line, plain) for line in table.summary),
    ]
    sheet.set_column(0, 0, sum(COLUMN_WIDTHS) / DIGIT_IN_MM)
    for row, (words, look) in enumerate(lines):
        sheet.write_string(row, 0, words, look)


def _write_rows(book: Workbook, sheet: Worksheet, table: ReplyTable) -> int:
    """Write heading and rows; the last row written."""
    title = _look(book, bold=True, align="center", border=1, bg_color="#EFEAE2")
    for column, words in enumerate(COLUMNS):
        sheet.write_string(0, column, words, title)
    look, at = _look(book, border=1), 0
    for at, cells in enumerate((part for row in table.rows for part in _parts(row)), start=1):
        for column, words in enumerate(cells):
            sheet.write_string(at, column, words, look)
    if not table.rows:
        sheet.merge_range(1, 0, 1, LAST, reply_table.NO_COMMENTS, look)
    return at


def _set_columns(sheet: Worksheet, last: int) -> None:
    for column, width in enumerate(COLUMN_WIDTHS):
        sheet.set_column(column, column, width / DIGIT_IN_MM)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, LAST)
    sheet.repeat_rows(0)


def _parts(row: ReplyRow) -> list[tuple[str, ...]]:
    """The row, or several where a cell cannot hold its text."""
    if max(map(len, row.cells)) <= MOST_IN_CELL:
        return [row.cells]
    comment, reply = _pieces(row.comment), _pieces(row.reply)
    texts = zip_longest(comment, reply, fillvalue="")
    return [(row.provision, row.delegates, *pair) for pair in texts]


def _pieces(text: str) -> list[str]:
    return wrap(
        text, MOST_IN_CELL, replace_whitespace=False, drop_whitespace=False, expand_tabs=False
    )
