"""Which comment made these words: spans of a consolidated draft, carried through edits."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from comments.models import Origin
from directives.models import Draft
from directives.text.provenance import SourceSpan, carry


@dataclass(frozen=True)
class Source:
    """A span of a provision, the words it replaced, and the ids of the comments behind it."""

    start: int
    end: int
    old: str
    comments: tuple[int, ...]


@dataclass(frozen=True)
class Written:
    """A provision of a draft as it was written, and the spans of it that came from comments."""

    key: uuid.UUID
    text: str
    sources: Sequence[Source]


def write_origins(draft: Draft, written: Iterable[Written]) -> None:
    """Store the sources of a whole draft, in two statements however many there are."""
    made = [
        (_origin(draft, unit, source), source.comments)
        for unit in written
        for source in unit.sources
    ]
    Origin.objects.bulk_create(origin for origin, _comments in made)
    links = Origin.comments.through
    links.objects.bulk_create(
        links(origin_id=origin.pk, comment_id=comment)
        for origin, comments in made
        for comment in comments
    )


def _origin(draft: Draft, unit: Written, source: Source) -> Origin:
    return Origin(
        draft=draft,
        provision_key=unit.key,
        text=unit.text,
        start=source.start,
        end=source.end,
        old_text=source.old,
    )


def origins_now(draft: Draft) -> dict[uuid.UUID, list[tuple[SourceSpan, Origin]]]:
    """Per provision key, the spans of its present text that came from comments, in order.

    Offsets are into the text as it is now; a span of which nothing is left has gone.
    """
    texts = dict(draft.provisions.values_list("key", "text"))
    by_key = defaultdict(list)
    for origin in _origins(draft):
        if origin.provision_key in texts:
            by_key[origin.provision_key].append(origin)
    return {key: _carried(origins, texts[key]) for key, origins in by_key.items()}


def _origins(draft: Draft) -> Iterable[Origin]:
    origins = Origin.objects.filter(draft=draft).order_by("start", "pk")
    return origins.prefetch_related("comments__author", "comments__disposition__decided_by")


def _carried(origins: Sequence[Origin], now: str) -> list[tuple[SourceSpan, Origin]]:
    by_id = {str(origin.pk): origin for origin in origins}
    by_text = defaultdict(list)
    for origin in origins:
        by_text[origin.text].append(SourceSpan(origin.start, origin.end, (str(origin.pk),)))
    carried = [span for text, spans in by_text.items() for span in carry(spans, text, now)]
    return [(span, by_id[i]) for span in sorted(carried) for i in span.ids]


def carry_origins(old: Draft, new: Draft) -> None:
    """Bring what a draft knew of its words into the next one, where the words still stand."""
    texts = dict(new.provisions.values_list("key", "text"))
    old_texts = dict(old.provisions.values_list("key", "text"))
    write_origins(
        new,
        [
            Written(key, texts[key], list(_still_there(found, old_texts[key], texts[key])))
            for key, found in origins_now(old).items()
            if key in texts
        ],
    )


def _still_there(
    found: Iterable[tuple[SourceSpan, Origin]], old: str, new: str
) -> Iterator[Source]:
    for before, origin in found:
        comments = tuple(comment.pk for comment in origin.comments.all())
        for span in carry([before], old, new):
            yield Source(span.start, span.end, origin.old_text, comments)
