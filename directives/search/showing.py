"""A page of what was found: by directive, and within a directive in the order of the paper."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from uuid import UUID

from django.core.paginator import Page, Paginator

from accounts.models import User
from directives.models import Directive, Provision
from directives.models.search import What
from directives.search.finding import Found
from directives.search.marks import Piece, excerpt
from directives.search.query import Query
from directives.search.sources import Match, Outline, Place, Shown, Source, sources
from directives.text import numbering
from directives.text.kinds import Kind

DIRECTIVES_PER_PAGE = 10
HITS_PER_DIRECTIVE = 5
HITS_PER_PAGE = 50


@dataclass(frozen=True)
class Hit:
    where: str
    pieces: Sequence[Piece]
    url: str
    author: str
    draft_number: int
    is_comment: bool


@dataclass(frozen=True)
class Group:
    """A directive with the first of its hits, and how many there are."""

    directive: Directive
    hits: Sequence[Hit]
    total: int

    @property
    def hidden(self) -> int:
        return self.total - len(self.hits)


def page_of(person: User, found: Found, number: str | None) -> Page:
    """A page of Groups, each with its first hits."""
    page = Paginator(list(found.by_directive), DIRECTIVES_PER_PAGE).get_page(number)
    groups = {pk: found.by_directive[pk] for pk in page.object_list}
    outline = outline_of(chain(*groups.values()))
    first = [in_order(group, outline)[:HITS_PER_DIRECTIVE] for group in groups.values()]
    hits = show(person, found.query, list(chain(*first)), outline)
    page.object_list = list(_groups(groups, hits))
    return page


def _groups(
    groups: Mapping[int, Sequence[Match]], hits: Mapping[int, Sequence[Hit]]
) -> Iterator[Group]:
    related = ("issue__register__committee",)
    directives = Directive.objects.select_related(*related).in_bulk(groups)
    for pk, matches in groups.items():
        yield Group(directives[pk], hits[pk], len(matches))


def page_in(person: User, found: Found, number: str | None) -> Page:
    """A page of Hits where all that was found stands in one directive."""
    matches = list(chain(*found.by_directive.values()))
    outline = outline_of(matches)
    page = Paginator(in_order(matches, outline), HITS_PER_PAGE).get_page(number)
    hits = show(person, found.query, page.object_list, outline)
    page.object_list = list(chain(*hits.values()))
    return page


def outline_of(matches: Iterable[Match]) -> Outline:
    """The place of every provision of the drafts in which something was found."""
    drafts = {match.draft_id for match in matches}
    provisions = Provision.objects.filter(draft__in=drafts).order_by("draft", "position", "pk")
    rows = provisions.values_list("draft", "key", "kind")
    outline: dict[tuple[int, UUID | None], Place] = {}
    for draft, group in groupby(rows, key=lambda row: row[0]):
        keys, kinds = zip(*((key, Kind(kind)) for _draft, key, kind in group), strict=True)
        for position, citation in enumerate(numbering.citations(kinds), start=1):
            outline[draft, keys[position - 1]] = Place(position, citation)
    return outline


def in_order(matches: Sequence[Match], outline: Outline) -> list[Match]:
    """As the papers run: the number, then draft by draft, newest first, each comment behind its
    provision; comments on the whole stand in front."""
    return sorted(matches, key=lambda match: _order(match, outline))


def _order(match: Match, outline: Outline) -> tuple[int, ...]:
    place = outline.get((match.draft_id, match.key))
    return (
        match.what != What.NUMBER,
        -match.draft_number,
        place.position if place else 0,
        match.what == What.COMMENT,
        match.object_id,
    )


def show(
    person: User, query: Query, matches: Sequence[Match], outline: Outline
) -> dict[int, list[Hit]]:
    """The hits of the matches, in the same order, by directive."""
    by_what = {source.what: _shown(source, person, matches, outline) for source in sources()}
    hits: dict[int, list[Hit]] = defaultdict(list)
    for match in matches:
        if (shown := by_what[match.what].get(match.object_id)) is not None:
            hits[match.directive_id].append(_hit(match, shown, query))
    return hits


def _shown(
    source: Source, person: User, matches: Sequence[Match], outline: Outline
) -> Mapping[int, Shown]:
    own = [match for match in matches if match.what == source.what]
    return source.shown(person, own, outline) if own else {}


def _hit(match: Match, shown: Shown, query: Query) -> Hit:
    return Hit(
        where=shown.where,
        pieces=excerpt(shown.text, query),
        url=shown.url,
        author=shown.author,
        draft_number=match.draft_number,
        is_comment=match.what == What.COMMENT,
    )
