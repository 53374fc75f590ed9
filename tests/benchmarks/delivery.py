"""A stored paper beside a plain file of the same bytes, both sent by nginx over HTTP.

Of a stored paper the application is asked first whether this person may have it: a fixed time for
each, whatever the size. Times are by the clock. Prints rows as JSON. Run by bench_pdf in a process
whose DATABASE_URL is an empty file.
"""

import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from comments import consolidation, services
from directives import canonical, register, workflow
from directives.drafting import NewProvision
from directives.models import Issue
from directives.rendering import shelf
from directives.text.kinds import Kind
from tests import factories, nginx
from tests.benchmarks.measuring import Row, Work, rows
from tests.benchmarks.vietnamese import provision
from tests.serving import free_address, running

ROUNDS, REQUESTS = 9, 20
# Provisions that fill so many pages.
PAGES = {3: 24, 60: 534}
PLAIN, STORED, UNCHANGED = "nginx, plain file", "nginx, stored paper", "stored, unchanged"
WITHOUT = "stored, without nginx"


def main() -> None:
    if nginx.PROGRAM is None:
        json.dump([{"case": "sending", "tool": STORED, "skipped": "not installed"}], sys.stdout)
        return
    call_command("migrate", verbosity=0)
    measured: list[Row] = []
    for pages, provisions in PAGES.items():
        issue = issued(provisions)
        with gunicorn("") as alone, gunicorn("nginx") as asked, before(asked) as proxy:
            measured += sent(issue, pages, alone, proxy)
    json.dump(measured, sys.stdout)


def issued(provisions: int) -> Issue:
    committee = factories.CommitteeFactory()
    people = {role: factories.person(committee, role) for role in Role}
    office, clerk = people[Role.OFFICE], people[Role.CLERK]
    chance = random.Random(provisions)
    units = [NewProvision(Kind.CLAUSE, provision(chance)) for _ in range(provisions)]
    directive = factories.directive(office, committee, units)
    consultation = factories.consultation(office, directive, [people[Role.DELEGATE]])
    services.close_round(consultation.pk, actor=office)
    draft = consolidation.consolidate(consultation.pk, actor=office)
    workflow.submit_for_approval(directive.pk, actor=office)
    sha256 = canonical.content_hash(draft)
    workflow.approve(directive.pk, actor=people[Role.CHAIR], sha256=sha256)
    register.open_register(actor=clerk, term=committee.terms.get(), first_number=1)
    return workflow.issue(directive.pk, actor=clerk, issued_on=timezone.localdate())


@contextmanager
def gunicorn(proxy: str) -> Iterator[str]:
    """The address of the application as `make serve` runs it, with one worker."""
    address = free_address()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", address]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "error"]
    own = {"FILES_SENT_BY": proxy, "ALLOWED_HOSTS": "127.0.0.1"}
    with running(command, address, env=os.environ | own):
        yield address


@contextmanager
def before(application: str) -> Iterator[str]:
    with (
        tempfile.TemporaryDirectory() as folder,
        nginx.in_front_of(application, Path(folder)) as address,
    ):
        yield address


def sent(issue: Issue, pages: int, alone: str, proxy: str) -> list[Row]:
    content = bytes(issue.pdf.content)
    stored = reverse("issue_download", args=[issue.draft.directive_id])
    shelf.put(issue.sha256, content)
    plain = f"/plain/{shelf.place(issue.sha256)}"
    browser = Client()
    browser.force_login(issue.issued_by)
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={browser.cookies['sessionid'].value}"}
    version = asked(HTTPConnection(proxy), stored, cookie, content)
    unchanged = cookie | {"If-None-Match": version}
    works = {
        PLAIN: partial(asked, HTTPConnection(proxy), plain, cookie, content),
        STORED: partial(asked, HTTPConnection(proxy), stored, cookie, content),
        UNCHANGED: partial(asked, HTTPConnection(proxy), stored, unchanged, b""),
        WITHOUT: partial(asked, HTTPConnection(alone), stored, cookie, content),
    }
    seconds = {name: min(timed(work) for _ in range(ROUNDS)) for name, work in works.items()}
    return rows(f"sending {pages} pages, {len(content) // 1000} kB", PLAIN, seconds, {})


def asked(connection: HTTPConnection, path: str, headers: dict[str, str], content: bytes) -> str:
    """Ask once and hold the answer against what was stored; the version that it names."""
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    assert answer.read() == content, (path, answer.status)
    return answer.headers["ETag"]


def timed(work: Work) -> float:
    started = perf_counter()
    for _ in range(REQUESTS):
        work()
    return (perf_counter() - started) / REQUESTS
