"""Numbers, sentences that lead in, marks at the end."""

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from directives.formcheck.rules.document import Document, Edit, Passage, Spot, mended
from directives.text import numbering
from directives.text.kinds import LEVELS, Kind

_TYPED = re.compile(r"(?:[IVX]+[-–.]|\d{1,2}[.)-]|[a-zđ]\)|[-–+•])\s+(?=\S)")
_COUNTED = (
    (Kind.CLAUSE, re.compile(r"^(\d{1,2})[.)] ", re.MULTILINE)),
    (Kind.POINT, re.compile(r"^([a-zđ])\) ", re.MULTILINE)),
)
# What a level stands under.
_NEEDS = {Kind.POINT: Kind.CLAUSE, Kind.PLUS: Kind.DASH}
_UNENDED = (Kind.SUBJECT, Kind.PART, Kind.RECIPIENTS, Kind.ANNEX)
_CLOSERS = "\"”’')]»"
_SLASHED = re.compile(r"\.?/\.$")
_QUOTED = 24


def typed_number(document: Document) -> Iterator[Spot]:
    """A number or dash typed into the text of a provision, which has its own: `a) a) …`.

    Source: the numbering of party-format §1 is set by the level, and would stand twice.
    """
    for passage in document.of_kind(Kind.BASIS, *LEVELS):
        if match := _TYPED.match(passage.text):
            yield mended(passage, *match.span(), "")


def number_gap(document: Document) -> Iterator[Spot]:
    """Lines numbered by hand inside one provision that leave a number out: `a) b) d)`.

    Source: the order of party-format §1, where đ follows d.
    """
    for passage in document.without(Kind.RECIPIENTS):
        for kind, pattern in _COUNTED:
            for before, match in pairwise(pattern.finditer(passage.text)):
                last, ordinal = (numbering.ordinal_of(kind, m[1]) for m in (before, match))
                if last and ordinal not in (1, last + 1):
                    yield Spot(passage, *match.span(1))


def missing_level(document: Document) -> Iterator[Spot]:
    """A point without a clause above it, a plus without a dash, a clause ahead of the first part
    of the text or of its annex.

    Source: I- → 1. → a) → - → + (party-format §1).
    """
    in_parts = {part.ordinal(Kind.ANNEX) for part in document.of_kind(Kind.PART)}
    for passage in document.of_kind(*LEVELS):
        has_parts = passage.ordinal(Kind.ANNEX) in in_parts
        needed = Kind.PART if has_parts and passage.kind is Kind.CLAUSE else None
        needed = needed or _NEEDS.get(passage.kind)
        if needed and passage.ordinal(needed) is None:
            yield Spot(passage, 0, _length_of_line(passage), facts={"needed": needed})


def missing_lead_in(document: Document) -> Iterator[Spot]:
    """A clause that is only a heading, with points under it.

    Source: practice of drafting, a sentence leads from the heading into the points.
    """
    for passage, following in pairwise(document.passages):
        if passage.kind is Kind.CLAUSE and following.kind is Kind.POINT and _is_bare(passage):
            yield Spot(passage, 0, _length_of_line(passage))


def empty(document: Document) -> Iterator[Spot]:
    """A number with nothing to say: no text, or a heading with nothing under it.

    Source: practice of drafting.
    """
    for passage, following in zip_longest(document.passages, document.passages[1:]):
        under = following is not None and following.stands_under(passage)
        if passage.kind in (Kind.ANNEX, *LEVELS) and not (passage.body.strip() or under):
            yield Spot(passage, 0, len(passage.text))


def wrong_end(document: Document) -> Iterator[Spot]:
    """No mark at the end, `./.`, a legal basis without `;`, a last paragraph without a full stop
    (that of an annex too).

    Source: HD 36-HD/VPTW and HD 05-HD/VPTW (party-format §1): legal bases end with a semicolon,
    the text with a full stop, never with `./.`.
    """
    ended = [p for p in document.without(*_UNENDED) if p.body.strip()]
    for passage, following in zip_longest(ended, ended[1:]):
        if _is_bare(passage) and following and following.stands_under(passage):
            continue
        if edit := _ending(passage, is_last=_is_last(passage, following)):
            yield Spot(passage, _start_of_end(passage.text), len(passage.text), edit)


def _is_last(passage: Passage, following: Passage | None) -> bool:
    """Whether the text or the annex ends with the passage."""
    ends = passage.ordinal(Kind.ANNEX)
    return following is None or following.ordinal(Kind.ANNEX) != ends


def _ending(passage: Passage, *, is_last: bool) -> Edit | None:
    """The edit that ends the passage rightly; None where it is right."""
    text, key = passage.text, passage.key
    if slashed := _SLASHED.search(text[-3:]):
        return Edit(key, len(text) - len(slashed[0]), len(text), ".")
    mark = text.rstrip(_CLOSERS)[-1:]
    allowed = ";" if passage.kind is Kind.BASIS else "." if is_last else ".;:?!…"
    if mark in allowed:
        return None
    wanted = ";" if passage.kind is Kind.BASIS or (mark == "," and not is_last) else "."
    at = len(text) - 1 if text[-1] in ",;:." else len(text)
    return Edit(key, at, len(text), wanted)


def _is_bare(passage: Passage) -> bool:
    """Only a heading, marked as one or without the end of a sentence."""
    if passage.headed:
        return not passage.body.strip()
    return "\n" not in passage.text and passage.text[-1:] not in ".:;"


def _length_of_line(passage: Passage) -> int:
    return len(passage.text.partition("\n")[0])


def _start_of_end(text: str) -> int:
    """Where the last few words begin."""
    return text.rfind(" ", 0, max(len(text) - _QUOTED, 0)) + 1
