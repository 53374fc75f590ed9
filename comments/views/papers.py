"""The papers of a round, to keep and to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from comments import papers, permissions
from comments.models import Consultation, Delegate
from comments.views.found import consultation_for, rounds
from directives.permissions import require
from directives.views.exports import DOCX, XLSX, attachment
from directives.views.printing import send_paper


@require_GET
def reply_table_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    consultation = consultation_for(request.user, pk, permissions.can_download_reply_table)
    with_it = _wants_exchange(request)
    paper = papers.reply_table_paper(consultation, exchange=with_it)
    return send_paper(request, paper, name=_reply_table_name(consultation, "pdf", with_it))


@require_GET
def reply_table_docx(request: HttpRequest, pk: int) -> HttpResponse:
    consultation = consultation_for(request.user, pk, permissions.can_download_reply_table)
    with_it = _wants_exchange(request)
    content = papers.reply_table_docx(consultation, exchange=with_it)
    return attachment(content, DOCX, _reply_table_name(consultation, "docx", with_it))


@require_GET
def reply_table_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    consultation = consultation_for(request.user, pk, permissions.can_download_reply_table)
    with_it = _wants_exchange(request)
    content = papers.reply_table_xlsx(consultation, exchange=with_it)
    return attachment(content, XLSX, _reply_table_name(consultation, "xlsx", with_it))


def _wants_exchange(request: HttpRequest) -> bool:
    """Whether what was asked and answered about the comments is to stand in the table too."""
    return "exchange" in request.GET


def _reply_table_name(consultation: Consultation, ending: str, exchange: bool) -> str:
    name = f"bang-tong-hop-du-thao-{consultation.draft.number}-{consultation.pk}"
    return f"{name}-kem-trao-doi.{ending}" if exchange else f"{name}.{ending}"


@require_GET
def opinion_form_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one delegate."""
    delegate = get_object_or_404(Delegate.objects.select_related("person"), pk=pk)
    delegate.consultation = get_object_or_404(rounds(), pk=delegate.consultation_id)
    require(permissions.can_print_opinion_form, request.user, delegate)
    paper = papers.opinion_forms_paper(delegate.consultation, [delegate])
    return send_paper(request, paper, name=f"phieu-xin-y-kien-{delegate.person.username}-{pk}.pdf")


@require_GET
def opinion_forms_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The forms of all who are asked, by rank, in one file."""
    consultation = consultation_for(request.user, pk, permissions.can_print_opinion_forms)
    delegates = list(consultation.delegates.select_related("person"))
    paper = papers.opinion_forms_paper(consultation, delegates)
    name = f"phieu-xin-y-kien-du-thao-{consultation.draft.number}.pdf"
    return send_paper(request, paper, name=name)
