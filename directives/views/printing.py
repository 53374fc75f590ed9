"""Papers that are typeset when they are asked for. A long one is typeset in the background, while
the person sees how far it has come; a worker that is missing or slow to begin holds nobody up, and
that it is missing is said.
"""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRefresh
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks_db.models import DBTaskResult

from directives.rendering import shelf, tables
from directives.rendering.press import print_later, printed
from directives.rendering.typesetting import Manuscript
from directives.views.sending import File, send

PDF = "application/pdf"
# In the address of a paper: typeset it now, whatever it takes.
NOW = "now"
WORKER_BEGINS_WITHIN = timedelta(seconds=20)
# A worker looks every second for what there is to do.
WORKER_LOOKS_WITHIN = timedelta(seconds=5)
# One that was killed leaves its task behind as if it were worked on.
LONGEST_TASK = timedelta(minutes=10)
# What a page is on average, for the estimate that is shown; rows of a table leave much of it white.
HTML_A_PAGE, SECONDS_A_PAGE = 2_700, 0.06
HTML_A_PAGE_OF_TABLE = 1_500

_waited_for: list[Task] = [print_later]


def waited_for(task: Task) -> Task:
    """Register a task that a page waits for; its keyword `pages` says about how many it makes."""
    _waited_for.append(task)
    return task


def send_paper(request: HttpRequest, manuscript: Manuscript, *, name: str) -> HttpResponse:
    """The paper as PDF, or the way to the page that waits for it."""
    if manuscript.is_long and NOW not in request.GET and not shelf.has(manuscript.key):
        waiting = print_later.enqueue(**asdict(manuscript))
        if not waiting.is_finished:
            return wait_for(waiting, request)
    return send(request, File(name, PDF, manuscript.key, lambda: printed(manuscript)))


def wait_for(waiting: TaskResult, request: HttpRequest) -> HttpResponse:
    """To the page that waits for the task and then comes back to this address."""
    asked = urlencode({"task": waiting.id, "of": request.get_full_path()})
    return redirect(f"{reverse('paper_progress')}?{asked}")


@require_GET
def paper_progress(request: HttpRequest) -> HttpResponse:
    """Whether a paper is ready; then on to its address, which asks for permission again."""
    result = _result(request.GET.get("task", ""))
    if result is not None:
        page = "_paper_progress.html" if request.htmx else "paper_progress.html"
        return render(request, f"directives/{page}", _progress(result))
    if request.htmx:
        return HttpResponseClientRefresh()
    of = _address(request)
    page = render(request, "directives/paper_ready.html", {"of": of})
    page["Refresh"] = f"0; url={of}"
    return page


def _result(task: str) -> TaskResult | None:
    """What is known of a task that is still worth waiting for."""
    try:
        result = print_later.get_backend().get_result(task)
    except (TaskResultDoesNotExist, NotImplementedError):
        return None
    is_ours = result.task.func in [one.func for one in _waited_for]
    if not is_ours or result.is_finished or _waited(result) > WORKER_BEGINS_WITHIN:
        return None
    return result


def _waited(result: TaskResult) -> timedelta:
    """How long nobody has begun it."""
    now = timezone.now()
    if result.status != TaskResultStatus.READY:
        return timedelta()
    return now - (result.enqueued_at or now)


def _is_forsaken(result: TaskResult) -> bool:
    """Whether there seems to be no worker: this waits, and nothing else is worked on."""
    if _waited(result) <= WORKER_LOOKS_WITHIN:
        return False
    lately = timezone.now() - LONGEST_TASK
    return not DBTaskResult.objects.running().filter(started_at__gt=lately).exists()


def _progress(result: TaskResult) -> dict[str, Any]:
    pages = _pages(**result.kwargs)
    since = result.started_at or timezone.now()
    return {
        "begun": result.status == TaskResultStatus.RUNNING,
        "pages": pages,
        "seconds": round((timezone.now() - since).total_seconds()),
        "expected": max(round(pages * SECONDS_A_PAGE), 1),
        "forsaken": _is_forsaken(result),
        "left": max(round((WORKER_BEGINS_WITHIN - _waited(result)).total_seconds()), 1),
    }


def _pages(*, pages: int = 0, html: str = "", stylesheet: str = "", **_others: Any) -> int:
    """About how many a task makes: it says so, or its page does."""
    is_table = stylesheet == tables.STYLESHEET
    return pages or len(html) // (HTML_A_PAGE_OF_TABLE if is_table else HTML_A_PAGE) or 1


def _address(request: HttpRequest) -> str:
    """The paper's own address, or the person's work for one that leads away from here."""
    of = request.GET.get("of", "")
    if not url_has_allowed_host_and_scheme(of, {request.get_host()}, request.is_secure()):
        return reverse("home")
    return f"{of}{'&' if '?' in of else '?'}{NOW}=1"
