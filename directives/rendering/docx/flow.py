"""Two states of some paragraphs as one stream of words and paragraph marks.

Word tracks words and the marks that end paragraphs, each kept, inserted or deleted: taking what is
kept or inserted gives the new paragraphs, taking what is kept or deleted the old ones.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice, pairwise
from typing import Literal, NamedTuple
from uuid import UUID

from directives.text.diff import Op, diff

Change = Literal["equal", "insert", "delete"]


class Hand(NamedTuple):
    """Who wrote something, and when (aware)."""

    author: str
    at: datetime


class Remark(NamedTuple):
    """What is said beside the text; lines are paragraphs."""

    hand: Hand
    text: str


class Claim(NamedTuple):
    """`text[start:end]` of a provision was written by a hand; without length, words were deleted
    there."""

    start: int
    end: int
    hand: Hand
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Authorship:
    """Whose the changes are. What nobody claims, by the provision's key, is by `otherwise`.

    `remarks` stand beside a provision; those under None beside the paper as a whole.
    """

    otherwise: Hand
    claims: Mapping[UUID, Sequence[Claim]] = field(default_factory=dict)
    remarks: Mapping[UUID | None, Sequence[Remark]] = field(default_factory=dict)


@dataclass(frozen=True)
class Para:
    """A paragraph in a style. `shift` is added to an offset in it to get that in the provision."""

    style: str
    text: str
    key: UUID | None = None
    shift: int = 0


class Words(NamedTuple):
    change: Change
    text: str
    hand: Hand
    remarks: tuple[Remark, ...] = ()


class Mark(NamedTuple):
    """The end of a paragraph, and the style that it gives in the old and the new state."""

    change: Change
    old_style: str
    style: str
    hand: Hand


Piece = Words | Mark


def flow(old: Sequence[Para], new: Sequence[Para], by: Authorship) -> list[Piece]:
    """The stream of one place of the paper; where one side is empty all is inserted or deleted."""
    return as_typed([list(_Flow(old, new, by).pieces())])[0]


def as_typed(streams: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """Streams that follow each other, with the marks where typing leaves them: paragraphs added
    behind words added at the end of a paragraph come before its mark.

    With the mark between them LibreOffice takes both for one insertion, and rejects it too.
    """
    pieces = [piece for stream in streams for piece in stream]
    kept: tuple[int, Mark] | None = None
    first = 0
    for place, mark in enumerate(pieces):
        if not isinstance(mark, Mark):
            continue
        changes = [piece.change for piece in pieces[first:place]]
        if kept and {mark.change, *changes} == {"insert"}:
            at, before = kept
            pieces[at] = Mark("insert", before.style, before.style, mark.hand)
            kept = place, Mark("equal", before.old_style, mark.style, mark.hand)
            pieces[place] = kept[1]
        else:
            typed = mark.change == "equal" and changes[-1:] == ["insert"]
            kept = (place, mark) if typed else None
        first = place + 1
    rest = iter(pieces)
    return [list(islice(rest, len(stream))) for stream in streams]


class _Flow:
    def __init__(self, old: Sequence[Para], new: Sequence[Para], by: Authorship) -> None:
        self.old, self.new = old, new
        self.otherwise = by.otherwise
        self.claims = sorted(_placed(new, by.claims), key=lambda placed: placed[:2])
        self.old_styles = iter([para.style for para in old])
        self.styles = iter([para.style for para in new])

    def pieces(self) -> Iterator[Piece]:
        for op in diff(_joined(self.old), _joined(self.new)):
            if op.kind == "equal":
                yield from self._cut("equal", op.new, self.otherwise)
                continue
            for part in _parted(op):
                yield from self._deleted(part)
                yield from self._inserted(part)
        if self.old or self.new:
            last: Change = "insert" if not self.old else "delete" if not self.new else "equal"
            yield self._mark(last, self._hand_of_all())

    def _deleted(self, op: Op) -> Iterator[Piece]:
        end = op.new_start + len(op.new)
        touching = (c for start, stop, c in self.claims if start <= end and stop >= op.new_start)
        claim = next(touching, None)
        if op.old:
            yield from self._cut("delete", op.old, *self._signed(claim))

    def _inserted(self, op: Op) -> Iterator[Piece]:
        first, last = op.new_start, op.new_start + len(op.new)
        edges = {edge for start, end, _claim in self.claims for edge in (start, end)}
        cuts = sorted({first, last} | {edge for edge in edges if first < edge < last})
        for start, end in pairwise(cuts):
            around = (c for begin, stop, c in self.claims if begin <= start and end <= stop)
            text = op.new[start - first : end - first]
            yield from self._cut("insert", text, *self._signed(next(around, None)))

    def _signed(self, claim: Claim | None) -> tuple[Hand, tuple[Remark, ...]]:
        return (claim.hand, claim.remarks) if claim else (self.otherwise, ())

    def _hand_of_all(self) -> Hand:
        """A provision that is new as a whole came with its mark from whoever wrote it."""
        return self.claims[0][2].hand if self.claims else self.otherwise

    def _cut(
        self, change: Change, text: str, hand: Hand, remarks: tuple[Remark, ...] = ()
    ) -> Iterator[Piece]:
        for place, line in enumerate(text.split("\n")):
            if place:
                yield self._mark(change, hand)
            if line:
                yield Words(change, line, hand, remarks)

    def _mark(self, change: Change, hand: Hand) -> Mark:
        old = next(self.old_styles) if change != "insert" else ""
        new = next(self.styles) if change != "delete" else ""
        return Mark(change, old or new, new or old, hand)


def _parted(op: Op) -> Iterator[Op]:
    """What is new at the end of a paragraph stands there, before the paragraphs that go."""
    ending, mark, rest = op.old.partition("\n")
    if not mark or not op.new or "\n" in op.new:
        yield op
        return
    yield op._replace(old=ending)
    old_start, new_start = op.old_start + len(ending), op.new_start + len(op.new)
    yield Op(op.kind, mark + rest, "", old_start, new_start)


def _joined(paras: Sequence[Para]) -> str:
    return "\n".join(para.text for para in paras)


def _placed(
    paras: Sequence[Para], claims: Mapping[UUID, Sequence[Claim]]
) -> Iterator[tuple[int, int, Claim]]:
    """The claims with their places in the joined text."""
    at = 0
    for para in paras:
        for claim in claims.get(para.key, ()) if para.key else ():
            start = max(claim.start - para.shift, 0)
            end = min(claim.end - para.shift, len(para.text))
            if start < end or (start == end and claim.start == claim.end):
                yield at + start, at + end, claim
        at += len(para.text) + 1


def remarks_in(pieces: Iterable[Piece]) -> dict[Remark, tuple[int, int]]:
    """Each remark on words of the stream, with the first and the last of these pieces."""
    found: dict[Remark, tuple[int, int]] = {}
    for place, piece in enumerate(pieces):
        for remark in piece.remarks if isinstance(piece, Words) else ():
            found[remark] = (found.get(remark, (place,))[0], place)
    return found
