"""Counts as bars, drawn by the templates: where every stretch begins and how long it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

# In pixels. A sheet of A4 holds so many lines, and a drawing that is longer would be cut in a line.
LINE_HEIGHT, BASELINE = 26, 17
LINES_PER_DRAWING = 30
# In percent of the width of a drawing: where bars begin, where the longest ends, and where it ends
# when words stand behind it.
BARS_FROM, BARS_TO, BARS_TO_BEFORE_WORDS = 34, 92, 64


@dataclass(frozen=True)
class Block:
    """A stretch of a bar; `x` and `width` as SVG wants them, in percent."""

    x: str
    width: str
    fill: str
    words: str


@dataclass(frozen=True)
class Bar:
    """A line of a drawing: `y` its upper edge in pixels, `after` where the words behind begin."""

    name: str
    y: int
    blocks: tuple[Block, ...]
    total: int
    after: str
    note: str = ""

    @property
    def baseline(self) -> int:
        return self.y + BASELINE


@dataclass(frozen=True)
class Drawing:
    """One SVG with as many lines as fit on a sheet, from number `first` to `last`."""

    bars: tuple[Bar, ...]
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.bars) - 1

    @property
    def height(self) -> int:
        return LINE_HEIGHT * len(self.bars)


@dataclass(frozen=True)
class Line:
    """What is drawn: a name, its counts in the order of the shades, a word behind the bar."""

    name: str
    counts: tuple[int, ...]
    note: str = ""
    url: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Shade:
    """A fill and what it stands for."""

    fill: str
    label: str


@dataclass(frozen=True)
class Chart:
    """Bars on one scale. `of` says what a line is, `words` what the chart shows as a whole."""

    slug: str
    title: str
    of: str
    words: str
    shades: Sequence[Shade]
    lines: Sequence[Line]
    note: str = ""

    @cached_property
    def drawings(self) -> list[Drawing]:
        """Cut where a sheet is full, so that no line of it is."""
        starts = range(0, len(self.lines), LINES_PER_DRAWING)
        return [self._drawing(at) for at in starts]

    @property
    def of_shades(self) -> list[tuple[Shade, int]]:
        """Every shade with its sum over all lines."""
        columns = zip(*(line.counts for line in self.lines), strict=True)
        return list(zip(self.shades, map(sum, columns), strict=True))

    @property
    def rows(self) -> list[tuple[Line, list[tuple[Shade, int]]]]:
        """The table behind: every line with its counts, each beside what it counts."""
        shades = self.shades
        return [(line, list(zip(shades, line.counts, strict=True))) for line in self.lines]

    def _drawing(self, at: int) -> Drawing:
        lines = self.lines[at : at + LINES_PER_DRAWING]
        bars = tuple(self._bar(line, place) for place, line in enumerate(lines))
        return Drawing(bars, at + 1)

    @cached_property
    def _scale(self) -> float:
        longest = max(line.total for line in self.lines) or 1
        end = BARS_TO_BEFORE_WORDS if self.note else BARS_TO
        return (end - BARS_FROM) / longest

    def _bar(self, line: Line, place: int) -> Bar:
        after = _percent(BARS_FROM + line.total * self._scale)
        blocks = tuple(self._blocks(line.counts))
        return Bar(line.name, place * LINE_HEIGHT, blocks, line.total, after, line.note)

    def _blocks(self, counts: Sequence[int]) -> Iterator[Block]:
        starts = accumulate(counts, initial=0)
        for start, count, shade in zip(starts, counts, self.shades, strict=False):
            if count:
                x = _percent(BARS_FROM + start * self._scale)
                width = _percent(count * self._scale)
                yield Block(x, width, shade.fill, f"{shade.label}: {count}")


def _percent(number: float) -> str:
    return f"{number:.2f}%"
