"""A draft for other tools: Word, and Akoma Ntoso."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from directives.rendering import akn
from directives.rendering.docx import drafts
from directives.views.found import directive_for, draft_to_read, is_issued

AKN = "application/akn+xml"
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = f"{OFFICE}.wordprocessingml.document"
XLSX = f"{OFFICE}.spreadsheetml.sheet"


def draft_docx(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The draft in Word; the one that was issued with its number and date."""
    directive = directive_for(request.user, pk)
    draft = draft_to_read(request.user, directive, number)
    if is_issued(directive, draft):
        return attachment(drafts.current_docx(directive), DOCX, f"chi-thi-{pk}.docx")
    return attachment(drafts.draft_docx(draft), DOCX, f"du-thao-{number}-chi-thi-{pk}.docx")


def draft_akn(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The draft as XML; the one that was issued with its number and date."""
    directive = directive_for(request.user, pk)
    draft = draft_to_read(request.user, directive, number)
    if is_issued(directive, draft):
        return attachment(akn.current_akn(directive), AKN, f"chi-thi-{pk}.akn.xml")
    return attachment(akn.draft_akn(draft), AKN, f"du-thao-{number}-chi-thi-{pk}.akn.xml")


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
