"""Reading a draft, alone or beside another."""

from time import perf_counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from directives.acts import next_acts
from directives.frame import frame
from directives.models import Directive, Draft
from directives.reading import drafts_for, page
from directives.redline import redline
from directives.rendering import papers
from directives.views.found import directive_for, draft_to_read
from directives.views.printing import send_paper


def directive_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft that the person may read."""
    directive = directive_for(request.user, pk)
    drafts = list(drafts_for(request.user, directive))
    return _show(request, directive, drafts, drafts[-1])


def draft_view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    directive = directive_for(request.user, pk)
    draft = draft_to_read(request.user, directive, number)
    return _show(request, directive, list(drafts_for(request.user, directive)), draft)


def _show(
    request: HttpRequest, directive: Directive, drafts: list[Draft], draft: Draft
) -> HttpResponse:
    context = frame(directive, request.user, "text") | {
        "draft": draft,
        "drafts": drafts,
        "page": page(draft),
        "acts": next_acts(request.user, directive, drafts[-1]),
    }
    return render(request, "directives/draft_view.html", context)


def draft_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    directive = directive_for(request.user, pk)
    draft = draft_to_read(request.user, directive, number)
    name = f"du-thao-{number}-chi-thi-{pk}.pdf"
    return send_paper(request, papers.draft_paper(draft), name=name)


def draft_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two drafts that the person may read: by default the newest and the one before it."""
    directive = directive_for(request.user, pk)
    drafts = list(drafts_for(request.user, directive))
    context = frame(directive, request.user, "compare") | {"drafts": drafts}
    if len(drafts) < 2:
        return render(request, "directives/draft_compare.html", context)
    old, new = two_drafts(request, directive, drafts)
    start = perf_counter()
    context |= _compared(old, new, only_changes="only" in request.GET)
    took = (perf_counter() - start) * 1000
    context["two_columns"] = request.GET.get("columns") == "2"
    response = render(request, "directives/draft_compare.html", context)
    response["Server-Timing"] = f"engine;dur={took:.1f}"
    return response


def _compared(old: Draft, new: Draft, *, only_changes: bool) -> dict[str, Any]:
    found = redline(old, new, only_changes=only_changes)
    for line in found.lines:
        line.row.ops  # noqa: B018 - taken here, so that the time told is that of the engine
    return {"redline": found, "only_changes": only_changes}


def draft_compare_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The comparison as a paper; 404 where there are no two drafts to compare."""
    directive = directive_for(request.user, pk)
    drafts = list(drafts_for(request.user, directive))
    old, new = two_drafts(request, directive, drafts)
    paper = papers.redline_paper(old, new, only_changes="only" in request.GET)
    name = f"so-sanh-du-thao-{old.number}-{new.number}-chi-thi-{pk}.pdf"
    return send_paper(request, paper, name=name)


def two_drafts(
    request: HttpRequest, directive: Directive, drafts: list[Draft]
) -> tuple[Draft, Draft]:
    """The old and the new draft asked for; 404 where there are no two to compare."""
    if len(drafts) < 2:
        raise Http404
    return (
        _chosen(request, directive, "old", drafts[-2]),
        _chosen(request, directive, "new", drafts[-1]),
    )


def _chosen(request: HttpRequest, directive: Directive, name: str, default: Draft) -> Draft:
    wanted = request.GET.get(name, "")
    if not wanted:
        return default
    if not wanted.isdecimal():
        raise Http404
    return draft_to_read(request.user, directive, int(wanted[:6]))
