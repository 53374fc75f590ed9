"""Reads Word files as Word does, without the library that wrote them."""

import io
import zipfile
from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Choice = Literal["accept", "reject"]


class Read(NamedTuple):
    """A paragraph as it is left when all changes have been accepted or rejected."""

    style: str
    text: str


def part(docx: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return etree.fromstring(parts.read(name))


def body(docx: bytes) -> etree._Element:
    return part(docx, "word/document.xml").find(f"{W}body")


def accepted(docx: bytes) -> list[Read]:
    return list(_paragraphs(body(docx), "accept"))


def rejected(docx: bytes) -> list[Read]:
    return list(_paragraphs(body(docx), "reject"))


def _paragraphs(parent: etree._Element, choice: Choice) -> Iterator[Read]:
    """A paragraph whose mark goes runs on in the next one, and takes its style."""
    dropped = "del" if choice == "accept" else "ins"
    text = ""
    for child in parent:
        if child.tag == f"{W}p":
            text += _text(child, dropped)
            if child.find(f"{W}pPr/{W}rPr/{W}{dropped}") is None:
                yield Read(_style(child, choice), text)
                text = ""
        elif child.tag in (f"{W}tbl", f"{W}tr", f"{W}tc"):
            assert not text, "the mark of a paragraph before a table cannot go"
            yield from _paragraphs(child, choice)
    assert not text, "the last mark of a cell or of the body cannot go"


def _text(paragraph: etree._Element, dropped: str) -> str:
    runs = (run for run in paragraph.iter(f"{W}r") if run.getparent().tag != f"{W}{dropped}")
    return "".join(t.text or "" for run in runs for t in run.iter(f"{W}t", f"{W}delText"))


def _style(paragraph: etree._Element, choice: Choice) -> str:
    before = paragraph.find(f"{W}pPr/{W}pPrChange/{W}pPr/{W}pStyle")
    now = paragraph.find(f"{W}pPr/{W}pStyle")
    return (now if choice == "accept" or before is None else before).get(f"{W}val")


class Tracked(NamedTuple):
    """A change of words: "ins" or "del", whose, when, and the words."""

    kind: str
    author: str
    date: str
    text: str


def changes(docx: bytes) -> list[Tracked]:
    found = (e for e in body(docx).iter(f"{W}ins", f"{W}del") if e.find(f"{W}r") is not None)
    return [
        Tracked(
            etree.QName(e).localname,
            e.get(f"{W}author"),
            e.get(f"{W}date"),
            "".join(t.text for t in e.iter(f"{W}t", f"{W}delText")),
        )
        for e in found
    ]


class Comment(NamedTuple):
    author: str
    date: str
    text: str
    about: str  # all words of its range, of both states


def comments(docx: bytes) -> list[Comment]:
    about = _ranges(body(docx))
    return [
        Comment(
            e.get(f"{W}author"),
            e.get(f"{W}date"),
            "\n".join("".join(t.text for t in p.iter(f"{W}t")) for p in e.iter(f"{W}p")),
            about[e.get(f"{W}id")],
        )
        for e in part(docx, "word/comments.xml")
    ]


def _ranges(tree: etree._Element) -> dict[str, str]:
    """By id the words between a comment's start and end; a range that is not closed fails."""
    open_: dict[str, list[str]] = {}
    closed: dict[str, str] = {}
    for e in tree.iter():
        name = etree.QName(e).localname
        if name == "commentRangeStart":
            open_[e.get(f"{W}id")] = []
        elif name == "commentRangeEnd":
            closed[e.get(f"{W}id")] = "".join(open_.pop(e.get(f"{W}id")))
        elif name in ("t", "delText"):
            for words in open_.values():
                words.append(e.text or "")
    assert not open_
    return closed
