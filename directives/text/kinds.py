"""What a provision can be, how the levels of the body nest, and where annexes begin."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


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
    ANNEX = "annex"


LEVELS = (Kind.PART, Kind.CLAUSE, Kind.POINT, Kind.DASH, Kind.PLUS)
# What an annex consists of; the provision of its own kind is its title.
ANNEXED = (Kind.PREAMBLE, *LEVELS)


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


def apart(units: Iterable[T], kind_of: Callable[[T], str]) -> tuple[list[T], list[list[T]]]:
    """The main text, and each annex from its title on: an annex goes as far as the next one."""
    main: list[T] = []
    annexes: list[list[T]] = []
    for unit in units:
        if kind_of(unit) == Kind.ANNEX:
            annexes.append([])
        (annexes[-1] if annexes else main).append(unit)
    return main, annexes
