import io
import time
from dataclasses import replace

from openpyxl import load_workbook

from comments.exports.reply_table import ReplyRow
from directives.rendering.workbook import table_xlsx


def opened(table, created):
    return load_workbook(io.BytesIO(table_xlsx(table.paper, created=created)), rich_text=False)


def test_every_cell_is_read_back_as_it_was_said(table, created):
    rows = list(opened(table, created)["Bảng tổng hợp"].iter_rows(values_only=True))
    assert rows[0] == table.paper.titles
    assert rows[1:] == [row.cells for row in table.rows]


def test_the_numbers_and_names_are_on_the_first_sheet(table, created):
    said = [row[0] for row in opened(table, created)["Thông tin chung"].iter_rows(values_only=True)]
    assert said[1:3] == [
        "BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý",
        "vào dự thảo lần 1 Chỉ thị về phát huy tinh thần trách nhiệm",
    ]
    assert tuple(said[3:]) == table.summary


def test_it_opens_at_the_table_with_the_heading_frozen_and_a_filter(table, created):
    book = opened(table, created)
    sheet = book["Bảng tổng hợp"]
    assert book.active.title == sheet.title
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D501"


def test_it_prints_on_a4_across_with_the_heading_on_every_page(table, created):
    sheet = opened(table, created)["Bảng tổng hợp"]
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet["C2"].alignment.wrap_text
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["B"].width > 20


def test_nothing_that_was_typed_is_calculated_or_followed(table, created):
    typed = ("=HYPERLINK(A1)", "+84 263", "@SUM(A1)", "https://example.org/?a=1")
    row = opened(replace(table, rows=(ReplyRow(*typed),)), created)["Bảng tổng hợp"][2]
    assert tuple(cell.value for cell in row) == typed
    assert {cell.data_type for cell in row} == {"s"}
    assert not any(cell.hyperlink for cell in row)


def test_a_text_longer_than_a_cell_runs_on_below_without_loss(table, created):
    words = "Đề nghị xem lại. " * 4000
    row = ReplyRow("Khoản 1", "Đại biểu", words, "Ghi nhận.")
    rows = list(opened(replace(table, rows=(row,)), created)["Bảng tổng hợp"].values)[1:]
    assert len(rows) == 3
    assert "".join(row[2] for row in rows) == words
    assert [row[3] for row in rows] == ["Ghi nhận.", "", ""]


def test_an_empty_table_says_so(table, created):
    sheet = opened(replace(table, rows=()), created)["Bảng tổng hợp"]
    assert sheet["A2"].value == "Không có ý kiến góp ý."


def test_five_hundred_rows_are_written_in_seconds(table, created):
    began = time.process_time()
    table_xlsx(table.paper, created=created)
    assert time.process_time() - began < 5
