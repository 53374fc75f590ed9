"""Signed copies of an issued paper: the clerk signs here, or brings one back."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives import permissions
from directives.forms import SignedFileForm
from directives.frame import frame
from directives.models import SignedCopy
from directives.refusals import Refused
from directives.signing import copies, pen
from directives.signing.checking import NoPdf
from directives.views.found import directive_for
from directives.views.sending import File, send


def signed_copies(request: HttpRequest, pk: int) -> HttpResponse:
    directive = directive_for(request.user, pk, permissions.is_staff)
    if directive.issue is None:
        raise Http404
    form = SignedFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            copy = copies.bring_in(pk, actor=request.user, content=content)
        except NoPdf as error:
            form.add_error("file", f"{error} {_('Choose the signed PDF.')}")
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("Kept: the copy signed by %s.") % copy.signer)
            return redirect("signed_copies", pk)
    context = frame(directive, request.user, "issue") | {
        "form": form,
        "copies": directive.issue.signed_copies.select_related("file", "kept_by"),
        "may_sign": permissions.can_issue(request.user, directive),
        "signs_here": pen.is_at_hand(),
    }
    status = 422 if form.errors else 200
    return render(request, "directives/signed_copies.html", context, status=status)


@require_POST
def issue_sign(request: HttpRequest, pk: int) -> HttpResponse:
    directive_for(request.user, pk, permissions.can_issue)
    copy = copies.sign(pk, actor=request.user)
    facts = {"who": copy.signer, "level": copy.level}
    messages.success(request, _("Signed by %(who)s (%(level)s).") % facts)
    return redirect("signed_copies", pk)


@require_safe
def signed_copy(request: HttpRequest, pk: int, copy: int) -> HttpResponse:
    directive = directive_for(request.user, pk)
    mine = Q(issue=directive.issue_id, pk=copy)
    found = SignedCopy.objects.filter(mine).select_related("file").defer("file__content").first()
    if found is None:
        raise Http404
    file = found.file
    return send(request, File(file.name, file.media_type, file.sha256, lambda: bytes(file.content)))
