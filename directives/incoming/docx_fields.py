"""The fields of a Word file: what each is told to do, and whether its words are shown."""

from dataclasses import dataclass

from lxml import etree

from .counting import Level, Listed
from .docx_lists import W, whole
from .shapes import Unreadable

# Word would fetch these from elsewhere, or let another program work them out.
_FETCHING = ("DDE", "DDEAUTO", "LINK", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT",
             "DATABASE", "RD")  # fmt: skip
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_PLAIN_NUMBERS = ("AUTONUM", "AUTONUMLGL", "AUTONUMOUT")
# The levels that Word gives a LISTNUM without a list of its own.
_LISTNUM = {
    place: Level(format, shape % (place + 1))
    for place, (format, shape) in enumerate(
        (format, shape)
        for shape in ("%%%s)", "(%%%s)", "%%%s.")
        for format in ("decimal", "lowerLetter", "lowerRoman")
    )
}


@dataclass
class _Open:
    instruction: str = ""
    shows: bool = False


class Fields:
    """The fields that are open while the body is read. One that never ends is no field: what
    stands behind its beginning would be lost."""

    def __init__(self, body: etree._Element) -> None:
        self._open: list[_Open] = []
        self._endless = set(_without_end(body))

    @property
    def hide(self) -> bool:
        """Whether words here are part of an instruction."""
        return not all(field.shows for field in self._open)

    def tell(self, words: str) -> None:
        """More of the instruction, which may be cut at any place."""
        if self._open:
            self._open[-1].instruction += words
        else:
            name_of_field(words)

    def turn(self, mark: etree._Element) -> str:
        """At a beginning, middle or end; gives the instruction once it is complete."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin" and mark not in self._endless:
            self._open.append(_Open())
        if kind == "begin" or not self._open:
            return ""
        field = self._open.pop() if kind == "end" else self._open[-1]
        told, field.shows = field.shows, True
        return "" if told else field.instruction


def _without_end(body: etree._Element) -> list[etree._Element]:
    begun: list[etree._Element] = []
    for mark in body.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            begun.pop()
    return begun


def name_of_field(instruction: str) -> str:
    """Empty for a number of a page. Raises Unreadable for what would be fetched."""
    name = (instruction.split() or [""])[0].upper()
    if name in _FETCHING:
        raise Unreadable("external", " ".join(instruction.split()))
    return "" if name in _PAGES else name


def number_of_field(instruction: str) -> Listed | None:
    """The place in a list that a field without words stands for."""
    name, *rest = instruction.split() or [""]
    if name.upper() in _PLAIN_NUMBERS:
        return Listed("AUTONUM", 0, {0: Level()})
    if name.upper() != "LISTNUM":
        return None
    at = rest.index("\\l") + 1 if "\\l" in rest else len(rest)
    level = whole(rest[at], 1) if at < len(rest) else 1
    return Listed("LISTNUM", min(max(level, 1), len(_LISTNUM)) - 1, _LISTNUM)
