import io
import time
from dataclasses import replace

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from comments.exports.reply_table import ReplyRow
from directives.rendering.docx.tables import table_docx


def opened(table, created):
    return Document(io.BytesIO(table_docx(table.paper, created=created)))


def cells(row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def test_every_cell_is_read_back_as_it_was_said(table, created):
    rows = opened(table, created).tables[-1].rows
    assert cells(rows[0]) == table.paper.titles
    assert [cells(row) for row in rows][1:] == [row.cells for row in table.rows]


def test_the_preamble_stands_above_the_table(table, created):
    text = [paragraph.text for paragraph in opened(table, created).paragraphs]
    assert text[0] == "BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý"
    assert text[1] == "vào dự thảo lần 1 Chỉ thị về phát huy tinh thần trách nhiệm"
    assert "- Số đồng chí được lấy ý kiến: 12; số ý kiến góp ý: 500." in text
    assert "- Cơ bản thống nhất, có ý kiến: 2 (Lê Đăng Ơn; K'Lũy)." in text
    assert "- Chưa trả lời: 1 (Hồ Văn Ước)." in text


def test_the_paper_is_a4_across_in_the_typeface_of_the_office(table, created):
    paper = opened(table, created)
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    fonts = paper.styles["Normal"].element.rPr.rFonts.attrib
    assert set(fonts.values()) == {"Times New Roman"}
    widths = [cell.width for cell in paper.tables[-1].rows[1].cells]
    assert sum(widths) <= section.page_width - Mm(40) + len(widths) * 635


def test_the_heading_is_repeated_and_only_long_rows_may_be_cut(table, created):
    heading, *rows = opened(table, created).tables[-1].rows
    assert heading._tr.trPr.find(qn("w:tblHeader")) is not None
    cut = [row._tr.trPr is None or row._tr.trPr.find(qn("w:cantSplit")) is None for row in rows]
    assert cut == [row.may_break for row in table.paper.rows]
    assert sum(cut) == 10


def test_only_the_first_row_of_a_provision_stands_out(table, created):
    rows = opened(table, created).tables[-1].rows[1:11]
    bold = [bool(row.cells[0].paragraphs[0].runs[0].bold) for row in rows]
    assert bold == [True, False, False, False, False] * 2


def test_an_empty_table_says_so(table, created):
    made = opened(replace(table, rows=()), created).tables[-1]
    assert made.rows[1].cells[0].text == "Không có ý kiến góp ý."


def test_odd_characters_come_through_as_they_are(table, created):
    odd = ReplyRow("Khoản 1", "K'Lũy & <b>", "Đồng ý 😀", "=1+1")
    made = opened(replace(table, rows=(odd,)), created).tables[-1]
    assert cells(made.rows[1]) == odd.cells


def test_five_hundred_rows_are_written_in_seconds(table, created):
    began = time.process_time()
    table_docx(table.paper, created=created)
    assert time.process_time() - began < 15
