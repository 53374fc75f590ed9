"""Automatic numbers as the words that the cutting of a text understands: `2.`, `đ)`, `IV-`, `-`."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from directives.text.numbering import letters, roman

_SIGNS_OF_PLUS = ("+", "o", "◦", "○")
_ENDS = ".):-–/"
# Word counts a, b, c, d, e; the rule a, b, c, d, đ, e: from the fifth on they differ.
FIFTH = 5


@dataclass(frozen=True)
class Level:
    """How a level of a list is numbered. `shape` holds %1, %2 … for the numbers of its levels."""

    format: str = "decimal"
    shape: str = "%1."
    start: int = 1
    restarts: bool = True
    decimals_only: bool = False


@dataclass(frozen=True)
class Listed:
    """A paragraph's place in a list. `start`: the number that this paragraph begins again with;
    `token` tells beginnings apart, each of which happens once."""

    list: Hashable
    level: int
    levels: Mapping[int, Level]
    start: int | None = None
    token: Hashable = None


class _Beginning(NamedTuple):
    list: Hashable
    level: int
    token: Hashable


@dataclass
class Counter:
    """Counts the paragraphs of one state of a file from its first to its last."""

    counts: dict[Hashable, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[_Beginning] = field(default_factory=set)
    relettered: int = 0

    def __call__(self, listed: Listed) -> str:
        level = listed.levels.get(listed.level, Level())
        if level.format == "none":
            return ""
        if level.format == "bullet":
            return "+" if level.shape.strip() in _SIGNS_OF_PLUS else "-"
        self._count(listed, level)
        return self._label(listed, level)

    def _count(self, listed: Listed, level: Level) -> None:
        counts = self.counts[listed.list]
        beginning = _Beginning(listed.list, listed.level, listed.token)
        if listed.start is not None and beginning not in self.begun:
            counts[listed.level] = listed.start - 1
        self.begun.add(beginning)
        counts[listed.level] = counts.get(listed.level, level.start - 1) + 1
        for deeper in [one for one in counts if one > listed.level]:
            if listed.levels.get(deeper, Level()).restarts:
                del counts[deeper]

    def _label(self, listed: Listed, level: Level) -> str:
        counts, label = self.counts[listed.list], level.shape
        for place in range(listed.level, -1, -1):
            of = listed.levels.get(place, Level())
            shown = "decimal" if level.decimals_only else of.format
            label = label.replace(f"%{place + 1}", self._figure(shown, counts.get(place, of.start)))
        label = label.strip()
        if not label or label[-1] in _ENDS:
            return label
        return label + (")" if level.format == "lowerLetter" else ".")

    def _figure(self, shown: str, count: int) -> str:
        match shown:
            case "lowerLetter" | "upperLetter":
                self.relettered += count >= FIFTH
                letter = letters(count)
                return letter if shown == "lowerLetter" else letter.upper()
            case "upperRoman":
                return roman(count)
            case "lowerRoman":
                return roman(count).lower()
            case "decimalZero":
                return f"{count:02}"
            case _:
                return str(count)
