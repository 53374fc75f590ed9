"""Where the comments of earlier rounds stand in a later draft, and those put there by hand."""

from collections import defaultdict
from dataclasses import dataclass, field
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comments import permissions, tray
from comments.forms.answers import PlaceForm
from comments.forms.recording import provision_choices
from comments.models import Comment
from comments.placement import Placed, placing_of
from comments.views.bench import GENERAL
from comments.views.found import comment_for
from comments.views.workbench import again
from directives import permissions as of_directives
from directives.comparison import Numbered, numbered
from directives.drafting import in_order
from directives.frame import frame
from directives.refusals import Refused
from directives.text.anchors import Status
from directives.views.found import directive_for, draft_to_read


@dataclass(frozen=True)
class Standing:
    """A comment where it stands now: the words it was made on, and the words there today."""

    comment: Comment
    status: Status
    words: str
    by_hand: bool = False


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
    placed = tray.placed_in(draft)
    took = (perf_counter() - start) * 1000
    is_latest = draft.number == directive.latest_draft.number
    provisions = numbered(in_order(draft))
    context = frame(directive, request.user, "text") | {
        "draft": draft,
        "rows": _rows(provisions, placed),
        "lost": [one for one in placed if one.placement.status == Status.ORPHAN],
        "tray": [one for one in placed if tray.waits(one)] if is_latest else [],
        "may_place": is_latest
        and not directive.issue_id
        and of_directives.is_office(request.user, directive),
        "choices": provision_choices(provisions),
        "total": len(placed),
    }
    response = render(request, "comments/draft_comments.html", context)
    response["Server-Timing"] = f"engine;dur={took:.1f}"
    return response


@require_POST
def comment_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the comment at the chosen provision; none chosen says that it has no place any more."""
    comment = comment_for(request.user, pk, permissions.can_answer)
    chosen = PlaceForm(request.POST)
    if not chosen.is_valid():
        raise Refused(_("Choose a provision of this draft."), code="provision")
    key = chosen.cleaned_data["provision"]
    tray.give_place(pk, actor=request.user, provision_key=key)
    return _back(request, comment, str(key or GENERAL))


@require_POST
def comment_unplace(request: HttpRequest, pk: int) -> HttpResponse:
    comment = comment_for(request.user, pk, permissions.can_answer)
    tray.take_place_back(pk, actor=request.user)
    return _back(request, comment, GENERAL)


def _back(request: HttpRequest, comment: Comment, at: str) -> HttpResponse:
    """To the page that the comment is worked on: the workbench, later the draft's comments."""
    consultation = comment.consultation
    if consultation.next_draft_id is None:
        return again(request, consultation, at, f"c-{comment.pk}", keep=comment.pk)
    directive = consultation.draft.directive
    return redirect("draft_comments", directive.pk, directive.latest_draft.number)


def _rows(provisions: list[Numbered], placed: list[Placed]) -> list[Row]:
    """Those with comments, in the order of the draft; comments on the whole come first."""
    standings = defaultdict(list)
    for one in placed:
        standings[one.provision and one.provision.pk].append(_standing(one))
    rows = [Row(None, standings[None])]
    rows += [Row(one, standings[one.provision.pk]) for one in provisions]
    return [row for row in rows if row.standings]


def _standing(one: Placed) -> Standing:
    text = one.provision.text if one.provision else ""
    words = text[one.placement.start : one.placement.end] if one.comment.quote else ""
    given = placing_of(one.comment)
    here = one.provision and one.provision.key
    by_hand = given is not None and given.provision_key in (here, None)
    return Standing(one.comment, one.placement.status, words, by_hand)
