from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.forms import DayForm
from accounts.models import Committee, Role
from accounts.seats import seats_on
from accounts.tasks import tasks_for


def home(request: HttpRequest) -> HttpResponse:
    """My work: what waits for this person, what they follow, what is done."""
    tasks = tasks_for(request.user)
    context = {
        "waiting": [task for task in tasks if task.waits_for_me and not task.done],
        "followed": [task for task in tasks if not task.waits_for_me and not task.done],
        "done": [task for task in tasks if task.done],
        "only_manages": {role for _committee, role in request.user.roles} == {Role.ADMINISTRATOR},
    }
    return render(request, "accounts/home.html", context)


@dataclass(frozen=True)
class Guide:
    """What a role does, step by step; `template` is Vietnamese text."""

    role: Role

    @property
    def template(self) -> str:
        return f"accounts/help/{self.role}.html"


def help_page(request: HttpRequest) -> HttpResponse:
    """A guide for each role of this person, then what everybody needs."""
    guides = [Guide(role) for role in Role if request.user.holds(role)]
    return render(request, "accounts/help.html", {"guides": guides})


def committee_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sat on the committee on a day, today where none is named; for its own people."""
    committee = get_object_or_404(Committee, pk=pk)
    if pk not in request.user.committees_as(*Role):
        raise PermissionDenied
    form = DayForm(request.GET if "on" in request.GET else None)
    day: date = form.cleaned_data["on"] if form.is_valid() else timezone.localdate()
    context = {
        "committee": committee,
        "form": form if form.is_bound else DayForm(initial={"on": day}),
        "day": day,
        "term": committee.term_on(day),
        "terms": committee.terms.all(),
        "seats": seats_on(committee, day),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/committee_members.html", context, status=status)
