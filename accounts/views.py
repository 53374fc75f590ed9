from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
