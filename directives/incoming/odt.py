"""An OpenDocument text read as its writer left it, tracked changes accepted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .counting import Counter, Level, Listed
from .legacy_fonts import encoding_of
from .package import Package
from .paragraphs import Cell, Paragraph, Piece, lines, refuse_endless
from .shapes import Document, Note, Remark, Unreadable

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, STYLE = f"{{{_SPACE}office:1.0}}", f"{{{_SPACE}text:1.0}}", f"{{{_SPACE}style:1.0}}"
TABLE, DRAW = f"{{{_SPACE}table:1.0}}", f"{{{_SPACE}drawing:1.0}}"
SVG = f"{{{_SPACE}svg-compatible:1.0}}"
FO = f"{{{_SPACE}xsl-fo-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ID = "{http://www.w3.org/XML/1998/namespace}id"
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
           "I": "upperRoman"}  # fmt: skip
MAX_ANCESTORS, MAX_SPACES, FIRST_WORDS = 20, 100, 120
_FETCHED = (f"{DRAW}image", f"{DRAW}object", f"{DRAW}object-ole", f"{TEXT}section-source")
_MARGINS = [f"{STYLE}{name}" for name in ("header", "footer", "header-first", "footer-first")]
_BLOCKS = ("section", "index-body", "table-of-content", "list-header", "numbered-paragraph")
_UNSEEN = ("tracked-changes", "sequence-decls", "variable-decls", "forms", "soft-page-break")


def read(package: Package) -> Document:
    """Raises Unreadable where the file has no text that can be found, or fetches some."""
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    body = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if content is None or body is None:
        raise Unreadable("wrong_type")
    _refuse_outside(content)
    reader = _Reader(_Styles([tree for tree in (styles, content) if tree is not None]))
    reader.blocks(body, None)
    if styles is not None:
        reader.note_headers(styles)
    return reader.document(len(list(content.iter(f"{TEXT}changed-region"))))


def _refuse_outside(content: etree._Element) -> None:
    """A link to be clicked does nothing by itself; what is fetched or run is refused."""
    for one in content.iter(*_FETCHED):
        place = one.get(HREF, "")
        if one.tag == f"{DRAW}object-ole":
            raise Unreadable("embedded", place)
        if one.tag == f"{TEXT}section-source" or ":" in place or place.startswith(("/", "..")):
            raise Unreadable("external", place)


class _Styles:
    def __init__(self, trees: list[etree._Element]) -> None:
        every = [style for tree in trees for style in tree.iter(f"{STYLE}style")]
        self._styles = {(s.get(f"{STYLE}family"), s.get(f"{STYLE}name")): s for s in every}
        self._faces = {
            face.get(f"{STYLE}name"): face.get(f"{SVG}font-family", "").strip("'\"")
            for tree in trees
            for face in tree.iter(f"{STYLE}font-face")
        }
        kinds = (f"{TEXT}list-style", f"{TEXT}outline-style")
        lists = [one for tree in trees for one in tree.iter(*kinds)]
        self._lists = {one.get(f"{STYLE}name"): _levels(one) for one in lists}
        self._outline = next((_levels(o) for o in lists if o.tag == f"{TEXT}outline-style"), {})

    def levels(self, name: str | None) -> dict[int, Level]:
        return self._lists.get(name, {})

    @property
    def outline(self) -> dict[int, Level]:
        return self._outline

    def list_of(self, paragraph: str | None) -> str | None:
        found = (s.get(f"{STYLE}list-style-name") for s in self._ancestors("paragraph", paragraph))
        return next(filter(None, found), None)

    def font(self, family: str, name: str | None) -> str:
        for style in self._ancestors(family, name):
            letters = style.find(f"{STYLE}text-properties")
            if letters is None:
                continue
            face = letters.get(f"{STYLE}font-name")
            named = self._faces.get(face, face) if face else letters.get(f"{FO}font-family")
            if named:
                return str(named).strip("'\"")
        return ""

    def _ancestors(self, family: str, name: str | None) -> Iterator[etree._Element]:
        for _ in range(MAX_ANCESTORS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name")


@dataclass(frozen=True)
class _Place:
    """In a list: which one, how deep, and the number it begins again with."""

    list: str
    style: str | None
    level: int = 0
    start: int | None = None


@dataclass
class _Reader:
    styles: _Styles
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=lambda: defaultdict(lambda: Note("")))
    remarks: list[Remark] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    last_list: dict[str | None, str] = field(default_factory=dict)
    rows: int = 0
    lists: int = 0

    # Blocks.

    def blocks(
        self, parent: etree._Element, cell: Cell | None, place: _Place | None = None
    ) -> None:
        for child in parent:
            match _name(child):
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
        numbered = _name(item) == "list-item"
        for child in item:
            if _name(child) == "list":
                self._list(child, cell, place)
            elif _name(child) in ("p", "h"):
                self._paragraph(child, cell, place if numbered else None)
                numbered = False

    def _place(self, element: etree._Element, within: _Place | None) -> _Place:
        style = element.get(f"{TEXT}style-name") or (within.style if within else None)
        if within is not None:
            return _Place(within.list, style, within.level + 1)
        self.lists += 1
        name = element.get(ID) or f"#{self.lists}"
        continued = element.get(f"{TEXT}continue-list")
        if continued is None and element.get(f"{TEXT}continue-numbering") == "true":
            continued = self.last_list.get(style)
        root = self.last_list.get(continued, continued) if continued else name
        self.last_list[style] = self.last_list[name] = root or name
        return _Place(root or name, style)

    def _table(self, table: etree._Element) -> None:
        columns, first = 0, len(self.paragraphs)
        for row in table.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table")) is table:
                self.rows += 1
                number, cells = self.rows, row.findall(f"{TABLE}table-cell")
                columns = max(columns, len(cells))
                for column, cell in enumerate(cells):
                    self.blocks(cell, Cell(number, column))
        if columns > 2:
            words = " ".join(p.text("accepted") for p in self.paragraphs[first : first + columns])
            self._note("table", words)

    def _paragraph(self, element: etree._Element, cell: Cell | None, place: _Place | None) -> None:
        paragraph = Paragraph(cell=cell)
        style = element.get(f"{TEXT}style-name")
        listed = self._listed(element, style, place)
        if listed is not None:
            paragraph.listed = {"accepted": listed, "original": listed}
        self.paragraphs.append(paragraph)
        self._inline(element, paragraph, self.styles.font("paragraph", style))
        paragraph.convert()
        self._boxes()

    def _listed(
        self, element: etree._Element, style: str | None, place: _Place | None
    ) -> Listed | None:
        if place is not None:
            name = place.style or self.styles.list_of(style)
            levels = self.styles.levels(name)
            token = len(self.paragraphs) if place.start is not None else None
            return Listed(place.list, place.level, levels, place.start, token) if levels else None
        depth = element.get(f"{TEXT}outline-level", "") if _name(element) == "h" else ""
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
                self._note("box", words)

    # Inside a paragraph.

    def _inline(self, parent: etree._Element, paragraph: Paragraph, font: str) -> None:
        self._say(parent.text, paragraph, font)
        for child in parent:
            self._child(child, paragraph, font)
            self._say(child.tail, paragraph, font)

    def _child(self, child: etree._Element, paragraph: Paragraph, font: str) -> None:
        match _name(child):
            case "s":
                count = child.get(f"{TEXT}c", "1")
                width = min(int(count), MAX_SPACES) if count.isdecimal() else 1
                paragraph.pieces.append(Piece(" " * width))
            case "tab":
                paragraph.pieces.append(Piece("\t"))
            case "line-break":
                paragraph.pieces.append(Piece("\n"))
            case "note":
                body = child.find(f"{TEXT}note-body")
                self._note("footnote", "" if body is None else _words(body))
            case "annotation":
                self._remark(child, paragraph)
            case "frame" | "custom-shape" | "rect" | "line" | "connector" | "g":
                self._frame(child)
            case "a":
                self._note("link", _words(child))
                self._inline(child, paragraph, font)
            case name if name not in _UNSEEN:
                own = self.styles.font("text", child.get(f"{TEXT}style-name"))
                self._inline(child, paragraph, own or font)

    def _say(self, text: str | None, paragraph: Paragraph, font: str) -> None:
        if not text:
            return
        encoding = encoding_of(font)
        plain = text.replace("\t", " ").replace("\n", " ")
        paragraph.pieces.append(Piece(plain, encoding=encoding))
        if encoding and text.strip():
            self._note(encoding.removesuffix("_capitals"), font, once=True)

    def _remark(self, annotation: etree._Element, paragraph: Paragraph) -> None:
        author = (annotation.findtext(CREATOR) or "").strip()
        words = "\n".join(filter(None, map(_words, annotation.iter(f"{TEXT}p"))))
        at = len(paragraph.text("original"))
        self.remarks.append(Remark(author, words, len(self.paragraphs) - 1, "", at))

    def _frame(self, frame: etree._Element) -> None:
        boxes = [frame] if _name(frame) == "text-box" else list(frame.iter(f"{DRAW}text-box"))
        own = [child for child in frame if _name(child) in ("p", "list")]
        self.boxes += [box for box in boxes if not _is_in_another(box, boxes)]
        if own:
            self.boxes.append(frame)
        if frame.find(f".//{DRAW}image") is not None:
            self._note("picture", frame.get(f"{DRAW}name", ""))
        elif frame.find(f".//{DRAW}object") is not None:
            self._note("object")
        elif not boxes and not own:
            self._note("shape")

    # The rest.

    def note_headers(self, styles: etree._Element) -> None:
        for one in styles.iter(*_MARGINS):
            words = _words(one)
            if words.strip("0123456789-–—. "):
                self._note("header", words)

    def _note(self, what: str, words: str = "", once: bool = False) -> None:
        note = self.notes[what]
        note.what, note.count = what, note.count + 1
        words = " ".join(words.split())[:FIRST_WORDS]
        if words and not (once and words in note.words):
            note.words.append(words)

    def document(self, changes: int) -> Document:
        refuse_endless(self.paragraphs, len(self.remarks))
        counter = Counter()
        left = lines(self.paragraphs, "accepted", counter)
        for _ in range(counter.relettered):
            self._note("relettered")
        if changes:
            self.notes["accepted_only"] = Note("accepted_only", changes)
        notes = [note for note in self.notes.values() if note.count]
        return Document(left, left, remarks=self.remarks, notes=notes)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_in_another(box: etree._Element, boxes: list[etree._Element]) -> bool:
    return any(one in boxes for one in box.iterancestors(f"{DRAW}text-box"))


def _levels(style: etree._Element) -> dict[int, Level]:
    found = {}
    for one in style:
        depth = one.get(f"{TEXT}level", "")
        if depth.isdecimal():
            found[int(depth) - 1] = _level(one, int(depth))
    return found


def _level(element: etree._Element, depth: int) -> Level:
    if _name(element) == "list-level-style-bullet":
        return Level("bullet", element.get(f"{TEXT}bullet-char", "-"))
    format = FORMATS.get(element.get(f"{STYLE}num-format", ""), "none")
    if format == "none":
        return Level("none")
    shown, start = element.get(f"{TEXT}display-levels", "1"), element.get(f"{TEXT}start-value", "1")
    first = depth - int(shown) + 1 if shown.isdecimal() else depth
    figures = ".".join(f"%{place}" for place in range(max(first, 1), depth + 1))
    before, after = element.get(f"{STYLE}num-prefix", ""), element.get(f"{STYLE}num-suffix", "")
    listed = element.get(f"{LOEXT}num-list-format")
    shape = _loext(listed) if listed else f"{before}{figures}{after}"
    return Level(format, shape, int(start) if start.isdecimal() else 1)


def _loext(shape: str) -> str:
    """LibreOffice writes `%1%.` for what is `%1.` elsewhere."""
    for place in range(1, 11):
        shape = shape.replace(f"%{place}%", f"%{place}")
    return shape
