"""The form check: findings with their fixes, advice to whoever submits or approves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from directives import permissions
from directives.formcheck.review import (
    MAX_REASON,
    fix,
    may_unfix,
    review,
    unfix,
    unwaive,
    waive,
)
from directives.frame import frame
from directives.models import Directive, State
from directives.refusals import Refused
from directives.views.found import directive_for

# In the session: for each directive what its last fix made, provision by version.
LAST_FIXES = "last_fixes"


@require_GET
def directive_check(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, directive_for(request.user, pk, permissions.is_staff))


def _show(request: HttpRequest, directive: Directive, **said: Any) -> HttpResponse:
    """`refused`, and what was being waived: `waiving` (a key) and `reason`."""
    found = review(directive)
    may_edit = permissions.can_edit(request.user, directive)
    last = _last_fix(request, directive.pk)
    context = frame(directive, request.user, "text") | {
        "review": found,
        "may_fix": may_edit and found.draft.is_working,
        "undo": len(last) if may_edit and last and may_unfix(directive, last) else 0,
        "may_waive": may_edit and directive.state != State.ISSUED,
        "may_submit": may_edit and directive.state == State.CONSOLIDATING,
        "draft_before_chair": directive.state in (State.SUBMITTED, State.APPROVED),
        "max_reason": MAX_REASON,
        **said,
    }
    status = (422 if said.get("waiving") else 409) if said else 200
    return render(request, "directives/formcheck.html", context, status=status)


@require_POST
def finding_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the findings whose tickets (`key.version`) are sent, one or many."""
    directive = directive_for(request.user, pk, permissions.can_edit)
    try:
        fixed = fix(pk, actor=request.user, chosen=_chosen(request.POST.getlist("finding")))
    except Refused as refused:
        return _show(request, directive, refused=refused)
    _remember(request, pk, fixed.versions)
    done = ngettext("%d place was corrected.", "%d places were corrected.", fixed.count)
    messages.success(request, done % fixed.count)
    return redirect("directive_check", pk)


@require_POST
def finding_unfix(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the person's last fix back."""
    directive = directive_for(request.user, pk, permissions.can_edit)
    try:
        count = unfix(pk, actor=request.user, versions=_last_fix(request, pk))
    except Refused as refused:
        return _show(request, directive, refused=refused)
    _remember(request, pk, {})
    done = ngettext("%d provision is as it was.", "%d provisions are as they were.", count)
    messages.success(request, done % count)
    return redirect("directive_check", pk)


def _last_fix(request: HttpRequest, pk: int) -> dict[int, int]:
    made = request.session.get(LAST_FIXES, {}).get(str(pk), {})
    return {int(provision): version for provision, version in made.items()}


def _remember(request: HttpRequest, pk: int, versions: dict[int, int]) -> None:
    request.session[LAST_FIXES] = request.session.get(LAST_FIXES, {}) | {str(pk): versions}


def _chosen(tickets: list[str]) -> dict[str, int]:
    pairs = (ticket.partition(".") for ticket in tickets)
    return {key: int(version[:9]) for key, _dot, version in pairs if version.isdecimal()}


@require_POST
def finding_waive(request: HttpRequest, pk: int) -> HttpResponse:
    directive = directive_for(request.user, pk, permissions.can_edit)
    key, reason = request.POST.get("key", ""), request.POST.get("reason", "")
    try:
        waive(pk, actor=request.user, key=key, reason=reason)
    except Refused as refused:
        said = {} if refused.code == "gone" else {"waiving": key, "reason": reason}
        return _show(request, directive, refused=refused, **said)
    messages.success(request, _("It may stand. The log keeps your reason."))
    return redirect("directive_check", pk)


@require_POST
def finding_unwaive(request: HttpRequest, pk: int) -> HttpResponse:
    directive_for(request.user, pk, permissions.can_edit)
    unwaive(pk, actor=request.user, key=request.POST.get("key", ""))
    return redirect("directive_check", pk)
