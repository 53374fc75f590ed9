"""Number, date, file: the issue of a directive, and the register of numbers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_GET

from accounts.models import Role, User
from directives import permissions, register, workflow
from directives.forms import IssueForm, RegisterForm, terms_without_register
from directives.frame import frame
from directives.models import Approval, Directive, Issue, NumberRegister, State, StoredFile
from directives.refusals import Refused
from directives.views.found import directive_for

PER_PAGE = 50


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
    return render(request, "directives/directive_issuing.html", context)


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
    """The number that today's issue would get, or the reason why there is none."""
    try:
        numbers = register.register_for(directive.committee, timezone.localdate())
    except Refused as refused:
        return {"no_register": refused}
    return {"numbers": numbers, "next_number": numbers.last_number + 1}


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


@require_GET
def register_list(request: HttpRequest) -> HttpResponse:
    """Every number with its date, subject and file, newest first."""
    registers = _registers(request.user)
    issues = Issue.objects.filter(register__in=registers).select_related(
        "register__committee", "register__term", "draft__directive"
    )
    wanted = request.GET.get("register", "")
    if wanted.isdecimal():
        issues = issues.filter(register=int(wanted))
    issues = issues.defer("draft__content").order_by("-register__term__starts", "-number")
    context = {
        "page": Paginator(issues, PER_PAGE).get_page(request.GET.get("page")),
        "registers": registers,
        "wanted": wanted,
        "may_open": terms_without_register(request.user).exists(),
    }
    return render(request, "directives/register_list.html", context)


def _registers(person: User) -> Any:
    committees = person.committees_as(Role.CLERK, Role.OFFICE)
    if not committees:
        raise PermissionDenied
    registers = NumberRegister.objects.filter(committee__in=committees)
    return registers.select_related("committee", "term")


def register_open(request: HttpRequest) -> HttpResponse:
    """Open the register of a term; `for` names the directive that waits to be issued."""
    _registers(request.user)
    waiting = request.GET.get("for", "")
    form = RegisterForm(request.POST or None, person=request.user, initial=_newest_term(request))
    if request.method == "POST" and form.is_valid():
        try:
            register.open_register(actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The register is open."))
            if waiting.isdecimal() and Directive.objects.filter(pk=int(waiting)).exists():
                return redirect("directive_issue", int(waiting))
            return redirect("register_list")
    context = {"form": form, "waiting": waiting if waiting.isdecimal() else ""}
    status = 422 if form.errors else 200
    return render(request, "directives/register_open.html", context, status=status)


def _newest_term(request: HttpRequest) -> dict[str, Any]:
    term = terms_without_register(request.user).order_by("-starts").first()
    return {"term": term and term.pk}
