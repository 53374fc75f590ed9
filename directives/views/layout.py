"""The paper of a draft beside the rules of its form, measured on the finished file."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from directives.frame import frame
from directives.models import Directive, Draft
from directives.rendering import papers
from directives.rendering.forms_of_document import form_for
from directives.rendering.geometry import measure, picture
from directives.rendering.paper import Paper
from directives.views.found import directive_for, draft_to_read, is_issued


@require_GET
def draft_layout(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Each rule, what was measured, and where on the page."""
    directive = directive_for(request.user, pk)
    draft = draft_to_read(request.user, directive, number)
    paper, day = _paper(directive, draft)
    form = form_for(day)
    context = frame(directive, request.user, "text") | {
        "draft": draft,
        "form": form,
        "measured": measure(_file(directive, draft), paper, form),
    }
    return render(request, "directives/draft_layout.html", context)


@require_GET
def draft_page(request: HttpRequest, pk: int, number: int, page: int) -> HttpResponse:
    """A page of the paper as a picture."""
    directive = directive_for(request.user, pk)
    draft = draft_to_read(request.user, directive, number)
    try:
        image = picture(_file(directive, draft), page)
    except IndexError as error:
        raise Http404 from error
    return HttpResponse(image, content_type="image/png", headers={"Cache-Control": "private"})


def _file(directive: Directive, draft: Draft) -> bytes:
    issued = is_issued(directive, draft)
    return papers.current_pdf(directive) if issued else papers.draft_pdf(draft)


def _paper(directive: Directive, draft: Draft) -> tuple[Paper, date]:
    """What stands on the paper, and the day whose rules it keeps."""
    if is_issued(directive, draft):
        number, day = directive.issue.number, directive.issue.issued_on
        return papers.paper_of(draft, number=number, issued_on=day), day
    day = timezone.localdate(draft.frozen_at) if draft.frozen_at else timezone.localdate()
    return papers.paper_of(draft, draft_number=draft.number), day
