"""Where the comments of earlier rounds stand in a later draft."""

from collections import defaultdict
from dataclasses import dataclass, field
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from comments.consolidation import submitted_comments
from comments.models import Comment, Consultation
from comments.placement import Placed, place
from directives import permissions as of_directives
from directives.comparison import Numbered, numbered
from directives.drafting import in_order
from directives.frame import frame
from directives.models import Draft
from directives.text.anchors import Status
from directives.views.found import directive_for, draft_to_read


@dataclass(frozen=True)
class Standing:
    """A comment where it stands now: the words it was made on, and the words there today."""

    comment: Comment
    status: Status
    words: str

    @property
    def is_found(self) -> bool:
        return self.status in (Status.EXACT, Status.MOVED)


@dataclass
class Row:
    """A provision of the draft with the comments that stand in it; without one, the whole draft."""

    numbered: Numbered | None = None
    standings: list[Standing] = field(default_factory=list)


@require_GET
def draft_comments(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Every comment of every earlier round, placed in this draft. None disappears."""
    directive = directive_for(request.user, pk, of_directives.is_staff)
    draft = draft_to_read(request.user, directive, number)
    start = perf_counter()
    placed = [one for made in _rounds_before(draft) for one in _placed(made, draft)]
    took = (perf_counter() - start) * 1000
    context = frame(directive, request.user, "text") | {
        "draft": draft,
        "rows": _rows(draft, placed),
        "lost": [one for one in placed if one.placement.status == Status.ORPHAN],
        "total": len(placed),
    }
    response = render(request, "comments/draft_comments.html", context)
    response["Server-Timing"] = f"engine;dur={took:.1f}"
    return response


def _rounds_before(draft: Draft) -> list[Consultation]:
    rounds = Consultation.objects.filter(
        draft__directive=draft.directive_id, draft__number__lt=draft.number
    )
    return list(rounds.select_related("draft").order_by("draft__number"))


def _placed(consultation: Consultation, draft: Draft) -> list[Placed]:
    return place(list(submitted_comments(consultation)), consultation.draft, draft)


def _rows(draft: Draft, placed: list[Placed]) -> list[Row]:
    """Those with comments, in the order of the draft; comments on the whole come first."""
    standings = defaultdict(list)
    for one in placed:
        standings[one.provision and one.provision.pk].append(_standing(one))
    rows = [Row(None, standings[None])]
    rows += [Row(one, standings[one.provision.pk]) for one in numbered(in_order(draft))]
    return [row for row in rows if row.standings]


def _standing(one: Placed) -> Standing:
    text = one.provision.text if one.provision else ""
    words = text[one.placement.start : one.placement.end] if one.comment.quote else ""
    return Standing(one.comment, one.placement.status, words)
