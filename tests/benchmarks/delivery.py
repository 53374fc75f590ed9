"""A stored paper sent beside a static file of the same bytes, through all of the middleware.

Prints rows as JSON. Run by bench_pdf in a process whose DATABASE_URL is an empty file.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from comments import consolidation, services
from directives import canonical, register, workflow
from directives.models import Directive, Issue
from tests import factories
from tests.benchmarks.measuring import Row, Work, rows, turn_by_turn

ROUNDS, REQUESTS = 9, 20
STORED, STATIC = "stored paper", "static file"
UNCHANGED, BY_PROXY, KEPT = "stored, unchanged", "stored, nginx sends it", "draft, kept"


def main() -> None:
    call_command("migrate", verbosity=0)
    issue = issued()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "paper.pdf").write_bytes(bytes(issue.pdf.content))
        with override_settings(STATIC_ROOT=folder):
            made = measured(issue)
    json.dump(made, sys.stdout)


def issued() -> Issue:
    committee = factories.CommitteeFactory()
    people = {role: factories.person(committee, role) for role in Role}
    office, clerk = people[Role.OFFICE], people[Role.CLERK]
    directive = factories.directive(office, committee)
    consultation = factories.consultation(office, directive, [people[Role.DELEGATE]])
    services.close_round(consultation.pk, actor=office)
    draft = consolidation.consolidate(consultation.pk, actor=office)
    workflow.submit_for_approval(directive.pk, actor=office)
    sha256 = canonical.content_hash(draft)
    workflow.approve(directive.pk, actor=people[Role.CHAIR], sha256=sha256)
    register.open_register(actor=clerk, term=committee.terms.get(), first_number=1)
    return workflow.issue(directive.pk, actor=clerk, issued_on=timezone.localdate())


def measured(issue: Issue) -> list[Row]:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(issue.issued_by)
    directive = Directive.objects.get(issue=issue)
    stored = reverse("issue_download", args=[directive.pk])
    draft = reverse("draft_pdf", args=[directive.pk, 1])
    unchanged = {"If-None-Match": f'"{issue.sha256}"'}
    with override_settings(FILES_SENT_BY="nginx"):
        by_proxy = turn_by_turn({BY_PROXY: many(partial(browser.get, stored))}, ROUNDS)
    seconds = turn_by_turn(
        {
            STORED: many(partial(browser.get, stored)),
            STATIC: many(partial(browser.get, "/static/paper.pdf")),
            UNCHANGED: many(partial(browser.get, stored, headers=unchanged), 304),
            KEPT: many(partial(browser.get, draft)),
        },
        ROUNDS,
    )
    each = {name: taken / REQUESTS for name, taken in (seconds | by_proxy).items()}
    return rows(f"sending {len(bytes(issue.pdf.content)) // 1000} kB", STORED, each, {})


def many(request: Callable[[], object], status: int = 200) -> Work:
    def work() -> None:
        for _ in range(REQUESTS):
            response = request()
            assert response.status_code == status, response.status_code
            b"".join(response)
            response.close()

    return work
