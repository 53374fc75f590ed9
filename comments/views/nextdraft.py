"""From the answers to the next draft, and back from its words to the comments."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from comments import consolidation, permissions, provenance
from comments.consolidation import Piece, Workbench
from comments.models import Comment, Origin
from comments.views.bench import bench_of
from comments.views.found import consultation_for
from directives import permissions as of_directives
from directives.comparison import Numbered, numbered
from directives.drafting import in_order
from directives.frame import frame
from directives.models import Draft
from directives.text.provenance import SourceSpan
from directives.views.found import directive_for, draft_to_read


def consultation_consolidate(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be applied, what not and why; then the next draft."""
    consultation = consultation_for(request.user, pk, permissions.can_answer)
    if consultation.next_draft_id and request.method != "POST":
        return redirect("workbench", pk)
    if request.method == "POST":
        draft = consolidation.consolidate(pk, actor=request.user)
        messages.success(
            request,
            _("Draft %s has been made from the answers. Every changed word knows its comments.")
            % draft.number,
        )
        return redirect("draft_edit", draft.directive_id, draft.number)
    bench = bench_of(request.user, consultation, "")
    owners = {str(one.pk): one for one in consolidation.whole(bench.workbench.comments)}
    directive = consultation.draft.directive
    context = frame(directive, request.user, "consolidate") | {
        "consultation": consultation,
        "draft": consultation.draft,
        "next_number": directive.latest_draft.number + 1,
        "obstacles": bench.obstacles,
        "applied": [piece for piece in bench.workbench.pieces if _changes(piece)],
        "not_applied": list(_not_applied(bench.workbench, owners)),
        "answered": bench.workbench.answered_count,
        "owners": owners,
    }
    response = render(request, "comments/consultation_consolidate.html", context)
    response["Server-Timing"] = f"engine;dur={bench.engine_ms:.1f}"
    return response


def _changes(piece: Piece) -> bool:
    return piece.is_changed or bool(piece.additions)


def _not_applied(workbench: Workbench, owners: dict[str, Comment]) -> Iterator[tuple[str, Comment]]:
    """Where the comment stands and the comment, for each whose answer changes no word."""
    places = [(piece.citation, piece.comments) for piece in workbench.pieces]
    for citation, comments in [*places, (_("The draft as a whole"), workbench.general)]:
        for comment in comments:
            if comment.is_answered and not (comment.is_taken and comment.proposal_kind):
                yield citation, owners[str(comment.pk)]


@dataclass
class Stretch:
    """Words of a draft with all that they came from; without any they are the old text.

    A deletion has no words of its own, but those that stood there before.
    """

    text: str
    origins: list[Origin] = field(default_factory=list)

    @property
    def comments(self) -> list[Comment]:
        found = {one.pk: one for origin in self.origins for one in origin.comments.all()}
        return list(found.values())

    @property
    def old(self) -> str:
        return " … ".join(origin.old_text for origin in self.origins if origin.old_text)


def draft_origins(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A draft with the comments behind its changed words."""
    directive = directive_for(request.user, pk, of_directives.is_staff)
    draft = draft_to_read(request.user, directive, number)
    rows = _rows(draft)
    context = frame(directive, request.user, "text") | {
        "draft": draft,
        "rows": rows,
        "changed": sum(len(stretch.origins) > 0 for _row, parts in rows for stretch in parts),
        "before": directive.drafts.filter(number__lt=number).order_by("-number").first(),
    }
    return render(request, "comments/draft_origins.html", context)


def _rows(draft: Draft) -> list[tuple[Numbered, list[Stretch]]]:
    found = provenance.origins_now(draft)
    return [
        (row, list(stretches(row.text, found.get(row.provision.key, []))))
        for row in numbered(in_order(draft))
    ]


def stretches(text: str, found: list[tuple[SourceSpan, Origin]]) -> Iterator[Stretch]:
    """The text cut wherever a span begins or ends; spans may lie over one another."""
    cuts = sorted({0, len(text)} | {at for span, _o in found for at in (span.start, span.end)})
    for place, start in enumerate(cuts):
        deleted = [origin for span, origin in found if span.start == span.end == start]
        if deleted:
            yield Stretch("", deleted)
        if place + 1 < len(cuts):
            end = cuts[place + 1]
            inside = [o for span, o in found if span.start <= start and end <= span.end]
            yield Stretch(text[start:end], inside)
