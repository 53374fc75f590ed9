"""A page of what was found: by directive, and within a directive in the order of the paper."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

from django.core.paginator import Page, Paginator
from django.db.models import Q

from accounts.models import User
from directives.models import Directive, Provision
from directives.models.search import What
from directives.search.finding import Found
from directives.search.marks import Piece, excerpt
from directives.search.query import Query
from directives.search.sources import Match, Place, Placed, Shown, sources
from directives.text import numbering
from directives.text.kinds import Kind

DIRECTIVES_PER_PAGE = 5
HITS_PER_DIRECTIVE = 5
HITS_PER_PAGE = 50
# What the number of an issued directive is made of.
OF_ISSUE = (
    "issue__number",
    "issue__issued_on",
    "issue__register__document_type",
    "issue__register__committee__symbol",
)
Places = Mapping[tuple[str, int], Place]


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
    places = places_of(list(chain(*groups.values())))
    first = [in_order(group, places)[:HITS_PER_DIRECTIVE] for group in groups.values()]
    hits = show(person, found.query, list(chain(*first)), places)
    page.object_list = list(_groups(groups, hits))
    return page


def _groups(
    groups: Mapping[int, Sequence[Match]], hits: Mapping[int, Sequence[Hit]]
) -> Iterator[Group]:
    directives = Directive.objects.select_related("issue__register__committee")
    found = directives.only("subject", "state", *OF_ISSUE).in_bulk(groups)
    for pk, matches in groups.items():
        yield Group(found[pk], hits.get(pk, []), len(matches))


def page_in(person: User, found: Found, number: str | None) -> Page:
    """A page of Hits where all that was found stands in one directive."""
    matches = list(chain(*found.by_directive.values()))
    places = places_of(matches)
    page = Paginator(in_order(matches, places), HITS_PER_PAGE).get_page(number)
    hits = show(person, found.query, page.object_list, places)
    page.object_list = list(chain(*hits.values()))
    return page


def places_of(matches: Sequence[Match]) -> Places:
    by_what = _by_what(matches)
    return {
        (source.what, object_id): place
        for source in sources()
        if source.what in by_what
        for object_id, place in source.places(by_what[source.what]).items()
    }


def _by_what(matches: Sequence[Match]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for match in matches:
        ids[match.what].append(match.object_id)
    return ids


def in_order(matches: Sequence[Match], places: Places) -> list[Match]:
    """As the papers run: the number, then draft by draft, newest first, each comment behind its
    provision; comments on the whole stand in front. What was deleted meanwhile has no place."""
    standing = [match for match in matches if (match.what, match.object_id) in places]
    return sorted(standing, key=lambda match: _order(match, places[match.what, match.object_id]))


def _order(match: Match, place: Place) -> tuple[int, ...]:
    return (
        match.what != What.NUMBER,
        -place.draft_number,
        place.position,
        match.what == What.COMMENT,
        match.object_id,
    )


def show(
    person: User, query: Query, matches: Sequence[Match], places: Places
) -> dict[int, list[Hit]]:
    """The hits of the matches, in the same order, by directive."""
    placed = _cited([(match, places[match.what, match.object_id]) for match in matches])
    shown = {
        source.what: source.shown(person, own)
        for source in sources()
        if (own := [one for one in placed if one.match.what == source.what])
    }
    hits: dict[int, list[Hit]] = defaultdict(list)
    for one in placed:
        look = shown[one.match.what][one.match.object_id]
        hits[one.match.directive_id].append(_hit(one, look, query))
    return hits


def _cited(found: Sequence[tuple[Match, Place]]) -> list[Placed]:
    citations = citations_of([place for _match, place in found])
    return [Placed(match, place, citations.get(place.provision_id, "")) for match, place in found]


def citations_of(places: Sequence[Place]) -> dict[int | None, str]:
    """How the provisions are cited, by id; a number follows from all that stand before it, and
    that of an annex from whether there is another."""
    wanted = {place.provision_id for place in places}
    last = max((place.position for place in places), default=0)
    provisions = Provision.objects.filter(
        Q(position__lte=last) | Q(kind=Kind.ANNEX),
        draft__in={place.draft_id for place in places},
    )
    rows = provisions.order_by("draft", "position", "pk").values_list("draft", "pk", "kind")
    citations = {}
    for _draft, group in groupby(rows, key=itemgetter(0)):
        _drafts, ids, kinds = zip(*group, strict=True)
        for at in (at for at, pk in enumerate(ids) if pk in wanted):
            citations[ids[at]] = numbering.citation(numbering.trail_at(kinds, at))
    return citations


def _hit(one: Placed, shown: Shown, query: Query) -> Hit:
    return Hit(
        where=shown.where,
        pieces=excerpt(shown.text, query),
        url=shown.url,
        author=shown.author,
        draft_number=one.place.draft_number,
        is_comment=one.match.what == What.COMMENT,
    )
