"""Domain functions in processes of their own, as several servers run them.

Started afresh rather than forked: a fork of a process with threads, as the browser's driver starts
them, may never end. `python -m tests.acts ACT PERSON ID…` prints a JSON list of results.
"""

import json
import os
import subprocess
import sys

import django
from django.db import connection, connections

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from comments import services  # noqa: E402
from directives import workflow  # noqa: E402
from directives.refusals import Refused  # noqa: E402

LONGEST = 120  # seconds; far more than the acts take


def issue(pk: int, clerk: User) -> int | str:
    return workflow.issue(pk, actor=clerk, issued_on=timezone.localdate()).number


def submit(pk: int, author: User) -> str:
    return services.submit(pk, actor=author).status


def close(pk: int, office: User) -> str:
    services.close_round(pk, actor=office)
    return "closed_round"


ACTS = {"issue": issue, "submit": submit, "close": close}


def at_once(*calls: tuple[str, User, list[int]]) -> list[int | str]:
    """The results of calls (act, person, ids), each in a process, all at the same time."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        who = f"{database['USER']}:{database['PASSWORD']}"
        where = f"{database['HOST']}:{database['PORT']}"
        url = f"postgres://{who}@{where}/{database['NAME']}"
    connections.close_all()
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.acts", act, str(person.pk), *map(str, ids)],
            env=os.environ | {"DATABASE_URL": url},
            stdout=subprocess.PIPE,
        )
        for act, person, ids in calls
    ]
    try:
        told = [process.communicate(timeout=LONGEST)[0] for process in started]
    finally:
        for process in started:
            process.kill()
    return [result for line in told for result in json.loads(line)]


def _done(act: str, pk: int, person: User) -> int | str:
    try:
        return ACTS[act](pk, person)
    except Refused as refused:
        return refused.code


if __name__ == "__main__":
    act, person, *ids = sys.argv[1:]
    who = User.objects.get(pk=person)
    print(json.dumps([_done(act, int(pk), who) for pk in ids]))
