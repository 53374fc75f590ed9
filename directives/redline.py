"""Two drafts as one paper with its changes marked: what the page and the PDF show."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directives.comparison import Row, compare
from directives.models import Draft
from directives.text.align import Relation

COUNTED = (
    Relation.CHANGED,
    Relation.ADDED,
    Relation.REMOVED,
    Relation.MOVED,
    Relation.SPLIT,
    Relation.MERGED,
)


@dataclass(frozen=True)
class Line:
    """A row of the comparison as it is shown.

    `ordinal` counts the changes from 1 and is 0 where nothing changed. A gap is the place that
    a moved provision left: it has no change of its own.
    """

    row: Row
    ordinal: int
    is_gap: bool = False


@dataclass(frozen=True)
class Redline:
    """`counts` has the number of changes by relation, also where it is 0."""

    old: Draft
    new: Draft
    lines: list[Line]
    changed: int
    counts: dict[Relation, int]


def redline(old: Draft, new: Draft, *, only_changes: bool = False) -> Redline:
    """The lines in the order of the new draft, or only those that changed."""
    rows = compare(old, new)
    changed = [row for row in rows if row.is_changed]
    counts = {kind: sum(row.relation == kind for row in rows) for kind in COUNTED}
    ordinals = {id(row): place for place, row in enumerate(changed, start=1)}
    if only_changes:
        lines = [Line(row, ordinals[id(row)]) for row in changed]
    else:
        lines = list(_lines(rows, ordinals))
    return Redline(old, new, lines, len(changed), counts)


def _lines(rows: Sequence[Row], ordinals: dict[int, int]) -> Iterator[Line]:
    gaps = _gaps(rows)
    yield from (Line(gap, 0, is_gap=True) for gap in gaps[None])
    for row in rows:
        yield Line(row, ordinals.get(id(row), 0))
        yield from (Line(gap, 0, is_gap=True) for gap in gaps[id(row)])


def _gaps(rows: Sequence[Row]) -> dict[int | None, list[Row]]:
    """Moved rows by the id of the row behind which they stood; None: at the very beginning."""
    stood = [(one.provision.position, one.provision.pk, row) for row in rows for one in row.old]
    gaps: dict[int | None, list[Row]] = defaultdict(list)
    anchor = None
    for _position, _pk, row in sorted(stood, key=lambda place: place[:2]):
        if row.relation == Relation.MOVED:
            gaps[anchor].append(row)
        else:
            anchor = id(row)
    return gaps
