"""An issue whose process dies at a chosen point. `python -m tests.killed POINT DIRECTIVE CLERK`."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn
from unittest import mock

import django
from django.db import connection

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from directives import events, record, register, workflow  # noqa: E402
from directives.models import Issue, IssueSources  # noqa: E402

# Where the process dies: once the function of this name has returned.
AFTER: dict[str, tuple[object, str]] = {
    "the number": (register, "take_number"),
    "the freezing": (workflow, "freeze"),
    "a first file": (record, "store"),
    "the typesetting": (record, "issued_pdf"),
    "the issue": (Issue.objects, "create"),
    "all files": (IssueSources.objects, "create"),
    "the record": (record, "keep"),
    "the event": (events, "record"),
    "the commit": (connection, "_commit"),
}
BEFORE_COMMIT = "the last word before the commit"


def die(*_args: Any, **_facts: Any) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("dead processes raise nothing")


def then_die(work: Callable[..., Any]) -> Callable[..., NoReturn]:
    def done(*args: Any, **facts: Any) -> NoReturn:
        work(*args, **facts)
        die()

    return done


def deadly(point: str) -> Any:
    if point == BEFORE_COMMIT:
        return mock.patch.object(connection, "_commit", die)
    place, name = AFTER[point]
    return mock.patch.object(place, name, then_die(getattr(place, name)))


if __name__ == "__main__":
    point, directive, clerk = sys.argv[1:]
    who = User.objects.get(pk=clerk)
    with deadly(point):
        workflow.issue(int(directive), actor=who, issued_on=timezone.localdate())
