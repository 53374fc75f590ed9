"""The names of an OpenDocument text, and what its styles say of fonts and lists."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from .counting import Level

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, STYLE = f"{{{_SPACE}office:1.0}}", f"{{{_SPACE}text:1.0}}", f"{{{_SPACE}style:1.0}}"
TABLE, DRAW = f"{{{_SPACE}table:1.0}}", f"{{{_SPACE}drawing:1.0}}"
SCRIPT = f"{{{_SPACE}script:1.0}}"
SVG = f"{{{_SPACE}svg-compatible:1.0}}"
FO = f"{{{_SPACE}xsl-fo-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
           "I": "upperRoman"}  # fmt: skip
MAX_ANCESTORS = 20


class Look(NamedTuple):
    """How letters are printed, as far as it changes what they say."""

    font: str = ""
    hidden: bool = False
    capitals: bool = False
    struck: bool = False


class Styles:
    def __init__(self, trees: list[etree._Element]) -> None:
        every = [style for tree in trees for style in tree.iter(f"{STYLE}style")]
        self._styles = {(s.get(f"{STYLE}family"), s.get(f"{STYLE}name")): s for s in every}
        self._defaults = {
            style.get(f"{STYLE}family"): style
            for tree in trees
            for style in tree.iter(f"{STYLE}default-style")
        }
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

    def is_ruled(self, cell: str | None) -> bool:
        """Whether lines are drawn around a cell of this style."""
        style = self._styles.get(("table-cell", cell))
        drawn = None if style is None else style.find(f"{STYLE}table-cell-properties")
        given = {} if drawn is None else dict(drawn.attrib)
        return any(f"{FO}border" in name and said != "none" for name, said in given.items())

    def look(self, family: str, name: str | None, within: Look) -> Look:
        """What the style says of letters, and for the rest what stands around them."""
        shown = self._said(family, name, f"{TEXT}display")
        case = self._said(family, name, f"{FO}text-transform")
        line = self._said(family, name, f"{STYLE}text-line-through-style")
        return Look(
            self._font(family, name) or within.font,
            within.hidden if shown is None else shown == "none",
            within.capitals if case is None else case == "uppercase",
            within.struck if line is None else line != "none",
        )

    def _font(self, family: str, name: str | None) -> str:
        for letters in self._letters(family, name):
            face = letters.get(f"{STYLE}font-name")
            named = self._faces.get(face, face) if face else letters.get(f"{FO}font-family")
            if named:
                return str(named).strip("'\"")
        return ""

    def _said(self, family: str, name: str | None, what: str) -> str | None:
        found = (letters.get(what) for letters in self._letters(family, name))
        return next((said for said in found if said is not None), None)

    def _letters(self, family: str, name: str | None) -> Iterator[etree._Element]:
        found = (s.find(f"{STYLE}text-properties") for s in self._ancestors(family, name))
        return (letters for letters in found if letters is not None)

    def _ancestors(self, family: str, name: str | None) -> Iterator[etree._Element]:
        for _ in range(MAX_ANCESTORS):
            style = self._styles.get((family, name))
            if style is None:
                break
            yield style
            name = style.get(f"{STYLE}parent-style-name")
        if family in self._defaults:
            yield self._defaults[family]


def name_of(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _levels(style: etree._Element) -> dict[int, Level]:
    found = {}
    for one in style:
        depth = one.get(f"{TEXT}level", "")
        if depth.isdecimal():
            found[int(depth) - 1] = _level(one, int(depth))
    return found


def _level(element: etree._Element, depth: int) -> Level:
    if name_of(element) == "list-level-style-bullet":
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
