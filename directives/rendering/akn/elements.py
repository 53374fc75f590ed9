"""The elements that a provision becomes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from directives.models import Provision
from directives.rendering.lines import Line
from directives.text.kinds import LEVELS, Kind

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# Akoma Ntoso knows no level below an indent: the plus is a container with a name.
ELEMENTS = {
    Kind.PART: "part",
    Kind.CLAUSE: "clause",
    Kind.POINT: "point",
    Kind.DASH: "indent",
    Kind.PLUS: "hcontainer",
    Kind.ANNEX: "attachment",
}
NAMES = {
    Kind.SUBJECT: "trich-yeu",
    Kind.BASIS: "can-cu",
    Kind.PREAMBLE: "mo-dau",
    Kind.PLUS: "dau-cong",
    Kind.CLOSING: "ket-thuc",
    Kind.RECIPIENTS: "noi-nhan",
}
Element = etree._Element


class Link(NamedTuple):
    """`text[start:end]` names the provision with this eId."""

    start: int
    end: int
    eid: str


@dataclass(frozen=True)
class Unit:
    """A provision as it stands in the XML; `links` are its references to others."""

    provision: Provision
    kind: Kind
    lines: Sequence[Line]
    eid: str
    wid: str
    links: Sequence[Link]


def containers(parent: Element, units: Iterable[Unit]) -> None:
    """Provisions without a level, each a container of its lines."""
    for unit in units:
        container = add(parent, "container", name=NAMES[unit.kind], **ids(unit))
        for line in unit.lines:
            _linked(container, line.printed, _links_in(line, line.printed, unit))


def body_of(body: Element, units: Sequence[Unit]) -> None:
    """Provisions nested as they are numbered."""
    open_: list[tuple[int, Element]] = []
    for unit in units:
        if unit.kind not in LEVELS:
            open_ = []
            containers(body, [unit])
            continue
        level = LEVELS.index(unit.kind)
        open_ = [(depth, element) for depth, element in open_ if depth < level]
        parent = open_[-1][1] if open_ else body
        open_.append((level, _level(parent, unit)))
    for content in body.iter(qualified("intro")):
        if content.getnext() is None:
            content.tag = qualified("content")


def _level(parent: Element, unit: Unit) -> Element:
    """A numbered provision; its words are the lead of what stands under it, if anything does."""
    named = {"name": NAMES[unit.kind]} if unit.kind in NAMES else {}
    level = add(parent, ELEMENTS[unit.kind], **named, **ids(unit))
    add(level, "num").text = unit.lines[0].number
    lines = list(unit.lines)
    if lines[0].heading:
        add(level, "heading").text = lines.pop(0).text
    if lines:
        intro = add(level, "intro")
        for line in lines:
            _linked(intro, line.text, _links_in(line, line.text, unit))
    return level


def _links_in(line: Line, shown: str, unit: Unit) -> Iterator[Link]:
    """The links of a provision that stand in one line, by their places in what is shown of it."""
    shift = len(shown) - len(line.text) - line.start
    for start, end, eid in unit.links:
        if line.start <= start and end <= line.start + len(line.text):
            yield Link(start + shift, end + shift, eid)


def ids(unit: Unit) -> dict[str, str]:
    return {"eId": unit.eid, "wId": unit.wid, "GUID": str(unit.provision.key)}


def put_line(parent: Element, text: str, inline: str = "", **attributes: str) -> None:
    """A paragraph, its words in an inline element where one is named."""
    line = add(parent, "p")
    if inline:
        line = add(line, inline, **attributes)
    line.text = text


def _linked(parent: Element, text: str, links: Iterable[Link]) -> None:
    line, at = add(parent, "p"), 0
    line.text = text
    for start, end, eid in links:
        before = text[at:start]
        if len(line):
            line[-1].tail = before
        else:
            line.text = before
        ref = add(line, "ref", href=f"#{eid}")
        ref.text, ref.tail, at = text[start:end], text[end:], end


def add(parent: Element, tag: str, **attributes: str) -> Element:
    return etree.SubElement(parent, qualified(tag), attributes)


def qualified(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
