"""Numbers of provisions, computed from their kinds alone and never stored in a text.

The order is that of Party documents: `I-` → `1.` → `a)` → `-` → `+`. Every level starts again
under each parent, so clauses start again at `1.` in each part, points at `a)` in each clause,
and everything in each annex.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from directives.text.kinds import LEVELS, Kind

# đ follows d; there is no f, j, w, z, and no letter with a mark of its own (ă, â, ê, ô, ơ, ư).
ALPHABET = "abcdđeghiklmnopqrstuvxy"

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_CODES = {
    Kind.SUBJECT: "TY",
    Kind.BASIS: "CC",
    Kind.PREAMBLE: "MĐ",
    Kind.CLOSING: "KT",
    Kind.RECIPIENTS: "NN",
    Kind.ANNEX: "PL",
}
_NAMES = {
    Kind.SUBJECT: "trích yếu",
    Kind.BASIS: "căn cứ",
    Kind.PREAMBLE: "đoạn mở đầu",
    Kind.PART: "phần",
    Kind.CLAUSE: "khoản",
    Kind.POINT: "điểm",
    Kind.DASH: "gạch đầu dòng",
    Kind.PLUS: "dấu cộng",
    Kind.CLOSING: "đoạn kết thúc",
    Kind.RECIPIENTS: "nơi nhận",
    Kind.ANNEX: "Phụ lục",
}
# A directive has one of each of these: the first is named without a number.
_ALONE = {Kind.SUBJECT, Kind.CLOSING, Kind.RECIPIENTS}
_SEPARATORS = {Kind.PART: ".", Kind.CLAUSE: ".", Kind.POINT: ".", Kind.DASH: "-", Kind.PLUS: "+"}


class Step(NamedTuple):
    """One level on the way to a provision: the how-manieth of its kind under its parent.

    `alone`: the only annex there is, which bears no number.
    """

    kind: Kind
    ordinal: int
    alone: bool = False


def trails(kinds: Sequence[Kind]) -> Iterator[tuple[Step, ...]]:
    """For each provision in order the steps from the top of the text down to itself."""
    alone = kinds.count(Kind.ANNEX) == 1
    seen: Counter[tuple[object, ...]] = Counter()
    trail: tuple[Step, ...] = ()
    for kind in kinds:
        parents = tuple(step for step in trail if _height(step.kind) < _height(kind))
        seen[*parents, kind] += 1
        here = (*parents, Step(kind, seen[*parents, kind], alone and kind == Kind.ANNEX))
        if kind in LEVELS or kind == Kind.ANNEX:
            trail = here
        yield here


def _height(kind: Kind) -> int:
    """An annex stands above all; what has no level stands under nothing else."""
    if kind == Kind.ANNEX:
        return -1
    return LEVELS.index(kind) if kind in LEVELS else 0


def trail_at(kinds: Sequence[Kind], index: int) -> tuple[Step, ...]:
    """The steps down to one provision alone, read backwards from it."""
    kind, started = kinds[index], kinds[: index + 1].count(Kind.ANNEX)
    annex = (Step(Kind.ANNEX, started, kinds.count(Kind.ANNEX) == 1),) if started else ()
    if kind == Kind.ANNEX:
        return annex
    before = kinds[index::-1]
    here = before[: before.index(Kind.ANNEX)] if started else before
    if kind not in LEVELS:
        return (*annex, Step(kind, here.count(kind)))
    steps = [Step(kind, 0)]
    for standing in here:
        if standing == steps[-1].kind:
            steps[-1] = Step(standing, steps[-1].ordinal + 1)
        elif standing in LEVELS and LEVELS.index(standing) < LEVELS.index(steps[-1].kind):
            steps.append(Step(standing, 1))
    return (*annex, *reversed(steps))


def numbers(kinds: Sequence[Kind]) -> list[str]:
    """The printed label of each provision: `I-`, `1.`, `đ)`, `-`, `+`, `PHỤ LỤC I`, or empty."""
    return [_label(trail[-1]) for trail in trails(kinds)]


def paths(kinds: Sequence[Kind]) -> list[str]:
    """A short name of each provision, unique in its draft: `2.b`, `I.2.b-1`, `PL1.2`, `TY`."""
    return [_path(trail) for trail in trails(kinds)]


def citations(kinds: Sequence[Kind]) -> list[str]:
    """How a letter cites each provision: `điểm b khoản 2`, `đoạn mở đầu 1`, `trích yếu`."""
    return [citation(trail) for trail in trails(kinds)]


def citation(trail: Sequence[Step]) -> str:
    """How a letter cites the provision at the end of these steps."""
    return " ".join(_cite(step) for step in reversed(trail))


def _label(step: Step) -> str:
    match step.kind:
        case Kind.PART:
            return f"{roman(step.ordinal)}-"
        case Kind.CLAUSE:
            return f"{step.ordinal}."
        case Kind.POINT:
            return f"{letters(step.ordinal)})"
        case Kind.DASH:
            return "-"
        case Kind.PLUS:
            return "+"
        case Kind.ANNEX:
            return f"PHỤ LỤC {_count(step)}".rstrip()
        case _:
            return ""


def _path(trail: tuple[Step, ...]) -> str:
    return "".join(map(_path_step, trail)).removeprefix(".")


def _path_step(step: Step) -> str:
    if step.kind in _CODES:
        arabic = "" if _is_alone(step) else str(step.ordinal)
        return f".{_CODES[step.kind]}{arabic}"
    return _SEPARATORS[step.kind] + _count(step)


def _cite(step: Step) -> str:
    return f"{_NAMES[step.kind]} {_count(step)}".rstrip()


def _count(step: Step) -> str:
    if _is_alone(step):
        return ""
    if step.kind in (Kind.PART, Kind.ANNEX):
        return roman(step.ordinal)
    return letters(step.ordinal) if step.kind == Kind.POINT else str(step.ordinal)


def _is_alone(step: Step) -> bool:
    return step.alone or (step.kind in _ALONE and step.ordinal == 1)


def letters(ordinal: int) -> str:
    """`a` … `y`, and past it `aa`, `ab` … `ay`, `ba`: no rule says, so as columns of a sheet."""
    text = ""
    while ordinal:
        ordinal, letter = divmod(ordinal - 1, len(ALPHABET))
        text = ALPHABET[letter] + text
    return text


def roman(ordinal: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        count, ordinal = divmod(ordinal, value)
        text += sign * count
    return text


def ordinal_of(kind: Kind, count: str) -> int | None:
    """The ordinal a count such as `IV`, `12` or `đ` stands for; None where it stands for none."""
    if count.isdecimal() and kind in (Kind.CLAUSE, Kind.ANNEX):
        return int(count)
    if kind is Kind.CLAUSE:
        return None
    if kind in (Kind.PART, Kind.ANNEX):
        return next((n for n in range(1, 40) if roman(n) == count), None)
    return _ordinal_of_letters(count)


def _ordinal_of_letters(count: str) -> int | None:
    ordinal = 0
    for letter in count:
        if letter not in ALPHABET:
            return None
        ordinal = ordinal * len(ALPHABET) + ALPHABET.index(letter) + 1
    return ordinal or None
