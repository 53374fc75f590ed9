"""A text cut into provisions, each with the lines of the file that it came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from directives.incoming.shapes import Line
from directives.text import provisions
from directives.text.kinds import Kind
from directives.text.normalise import normalise
from directives.text.provisions import CutUnit


@dataclass
class Unit:
    """A provision found in a text, with the key of the draft's where it is known."""

    key: str | None
    cut: CutUnit

    @property
    def text(self) -> str:
        return self.cut.text


class Side:
    """One text cut into provisions; `lines` are those of the file it came from."""

    def __init__(self, texts: Sequence[str], lines: Sequence[Line] = ()) -> None:
        cut = provisions.cut("\n".join(texts))
        self.units = [Unit(None, unit) for unit in cut.units]
        self.dropped = [" ".join(line.text.split()) for line in cut.dropped]
        self.texts, self.lines = texts, lines

    def texts_of(self, unit: Unit) -> Sequence[str]:
        first, last = unit.cut.lines
        return [text.strip() for text in self.texts[first - 1 : last]]

    def lines_of(self, unit: Unit) -> Sequence[Line]:
        first, last = unit.cut.lines
        return self.lines[first - 1 : last]

    def head(self, unit: Unit) -> int:
        """The paragraph of the file in which the provision begins."""
        return self.lines_of(unit)[0].paragraphs[0]

    def authors(self, unit: Unit | None) -> tuple[str, ...]:
        lines = self.lines_of(unit) if unit else ()
        return tuple(dict.fromkeys(name for line in lines for name in line.authors))

    def by_key(self) -> dict[str, Unit]:
        return {unit.key: unit for unit in self.units if unit.key}

    def part(self, kinds: Mapping[int, Kind]) -> None:
        """Let a provision begin at each of these paragraphs, whatever its words are now."""
        self.units = [part for unit in self.units for part in self._parts(unit, kinds)]

    def _parts(self, unit: Unit, kinds: Mapping[int, Kind]) -> Iterator[Unit]:
        first, last = unit.cut.lines
        for number in range(last, first, -1):
            kind = kinds.get(self.lines[number - 1].paragraphs[0])
            at = unit.text.rfind(normalise(self.lines[number - 1].text).strip())
            if kind and at > 0:
                yield from self._parts(_shorter(unit, at, number - 1), kinds)
                yield Unit(None, CutUnit(kind, unit.text[at:], False, (number, last)))
                return
        yield unit

    @cached_property
    def around(self) -> dict[int, tuple[Unit, Line]]:
        """By the paragraph of the file the provision it is part of, and the line it is in."""
        return {
            paragraph: (unit, line)
            for unit in reversed(self.units)
            for line in self.lines_of(unit)
            for paragraph in line.paragraphs
        }


def _shorter(unit: Unit, at: int, last: int) -> Unit:
    """The unit up to a place in its text, and up to a line."""
    text, lines = unit.text[:at].rstrip(), (unit.cut.lines[0], last)
    return Unit(unit.key, replace(unit.cut, text=text, lines=lines))


def side_of(lines: Sequence[Line]) -> Side:
    return Side([line.text for line in lines], lines)
