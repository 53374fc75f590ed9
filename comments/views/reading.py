"""Reading a draft and seeing what one has said about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget

from comments import permissions
from comments.models import Consultation
from comments.readmarks import mark_read
from comments.views.found import consultation_for
from comments.views.sheet import Row, Sheet, contents_of, key_of, open_form, sheet_of
from directives.frame import frame
from directives.models import Draft
from directives.reading import drafts_for

MOST_MARKS = 500  # at once; a page sends what was read within seconds


@require_GET
def consultation_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page, or the one row (`at`) that htmx asks for; `pane` opens its form."""
    consultation = consultation_for(request.user, pk, permissions.can_comment)
    sheet = sheet_of(request.user, consultation)
    row = open_form(request, sheet)
    if request.htmx and row is not None:
        return show_row(request, sheet, row)
    return show_sheet(request, sheet, row)


@require_POST
def read_marks(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page saw its reader read, a batch at a time; `key` as often as there are any."""
    consultation = consultation_for(request.user, pk, permissions.can_comment)
    keys = filter(None, map(key_of, request.POST.getlist("key")[:MOST_MARKS]))
    mark_read(consultation.pk, actor=request.user, keys=keys)
    return HttpResponse(status=204)


def show_row(
    request: HttpRequest, sheet: Sheet, row: Row, *, status: int = 200, said: str = ""
) -> HttpResponse:
    """The row, and beside it what changed elsewhere: the contents and the foot."""
    context = context_of(request, sheet, row) | {"row": row, "said": said, "piecewise": True}
    response = render(request, "comments/_reading_piece.html", context, status=status)
    return reswap(retarget(response, f"#p-{row.key}"), "outerHTML show:none")


def show_sheet(
    request: HttpRequest, sheet: Sheet, row: Row | None = None, *, status: int = 200
) -> HttpResponse:
    directive = sheet.consultation.draft.directive
    context = frame(directive, request.user, "comments") | context_of(request, sheet, row)
    return render(request, "comments/consultation_read.html", context, status=status)


def context_of(request: HttpRequest, sheet: Sheet, row: Row | None) -> dict[str, Any]:
    consultation = sheet.consultation
    return {
        "consultation": consultation,
        "directive": consultation.draft.directive,
        "draft": consultation.draft,
        "sheet": sheet,
        "contents": contents_of(sheet),
        "current": row,
        "open": consultation.is_open,
        "answered": consultation.next_draft_id is not None,
        "newer": _newer_draft(request, consultation),
    }


def _newer_draft(request: HttpRequest, consultation: Consultation) -> Draft | None:
    """The newest draft the person may read that came after the one they commented on."""
    if consultation.next_draft_id is None:
        return None
    draft = consultation.draft
    return drafts_for(request.user, draft.directive).filter(number__gt=draft.number).last()
