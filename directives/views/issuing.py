"""Number, date, file: the issue of a directive."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_GET

from accounts.models import User
from directives import permissions, register, workflow
from directives.forms import IssueForm
from directives.frame import frame
from directives.models import Approval, Directive, Issue, State, StoredFile
from directives.refusals import Refused
from directives.views.found import directive_for


def directive_issuing(request: HttpRequest, pk: int) -> HttpResponse:
    """The tab: who approved which text when, and the facts of the issue."""
    directive = directive_for(request.user, pk, permissions.is_staff)
    approvals = Approval.objects.filter(draft__directive=directive)
    context = frame(directive, request.user, "issue") | {
        "approvals": approvals.select_related("draft", "approved_by").order_by("-pk"),
        "issue": _issue_of(directive),
        "may_issue": permissions.can_issue(request.user, directive)
        and directive.state == State.APPROVED,
        "may_approve": permissions.can_approve(request.user, directive)
        and directive.state == State.SUBMITTED,
        "may_submit": permissions.can_submit_for_approval(request.user, directive)
        and directive.state == State.CONSOLIDATING,
    }
    if directive.state != State.ISSUED:
        context |= _number_to_come(request.user, directive)
    return render(request, "directives/directive_issuing.html", context)


def _number_to_come(person: User, directive: Directive) -> dict[str, Any]:
    """The reserved number, or the register in which the clerk can reserve one."""
    may_keep = permissions.can_issue(person, directive)
    reserved = register.reserved_for(directive)
    context = {"reserved": reserved, "may_keep": may_keep}
    if may_keep and reserved is None:
        with suppress(Refused):
            today = timezone.localdate()
            context["register_pk"] = register.register_for(directive.committee, today).pk
    return context


def _issue_of(directive: Directive) -> Issue | None:
    """The issue with all but the bytes of its file."""
    issues = Issue.objects.select_related("register__committee", "issued_by", "draft", "pdf")
    return issues.defer("pdf__content", "draft__content").filter(pk=directive.issue_id).first()


def directive_issue(request: HttpRequest, pk: int) -> HttpResponse:
    directive = directive_for(request.user, pk, permissions.can_issue)
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.issue(pk, actor=request.user, issued_on=form.cleaned_data["issued_on"])
        except Refused as refused:
            if refused.code == "issued":
                messages.info(request, str(refused))
                return redirect("directive_issuing", pk)
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The directive is issued. Its file is kept unchanged."))
            return redirect("directive_issuing", pk)
    if directive.state != State.APPROVED and not form.errors:
        return redirect("directive_issuing", pk)
    context = {"directive": directive, "form": form, "issues": True} | _next_number(directive)
    status = 422 if form.errors else 200
    return render(request, "directives/directive_issue.html", context, status=status)


def _next_number(directive: Directive) -> dict[str, Any]:
    """The number that today's issue would get, reserved or next, or why there is none."""
    try:
        numbers = register.register_for(directive.committee, timezone.localdate())
    except Refused as refused:
        return {"no_register": refused}
    reserved = register.reserved_for(directive)
    number = reserved.number if reserved else numbers.last_number + 1
    return {"numbers": numbers, "reserved": reserved, "symbol": numbers.symbol(number)}


def _etag(request: HttpRequest, pk: int) -> str | None:
    """The hash of the stored file. The view asks for permission before it answers 304."""
    sha256 = Issue.objects.filter(directive=pk).values_list("sha256", flat=True).first()
    return f'"{sha256}"' if sha256 else None


@require_GET
def issue_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was stored when the directive was issued; never made again."""
    directive = directive_for(request.user, pk, permissions.can_download_issue)
    return _stored(request, pk=directive.pk)


@condition(etag_func=_etag)
def _stored(request: HttpRequest, pk: int) -> HttpResponse:
    stored = get_object_or_404(StoredFile, pk__in=Issue.objects.filter(directive=pk).values("pdf"))
    response = HttpResponse(bytes(stored.content), content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(True, stored.name)
    return response
