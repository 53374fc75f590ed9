"""The pieces of which a paper is put together, each with what of the record it comes from."""

from dataclasses import dataclass

from directives.text.kinds import Kind
from meetings.models import SectionKind

# A section's kind and level as a provision of a paper has them: I- 1. a) and - +.
HEADINGS = (Kind.PART, Kind.CLAUSE, Kind.POINT)
LINES = (Kind.DASH, Kind.PLUS)


@dataclass(frozen=True)
class Piece:
    """A section before it is stored. `source` is unique in its paper."""

    source: str
    text: str
    kind: SectionKind = SectionKind.PARAGRAPH
    level: int = 0
    item_id: int | None = None


def heading(source: str, text: str, level: int, item_id: int | None = None) -> Piece:
    return Piece(source, text, SectionKind.HEADING, level, item_id)


def line(source: str, text: str, item_id: int | None = None) -> Piece:
    return Piece(source, text, SectionKind.LINE, 0, item_id)


def printed_kind(kind: str, level: int) -> Kind:
    """What the section is on paper."""
    if kind == SectionKind.HEADING:
        return HEADINGS[min(level, len(HEADINGS) - 1)]
    if kind == SectionKind.LINE:
        return LINES[min(level, len(LINES) - 1)]
    return Kind.PREAMBLE
