"""The search page: one address for every question, so that it can be kept and sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from directives.models import Directive
from directives.search.finding import find
from directives.search.forms import SearchForm
from directives.search.query import parse
from directives.search.showing import page_in, page_of


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """By directive; or with `directive` in the address everything that was found in that one."""
    form = SearchForm(request.GET or None, person=request.user)
    context: dict[str, Any] = {"form": form}
    if form.is_valid() and form.cleaned_data["q"]:
        context |= _found(request.user, form, request.GET.get("page"))
    return render(request, "directives/search.html", context)


def _found(person: User, form: SearchForm, number: str | None) -> dict[str, Any]:
    query = parse(form.cleaned_data["q"])
    if not query.is_long_enough:
        return {"too_short": True}
    found = find(person, query, form.wanted)
    chosen = form.cleaned_data["directive"]
    if chosen in found.by_directive:
        page = page_in(person, found, number)
        return {"found": found, "page": page, "within": Directive.objects.get(pk=chosen)}
    return {"found": found, "page": page_of(person, found, number)}
