"""Numbers of issued directives and provisions of drafts, as the search finds them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from directives.models import Circulation, Draft, Issue, Provision, SearchEntry
from directives.models.search import What
from directives.search.sources import Place, Placed, Shown, Source
from directives.search.words import folded
from directives.text.kinds import Kind

STAFF = (Role.OFFICE, Role.CHAIR, Role.CLERK)
_issued = Issue.objects.filter(draft=OuterRef("draft"))
_later = Draft.objects.filter(directive=OuterRef("directive"), number__gt=OuterRef("draft__number"))


def works_for(person: User) -> Q:
    """The rows of committees in whose office the person works, or which they chair."""
    return Q(directive__committee__in=person.committees_as(*STAFF))


def readable(person: User, every_draft: bool) -> Q:
    """The rows of drafts that the person may read; of each directive the newest, or every one."""
    # A planner that cannot know how many rows a subquery lets through takes half of them for an
    # EXISTS, and next to none for an equality: with that it would collect all matches and sort.
    rule = works_for(person)
    if not every_draft:
        rule &= Q(~Exists(_later))
    # Where somebody works they read what was issued anyway: it is the newest draft.
    if others := person.committees_as(*Role) - person.committees_as(*STAFF):
        rule |= Q(Exists(_issued), directive__committee__in=others)
    if sent := _sent(person, every_draft):
        rule |= Q(draft__in=sent)
    return rule


def _sent(person: User, every_draft: bool) -> set[int]:
    """Drafts sent to somebody who is not of the staff, and what was issued of them."""
    circulations = Circulation.objects.filter(person=person).exclude(
        draft__directive__committee__in=person.committees_as(*STAFF)
    )
    columns = ("draft", "draft__directive", "draft__directive__issue__draft")
    rows = list(circulations.order_by("draft__number").values_list(*columns))
    newest = {directive: issued or draft for draft, directive, issued in rows}
    return set(newest.values()) | ({draft for draft, *_ in rows} if every_draft else set())


class Numbers(Source):
    what = What.NUMBER

    def objects(self) -> QuerySet[Any]:
        return Issue.objects.select_related("register__committee").annotate(
            of_directive=F("draft__directive"), of_version=Value(2)
        )

    def entry(self, found: Any) -> SearchEntry:
        """`5-CT/TU` finds 05-CT/TU too, and 1/6/2026 its day."""
        day = found.issued_on
        said = folded(f"{_named(found)} {str(found).lstrip('0')} {day.day}/{day.month}/{day.year}")
        return SearchEntry(directive_id=found.of_directive, draft_id=found.draft_id, title=said)

    def places(self, ids: Sequence[int]) -> Mapping[int, Place]:
        rows = Issue.objects.filter(pk__in=ids).values_list("pk", "draft", "draft__number")
        return {pk: Place(*place) for pk, *place in rows}

    def shown(self, person: User, placed: Sequence[Placed]) -> Mapping[int, Shown]:
        issues = self.objects().filter(pk__in=[one.match.object_id for one in placed])
        return {issue.pk: _shown_number(issue) for issue in issues}


def _named(issue: Issue) -> str:
    """As a letter cites it, in Vietnamese whatever language asks."""
    return f"Chỉ thị số {issue}, ngày {issue.issued_on:%d/%m/%Y}"


def _shown_number(issue: Any) -> Shown:
    return Shown(_("Number"), _named(issue), reverse("directive_view", args=[issue.of_directive]))


class Provisions(Source):
    what = What.PROVISION

    def objects(self) -> QuerySet[Any]:
        provisions = Provision.objects.exclude(text="")
        return provisions.only("draft", "key", "kind", "headed", "text").annotate(
            of_directive=F("draft__directive"), of_version=F("version")
        )

    def entry(self, found: Any) -> SearchEntry:
        entry = SearchEntry(directive_id=found.of_directive, draft_id=found.draft_id)
        if found.kind == Kind.SUBJECT:
            entry.title = folded(found.text)
        elif found.kind == Kind.ANNEX:
            entry.heading = folded(found.text)
        else:
            entry.heading, entry.body = folded(found.heading), folded(found.body)
        return entry

    def places(self, ids: Sequence[int]) -> Mapping[int, Place]:
        columns = ("draft", "draft__number", "position", "pk")
        places = map(Place._make, Provision.objects.filter(pk__in=ids).values_list(*columns))
        return {place.provision_id: place for place in places if place.provision_id}

    def shown(self, person: User, placed: Sequence[Placed]) -> Mapping[int, Shown]:
        provisions = Provision.objects.only("key", "kind", "text")
        said = provisions.in_bulk([one.match.object_id for one in placed])
        return {
            one.match.object_id: _shown_provision(one, said[one.match.object_id]) for one in placed
        }


def _shown_provision(placed: Placed, provision: Provision) -> Shown:
    address = reverse("draft_view", args=[placed.match.directive_id, placed.place.draft_number])
    # Subject and recipients stand apart on the page, which begins with the one.
    apart = provision.kind in (Kind.SUBJECT, Kind.RECIPIENTS)
    anchor = "" if apart else f"#p-{provision.key}"
    return Shown(placed.citation, provision.text, address + anchor)
