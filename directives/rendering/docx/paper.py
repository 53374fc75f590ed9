"""The sheet: page, header of two columns, body, recipients beside the signature, annexes."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from directives.rendering.forms_of_document import Form, points
from directives.rendering.typeface import bold_width

from . import styles
from .flow import Authorship, Para, Piece, Remark, as_typed, flow
from .head import PARTY
from .styles import element
from .writer import AddParagraph, Writer

# Of the 165 mm between the margins: the committee and the Party; the recipients and the signature.
HEADER_COLUMNS, END_COLUMNS = (70, 95), (86, 79)
# A list up to this length stays whole on a page, beside the signature.
WHOLE_LIST = 14


@dataclass(frozen=True)
class Place:
    """Paragraphs of one place of the paper, as they were and as they are now."""

    old: Sequence[Para]
    new: Sequence[Para]


@dataclass(frozen=True)
class Rows:
    """A table in the body: its titles with their widths in millimetres, and its cells."""

    titles: Sequence[tuple[str, float]]
    cells: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Sheet:
    """A paper in two states; of a paper alone both are the same."""

    form: Form
    title: str
    committee: str
    created: datetime
    issuer: Place
    party: Place
    subject: Place
    body: Sequence[Place | Rows]
    recipients: Place
    signature: Place
    authorship: Authorship
    kind: str = "CHỈ THỊ"
    looks: Callable[[Form], Iterable[styles.Look]] = styles.looks
    annexes: Sequence[Place] = ()


def write(sheet: Sheet) -> bytes:
    """The sheet as DOCX, the same bytes for the same sheet."""
    document = docx.Document()
    styles.define(document, sheet.form, sheet.looks(sheet.form))
    _set_page(document, sheet.form)
    _draw_rule(document, sheet.form)
    _set_facts(document, sheet)
    _Layout(document, sheet).write()
    return _repeatable(document)


def _set_page(document: Document, form: Form) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = _mm(form.margin_top), _mm(form.margin_bottom)
    section.left_margin, section.right_margin = _mm(form.margin_left), _mm(form.margin_right)
    section.header_distance = section.footer_distance = _mm(form.page_number_from_edge)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number._p.style = styles.PAGE_NUMBER
    for kind in ("begin", None, "end"):
        run = number.add_run()._r
        run.append(element("w:fldChar", fldCharType=kind) if kind else _page_field())


def _page_field() -> docx.oxml.xmlchemy.BaseOxmlElement:
    field = element("w:instrText")
    field.text = "PAGE"
    return field


def _mm(length: str) -> Mm:
    return Mm(float(length.removesuffix("mm")))


def _draw_rule(document: Document, form: Form) -> None:
    """The rule under the Party's name, exactly as long as the name."""
    width = bold_width(PARTY, points(form.party_size))
    style = next(s for s in document.styles if s.style_id == styles.RULE)
    sides = (HEADER_COLUMNS[1] * 72 / 25.4 - width) / 2
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Pt(sides)
    border = element("w:pBdr")
    border.append(element("w:top", val="single", sz="6", space="0", color="000000"))
    style.element.pPr.find(qn("w:spacing")).addprevious(border)


def _set_facts(document: Document, sheet: Sheet) -> None:
    about = document.core_properties
    about.title, about.author = sheet.title[:255], sheet.committee
    about.last_modified_by, about.comments, about.language = sheet.committee, "", "vi-VN"
    about.created = about.modified = sheet.created.astimezone(UTC).replace(tzinfo=None)


class _Layout:
    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.document, self.sheet = document, sheet
        self.writer = Writer(document)

    def write(self) -> None:
        sheet, body = self.sheet, self.document.add_paragraph
        issuer, party = self._columns(HEADER_COLUMNS).rows[0].cells
        self._put(_into(issuer), sheet.issuer)
        self._put(_into(party), sheet.party)
        self._plain(styles.TYPE, sheet.kind)
        self._put(body, sheet.subject, self._remarks(None))
        self._plain(styles.HYPHENS, "-----")
        paragraphs = self._body(sheet.body)
        # The signature takes the last lines of the text with it to a new page.
        for paragraph in paragraphs[-2:]:
            paragraph.paragraph_format.keep_with_next = True
        if sheet.signature.new:
            self._end(sheet)
        self._annexed(sheet.annexes)

    def _annexed(self, annexes: Sequence[Place]) -> None:
        """An annex is a section of its own, whose pages are numbered from 1."""
        for paragraph in self._body(annexes):
            if paragraph._p.style == styles.BREAK:
                last = self.document.sections[-1]._sectPr
                paragraph._p.get_or_add_pPr().append(deepcopy(last))
                if last.find(qn("w:pgNumType")) is None:
                    last.find(qn("w:cols")).addprevious(element("w:pgNumType", start="1"))

    def _end(self, sheet: Sheet) -> None:
        self._plain(styles.SPACE, "")
        end = self._columns(END_COLUMNS)
        if len(sheet.recipients.new) <= WHOLE_LIST:
            end.rows[0]._tr.get_or_add_trPr().append(element("w:cantSplit"))
        recipients, signature = end.rows[0].cells
        self._put(_into(recipients), sheet.recipients)
        self._put(_into(signature), sheet.signature)

    def _body(self, parts: Sequence[Place | Rows]) -> list[docx.text.paragraph.Paragraph]:
        add, written = self.document.add_paragraph, []
        streams = as_typed([self._flow(p) if isinstance(p, Place) else [] for p in parts])
        for part, stream in zip(parts, streams, strict=True):
            if isinstance(part, Place):
                written += self.writer.write(add, stream, self._beside(part))
            else:
                self._table(part)
        return written

    def _table(self, rows: Rows) -> None:
        """A table with borders, its titles repeated on every page."""
        table = self.document.add_table(0, len(rows.titles), style="Table Grid")
        table.autofit = False
        titles = [title for title, _width in rows.titles]
        self._row(table, titles, styles.CELL_TITLE, rows)
        table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
        for cells in rows.cells:
            self._row(table, cells, styles.CELL, rows)

    def _row(self, table: Table, texts: Sequence[str], style: str, rows: Rows) -> None:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, text, (_title, width) in zip(row.cells, texts, rows.titles, strict=True):
            cell.width = Mm(width)
            paras = [Para(style, line) for line in text.split("\n")]
            self._put(_into(cell), Place(paras, paras))

    def _put(
        self, add: AddParagraph, place: Place, beside: Iterable[Remark] = ()
    ) -> list[docx.text.paragraph.Paragraph]:
        return self.writer.write(add, self._flow(place), [*beside, *self._beside(place)])

    def _beside(self, place: Place) -> list[Remark]:
        keys = dict.fromkeys(para.key for para in (*place.new, *place.old) if para.key)
        return [remark for key in keys for remark in self._remarks(key)]

    def _flow(self, place: Place) -> list[Piece]:
        return flow(place.old, place.new, self.sheet.authorship)

    def _remarks(self, key: object) -> Sequence[Remark]:
        return self.sheet.authorship.remarks.get(key, ())

    def _plain(self, style: str, text: str) -> None:
        self._put(self.document.add_paragraph, Place([Para(style, text)], [Para(style, text)]))

    def _columns(self, widths: tuple[int, int]) -> Table:
        """Two columns without borders; text stands at their very edges."""
        table = self.document.add_table(1, 2)
        table.autofit = False
        margins = element("w:tblCellMar")
        margins.extend(element(f"w:{side}", w="0", type="dxa") for side in ("left", "right"))
        table._tbl.tblPr.find(qn("w:tblLayout")).addnext(margins)
        for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
            column.width = cell.width = Mm(width)
        return table


def _into(cell: _Cell) -> AddParagraph:
    """Paragraphs are added to the cell, whose own empty one goes."""
    cell._tc.remove(cell.paragraphs[0]._p)
    return cell.add_paragraph


def _repeatable(document: Document) -> bytes:
    """The file with its parts in order, all of one day: a ZIP keeps the hour of its making."""
    made, file = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            out.writestr(entry, parts.read(name))
    return file.getvalue()
