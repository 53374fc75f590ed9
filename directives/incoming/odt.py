"""An OpenDocument text read paragraph by paragraph with its tracked changes, comments and numbers.

What was deleted stands apart in the file, and a mark in the text says where; what was inserted
stands in the text between two marks. A paragraph is numbered by where it begins.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from lxml import etree

from .counting import Counter, Listed
from .legacy_fonts import Encoding, encoding_of, in_capitals
from .noting import Notes
from .odt_styles import DRAW, OFFICE, SCRIPT, STYLE, TABLE, TEXT, Look, Styles, name_of
from .package import Package
from .paragraphs import (
    KEPT,
    Cell,
    Paragraph,
    Piece,
    Presence,
    authors,
    changes,
    lines,
    refuse_endless,
)
from .shapes import Document, Remark, Unreadable

HREF = "{http://www.w3.org/1999/xlink}href"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ID = "{http://www.w3.org/XML/1998/namespace}id"
MAX_SPACES = 100
_FETCHED = (f"{DRAW}image", f"{DRAW}object", f"{DRAW}object-ole", f"{TEXT}section-source")
_TOLD_BY_OTHERS = (f"{OFFICE}dde-source", f"{TEXT}dde-connection-decl")
_MARGINS = [f"{STYLE}{name}" for name in ("header", "footer", "header-first", "footer-first")]
_BLOCKS = ("section", "index-body", "index-title", "table-of-content", "illustration-index",
           "table-index", "object-index", "user-index", "alphabetical-index", "bibliography",
           "list-header", "numbered-paragraph")  # fmt: skip
_UNSEEN = ("tracked-changes", "sequence-decls", "variable-decls", "forms", "soft-page-break")


def read(package: Package) -> Document:
    """Raises Unreadable where the file has no text that can be found, or fetches some."""
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    body = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if content is None or body is None:
        raise Unreadable("wrong_type")
    _refuse_outside(content)
    reader = _Reader(Styles([tree for tree in (styles, content) if tree is not None]))
    reader.regions = {_id(one): one for one in content.iter(f"{TEXT}changed-region")}
    reader.blocks(body, None)
    if styles is not None:
        reader.note_headers(styles)
    return reader.document()


def _refuse_outside(content: etree._Element) -> None:
    """A link to be clicked does nothing by itself; what is fetched or run is refused."""
    for one in content.iter(*_FETCHED):
        place = one.get(HREF, "")
        if one.tag == f"{DRAW}object-ole":
            raise Unreadable("embedded", place)
        if one.tag == f"{TEXT}section-source" or ":" in place or place.startswith(("/", "..")):
            raise Unreadable("external", place)
    for one in content.iter(f"{SCRIPT}event-listener"):
        raise Unreadable("macros", one.get(HREF, ""))
    for one in content.iter(*_TOLD_BY_OTHERS):
        raise Unreadable("external", one.get(f"{OFFICE}dde-application", "DDE"))


@dataclass(frozen=True)
class _Place:
    """In a list: which one, how deep, and the number it begins again with."""

    list: str
    style: str | None
    level: int = 0
    start: int | None = None


@dataclass
class _Reader:
    styles: Styles
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    remarks: list[Remark] = field(default_factory=list)
    remarked: dict[str, int] = field(default_factory=dict)
    boxes: list[etree._Element] = field(default_factory=list)
    regions: dict[str, etree._Element] = field(default_factory=dict)
    inserting: dict[str, str] = field(default_factory=dict)
    deleting: list[str] = field(default_factory=list)
    place: _Place | None = None
    last_list: dict[str | None, str] = field(default_factory=dict)
    rows: int = 0
    lists: int = 0

    # Blocks.

    def blocks(
        self, parent: etree._Element, cell: Cell | None, place: _Place | None = None
    ) -> None:
        for child in parent:
            match name_of(child):
                case "p" | "h":
                    self._paragraph(child, cell, place)
                    place = None  # the number stands before the first paragraph of an item
                case "list":
                    self._list(child, cell, place)
                case "table":
                    self._table(child)
                case "frame" | "custom-shape" | "rect" | "line" | "connector" | "g" | "text-box":
                    self._frame(child)
                    self._boxes()
                case "change-start" | "change-end" | "change":
                    self._change(child, cell)
                case name if name in _BLOCKS:
                    self.blocks(child, cell)

    def _list(self, element: etree._Element, cell: Cell | None, within: _Place | None) -> None:
        place = self._place(element, within)
        for item in element:
            start = item.get(f"{TEXT}start-value", "")
            begun = int(start) if start.isdecimal() and len(start) < 7 else None
            here = _Place(place.list, place.style, place.level, begun)
            # A list within comes as an item's only child: its place is deeper, not the item's.
            self._item(item, cell, here)

    def _item(self, item: etree._Element, cell: Cell | None, place: _Place) -> None:
        numbered = name_of(item) == "list-item"
        for child in item:
            if name_of(child) == "list":
                self._list(child, cell, place)
            elif name_of(child) in ("p", "h"):
                self._paragraph(child, cell, place if numbered else None)
                numbered = False

    def _place(self, element: etree._Element, within: _Place | None) -> _Place:
        style = element.get(f"{TEXT}style-name") or (within.style if within else None)
        if within is not None:
            return _Place(within.list, style, within.level + 1)
        if self.deleting and self.place is not None:
            return self.place  # what was deleted out of a list
        self.lists += 1
        name = element.get(ID) or f"#{self.lists}"
        continued = element.get(f"{TEXT}continue-list")
        if continued is None and element.get(f"{TEXT}continue-numbering") == "true":
            continued = self.last_list.get(style)
        root = self.last_list.get(continued, continued) if continued else name
        self.last_list[style] = self.last_list[name] = root or name
        return _Place(root or name, style)

    def _table(self, table: etree._Element) -> None:
        columns, first, ruled = 0, len(self.paragraphs), False
        for row in table.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table")) is table:
                self.rows += 1
                number, cells = self.rows, row.findall(f"{TABLE}table-cell")
                columns = max(columns, len(cells))
                for column, cell in enumerate(cells):
                    ruled = ruled or self.styles.is_ruled(cell.get(f"{TABLE}style-name"))
                    self.blocks(cell, Cell(number, column))
        if columns > 2 or (columns == 2 and ruled):
            words = " ".join(p.text("accepted") for p in self.paragraphs[first : first + columns])
            self.notes.add("table", words)

    def _paragraph(self, element: etree._Element, cell: Cell | None, place: _Place | None) -> None:
        paragraph, first = Paragraph(cell=cell), len(self.paragraphs)
        style = element.get(f"{TEXT}style-name")
        listed = self._listed(element, style, place)
        if listed is not None:
            paragraph.listed = {"accepted": listed, "original": listed}
        self._run_on(paragraph)
        self.paragraphs.append(paragraph)
        within, self.place = self.place, self.place if self.deleting else place
        self._inline(element, self.styles.look("paragraph", style, Look()))
        self.place = within
        self._here.mark = self._presence
        for one in self.paragraphs[first:]:
            one.convert()
        self._boxes()

    def _run_on(self, paragraph: Paragraph) -> None:
        """Where the mark before it was inserted, it goes on with the paragraph of that mark."""
        before = self.paragraphs[-1] if self.paragraphs else None
        if before is None or before.mark.original:
            return
        paragraph.listed.pop("original", None)
        if "original" in before.listed:
            paragraph.listed["original"] = before.listed["original"]

    # Tracked changes.

    @property
    def _here(self) -> Paragraph:
        return self.paragraphs[-1]

    @property
    def _presence(self) -> Presence:
        presence = KEPT
        for author in self.inserting.values():
            presence = presence.inserted(author)
        return presence.deleted(self.deleting[-1]) if self.deleting else presence

    def _change(self, mark: etree._Element, cell: Cell | None) -> None:
        """A mark in the text. One between paragraphs has no text before it to go on with."""
        name = mark.get(f"{TEXT}change-id", "")
        if name_of(mark) == "change-end":
            self.inserting.pop(name, None)
        elif name_of(mark) == "change-start":
            if _kind(self.regions.get(name)) == "insertion":
                self.inserting[name] = _author(self.regions[name])
        elif _kind(self.regions.get(name)) == "deletion":
            self._deletion(self.regions.pop(name), cell)

    def _deletion(self, region: etree._Element, cell: Cell | None) -> None:
        """Its paragraphs, where its mark stands; each region is read once, whatever names it."""
        with self._as_deleted(_author(region)):
            for deletion in region.iter(f"{TEXT}deletion"):
                self.blocks(deletion, cell)

    @contextmanager
    def _as_deleted(self, author: str) -> Iterator[None]:
        self.deleting.append(author)
        yield
        self.deleting.pop()

    def _delete_within(self, mark: etree._Element) -> None:
        """A mark inside a paragraph: the first deleted paragraph goes on with what stands before
        the mark, and what stands behind it with the last."""
        within, first = self.paragraphs.pop(), len(self.paragraphs)
        self._change(mark, within.cell)
        found = self.paragraphs[first:]
        del self.paragraphs[first:]
        *whole, last = found or [Paragraph()]
        if whole and within.text("original").strip():
            begun, *whole = whole
            rest = Paragraph(last.pieces, cell=within.cell, listed=dict(within.listed))
            within.pieces, within.mark = within.pieces + begun.pieces, begun.mark
            self.paragraphs += [within, *whole, rest]
        else:
            within.pieces += last.pieces
            self.paragraphs += [*whole, within]

    def _listed(
        self, element: etree._Element, style: str | None, place: _Place | None
    ) -> Listed | None:
        if place is not None:
            name = place.style or self.styles.list_of(style)
            levels = self.styles.levels(name)
            token = len(self.paragraphs) if place.start is not None else None
            return Listed(place.list, place.level, levels, place.start, token) if levels else None
        depth = element.get(f"{TEXT}outline-level", "") if name_of(element) == "h" else ""
        if depth.isdecimal() and self.styles.outline.get(int(depth) - 1):
            return Listed("outline", int(depth) - 1, self.styles.outline)
        return None

    def _boxes(self) -> None:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            first = len(self.paragraphs)
            self.blocks(box, None)
            words = " ".join(one.text("accepted") for one in self.paragraphs[first:])
            if words.strip():
                self.notes.add("box", words)

    # Inside a paragraph.

    def _inline(self, parent: etree._Element, look: Look) -> None:
        self._say(parent.text, look)
        for child in parent:
            self._child(child, look)
            self._say(child.tail, look)

    def _child(self, child: etree._Element, look: Look) -> None:
        match name_of(child):
            case "s":
                count = child.get(f"{TEXT}c", "1")
                width = min(int(count), MAX_SPACES) if count.isdecimal() else 1
                self._add(" " * width)
            case "tab":
                self._add("\t")
            case "line-break":
                self._add("\n")
            case "change-start" | "change-end":
                self._change(child, None)
            case "change":
                self._delete_within(child)
            case "note":
                body = child.find(f"{TEXT}note-body")
                self.notes.add("footnote", "" if body is None else _words(body))
            case "annotation":
                self._remark(child)
            case "annotation-end":
                self._end_remark(child)
            case "frame" | "custom-shape" | "rect" | "line" | "connector" | "g":
                self._frame(child)
            case "a":
                self.notes.add("link", _words(child))
                self._inline(child, look)
            case name if name not in _UNSEEN:
                style = child.get(f"{TEXT}style-name")
                self._inline(child, self.styles.look("text", style, look))

    def _add(self, text: str, encoding: Encoding = "") -> None:
        self._here.pieces.append(Piece(text, self._presence, encoding))

    def _say(self, text: str | None, look: Look) -> None:
        if not text:
            return
        if look.hidden:
            self.notes.add("hidden", text)
            return
        encoding = encoding_of(look.font)
        if encoding and text.strip():
            self.notes.add(encoding.removesuffix("_capitals"), look.font, once=True)
        plain = text.replace("\t", " ").replace("\n", " ")
        self._add(*(in_capitals(plain, encoding) if look.capitals else (plain, encoding)))
        if look.struck and self._presence == KEPT:
            self.notes.add("struck", self._here.pieces[-1].shown)

    def _remark(self, annotation: etree._Element) -> None:
        author = (annotation.findtext(CREATOR) or "").strip()
        words = "\n".join(filter(None, map(_words, annotation.iter(f"{TEXT}p"))))
        at = len(self._here.text("original"))
        self.remarked[annotation.get(f"{OFFICE}name", "")] = len(self.remarks)
        self.remarks.append(Remark(author, words, len(self.paragraphs) - 1, "", at))

    def _end_remark(self, end: etree._Element) -> None:
        """The words since its beginning, where that is in the same paragraph."""
        place = self.remarked.pop(end.get(f"{OFFICE}name", ""), None)
        if place is not None and self.remarks[place].paragraph == len(self.paragraphs) - 1:
            words = self._here.text("original")[self.remarks[place].at :]
            self.remarks[place] = replace(self.remarks[place], words=words)

    def _frame(self, frame: etree._Element) -> None:
        boxes = [frame] if name_of(frame) == "text-box" else list(frame.iter(f"{DRAW}text-box"))
        own = [child for child in frame if name_of(child) in ("p", "list")]
        self.boxes += [box for box in boxes if not _is_in_another(box, boxes)]
        if own:
            self.boxes.append(frame)
        if frame.find(f".//{DRAW}image") is not None:
            self.notes.add("picture", frame.get(f"{DRAW}name", ""))
        elif frame.find(f".//{DRAW}object") is not None:
            self.notes.add("object")
        elif not boxes and not own:
            self.notes.add("shape")

    # The rest.

    def note_headers(self, styles: etree._Element) -> None:
        for one in styles.iter(*_MARGINS):
            self.notes.add_margin(_words(one))

    def document(self) -> Document:
        refuse_endless(self.paragraphs, len(self.remarks))
        counter = Counter()
        accepted = lines(self.paragraphs, "accepted", counter)
        original = lines(self.paragraphs, "original", Counter())
        self.notes.count("relettered", counter.relettered)
        formats = sum(_kind(region) == "format-change" for region in self.regions.values())
        self.notes.count("format", formats)
        return Document(
            accepted, original, changes(self.paragraphs), authors(self.paragraphs), self.remarks,
            self.notes.all(),
        )  # fmt: skip


def _id(region: etree._Element) -> str:
    return str(region.get(ID) or region.get(f"{TEXT}id", ""))


def _kind(region: etree._Element | None) -> str:
    """insertion, deletion or format-change"""
    return "" if region is None else next(map(name_of, region), "")


def _author(region: etree._Element) -> str:
    return (region.findtext(f".//{CREATOR}") or "").strip()


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_in_another(box: etree._Element, boxes: list[etree._Element]) -> bool:
    return any(one in boxes for one in box.iterancestors(f"{DRAW}text-box"))
