"""What a provision can be, and how the levels of the body nest."""

from enum import StrEnum


class Kind(StrEnum):
    SUBJECT = "subject"
    BASIS = "basis"
    PREAMBLE = "preamble"
    PART = "part"
    CLAUSE = "clause"
    POINT = "point"
    DASH = "dash"
    PLUS = "plus"
    CLOSING = "closing"
    RECIPIENTS = "recipients"


LEVELS = (Kind.PART, Kind.CLAUSE, Kind.POINT, Kind.DASH, Kind.PLUS)


def indent(kind: Kind) -> Kind | None:
    """The next level down; None at the lowest and outside the body."""
    return _neighbour(kind, +1)


def outdent(kind: Kind) -> Kind | None:
    """The next level up; None at the highest and outside the body."""
    return _neighbour(kind, -1)


def _neighbour(kind: Kind, step: int) -> Kind | None:
    if kind not in LEVELS:
        return None
    level = LEVELS.index(kind) + step
    return LEVELS[level] if 0 <= level < len(LEVELS) else None
