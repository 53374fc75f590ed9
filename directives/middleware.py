"""A refusal that no form has shown becomes a page: what was refused, why, and what next."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition
from django_htmx.http import reswap

from directives.refusals import Refused


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ConcurrentTransition):
            exception = Refused(_("Somebody else acted on this directive first. Open it again."))
        if not isinstance(exception, Refused):
            return None
        if request.htmx:
            return _in_a_word(request, exception)
        return render(request, "refused.html", {"refused": exception}, status=409)


def _in_a_word(request: HttpRequest, refused: Refused) -> HttpResponse:
    """For a page that asked for a piece of itself: it stays as it is, and says why."""
    words = " ".join([str(refused), *map(str, refused.reasons)])
    context = {"text": words, "tone": "danger"}
    return reswap(render(request, "components/toast.html", context, status=409), "none")
