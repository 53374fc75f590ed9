"""Two drafts as a Word file with tracked changes and the comments behind them."""

from django.http import HttpRequest, HttpResponse

from comments.tracked import tracked_docx
from directives.reading import drafts_for
from directives.views.exports import DOCX, attachment
from directives.views.found import directive_for
from directives.views.reading import two_drafts


def compare_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """By default the newest draft that the person may read and the one before it."""
    directive = directive_for(request.user, pk)
    old, new = two_drafts(request, directive, list(drafts_for(request.user, directive)))
    name = f"so-sanh-du-thao-{old.number}-{new.number}-chi-thi-{pk}.docx"
    return attachment(tracked_docx(old, new, reader=request.user), DOCX, name)
