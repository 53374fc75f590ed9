"""What the rules read and what they find: plain values, offsets in code points of NFC text."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from directives.text import numbering
from directives.text.kinds import Kind
from directives.text.numbering import Step


class Severity(StrEnum):
    MUST = "must"
    REVIEW = "review"


@dataclass(frozen=True)
class Passage:
    """A provision: its text without its number, and `trail`, its place in the numbering."""

    key: str
    kind: Kind
    text: str
    headed: bool = False
    trail: tuple[Step, ...] = ()

    @property
    def body(self) -> str:
        """The text without its heading."""
        return self.text.partition("\n")[2] if self.headed else self.text

    def ordinal(self, kind: Kind) -> int | None:
        """Under the how-manieth provision of a kind it stands, or the how-manieth it is."""
        return next((step.ordinal for step in self.trail if step.kind is kind), None)

    def stands_under(self, other: "Passage") -> bool:
        depth = len(other.trail)
        return len(self.trail) > depth and self.trail[:depth] == other.trail


@dataclass(frozen=True)
class Document:
    """The provisions in order, recipients among them, and the day the document bears."""

    passages: tuple[Passage, ...]
    dated: date

    def of_kind(self, *kinds: Kind) -> list[Passage]:
        return [passage for passage in self.passages if passage.kind in kinds]

    def without(self, *kinds: Kind) -> list[Passage]:
        return [passage for passage in self.passages if passage.kind not in kinds]


def document(units: Sequence[tuple[str, Kind, str, bool]], dated: date) -> Document:
    """From (key, kind, text, whether the first line is a heading) of each provision in order."""
    trails = numbering.trails([kind for _key, kind, _text, _headed in units])
    passages = (Passage(*unit, trail) for unit, trail in zip(units, trails, strict=True))
    return Document(tuple(passages), dated)


@dataclass(frozen=True)
class Edit:
    """Put `text` in the place of the characters from `start` to `end` of a passage."""

    key: str
    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits, which are all on this text; of two that overlap the first."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start >= at:
            pieces += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join(pieces) + text[at:]


@dataclass(frozen=True)
class Spot:
    """What a rule found in a passage, the edit that mends it, and facts for the message."""

    passage: Passage
    start: int
    end: int
    edit: Edit | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def quote(self) -> str:
        return self.passage.text[self.start : self.end]


def mended(passage: Passage, start: int, end: int, text: str, **facts: str) -> Spot:
    """A spot whose own characters are what is to be replaced."""
    return Spot(passage, start, end, Edit(passage.key, start, end, text), facts)


@dataclass(frozen=True)
class Rule:
    code: str
    severity: Severity
    find: Callable[[Document], Iterator[Spot]]


@dataclass(frozen=True)
class Finding:
    """`key` stays the same while the rule finds the same words in the same provision."""

    key: str
    rule: Rule
    spot: Spot


def stable_key(rule: Rule, spot: Spot, nth: int) -> str:
    """`nth`: the how-manieth time the rule finds these words in this provision."""
    said = "\n".join((rule.code, spot.passage.key, spot.quote, str(nth)))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
