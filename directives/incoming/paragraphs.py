"""Paragraphs of a file with both states of their words, and the lines that each state leaves.

Rejecting all changes leaves the original, accepting them the accepted state. A paragraph whose mark
is gone in a state runs on in the next one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple

from directives.text.normalise import lines as broken

from .counting import Listed
from .legacy_fonts import Encoding, is_cut_letter, to_unicode
from .shapes import Line, Unreadable

MAX_CHARACTERS = 400_000
MAX_PARAGRAPHS, MAX_REMARKS = 10_000, 1_000
# Two columns are a header or a signature block beside the recipients; more are a table of facts.
COLUMNS_OF_LAYOUT = 2

State = Literal["accepted", "original"]
Number = Callable[[Listed], str]


class Presence(NamedTuple):
    """In which states something is there, and who changed that."""

    original: bool = True
    accepted: bool = True
    author: str = ""

    def inserted(self, author: str) -> "Presence":
        return Presence(False, self.accepted, author)

    def deleted(self, author: str) -> "Presence":
        return Presence(self.original, False, author)

    def within(self, state: State) -> bool:
        return self.accepted if state == "accepted" else self.original

    @property
    def is_changed(self) -> bool:
        return not (self.original and self.accepted)


KEPT = Presence()


class Cell(NamedTuple):
    """Where a paragraph stands in a table: the row's number in the file, and the cell in it."""

    row: int
    column: int


@dataclass
class Piece:
    text: str
    presence: Presence = KEPT
    encoding: Encoding = ""

    @property
    def shown(self) -> str:
        return to_unicode(self.text, self.encoding)


@dataclass
class Paragraph:
    """`listed` names the list and level that number it, in each state, for the file's counter."""

    pieces: list[Piece] = field(default_factory=list)
    mark: Presence = KEPT
    cell: Cell | None = None
    listed: dict[State, Listed] = field(default_factory=dict)

    def text(self, state: State, upto: int | None = None) -> str:
        return "".join(p.text for p in self.pieces[:upto] if p.presence.within(state))

    @property
    def authors(self) -> Iterator[str]:
        presences = [self.mark, *(piece.presence for piece in self.pieces if piece.text)]
        return (one.author for one in presences if one.is_changed and one.author)

    def convert(self) -> None:
        """Old fonts to Unicode, each piece by its own font."""
        for before, after in zip(self.pieces, self.pieces[1:], strict=False):
            vni = before.encoding.startswith("vni") and before.encoding == after.encoding
            if vni and is_cut_letter(before.text, after.text):
                before.text, after.text = before.text + after.text[0], after.text[1:]
        for piece in self.pieces:
            piece.text, piece.encoding = piece.shown, ""


def changes(paragraphs: Sequence[Paragraph]) -> int:
    """Runs of changed words by one hand count once, as Word counts them."""
    return sum(
        piece.presence.is_changed and (not n or one.pieces[n - 1].presence != piece.presence)
        for one in paragraphs
        for n, piece in enumerate(one.pieces)
        if piece.text
    ) or sum(one.mark.is_changed for one in paragraphs)


def authors(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Everybody who changed something, in the order of the text."""
    return list(dict.fromkeys(name for one in paragraphs for name in one.authors))


def refuse_endless(paragraphs: Sequence[Paragraph], remarks: int) -> None:
    """What follows is done with a text of a size that a draft can have."""
    length = sum(len(piece.text) for one in paragraphs for piece in one.pieces)
    if len(paragraphs) > MAX_PARAGRAPHS or length > MAX_CHARACTERS or remarks > MAX_REMARKS:
        raise Unreadable("too_long")


def lines(paragraphs: Sequence[Paragraph], state: State, number: Number) -> list[Line]:
    """The lines of one state in order; cells of a row stand in one line where they can."""
    left = _left(paragraphs, state, number)
    found: list[Line] = []
    for row, group in groupby(left, key=lambda one: one[0].row if one[0] else None):
        cells = list(group)
        found += [line for _, line in cells] if row is None else _row(cells)
    return found


def _left(
    paragraphs: Sequence[Paragraph], state: State, number: Number
) -> Iterator[tuple[Cell | None, Line]]:
    run_on: list[int] = []
    for place, paragraph in enumerate(paragraphs):
        run_on.append(place)
        if paragraph.mark.within(state):
            yield from ((paragraph.cell, line) for line in _line(paragraphs, run_on, state, number))
            run_on = []
    yield from ((None, line) for line in _line(paragraphs, run_on, state, number))


def _line(
    paragraphs: Sequence[Paragraph], places: list[int], state: State, number: Number
) -> Iterator[Line]:
    """One line, or several where breaks stand in it; its list is that of the mark that is left."""
    texts = {place: paragraphs[place].text(state) for place in places}
    text = "".join(texts.values())
    if not text.strip():
        return
    listed = paragraphs[places[-1]].listed.get(state)
    label = number(listed) if listed is not None else ""
    said = [place for place in places if texts[place].strip()]
    heads = sorted(places, key=lambda place: place not in said)
    authors = tuple(dict.fromkeys(name for place in said for name in paragraphs[place].authors))
    for count, part in enumerate(filter(str.strip, broken(text))):
        shown = f"{label} {part.lstrip()}" if label and not count else part
        yield Line(shown, tuple(heads), authors)


def _row(cells: Sequence[tuple[Cell | None, Line]]) -> Iterable[Line]:
    columns = [list(group) for _, group in groupby(cells, key=lambda one: one[0])]
    if any(len(column) > 1 for column in columns) or len(columns) < 2:
        return [line for _, line in cells]
    found = [column[0][1] for column in columns]
    joint = "\t" if len(found) <= COLUMNS_OF_LAYOUT else " | "
    return [
        Line(
            joint.join(line.text.strip() for line in found),
            tuple(place for line in found for place in line.paragraphs),
            tuple(dict.fromkeys(name for line in found for name in line.authors)),
        )
    ]
