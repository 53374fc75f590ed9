"""A Word file read paragraph by paragraph with its tracked changes, comments and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .counting import Counter
from .docx_elements import (
    CHANGES,
    cells_of,
    changed,
    chosen,
    descriptions_of,
    drawn_words,
    holds,
    in_cell,
    is_code,
    is_nested,
    is_ruled,
    is_second_choice,
    lines_shown,
    mark_of,
    name_of,
    notes_of,
    words_of,
)
from .docx_fields import Fields, name_of_field, number_of_field
from .docx_lists import Lists, Styles, W, is_on, val
from .legacy_fonts import Encoding, encoding_of, in_capitals, to_unicode
from .noting import Notes
from .package import Package
from .paragraphs import (
    KEPT,
    Cell,
    Paragraph,
    Piece,
    Presence,
    State,
    authors,
    changes,
    lines,
    refuse_endless,
)
from .shapes import Document, Remark, Unreadable

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT_OF_MATH = f"{_MATH}t"
_FORMATS = [f"{W}{name}" for name in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange")]
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\xad",
}


def read(package: Package) -> Document:
    """Raises Unreadable where the file has no text that can be found."""
    main = package.document_name
    tree = package.xml(main)
    body = None if tree is None else tree.find(f"{W}body")
    if body is None:
        raise Unreadable("broken")
    reader = _Reader.opened(package, main, Fields(body))
    reader.blocks(body, KEPT, None)
    reader.note_apart(package, main)
    return reader.document(body)


@dataclass
class _Range:
    """Where a comment stands: its paragraph, and from which piece of it to which."""

    paragraph: int
    start: int
    end: int | None = None


@dataclass
class _Reader:
    styles: Styles
    lists: Lists
    footnotes: dict[str, str]
    endnotes: dict[str, str]
    fields: Fields
    paragraphs: list[Paragraph] = field(default_factory=list)
    ranges: dict[str, _Range] = field(default_factory=dict)
    boxes: list[tuple[etree._Element, Presence]] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    rows: int = 0
    style: str | None = None
    encoding: Encoding = ""

    @classmethod
    def opened(cls, package: Package, main: str, fields: Fields) -> "_Reader":
        parts = dict(package.relations(main))

        def tree(kind: str) -> etree._Element | None:
            return package.xml(parts.get(kind, ""))

        styles = Styles(tree("styles"))
        reader = cls(
            styles, Lists(tree("numbering"), styles), notes_of(tree("footnotes"), "footnote"),
            notes_of(tree("endnotes"), "endnote"), fields,
        )  # fmt: skip
        comments = tree("comments")
        for one in [] if comments is None else comments.iter(f"{W}comment"):
            words = "\n".join(filter(None, map(words_of, one.iter(f"{W}p"))))
            reader.said.append((one.get(f"{W}id", ""), one.get(f"{W}author", ""), words))
        return reader

    # Blocks: paragraphs, tables, and what wraps them.

    def blocks(self, parent: etree._Element, here: Presence, cell: Cell | None) -> None:
        for child in parent:
            match name_of(child):
                case "p":
                    self._paragraph(child, here, cell)
                case "tbl":
                    self._table(child, here)
                case "ins" | "del" | "moveFrom" | "moveTo" as change:
                    self.blocks(child, changed(here, change, child), cell)
                case "AlternateContent":
                    self.blocks(chosen(child), here, cell)
                case "altChunk":
                    self.notes.add("chunk")
                case "commentRangeStart" | "commentRangeEnd":
                    self._mark_comment(child, len(self.paragraphs), 0)
                case _ if holds(child, "p"):
                    self.blocks(child, here, cell)

    def _table(self, table: etree._Element, here: Presence) -> None:
        first, columns = len(self.paragraphs), 0
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is table:
                columns = max(columns, self._row(row, here))
        if columns > 2 or (columns == 2 and is_ruled(table)):
            words = " ".join(p.text("accepted") for p in self.paragraphs[first : first + columns])
            self.notes.add("table", words)

    def _row(self, row: etree._Element, here: Presence) -> int:
        for change in CHANGES[:2]:
            mark = row.find(f"{W}trPr/{W}{change}")
            here = here if mark is None else changed(here, change, mark)
        self.rows += 1
        number, cells = self.rows, list(cells_of(row))
        for column, cell in enumerate(cells):
            self.blocks(cell, in_cell(cell, here), Cell(number, column))
        return len(cells)

    def _paragraph(self, element: etree._Element, here: Presence, cell: Cell | None) -> None:
        properties = element.find(f"{W}pPr")
        self.style = val(properties, f"{W}pStyle")
        paragraph = Paragraph(cell=cell, mark=mark_of(properties, here))
        before = properties.find(f"{W}pPrChange/{W}pPr") if properties is not None else None
        self._number(paragraph, "accepted", properties)
        self._number(paragraph, "original", properties if before is None else before)
        self.paragraphs.append(paragraph)
        self._inline(element, paragraph, here)
        paragraph.convert()
        boxes, self.boxes = self.boxes, []
        for box, presence in boxes:
            self._box(box, presence)

    def _number(
        self, paragraph: Paragraph, state: State, properties: etree._Element | None
    ) -> None:
        listed = self.lists.listed(properties)
        if listed is not None:
            paragraph.listed[state] = listed

    def _box(self, box: etree._Element, here: Presence) -> None:
        first = len(self.paragraphs)
        self.blocks(box, here, None)
        words = " ".join(one.text("accepted") for one in self.paragraphs[first:])
        if words.strip():
            self.notes.add("box", words)

    # Inside a paragraph.

    def _inline(self, parent: etree._Element, paragraph: Paragraph, here: Presence) -> None:
        for child in parent:
            match name_of(child):
                case "r":
                    self._run(child, paragraph, here)
                case "ins" | "del" | "moveFrom" | "moveTo" as change:
                    self._inline(child, paragraph, changed(here, change, child))
                case "commentRangeStart" | "commentRangeEnd":
                    self._mark_comment(child, len(self.paragraphs) - 1, len(paragraph.pieces))
                case "oMath" | "oMathPara":
                    words = "".join(t.text or "" for t in child.iter(_TEXT_OF_MATH))
                    paragraph.pieces.append(Piece(words, here))
                    self.notes.add("formula", words)
                case "AlternateContent":
                    self._inline(chosen(child), paragraph, here)
                case name if holds(child, "r"):
                    self._note_wrapper(name, child)
                    self._inline(child, paragraph, here)

    def _note_wrapper(self, name: str, element: etree._Element) -> None:
        if name == "hyperlink":
            self.notes.add("link", words_of(element))
        elif name == "fldSimple":
            self._note_field(element.get(f"{W}instr", ""), words_of(element), None)

    def _run(self, run: etree._Element, paragraph: Paragraph, here: Presence) -> None:
        properties = run.find(f"{W}rPr")
        font = self.styles.font(properties, self.style)
        self.encoding = encoding = encoding_of(font)
        text = "".join(self._pieces(run, paragraph, here))
        if is_on(properties, "vanish"):
            self.notes.add("hidden", text)
            return
        if text:
            if self.styles.has_capitals(properties, self.style):
                text, encoding = in_capitals(text, encoding)
            paragraph.pieces.append(Piece(text, here, encoding))
            if here == KEPT and any(is_on(properties, name) for name in ("strike", "dstrike")):
                self.notes.add("struck", paragraph.pieces[-1].shown)
        if encoding and text.strip():
            self.notes.add(encoding.removesuffix("_capitals"), font, once=True)

    def _pieces(
        self, parent: etree._Element, paragraph: Paragraph, here: Presence
    ) -> Iterator[str]:
        for child in parent:
            name = name_of(child)
            if name in ("t", "delText") and not self.fields.hide:
                yield child.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "sym":
                yield from self._symbol(child, paragraph, here)
            elif name == "AlternateContent":
                yield from self._pieces(chosen(child), paragraph, here)
            elif name == "ruby":
                for run in child.iterfind(f"{W}rubyBase/{W}r"):
                    yield from self._pieces(run, paragraph, here)
            else:
                self._aside(name, child, paragraph, here)

    def _symbol(
        self, symbol: etree._Element, paragraph: Paragraph, here: Presence
    ) -> Iterator[str]:
        """A letter given by its code in a font of its own."""
        encoding = encoding_of(symbol.get(f"{W}font", ""))
        code = symbol.get(f"{W}char", "")
        letter = chr(int(code, 16)) if is_code(code) else ""
        if encoding:
            yield letter if self.encoding else to_unicode(letter, encoding)
        elif letter:
            self.notes.add("symbol", symbol.get(f"{W}font", ""))

    def _aside(
        self, name: str, element: etree._Element, paragraph: Paragraph, here: Presence
    ) -> None:
        """What a run holds besides its words."""
        match name:
            case "footnoteReference":
                self.notes.add("footnote", self.footnotes.get(element.get(f"{W}id", ""), ""))
            case "endnoteReference":
                self.notes.add("footnote", self.endnotes.get(element.get(f"{W}id", ""), ""))
            case "commentReference":
                number = element.get(f"{W}id", "")
                place = _Range(len(self.paragraphs) - 1, len(paragraph.pieces))
                self.ranges.setdefault(number, place)
            case "fldChar":
                self._note_field(self.fields.turn(element), "", paragraph)
            case "instrText" | "delInstrText":
                self.fields.tell(element.text or "")
            case "drawing" | "pict" | "object":
                self._drawing(element, here)

    def _note_field(self, instruction: str, words: str, paragraph: Paragraph | None) -> None:
        name, number = name_of_field(instruction), number_of_field(instruction)
        if number and paragraph and not paragraph.listed and not paragraph.text("accepted").strip():
            paragraph.listed = {"accepted": number, "original": number}
        elif name:
            self.notes.add("link" if name == "HYPERLINK" else "field", words or name)

    def _drawing(self, element: etree._Element, here: Presence) -> None:
        boxes = [
            box for box in element.iter(f"{W}txbxContent") if not is_second_choice(box, element)
        ]
        self.boxes += [(box, here) for box in boxes if not is_nested(box, element)]
        names = {name_of(one) for one in element.iter()}
        if names & {"blip", "imagedata"}:
            self.notes.add("picture", next(descriptions_of(element), ""))
        elif not boxes:
            self.notes.add("shape", " ".join(drawn_words(element)))

    def _mark_comment(self, element: etree._Element, paragraph: int, piece: int) -> None:
        number = element.get(f"{W}id", "")
        if name_of(element) == "commentRangeStart":
            self.ranges.setdefault(number, _Range(paragraph, piece))
        elif number in self.ranges and self.ranges[number].paragraph == paragraph:
            self.ranges[number].end = piece

    # What stands apart from the text.

    def note_apart(self, package: Package, main: str) -> None:
        for kind, name in package.relations(main):
            tree = package.xml(name) if kind in ("header", "footer") else None
            self.notes.add_margin("" if tree is None else " ".join(lines_shown(tree)))

    def document(self, body: etree._Element) -> Document:
        refuse_endless(self.paragraphs, len(self.said))
        counter = Counter()
        accepted = lines(self.paragraphs, "accepted", counter)
        original = lines(self.paragraphs, "original", Counter())
        self.notes.count("relettered", counter.relettered)
        self.notes.count("format", sum(1 for _ in body.iter(*_FORMATS)))
        return Document(
            accepted, original, changes(self.paragraphs), authors(self.paragraphs),
            list(self._remarks()), self.notes.all(),
        )  # fmt: skip

    def _remarks(self) -> Iterator[Remark]:
        for number, author, text in self.said:
            place = self.ranges.get(number)
            if place is None or place.paragraph >= len(self.paragraphs):
                yield Remark(author, text, None)
                continue
            paragraph = self.paragraphs[place.paragraph]
            at = len(paragraph.text("original", place.start))
            words = paragraph.text("original", place.end)[at:]
            yield Remark(author, text, place.paragraph, words, at)
