"""Submitted comments as the search finds them, and who may find them."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from comments.models import Comment, Consultation, Status
from directives.models import Provision, SearchEntry
from directives.models.search import What
from directives.search.sources import Place, Placed, Shown, Source
from directives.search.texts import STAFF, works_for
from directives.search.words import folded

GENERAL, WHOLE = "general", "whole"
SAID = ("body", "reason", "proposed_text")


def visible(person: User, every_draft: bool) -> Q:
    """As Comment.objects.visible_to: the staff all; others their own, and what rounds show."""
    shown = Consultation.objects.filter(shows_others=True, delegates__person=person)
    drafts = list(shown.order_by().values_list("draft", flat=True))
    return works_for(person) | Q(author=person) | Q(draft__in=drafts)


class Comments(Source):
    what = What.COMMENT

    def objects(self) -> QuerySet[Any]:
        submitted = Comment.objects.filter(status=Status.SUBMITTED)
        return submitted.only("author", "number", *SAID).annotate(
            of_directive=F("consultation__draft__directive"),
            of_draft=F("consultation__draft"),
            of_version=F("version"),
        )

    def entry(self, found: Any) -> SearchEntry:
        """`YK5` finds YK05 too."""
        return SearchEntry(
            directive_id=found.of_directive,
            draft_id=found.of_draft,
            author_id=found.author_id,
            comment=folded(f"{found.label} YK{found.number}\n{said(found)}"),
        )

    def places(self, ids: Sequence[int]) -> Mapping[int, Place]:
        """A comment on the draft as a whole stands in front of it."""
        on = Provision.objects.filter(
            draft=OuterRef("consultation__draft"), key=OuterRef("provision_key")
        )
        rows = Comment.objects.filter(pk__in=ids).values_list(
            "pk",
            "consultation__draft",
            "consultation__draft__number",
            Coalesce(Subquery(on.values("position")), 0),
            Subquery(on.values("pk")),
        )
        return {pk: Place(*place) for pk, *place in rows}

    def shown(self, person: User, placed: Sequence[Placed]) -> Mapping[int, Shown]:
        related = ("author", "placing", "consultation__draft__directive")
        comments = (
            Comment.objects.select_related(*related)
            .defer("consultation__draft__content")
            .in_bulk([one.match.object_id for one in placed])
        )
        staff_of = person.committees_as(*STAFF)
        return {
            one.match.object_id: _shown(comments[one.match.object_id], staff_of, one.citation)
            for one in placed
        }


def said(comment: Comment) -> str:
    return "\n".join(filter(None, (getattr(comment, name) for name in SAID)))


def _shown(comment: Comment, staff_of: set[int], citation: str) -> Shown:
    on = citation or _("the draft as a whole")
    where = _("Comment %(label)s on %(place)s") % {"label": comment.label, "place": on}
    is_staff = comment.consultation.draft.directive.committee_id in staff_of
    return Shown(where, said(comment), _address(comment, is_staff), str(comment.author))


def _address(comment: Comment, is_staff: bool) -> str:
    """The workbench for those who answer, the reading page for those who are asked."""
    page, whole = ("workbench", GENERAL) if is_staff else ("consultation_read", WHOLE)
    at = urlencode({"at": comment.place or whole})
    return f"{reverse(page, args=[comment.consultation_id])}?{at}#c-{comment.pk}"
