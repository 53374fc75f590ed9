"""Annexes and the places that name them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from directives.formcheck.rules.citing import is_of_another
from directives.formcheck.rules.document import Document, Passage, Spot
from directives.text import numbering
from directives.text.kinds import Kind

_COUNT = r"(?:[IVX]+|\d{1,2})(?!\w)"
_MENTION = re.compile(
    rf"(?<!\w)phụ lục(?!\w)(?: số)?"
    rf"(?: (?P<counts>{_COUNT}(?:(?:,| và|, và|; | hoặc)(?: phụ lục)?(?: số)? {_COUNT})*))?",
    re.IGNORECASE,
)
_EACH = re.compile(_COUNT, re.IGNORECASE)
_ATTACHED = re.compile(r" (?:ban hành )?kèm theo(?! \w+ số)", re.IGNORECASE)


class Mention(NamedTuple):
    """Annexes named by number, or without one (no ordinals), in a passage."""

    passage: Passage
    match: re.Match[str]
    ordinals: tuple[int, ...]


def mentions(document: Document) -> Iterator[Mention]:
    """In the order of the text, those of other documents too."""
    for passage in document.passages:
        for match, ordinals in mentions_in(passage):
            yield Mention(passage, match, ordinals)


def mentions_in(passage: Passage) -> Iterator[tuple[re.Match[str], tuple[int, ...]]]:
    for match in _MENTION.finditer(passage.text):
        counts = _EACH.findall(match["counts"] or "")
        yield match, tuple(map(ordinal_of, counts))


def ordinal_of(count: str) -> int:
    """0, which no annex has, for what is no number."""
    return numbering.ordinal_of(Kind.ANNEX, count.upper()) or 0


def unmentioned(document: Document) -> Iterator[Spot]:
    """An annex of which the text itself says nothing; “các phụ lục kèm theo” names them all.

    Source: practice of drafting, the text says what an annex is for.
    """
    named = [m.ordinals for m in mentions(document) if m.passage.ordinal(Kind.ANNEX) is None]
    if () in named:
        return
    known = {ordinal for ordinals in named for ordinal in ordinals}
    for annex in document.of_kind(Kind.ANNEX):
        if annex.ordinal(Kind.ANNEX) not in known:
            facts = {"annex": numbering.citation(annex.trail)}
            yield Spot(annex, 0, len(annex.text), facts=facts)


def missing(document: Document) -> Iterator[Spot]:
    """“Phụ lục III” where there is none; those of other documents are left.

    Source: a reference names what is there (party-format §1, annexes).
    """
    there = {annex.ordinal(Kind.ANNEX) for annex in document.of_kind(Kind.ANNEX)}
    for passage, match, ordinals in mentions(document):
        if not is_of_another(match) and (absent := _absent(match, ordinals, there)):
            yield Spot(passage, *match.span(), facts={"missing": ", ".join(absent)})


def _absent(match: re.Match[str], ordinals: tuple[int, ...], there: set[int | None]) -> list[str]:
    if not ordinals:
        attached = _ATTACHED.match(match.string, match.end())
        return ["Phụ lục"] if attached and not there else []
    counts = _EACH.findall(match["counts"])
    named = zip(counts, ordinals, strict=True)
    return [f"Phụ lục {count}" for count, ordinal in named if ordinal not in there]
