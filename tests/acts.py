"""Domain functions in processes of their own, as several servers run them.

One process is started afresh and forks the others when Django stands: a fork of a process with
threads, as the browser's driver starts them, may never end. All begin at the same moment.
`python -m tests.acts` reads a JSON list of [act, person, ids] and prints the lists of results.
"""

import json
import multiprocessing
import os
import subprocess
import sys
from typing import Any
from unittest import mock

import django
from django.db import OperationalError, connection, connections

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from comments import services  # noqa: E402
from directives import record, register, workflow  # noqa: E402
from directives.models import NumberRegister  # noqa: E402
from directives.refusals import Refused  # noqa: E402
from meetings.deciding import voting  # noqa: E402
from meetings.holding import rollcall, speaking  # noqa: E402
from meetings.models import Attendee, Choice  # noqa: E402

LONGEST = 300  # seconds; far more than the acts take
STUB = b"%PDF-1.7 stands for the typeset paper"


def issue(pk: int, clerk: User) -> int | str:
    return workflow.issue(pk, actor=clerk, issued_on=timezone.localdate()).number


def issue_untypeset(pk: int, clerk: User) -> int | str:
    with mock.patch.object(record, "issued_pdf", return_value=STUB):
        return issue(pk, clerk)


def reserve(pk: int, clerk: User) -> int | str:
    numbers = NumberRegister.objects.get()
    return register.reserve(
        numbers.pk, actor=clerk, paper=f"Chỉ thị giấy {pk}", reason="In ở nơi khác"
    ).number


def submit(pk: int, author: User) -> str:
    return services.submit(pk, actor=author).status


def close(pk: int, office: User) -> str:
    services.close_round(pk, actor=office)
    return "closed_round"


def vote(pk: int, member: User) -> str:
    voting.vote(pk, actor=member, choice=Choice.AGREES)
    return "voted"


def close_ballot(pk: int, office: User) -> str:
    voting.close_ballot(pk, actor=office)
    return "closed_ballot"


def arrive(pk: int, secretary: User) -> str:
    rollcall.arrive(pk, actor=secretary)
    return "arrived"


def call(pk: int, secretary: User) -> str:
    item = Attendee.objects.get(pk=pk).meeting.current_item
    speaking.call_speaker(item.pk, pk, actor=secretary)
    return "called"


OF_DIRECTIVES = (issue, issue_untypeset, reserve, submit, close)
OF_MEETINGS = (vote, close_ballot, arrive, call)
ACTS = {act.__name__: act for act in (*OF_DIRECTIVES, *OF_MEETINGS)}


def at_once(*calls: tuple[str, User, list[int]]) -> list[int | str]:
    """The results of calls (act, person, ids), each in a process, all at the same time."""
    connections.close_all()
    told = subprocess.run(
        [sys.executable, "-m", "tests.acts"],
        env=os.environ | {"DATABASE_URL": address()},
        input=json.dumps([[act, person.pk, ids] for act, person, ids in calls]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=LONGEST,
    )
    return [result for results in json.loads(told.stdout) for result in results]


def address() -> str:
    """The URL of the tests' database, for other processes."""
    database = connection.settings_dict
    if connection.vendor != "postgresql":
        return f"sqlite:///{database['NAME']}"
    who = f"{database['USER']}:{database['PASSWORD']}"
    return f"postgres://{who}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def _run(calls: list[tuple[str, int, list[int]]]) -> list[list[int | str]]:
    fork = multiprocessing.get_context("fork")
    with fork.Pool(len(calls), _share, [fork.Barrier(len(calls))]) as processes:
        return processes.map_async(_act, calls, chunksize=1).get(LONGEST)


def _share(start: Any) -> None:
    _act.start = start


def _act(call: tuple[str, int, list[int]]) -> list[int | str]:
    """Waits until every process has its call, so that none takes two and all begin together."""
    act, person, pks = call
    who = User.objects.get(pk=person)
    _act.start.wait(LONGEST)
    return [_done(act, pk, who) for pk in pks]


def _done(act: str, pk: int, person: User) -> int | str:
    """What came of the act. SQLite turns away who has waited too long; they press again."""
    try:
        return ACTS[act](pk, person)
    except Refused as refused:
        return refused.code
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        return _done(act, pk, person)


if __name__ == "__main__":
    print(json.dumps(_run(json.load(sys.stdin))))
