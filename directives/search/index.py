"""The index in step with what is written.

Every domain function writes a line of the log. After each line, in the same transaction, the rows
of that directive are compared with what they were made from, so that no writer can forget them.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from directives.models import SearchEntry
from directives.search.sources import Source, sources

BATCH = 1_000
STREAM = "directive:"
COLUMNS = ("directive", "draft", "author", "version", "title", "heading", "body", "comment")


def follow(stream: str) -> None:
    """After a line in the log of a directive; other streams hold nothing that can be found."""
    if stream.startswith(STREAM):
        catch_up(int(stream.removeprefix(STREAM)))


def catch_up(directive_id: int) -> None:
    """Write the rows that are missing or old, delete those whose object is gone."""
    for source in sources():
        standing = source.objects().filter(of_directive=directive_id)
        rows = SearchEntry.objects.filter(what=source.what, directive=directive_id)
        write(source, standing.exclude(_is_current(rows)))
        rows.exclude(object_id__in=standing.values("pk")).delete()


def _is_current(rows: QuerySet[SearchEntry]) -> Exists:
    return Exists(rows.filter(object_id=OuterRef("pk"), version=OuterRef("of_version")))


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew; the number of its rows."""
    SearchEntry.objects.all().delete()
    return sum(write(source, source.objects()) for source in sources())


def write(source: Source, objects: QuerySet[Any]) -> int:
    written, waiting = 0, objects.iterator(chunk_size=BATCH)
    while batch := [_entry(source, one) for one in islice(waiting, BATCH)]:
        _upsert(batch)
        written += len(batch)
    return written


def _entry(source: Source, found: Any) -> SearchEntry:
    entry = source.entry(found)
    entry.what, entry.object_id, entry.version = source.what, found.pk, found.of_version
    return entry


def _upsert(entries: Iterable[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["what", "object_id"],
        update_fields=COLUMNS,
    )
