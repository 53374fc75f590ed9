"""From the office to the chair and back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from directives import canonical, permissions, workflow
from directives.forms import ReturnForm
from directives.frame import frame
from directives.models import Directive, Draft, State
from directives.reading import drafts_for, page
from directives.refusals import Refused
from directives.views.found import directive_for

RETURNABLE = (State.SUBMITTED, State.APPROVED)


def directive_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What still stands in the way, as a list of tasks; or the question whether to submit."""
    directive = directive_for(request.user, pk, permissions.can_submit_for_approval)
    if request.method == "POST":
        try:
            workflow.submit_for_approval(pk, actor=request.user)
        except Refused as refused:
            return _submitting(request, directive, refused=refused)
        messages.success(request, _("The draft is before the chair now."))
        return redirect("directive_issuing", pk)
    if directive.state != State.CONSOLIDATING:
        return redirect("directive_issuing", pk)
    return _submitting(request, directive)


def _submitting(
    request: HttpRequest, directive: Directive, refused: Refused | None = None
) -> HttpResponse:
    draft = directive.latest_draft
    obstacles = workflow.approval_obstacles(directive)
    context = frame(directive, request.user, "text") | {
        "draft": draft,
        "obstacles": obstacles,
        "refused": refused if refused and not obstacles else None,
        "ways": _ways_on(directive, draft),
        "circulated": _circulated_before(request.user, directive, draft),
    }
    status = 409 if refused else 200
    return render(request, "directives/directive_submit.html", context, status=status)


def _ways_on(directive: Directive, draft: Draft) -> list[dict[str, str]]:
    """Where the office takes the obstacles away."""
    ways = [(_("Answer and consolidate the comments"), "directive_consolidate")]
    if not directive.signer_name:
        ways.append((_("Add the signer's name"), "directive_change_details"))
    return [{"label": label, "url": reverse(name, args=[directive.pk])} for label, name in ways]


def _circulated_before(person: User, directive: Directive, draft: Draft) -> Draft | None:
    """The frozen draft that the delegates read last."""
    frozen = drafts_for(person, directive).exclude(frozen_at=None)
    return frozen.filter(number__lt=draft.number).last()


def directive_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair reads the very text whose hash the form carries."""
    directive = directive_for(request.user, pk, permissions.can_approve)
    if request.method == "POST":
        return _approve(request, directive)
    if directive.state != State.SUBMITTED:
        return redirect("directive_issuing", pk)
    return _approving(request, directive)


def _approve(request: HttpRequest, directive: Directive) -> HttpResponse:
    sha256 = request.POST.get("sha256", "")
    try:
        workflow.approve(directive.pk, actor=request.user, sha256=sha256)
    except Refused as refused:
        return _approving(request, directive, refused=refused)
    messages.success(request, _("You have approved this text. The clerk can issue it now."))
    return redirect("directive_issuing", directive.pk)


def _approving(
    request: HttpRequest, directive: Directive, refused: Refused | None = None
) -> HttpResponse:
    draft = directive.latest_draft
    draft.directive = directive
    context = frame(directive, request.user, "text") | {
        "draft": draft,
        "page": page(draft),
        "sha256": canonical.content_hash(draft),
        "circulated": _circulated_before(request.user, directive, draft),
        "refused": refused,
        "open": directive.state == State.SUBMITTED,
    }
    status = 409 if refused else 200
    return render(request, "directives/directive_approve.html", context, status=status)


def directive_return(request: HttpRequest, pk: int) -> HttpResponse:
    directive = directive_for(request.user, pk, permissions.can_return)
    if directive.state not in RETURNABLE and request.method != "POST":
        return redirect("directive_issuing", pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.return_to_office(pk, actor=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The draft is back with the office."))
            return redirect("directive_issuing", pk)
    context: dict[str, Any] = {"directive": directive, "form": form}
    status = 422 if form.errors else 200
    return render(request, "directives/directive_return.html", context, status=status)
