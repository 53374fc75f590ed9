"""The first page of the search in 100,000 provisions, beside counting the same words with LIKE.

Each database is filled in a process of its own: SQLite in a file that goes, PostgreSQL in a cluster
that tests/with_postgresql.sh starts. Its server is no child of ours: its seconds of the processor
are read from the system and added to our own.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

from tests.benchmarks import vietnamese
from tests.benchmarks.measuring import Row, Work, rows

DIRECTIVES, PROVISIONS = 1_000, 100
SUBJECT_WORDS = 25
BATCH = 5_000
ROUNDS = 9
GOAL = 5
RARE, COMMON = "đại biểu", "Tỉnh ủy"  # in one of 1,000 provisions; in every third
OWN, LAID_OUT = "found, counted and ranked", "first page, laid out"
IN_ORDER, RANKED = "20 in stored order", "20 by the engine's rank"
LIKE, LIKE_SEEN = "LIKE count", "LIKE count, may be seen"
ENGINES = {
    "sqlite": "bm25(directives_searchfts)",
    "postgresql": "-ts_rank(vector, to_tsquery('simple', %s))",
}


def run() -> list[Row]:
    """The rows of both databases; one that is not here is skipped."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        sqlite = _asked([], os.environ | {"DATABASE_URL": url})
    return [
        *(sqlite or _skipped("SQLite")),
        *(_asked(["tests/with_postgresql.sh"], dict(os.environ)) or _skipped("PostgreSQL")),
    ]


def _asked(command: list[str], env: dict[str, str]) -> list[Row]:
    own = [*command, sys.executable, "-m", "tests.benchmarks.bench_search"]
    env = env | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    told = subprocess.run(own, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(told) if told else []


def _skipped(database: str) -> list[Row]:
    return [{"case": database, "tool": OWN, "skipped": "not installed"}]


def main() -> None:
    """In the process of one database: fills it, measures, prints the rows."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    person = _fill()
    _tidy()
    print(json.dumps([row for words in (RARE, COMMON) for row in _measured(person, words)]))


def _fill() -> Any:
    """A thousand directives of a hundred provisions; the one who may see them all."""
    from accounts.models import Committee, Role, RoleGrant, User
    from directives.models import Directive, Draft, Provision
    from directives.search import index

    chance = random.Random(35)
    office = User.objects.create(full_name="Văn phòng", username="office")
    committee = Committee.objects.create(name="Ban Thường vụ", letterhead="TỈNH ỦY", place="Huế")
    RoleGrant.objects.create(committee=committee, person=office, role=Role.OFFICE)
    facts = {"committee": committee, "subject": "về", "created_by": office}
    directives = Directive.objects.bulk_create([Directive(**facts) for _ in range(DIRECTIVES)])
    drafts = Draft.objects.bulk_create(
        [Draft(directive=one, number=1, created_by=office) for one in directives]
    )
    waiting = (provision for draft in drafts for provision in _written(chance, draft))
    while batch := list(islice(waiting, BATCH)):
        Provision.objects.bulk_create(batch)
    index.rebuild()
    return office


def _written(chance: random.Random, draft: Any) -> Any:
    """A subject, and clauses of nine points each."""
    from directives.models import Provision
    from directives.text.kinds import Kind

    for position in range(1, PROVISIONS + 1):
        text = vietnamese.provision(chance)
        if chance.random() < 1 / 1_000:
            text += f" các {RARE} dự"
        kind = Kind.CLAUSE if position % 10 == 2 else Kind.POINT
        if position == 1:
            kind, text = Kind.SUBJECT, " ".join(text.split()[:SUBJECT_WORDS])
        yield Provision(draft=draft, position=position, kind=kind, text=text)


def _tidy() -> None:
    """As a database at rest is: counted, and nothing waiting for its index."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _measured(person: Any, words: str) -> list[Row]:
    from django.db import connection

    from directives.search.words import folded

    tools = _tools(person, words)
    seconds = _turn_by_turn(tools)
    case = f"{connection.vendor}: {words}"
    found = rows(case, LAID_OUT, dict(seconds), {LIKE: GOAL})
    same = _count(person, words) == _count(person, folded(words)) > 0
    found[0] |= {"found": _count(person, words), "same_without_tones": same}
    return found


def _tools(person: Any, words: str) -> dict[str, Work]:
    from directives.models import SearchEntry
    from directives.search.finding import Wanted, find, visible_to
    from directives.search.query import parse
    from directives.search.showing import page_of

    query = parse(f'"{words}"')
    return {
        OWN: lambda: find(person, query, Wanted()),
        LAID_OUT: lambda: page_of(person, find(person, query, Wanted()), None),
        IN_ORDER: _in_order(person, query),
        RANKED: _ranked(person, query),
        LIKE: _like(SearchEntry.objects.all(), words),
        LIKE_SEEN: _like(visible_to(person), words),
    }


def _in_order(person: Any, query: Any) -> Callable[[], object]:
    from directives.search.engine import matching
    from directives.search.finding import visible_to

    return lambda: list(matching(visible_to(person), query)[:20])


def _ranked(person: Any, query: Any) -> Callable[[], object]:
    from django.db import connection
    from django.db.models.expressions import RawSQL

    from directives.search.engine import for_tsquery, matching
    from directives.search.finding import visible_to

    params = [for_tsquery(query)] if connection.vendor == "postgresql" else []
    rank = RawSQL(ENGINES[connection.vendor], params)
    found = matching(visible_to(person), query)
    found.query.extra_order_by = ()
    return lambda: list(found.order_by(rank)[:20])


def _like(entries: Any, words: str) -> Callable[[], object]:
    from directives.search.words import folded

    return lambda: entries.filter(body__contains=folded(words)).count()


def _count(person: Any, words: str) -> int:
    from directives.search.finding import Wanted, find
    from directives.search.query import parse

    return find(person, parse(f'"{words}"'), Wanted()).count


def _turn_by_turn(tools: dict[str, Work]) -> dict[str, float]:
    """The least seconds of each, of this process and of the server's that works for it."""
    seconds: dict[str, list[float]] = {name: [] for name in tools}
    server = _server()
    for _ in range(ROUNDS):
        for name, work in tools.items():
            started = process_time() + server()
            work()
            seconds[name].append(process_time() + server() - started)
    return {name: min(times) for name, times in seconds.items()}


def _server() -> Callable[[], float]:
    """Reads the seconds that PostgreSQL's process for this connection has used; none on SQLite."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return lambda: 0.0
    with connection.cursor() as cursor:
        # What it hands to helpers would not be counted.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        used = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(used.read_text().split()[0]) / 1e9


if __name__ == "__main__":
    main()
