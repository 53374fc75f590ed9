"""Checking an issued paper, for whoever holds it: by the file, or by the address printed on it."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directives import permissions, verifying
from directives.forms import VerifyForm
from directives.signing.checking import NoPdf, Standing
from directives.verifying import Finding, Verdict

TONES = {
    Finding.AS_ISSUED: "success",
    Finding.SIGNED: "success",
    Finding.DOUBTFUL: "warning",
    Finding.CHANGED: "danger",
    Finding.UNKNOWN: "danger",
    Finding.LISTED: "info",
    Standing.VALID: "success",
    Standing.UNTRUSTED: "warning",
    Standing.EXPIRED: "warning",
    Standing.REVOKED: "danger",
    Standing.BROKEN: "danger",
}


@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """A file sent in; nothing of it is kept. One address may send only so many in a minute."""
    if request.method != "POST":
        return _asked(request, VerifyForm())
    if not ratelimit.consume(request, action="verify"):
        return _held_up(request)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, form, status=422)
    try:
        verdict = verifying.verify(form.cleaned_data["file"].read())
    except NoPdf as error:
        form.add_error("file", f"{error} {_('Choose the issued PDF.')}")
        return _asked(request, form, status=422)
    return _told(request, verdict, form)


def _held_up(request: HttpRequest) -> HttpResponse:
    context = {"form": VerifyForm(), "held_up": True}
    response = render(request, "directives/verify.html", context, status=429)
    response["Retry-After"] = "60"
    return response


def _asked(request: HttpRequest, form: VerifyForm, *, status: int = 200) -> HttpResponse:
    return render(request, "directives/verify.html", {"form": form}, status=status)


@login_not_required
@require_GET
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The facts behind the QR code of a paper."""
    verdict = verifying.look_up(code)
    if verdict.issue is None:
        raise Http404
    return _told(request, verdict, VerifyForm())


def _told(request: HttpRequest, verdict: Verdict, form: VerifyForm) -> HttpResponse:
    context = {
        "form": form,
        "verdict": verdict,
        "tone": TONES[verdict.finding],
        "words": verifying.WORDS[verdict.finding],
        "signatures": [
            (one, verifying.WORDS[one.standing], TONES[one.standing]) for one in verdict.signatures
        ],
        "tells_subject": _may_read(request, verdict),
    }
    return render(request, "directives/verify.html", context)


def _may_read(request: HttpRequest, verdict: Verdict) -> bool:
    """Whoever has only the paper's address learns its number and standing, not what it is about."""
    if verdict.issue is None or not request.user.is_authenticated:
        return False
    directive = verdict.issue.draft.directive
    return bool(permissions.can_view_directive(request.user, directive))
