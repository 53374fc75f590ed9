"""Asking for words: what matches, what the person may see of it, and in which order."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import attrgetter, or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from directives.models import SearchEntry
from directives.models.search import What
from directives.search.engine import EVERYWHERE, HEADS, Index, matching
from directives.search.query import Query
from directives.search.sources import Match, sources

# More than this nobody leafs through; the page says so and asks for more words.
MOST = 300
COLUMNS = ("what", "object_id", "directive", "title", "heading")
SUBJECT, HEADING, TEXT, COMMENT = range(4)


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


def visible_to(
    person: User, whats: Sequence[str] = tuple(What), *, every_draft: bool = False
) -> QuerySet[SearchEntry]:
    """The rows of some kinds which the person may see, each kind by its own rule."""
    kinds = defaultdict(list)
    for source in sources():
        if source.what in whats:
            kinds[source.rule].append(source.what)
    rules = (Q(what__in=whats) & rule(person, every_draft) for rule, whats in kinds.items())
    return SearchEntry.objects.filter(reduce(or_, rules))


def authors_for(person: User) -> QuerySet[User]:
    """Whose comments the person may find."""
    theirs = visible_to(person, (What.COMMENT,)).filter(author=OuterRef("pk"))
    return User.objects.by_rank().filter(Exists(theirs))


def find(person: User, query: Query, wanted: Wanted) -> Found:
    """Up to MOST matches that the person may see; each has the rank of its best field.

    Syllables are short: only where the words as typed find nothing the last one may go on.
    """
    seen = visible_to(person, wanted.whats, every_draft=wanted.every_draft)
    rows = seen.filter(wanted.directives)
    if wanted.author is not None:
        rows = rows.filter(author=wanted.author)
    found = _found(rows, query)
    if not found.count and (unfinished := query.unfinished):
        return _found(rows, unfinished)
    return found


def _found(rows: QuerySet[SearchEntry], query: Query) -> Found:
    matches = _matches(rows, query)
    is_cut = len(matches) > MOST
    if is_cut:
        matches = _best(rows, query, matches)[:MOST]
    return Found(query, _by_directive(matches), is_cut)


def _best(rows: QuerySet[SearchEntry], query: Query, newest: list[Match]) -> list[Match]:
    """Best field first, of each the newest; among so many the newest may all be of one field."""
    found = [*_matches(rows, query, HEADS), *newest]
    if any(match.what == What.COMMENT for match in newest):
        found += _matches(rows.exclude(what=What.COMMENT), query)
    return sorted(dict.fromkeys(found), key=attrgetter("rank"))


def _matches(rows: QuerySet[SearchEntry], query: Query, index: Index = EVERYWHERE) -> list[Match]:
    """The newest, and one more than will be shown."""
    found = matching(rows, query, index).values_list(*COLUMNS)[: MOST + 1]
    return [
        Match(_rank(query, what, title, heading), what, object_id, directive)
        for what, object_id, directive, title, heading in found
    ]


def _rank(query: Query, what: str, title: str, heading: str) -> int:
    """By the best field that holds all the words."""
    if title and query.stands_in(title):
        return SUBJECT
    if heading and query.stands_in(heading):
        return HEADING
    return COMMENT if what == What.COMMENT else TEXT


def _by_directive(matches: Sequence[Match]) -> dict[int, list[Match]]:
    """Best field first; of equals the newest directive."""
    groups: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        groups[match.directive_id].append(match)
    best = {pk: min(match.rank for match in group) for pk, group in groups.items()}
    return {pk: groups[pk] for pk in sorted(groups, key=lambda pk: (best[pk], -pk))}
