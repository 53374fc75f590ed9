"""One committee with a person of every role, and a directive at each stop of its road."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.core.servers.basehttp import ServerHandler
from django.db import connection

from accounts.models import Committee, Role, User
from comments import consolidation, services
from comments.models import Consultation, Outcome
from directives import canonical, workflow
from directives.models import Directive
from tests import factories
from tests.verapdf import Verapdf

# Playwright's loop runs in the thread that also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file of this run, so that processes share it as they do in the product."""
    if connection.vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PAPERS_DIR = tmp_path / "papers"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class UnderWay:
    """The requests that the live server is at.

    No signal tells that: of one whose sender is gone Django may not send `request_finished`.
    """

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.count = 0

    def counted(self, run: Callable[..., None]) -> Callable[..., None]:
        def run_counted(*args: object) -> None:
            self._add(1)
            try:
                run(*args)
            finally:
                self._add(-1)

        return run_counted

    def _add(self, step: int) -> None:
        with self.changed:
            self.count += step
            self.changed.notify_all()

    def wait_for_none(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.count == 0, timeout=60), "still answering"


@pytest.fixture(autouse=True, scope="session")
def under_way():
    requests = UnderWay()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ServerHandler, "run", requests.counted(ServerHandler.run))
        yield requests


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers(under_way):
    """Immutable rows refuse to be emptied out between tests: the triggers are lifted.

    A page asks for news by itself: its last request, sent as the window closed, would lock what is
    being emptied. It is waited for, and where it came later still, the emptying is tried again.
    """
    original = flush.Command.handle

    def handle(self, **options):
        under_way.wait_for_none()
        triggers = _lift_triggers()
        try:
            return original(self, **options)
        except CommandError:
            under_way.wait_for_none()
            return original(self, **options)
        finally:
            with connection.cursor() as cursor:
                for sql in triggers:
                    cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield


def _lift_triggers() -> list[str]:
    """What puts them back."""
    return _drop_triggers() if connection.vendor == "sqlite" else _disable_triggers()


def _disable_triggers() -> list[str]:
    """Of TRUNCATE alone, by which PostgreSQL empties tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname LIKE 'refuse_truncate_%'"
        )
        found = cursor.fetchall()
        for table, name in found:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    return [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in found]


def _drop_triggers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'refuse_%'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _name, sql in triggers]


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory) -> Iterator[Verapdf]:
    started = Verapdf(tmp_path_factory.mktemp("verapdf"))
    yield started
    started.close()


@dataclass
class World:
    """A committee and its people."""

    committee: Committee
    office: User
    office2: User
    chair: User
    clerk: User
    delegate: User
    delegate2: User
    administrator: User

    @property
    def delegates(self) -> list[User]:
        return [self.delegate, self.delegate2]

    @property
    def people(self) -> list[User]:
        return [
            self.office,
            self.office2,
            self.chair,
            self.clerk,
            self.delegate,
            self.delegate2,
            self.administrator,
        ]


@pytest.fixture
def world(db) -> World:
    committee = factories.CommitteeFactory()
    password = make_password(factories.PASSWORD)

    def someone(name: str, *roles: Role) -> User:
        return factories.person(
            committee,
            *roles,
            username=name,
            full_name=f"Trần Thị {name.title()}",
            password=password,
        )

    return World(
        committee,
        office=someone("office", Role.OFFICE),
        office2=someone("office2", Role.OFFICE),
        chair=someone("chair", Role.CHAIR),
        clerk=someone("clerk", Role.CLERK),
        delegate=someone("delegate", Role.DELEGATE),
        delegate2=someone("delegate2", Role.DELEGATE),
        administrator=someone("administrator", Role.ADMINISTRATOR),
    )


@pytest.fixture
def directive(world) -> Directive:
    """Being drafted."""
    return factories.directive(world.office, world.committee)


@pytest.fixture
def consultation(world, directive) -> Consultation:
    """Draft 1 is out for comments to two delegates."""
    made = factories.consultation(world.office, directive, world.delegates)
    directive.refresh_from_db()
    return made


@pytest.fixture
def closed(world, consultation) -> Consultation:
    """The round is over, with one comment that proposes 05 days for 07."""
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    factories.comment(
        consultation, world.delegate, on=point, change=("07", "05"), body="Bảy ngày là quá lâu."
    )
    services.close_round(consultation.pk, actor=world.office)
    consultation.refresh_from_db()
    return consultation


@pytest.fixture
def consolidated(world, closed) -> Directive:
    """The comment was accepted, and draft 2 made of it."""
    consolidation.answer(closed.comments.get().pk, actor=world.office, outcome=Outcome.ACCEPTED)
    consolidation.consolidate(closed.pk, actor=world.office)
    return Directive.objects.get(pk=closed.draft.directive_id)


@pytest.fixture
def submitted(world, consolidated) -> Directive:
    """Draft 2 is before the chair."""
    return workflow.submit_for_approval(consolidated.pk, actor=world.office)


@pytest.fixture
def approved(world, submitted) -> Directive:
    """The chair has approved draft 2."""
    sha256 = canonical.content_hash(submitted.latest_draft)
    workflow.approve(submitted.pk, actor=world.chair, sha256=sha256)
    return Directive.objects.get(pk=submitted.pk)


@pytest.fixture
def issued(world, approved) -> Directive:
    """Issued today as number 35."""
    from django.utils import timezone

    from directives import register

    term = world.committee.terms.get()
    register.open_register(actor=world.clerk, term=term, first_number=35)
    workflow.issue(approved.pk, actor=world.clerk, issued_on=timezone.localdate())
    return Directive.objects.get(pk=approved.pk)
