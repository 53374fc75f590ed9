"""A refusal that no form has shown becomes a page: what was refused, why, and what next."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition

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
        return render(request, "refused.html", {"refused": exception}, status=409)
