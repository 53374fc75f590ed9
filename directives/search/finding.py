"""Asking for words: what matches, what the person may see of it, and in which order."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from directives.models import SearchEntry
from directives.models.search import What
from directives.search.engine import matching
from directives.search.query import Query
from directives.search.sources import Match, sources

# More than this nobody leafs through; the page says so and asks for more words.
MOST = 1_000
COLUMNS = ("what", "object_id", "directive", "draft", "draft__number", "key")
TEXTS = (What.NUMBER, What.PROVISION)
# From the best rank down: which rows, and in which of their columns the words stand.
RANKS = (
    (TEXTS, ("title",)),
    (TEXTS, ("heading",)),
    (TEXTS, ("title", "heading", "body")),
    ((What.COMMENT,), ("comment",)),
)


@dataclass(frozen=True)
class Wanted:
    """Beside the words: of which kinds, of which directives, by whom, and in which drafts."""

    whats: Sequence[str] = tuple(What)
    directives: Q = field(default_factory=Q)  # over SearchEntry
    author: User | None = None
    every_draft: bool = False


@dataclass(frozen=True)
class Found:
    """All matches by directive, the best directive first; cut off past MOST.

    `query` is what was asked in the end.
    """

    query: Query
    by_directive: Mapping[int, Sequence[Match]]
    is_cut: bool

    @property
    def count(self) -> int:
        return sum(len(matches) for matches in self.by_directive.values())

    @property
    def directives(self) -> int:
        return len(self.by_directive)


def visible_to(person: User, *, every_draft: bool = False) -> QuerySet[SearchEntry]:
    """The rows which the person may see, each kind by its own rule."""
    rules = (
        Q(what=source.what) & source.visible(person, every_draft=every_draft)
        for source in sources()
    )
    return SearchEntry.objects.filter(reduce(or_, rules))


def authors_for(person: User) -> QuerySet[User]:
    """Whose comments the person may find."""
    theirs = visible_to(person).filter(what=What.COMMENT, author=OuterRef("pk"))
    return User.objects.by_rank().filter(Exists(theirs))


def find(person: User, query: Query, wanted: Wanted) -> Found:
    """Up to MOST matches that the person may see; each has the rank of its best field.

    Syllables are short: only where the words as typed find nothing the last one may go on.
    """
    rows = visible_to(person, every_draft=wanted.every_draft).filter(wanted.directives)
    if wanted.author is not None:
        rows = rows.filter(author=wanted.author)
    found = _found(rows, query, wanted.whats)
    if not found.count and (unfinished := query.unfinished):
        return _found(rows, unfinished, wanted.whats)
    return found


def _found(rows: QuerySet[SearchEntry], query: Query, wanted: Sequence[str]) -> Found:
    found: dict[tuple[str, int], Match] = {}
    for rank, (whats, fields) in enumerate(RANKS):
        kinds = [what for what in whats if what in wanted]
        if kinds and len(found) <= MOST:
            ranked = matching(rows.filter(what__in=kinds), query, fields)
            for row in ranked.values_list(*COLUMNS)[: MOST + 1]:
                found.setdefault(row[:2], Match(rank, *row))
    matches = list(found.values())[:MOST]
    return Found(query, _by_directive(matches), is_cut=len(found) > MOST)


def _by_directive(matches: Sequence[Match]) -> dict[int, list[Match]]:
    """Best field first; of equals the newest directive."""
    groups: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        groups[match.directive_id].append(match)
    best = {pk: min(match.rank for match in group) for pk, group in groups.items()}
    return {pk: groups[pk] for pk in sorted(groups, key=lambda pk: (best[pk], -pk))}
