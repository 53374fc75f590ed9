"""A process is killed in the midst of an issue: everything is there afterwards, or nothing."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection, connections
from django.utils import timezone

from directives import canonical, events, register, workflow
from directives.models import (
    Directive,
    Event,
    Issue,
    IssueSources,
    NumberRegister,
    RegisterEntry,
    State,
    StoredFile,
)
from tests.acts import LONGEST, address
from tests.killed import AFTER, BEFORE_COMMIT

BEFORE = [point for point in [*AFTER, BEFORE_COMMIT] if point != "the commit"]


@pytest.fixture
def waiting(transactional_db, world, approved) -> Directive:
    """Approved, with an open register whose next number is 35."""
    term = world.committee.terms.get()
    register.open_register(actor=world.clerk, term=term, first_number=35)
    return approved


def kill_while_issuing(point: str, directive: Directive, clerk) -> None:
    url = address()
    connections.close_all()
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed", point, str(directive.pk), str(clerk.pk)],
        env=os.environ | {"DATABASE_URL": url},
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL


def standing() -> dict[str, object]:
    """All that an issue leaves behind."""
    return {
        "state": Directive.objects.get().state,
        "numbers": NumberRegister.objects.get().last_number,
        "entries": RegisterEntry.objects.count(),
        "issues": Issue.objects.count(),
        "sources": IssueSources.objects.count(),
        "files": StoredFile.objects.count(),
        "events": Event.objects.filter(verb="issue").count(),
        "given": Event.objects.filter(verb="give_number").count(),
        "frozen": Directive.objects.get().drafts.exclude(frozen_at=None).count(),
    }


ISSUED = {
    "state": State.ISSUED,
    "numbers": 35,
    "entries": 1,
    "issues": 1,
    "sources": 1,
    "files": 3,
    "events": 1,
    "given": 1,
    "frozen": 2,
}


@pytest.mark.parametrize("point", BEFORE)
def test_killed_before_the_commit_nothing_is_left_and_the_number_is_free(world, waiting, point):
    before = standing()
    kill_while_issuing(point, waiting, world.clerk)
    assert standing() == before
    issue = workflow.issue(waiting.pk, actor=world.clerk, issued_on=timezone.localdate())
    assert issue.number == 35
    assert standing() == ISSUED


def test_killed_after_the_commit_everything_is_there(world, waiting):
    kill_while_issuing("the commit", waiting, world.clerk)
    assert standing() == ISSUED
    issue = Issue.objects.get()
    for stored in (issue.pdf, issue.sources.canonical_json, issue.sources.akn):
        assert stored.sha256 == canonical.sha256(bytes(stored.content))
    assert events.first_broken(Event.objects.filter(stream=waiting.stream)) is None
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
