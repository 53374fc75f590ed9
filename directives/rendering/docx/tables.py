"""A table on A4 across as a Word file that the office goes on editing."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from directives.rendering.tables import Row, WideTable

# The typeface of the offices' own machines; ours has the same widths.
TYPEFACE = "Times New Roman"
MARGIN = Mm(20)
# From the guidance on the form of documents: header and subject, "ĐẢNG CỘNG SẢN VIỆT NAM", cells.
HEADER_SIZE, PARTY_SIZE, TITLE_SIZE, CELL_SIZE = Pt(14), Pt(15), Pt(16), Pt(12)
CENTRED = WD_ALIGN_PARAGRAPH.CENTER


def table_docx(table: WideTable, *, created: datetime) -> bytes:
    """The table as DOCX, A4 landscape, its heading repeated on every page."""
    paper = _blank(table, created)
    _letterhead(paper, table.committee_name)
    _headings(paper, table)
    for line in table.summary:
        _write(paper.add_paragraph(), line)
    paper.paragraphs[-1].paragraph_format.space_after = Pt(8)
    _rows(paper, table)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _blank(table: WideTable, created: datetime) -> Paper:
    paper = Document()
    _set_style(paper)
    _set_page(paper)
    about = paper.core_properties
    about.title, about.author = f"{table.title} {table.about}"[:255], table.committee_name
    about.created = about.modified = created.astimezone(UTC).replace(tzinfo=None)
    about.comments, about.language = "", "vi-VN"
    return paper


def _set_style(paper: Paper) -> None:
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = TYPEFACE, CELL_SIZE
    fonts = normal.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), TYPEFACE)
    _add(normal.element.rPr, "w:lang", val="vi-VN")
    normal.paragraph_format.space_after = Pt(2)


def _set_page(paper: Paper) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRED
    run = number.add_run()
    run.font.size = HEADER_SIZE
    _add(run._r, "w:fldChar", fldCharType="begin")
    _add(run._r, "w:instrText").text = "PAGE"
    _add(run._r, "w:fldChar", fldCharType="end")


def _letterhead(paper: Paper, committee_name: str) -> None:
    """Two blocks side by side without borders."""
    left, right = paper.add_table(1, 2).rows[0].cells
    _write(left.paragraphs[0], committee_name, bold=True, size=HEADER_SIZE, centred=True)
    _write(left.add_paragraph(), "*", size=HEADER_SIZE, centred=True)
    _write(right.paragraphs[0], "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=PARTY_SIZE, centred=True)
    right.paragraphs[0].runs[0].underline = True


def _headings(paper: Paper, table: WideTable) -> None:
    title = paper.add_paragraph()
    title.paragraph_format.space_before = Pt(12)
    _write(title, table.title.upper(), bold=True, size=TITLE_SIZE, centred=True)
    subject = paper.add_paragraph()
    subject.paragraph_format.left_indent = subject.paragraph_format.right_indent = Mm(25)
    _write(subject, table.about, bold=True, size=HEADER_SIZE, centred=True)
    _write(paper.add_paragraph(), "-----", size=HEADER_SIZE, centred=True)


def _rows(paper: Paper, table: WideTable) -> None:
    made = paper.add_table(1, len(table.columns), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, wanted in zip(made.columns, table.columns, strict=True):
        column.width = Mm(wanted.width)
    _heading_row(made.rows[0], table)
    for row in table.rows:
        _fill(made.add_row(), row, table)
    if not table.rows:
        _say_nothing_came(made, table)


def _heading_row(row: _Row, table: WideTable) -> None:
    for cell, title in zip(_sized(row, table), table.titles, strict=True):
        _write(cell.paragraphs[0], title, bold=True, centred=True)
    _add(row._tr.get_or_add_trPr(), "w:cantSplit")
    _add(row._tr.get_or_add_trPr(), "w:tblHeader")


def _fill(made: _Row, row: Row, table: WideTable) -> None:
    for place, (cell, text) in enumerate(zip(_sized(made, table), row.words, strict=True)):
        for number, words in enumerate(text.split("\n")):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            _write(paragraph, words, bold=place == 0 and row.opens)
    if not row.may_break:
        _add(made._tr.get_or_add_trPr(), "w:cantSplit")


def _sized(row: _Row, table: WideTable) -> Iterable[_Cell]:
    """The cells with their widths: Word asks the cells, other programs the columns."""
    cells = row.cells
    for cell, column in zip(cells, table.columns, strict=True):
        cell.width = Mm(column.width)
    return cells


def _say_nothing_came(made: Table, table: WideTable) -> None:
    first, *_others, last = made.add_row().cells
    _write(first.merge(last).paragraphs[0], table.nothing, centred=True)


def _write(
    paragraph: Paragraph,
    words: str,
    *,
    bold: bool = False,
    size: Pt = CELL_SIZE,
    centred: bool = False,
) -> None:
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold or None, size
    if centred:
        paragraph.alignment = CENTRED


def _add(parent: BaseOxmlElement, name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    parent.append(element)
    return element
