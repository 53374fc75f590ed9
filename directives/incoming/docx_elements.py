"""Single elements of a Word file: what they are called, say and change."""

from collections.abc import Iterator

from lxml import etree

from .docx_lists import W, val
from .paragraphs import Presence

ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHANGES = ("ins", "del", "moveFrom", "moveTo")


def name_of(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def changed(here: Presence, change: str, element: etree._Element) -> Presence:
    author = element.get(f"{W}author", "")
    return here.inserted(author) if change in ("ins", "moveTo") else here.deleted(author)


def mark_of(properties: etree._Element | None, here: Presence) -> Presence:
    """Whether the end of the paragraph is there in each state."""
    for change in CHANGES:
        found = None if properties is None else properties.find(f"{W}rPr/{W}{change}")
        here = here if found is None else changed(here, change, found)
    return here


def in_cell(cell: etree._Element, here: Presence) -> Presence:
    """In which states a cell is there that was put in or taken out by itself."""
    for change in CHANGES[:2]:
        mark = cell.find(f"{W}tcPr/{W}cell{change.title()}")
        here = here if mark is None else changed(here, change, mark)
    return here


def chosen(alternate: etree._Element) -> etree._Element:
    """The newer form of what is written twice, or the older one where it stands alone."""
    choice = alternate.find(f"{ALTERNATE}Choice")
    return choice if choice is not None else next(iter(alternate), alternate)


def is_second_choice(box: etree._Element, root: etree._Element) -> bool:
    for one in box.iterancestors(f"{ALTERNATE}Fallback"):
        alternate = one.getparent()
        if alternate is not None and alternate.find(f"{ALTERNATE}Choice") is not None:
            return True
        if one is root:
            break
    return False


def is_nested(box: etree._Element, root: etree._Element) -> bool:
    """A box inside a box is read with the outer one."""
    outer = next(box.iterancestors(f"{W}txbxContent"), None)
    return outer is not None and any(one is root for one in outer.iterancestors())


def cells_of(row: etree._Element) -> Iterator[etree._Element]:
    return (c for c in row.iter(f"{W}tc") if next(c.iterancestors(f"{W}tr")) is row)


def is_ruled(table: etree._Element) -> bool:
    """Whether lines are drawn around its cells: a heading of two columns has none."""
    properties = table.find(f"{W}tblPr")
    borders = properties.find(f"{W}tblBorders") if properties is not None else None
    if borders is not None:
        return any(one.get(f"{W}val") not in ("nil", "none") for one in borders)
    return val(properties, f"{W}tblStyle") == "TableGrid"


def descriptions_of(drawing: etree._Element) -> Iterator[str]:
    named = (one for one in drawing.iter() if name_of(one) == "docPr")
    return (one.get("descr") or one.get("title") or "" for one in named)


def drawn_words(drawing: etree._Element) -> Iterator[str]:
    """Words that are part of a shape, such as those of a WordArt."""
    for one in drawing.iter():
        if name_of(one) == "t":
            yield one.text or ""
        elif name_of(one) == "textpath":
            yield one.get("string", "")


def holds(element: etree._Element, name: str) -> bool:
    """Whether there are runs or paragraphs in it, whatever it is called."""
    return next(element.iter(f"{W}{name}"), None) is not None


def words_of(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def notes_of(tree: etree._Element | None, name: str) -> dict[str, str]:
    """The notes at the foot by their number."""
    notes = [] if tree is None else tree.findall(f"{W}{name}")
    return {one.get(f"{W}id", ""): words_of(one).strip() for one in notes}


def lines_shown(tree: etree._Element) -> Iterator[str]:
    return (words for paragraph in tree.iter(f"{W}p") if (words := words_of(paragraph).strip()))


def is_code(code: str) -> bool:
    return 0 < len(code) <= 4 and all(sign in "0123456789abcdefABCDEF" for sign in code)
