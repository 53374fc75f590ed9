"""The pages of a round of 1,000 comments on 300 provisions and of one a tenth of it, turn by turn.

In both, sixty of the comments stand on one provision: what differs is the size of the rest. Prints
rows as JSON. Run by bench_pages in a process whose DATABASE_URL is an empty file.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import Role, User
from comments import consolidation, news
from comments.models import Comment, Consultation, Disposition, Settlement
from directives.models import Provision
from tests import factories
from tests.benchmarks import browsing
from tests.benchmarks.measuring import Row, timed
from tests.large import COMMENTS, ON_ONE, PROVISIONS, crowded, large_round

TIMES = 9
TENTH = 10
HTMX = {"HX-Request": "true"}
PAGE_MS, DECISION_MS = 300, 100
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Prepares a request, which is then timed.
Case = Callable[["Scene"], Callable[[], Any]]


@dataclass
class Scene:
    """A round, and the browsers of an officer and of a delegate."""

    consultation: Consultation
    office: Client
    delegate: Client

    @property
    def crowded(self) -> Provision:
        return crowded(self.consultation)

    def url(self, name: str) -> str:
        return reverse(name, args=[self.consultation.pk])

    def visit(self, who: str, name: str) -> tuple[str, str]:
        """The key of a session, and a path, for a browser of another kind."""
        return getattr(self, who).cookies["sessionid"].value, self.url(name)


def workbench(scene: Scene) -> Callable[[], Any]:
    return partial(scene.office.get, f"{scene.url('workbench')}?at={scene.crowded.key}")


def provision_chosen(scene: Scene) -> Callable[[], Any]:
    """The parts of the workbench that htmx swaps when a provision is chosen in the rail."""
    last = scene.consultation.draft.provisions.order_by("-position")[1]
    address = f"{scene.url('workbench')}?at={last.key}"
    return partial(scene.office.get, address, headers=HTMX)


def reading_page(scene: Scene) -> Callable[[], Any]:
    return partial(scene.delegate.get, scene.url("consultation_read"))


def decision(scene: Scene) -> Callable[[], Any]:
    return _answer(scene, scene.consultation.comments.filter(provision_key=scene.crowded.key))


def decision_elsewhere(scene: Scene) -> Callable[[], Any]:
    return _answer(scene, scene.consultation.comments.exclude(provision_key=scene.crowded.key))


def _answer(scene: Scene, comments: QuerySet[Comment]) -> Callable[[], Any]:
    """To the second of them, which is made to wait again."""
    comment = comments.order_by("number")[1]
    Disposition.objects.filter(comment=comment).delete()
    said = {"outcome": "not_accepted", "reply": "Giữ như dự thảo.", "answers": f"{comment.pk}:0"}
    said |= {"at": comment.provision_key, "state": _state(scene)}
    address = reverse("comment_answer", args=[comment.pk])
    return partial(scene.office.post, address, said, headers=HTMX)


def settlement(scene: Scene) -> Callable[[], Any]:
    Settlement.objects.all().delete()
    key = scene.crowded.key
    conflict = consolidation.workbench(scene.consultation).piece(key).open_conflicts[0]
    said = {"at": key, "conflict_key": conflict.key, "choice": "0", "state": _state(scene)}
    return partial(scene.office.post, scene.url("conflict_settle"), said, headers=HTMX)


def _state(scene: Scene) -> str:
    """What the page shows when the decision is sent from it."""
    return f"{news.last_line(scene.consultation)}."


def news_elsewhere(scene: Scene) -> Callable[[], Any]:
    """What the pulse brings to a page after a decision on another provision."""
    said = {"at": scene.crowded.key, "state": _state(scene)}
    decision_elsewhere(scene)()
    return partial(scene.office.post, scene.url("workbench_pulse"), said, headers=HTMX)


CASES: dict[str, tuple[Case, int | None]] = {
    f"workbench, {ON_ONE} comments on one": (workbench, PAGE_MS),
    "workbench, a provision chosen": (provision_chosen, PAGE_MS),
    "reading page of a delegate": (reading_page, PAGE_MS),
    f"one decision among {ON_ONE}": (decision, DECISION_MS),
    "one decision elsewhere": (decision_elsewhere, DECISION_MS),
    "one conflict settled": (settlement, DECISION_MS),
    "news of a decision elsewhere": (news_elsewhere, DECISION_MS),
}


def main() -> None:
    with override_settings(STORAGES=PLAIN):
        call_command("migrate", verbosity=0)
        scenes = {
            f"{PROVISIONS} provisions": scene_of(1),
            f"{PROVISIONS // TENTH} provisions": scene_of(TENTH),
        }
        rows = [row for name, case in CASES.items() for row in measured(name, *case, scenes)]
    large, _small = scenes.values()
    rows += browsing.run(
        {
            "workbench": (large.visit("office", "workbench"), browsing.work_at_the_workbench),
            "reading page": (large.visit("delegate", "consultation_read"), browsing.read_and_write),
        }
    )
    json.dump(rows, sys.stdout)


def scene_of(part: int) -> Scene:
    committee = factories.CommitteeFactory()
    office = factories.person(committee, Role.OFFICE)
    sizes = {"provisions": PROVISIONS // part, "comments": COMMENTS // part}
    consultation = large_round(office, committee, **sizes)
    delegate = consultation.delegates.select_related("person").last()
    return Scene(consultation, browser_of(office), browser_of(delegate.person))


def browser_of(person: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client


def measured(name: str, case: Case, most: int | None, scenes: dict[str, Scene]) -> list[Row]:
    """`most` milliseconds of the processor are the goal for the first of the scenes."""
    seconds: dict[str, list[float]] = {size: [] for size in scenes}
    clock: dict[str, list[float]] = {size: [] for size in scenes}
    for _ in range(TIMES + 1):
        for size, scene in scenes.items():
            request = case(scene)
            started = perf_counter()
            seconds[size].append(timed(partial(_checked, request)))
            clock[size].append(perf_counter() - started)
    rows = [_row(name, size, seconds[size], clock[size]) for size in scenes]
    large, small = rows
    large |= {"ratio": large["seconds"] / small["seconds"], "most_ms": most}
    return rows


def _row(name: str, size: str, seconds: list[float], clock: list[float]) -> Row:
    """Medians without the first request, which fills caches; `clock_ms` as a clock on the wall."""
    waited = f"{median(clock[1:]) * 1000:.0f}"
    return {"case": name, "tool": size, "seconds": median(seconds[1:]), "clock_ms": waited}


def _checked(request: Callable[[], Any]) -> None:
    response = request()
    assert response.status_code == 200, (response.status_code, response.headers)
