from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Role
from accounts.tasks import tasks_for


def home(request: HttpRequest) -> HttpResponse:
    """My work: what waits for this person, what they follow, what is done."""
    tasks = tasks_for(request.user)
    context = {
        "waiting": [task for task in tasks if task.waits_for_me and not task.done],
        "followed": [task for task in tasks if not task.waits_for_me and not task.done],
        "done": [task for task in tasks if task.done],
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
