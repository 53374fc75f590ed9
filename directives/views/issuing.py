"""Number, date, file: the issue of a directive."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from directives import permissions, record, register, relations, workflow
from directives.forms import IssueForm
from directives.frame import frame
from directives.models import Approval, Directive, Issue, IssueSources, State, StoredFile
from directives.permissions import require
from directives.refusals import Refused
from directives.views.found import directive_for
from directives.views.sending import File, send

FILES = {
    record.PDF: ("issue_download", gettext_lazy("The paper (PDF/A)")),
    record.JSON: ("issue_json", gettext_lazy("Approved content (JSON)")),
    record.AKN: ("issue_akn", gettext_lazy("Structured text (Akoma Ntoso)")),
}


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
    if context["issue"]:
        context["files"] = _files_of(context["issue"])
    else:
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
    issues = Issue.objects.select_related("register__committee", "issued_by", "draft")
    return issues.defer("draft__content").filter(pk=directive.issue_id).first()


def _files_of(issue: Issue) -> list[tuple[str, Any, StoredFile]]:
    """What is kept of the issue: address, kind, file with its size; of an old one the PDF alone."""
    sources = IssueSources.objects.filter(issue=issue)
    of_issue = Q(pk=issue.pdf_id) | Q(pk__in=sources.values("canonical_json"))
    files = StoredFile.objects.filter(of_issue | Q(pk__in=sources.values("akn")))
    stored = {
        one.media_type: one for one in files.annotate(size=Length("content")).defer("content")
    }
    return [
        (reverse(url_name, args=[issue.draft.directive_id]), kind, stored[media_type])
        for media_type, (url_name, kind) in FILES.items()
        if media_type in stored
    ]


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
    related = relations.lines(directive, request.user) if directive.is_related else []
    context = {"directive": directive, "form": form, "issues": True, "relations": related}
    context |= _next_number(directive)
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


@require_safe
def issue_download(request: HttpRequest, pk: int, file: str = "pdf") -> HttpResponse:
    """A file as it was stored when the directive was issued; never made again.

    `file` is the way from the issue to it.
    """
    directive = get_object_or_404(_with_the_facts_of(file), pk=pk)
    require(permissions.can_download_issue, request.user, directive)
    if directive.file is None:
        raise Http404
    read = partial(_content, directive.file)
    return send(request, File(directive.file_name, directive.file_type, directive.file_hash, read))


def _with_the_facts_of(file: str) -> QuerySet[Directive]:
    """Directives with what permission asks for, and the facts of a file without its content."""
    way = f"issue__{file}"
    return Directive.objects.only("committee", "state").annotate(
        file=F(way),
        file_name=F(f"{way}__name"),
        file_type=F(f"{way}__media_type"),
        file_hash=F(f"{way}__sha256"),
    )


def _content(pk: int) -> bytes:
    return bytes(StoredFile.objects.values_list("content", flat=True).get(pk=pk))
