"""Numbers, sentences that lead in, marks at the end."""

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from directives.formcheck.rules.document import Document, Edit, Passage, Spot, mended
from directives.text import numbering
from directives.text.kinds import LEVELS, Kind

_TYPED = re.compile(r"(?:[IVX]+[-–.]|\d{1,2}[.)-]|[a-zđ]\)|[-–+•])\s+(?=\S)")
_COUNTED = (
    (Kind.CLAUSE, re.compile(r"^(\d{1,2})[.)-] ", re.MULTILINE)),
    (Kind.POINT, re.compile(r"(?:^|(?<=[:;] ))([a-zđ])\) ", re.MULTILINE)),
)
# What a level stands under.
_NEEDS = {Kind.POINT: Kind.CLAUSE, Kind.PLUS: Kind.DASH}
_UNENDED = (Kind.SUBJECT, Kind.PART, Kind.RECIPIENTS, Kind.ANNEX)
_CLOSERS = "\"”’')]»"
_SLASHED = re.compile(r" ?\.? ?/\.$")
_MARKS = re.compile(r"[,;:.]+$")
_QUOTED = 24
# So many words may be a heading that somebody ended with a full stop.
_HEADING_WORDS = 6
# A line that long is no heading inside a provision.
_SENTENCE = 40


def typed_number(document: Document) -> Iterator[Spot]:
    """A number or dash typed into the text of a provision, which has its own: `a) a) …`.

    Source: the numbering of party-format §1 is set by the level, and would stand twice.
    """
    for passage in document.of_kind(Kind.BASIS, *LEVELS):
        if match := _TYPED.match(passage.text):
            yield mended(passage, *match.span(), "")


def number_gap(document: Document) -> Iterator[Spot]:
    """Numbers typed inside one provision that leave one out: `a) b) d)`, or the first.

    Source: the order of party-format §1, where đ follows d.
    """
    for passage in document.without(Kind.RECIPIENTS):
        for kind, pattern in _COUNTED:
            last = 0
            for match in pattern.finditer(passage.text):
                ordinal = numbering.ordinal_of(kind, match[1]) or 0
                if ordinal not in (1, last + 1):
                    yield Spot(passage, *match.span(1))
                last = ordinal


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
    """A clause of the text that is only a heading, with points under it.

    Source: practice of drafting, a sentence leads from the heading into the points.
    """
    for passage, following in pairwise(document.passages):
        leads = (passage.kind, following.kind) == (Kind.CLAUSE, Kind.POINT)
        if leads and passage.ordinal(Kind.ANNEX) is None and _is_heading_alone(passage):
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
    """No mark at the end or two, `./.`, a legal basis without `;`, a last paragraph without a full
    stop (that of an annex too, unless the annex is a list without any mark).

    Source: HD 36-HD/VPTW and HD 05-HD/VPTW (party-format §1): legal bases end with a semicolon,
    the text with a full stop, never with `./.`.
    """
    ended = [p for p in document.without(*_UNENDED) if p.body.strip()]
    marked = {None, *(p.ordinal(Kind.ANNEX) for p in ended if p.text[-1] in ".;,")}
    ended = [p for p in ended if p.ordinal(Kind.ANNEX) in marked]
    for passage, following in zip_longest(ended, ended[1:]):
        yield from _unended_lines(passage)
        if _is_bare(passage) and following and following.stands_under(passage):
            continue
        if edit := _ending(passage, is_last=_is_last(passage, following)):
            yield Spot(passage, _start_of_end(passage.text), len(passage.text), edit)


def _unended_lines(passage: Passage) -> Iterator[Spot]:
    """Long lines ahead of the last one that end with no mark at all; the heading is none."""
    at = 0
    for line in passage.text.splitlines(keepends=True)[:-1]:
        bare = line.rstrip()
        heads = passage.headed and at == 0
        if not heads and len(bare) > _SENTENCE and bare.rstrip(_CLOSERS)[-1:] not in ".,;:?!…":
            end = at + len(bare)
            stop = Edit(passage.key, end, end, ".")
            yield Spot(passage, at + _start_of_end(bare), end, stop)
        at += len(line)


def _is_last(passage: Passage, following: Passage | None) -> bool:
    """Whether the text or the annex ends with the passage."""
    ends = passage.ordinal(Kind.ANNEX)
    return following is None or following.ordinal(Kind.ANNEX) != ends


def _ending(passage: Passage, *, is_last: bool) -> Edit | None:
    """The edit that ends the passage rightly; None where it is right."""
    text, key = passage.text, passage.key
    if slashed := _SLASHED.search(text[-5:]):
        return Edit(key, len(text) - len(slashed[0]), len(text), ".")
    mark = text.rstrip(_CLOSERS)[-1:]
    typed = _MARKS.search(text)
    marks = typed[0] if typed else ""
    allowed = ";" if passage.kind is Kind.BASIS else "." if is_last else ".;:?!…"
    if mark in allowed and (len(marks) < 2 or marks == "..."):
        return None
    goes_on = not is_last and "." not in marks and set(marks) & {",", ";"}
    wanted = ";" if passage.kind is Kind.BASIS or goes_on else "."
    return Edit(key, len(text) - len(marks), len(text), wanted)


def _is_bare(passage: Passage) -> bool:
    """Only a heading, marked as one or without the end of a sentence."""
    if passage.headed:
        return not passage.body.strip()
    return "\n" not in passage.text and passage.text[-1:] not in ".:;"


def _is_heading_alone(passage: Passage) -> bool:
    """The same, or a few words with a full stop: `Tổ chức thực hiện.`"""
    text = passage.text
    short = text.endswith(".") and "\n" not in text and len(text.split()) <= _HEADING_WORDS
    return _is_bare(passage) or (short and not passage.headed)


def _length_of_line(passage: Passage) -> int:
    return len(passage.text.partition("\n")[0])


def _start_of_end(text: str) -> int:
    """Where the last few words begin."""
    return text.rfind(" ", 0, max(len(text) - _QUOTED, 0)) + 1
