"""The database itself refuses, whoever asks: here querysets that pass by every domain function."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from comments.models import Comment, Consultation, Disposition, Status
from directives import register
from directives.models import (
    Approval,
    Directive,
    Draft,
    Event,
    Issue,
    IssueSources,
    NumberRegister,
    Provision,
    RegisterEntry,
    ShortAddress,
    StoredFile,
)
from tests import factories


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Event, {"verb": "other"}),
        (Issue, {"number": 99}),
        (StoredFile, {"content": b"other"}),
        (Directive, {"subject": "khác"}),
        (Approval, {"sha256": "0" * 64}),
        (NumberRegister, {"last_number": F("last_number") + 2}),
        (NumberRegister, {"last_number": F("last_number") - 1}),
        (Disposition, {"reply": "khác"}),
        (Comment, {"body": "khác"}),
        (Comment, {"status": Status.WITHDRAWN}),
        (Consultation, {"closed_at": None}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "-".join(value),
)
def test_issued_and_logged_rows_refuse_a_change(issued, model, change):
    assert model.objects.exists()
    assert refused(lambda: model.objects.update(**change))


@pytest.mark.parametrize(
    "model",
    [Event, Issue, StoredFile, Approval, NumberRegister, Disposition, Comment, Consultation],
)
def test_issued_and_logged_rows_refuse_to_go(issued, model):
    with_raw_delete = model.objects.all()
    assert refused(lambda: with_raw_delete._raw_delete(with_raw_delete.db))
    assert model.objects.exists()


def test_a_frozen_draft_refuses_every_change_of_its_text(world, consultation):
    frozen = Provision.objects.filter(draft=consultation.draft)
    assert refused(lambda: frozen.update(text="khác"))
    assert refused(lambda: frozen._raw_delete(frozen.db))
    assert refused(
        lambda: Provision.objects.create(draft=consultation.draft, kind="clause", position=99)
    )
    drafts = Draft.objects.filter(pk=consultation.draft_id)
    assert refused(lambda: drafts.update(content="{}"))
    assert refused(lambda: drafts.update(frozen_at=None, content="", sha256=""))


def test_a_provision_is_of_a_kind_that_is_known(directive):
    working = Provision.objects.filter(draft=directive.latest_draft, kind="closing")
    assert working.update(kind="annex") == 1
    assert refused(lambda: Provision.objects.filter(kind="annex").update(kind="chapter"))


def test_a_provision_cannot_be_moved_into_a_frozen_draft(world, consolidated):
    frozen, working = consolidated.drafts.order_by("number")
    moved = Provision.objects.filter(draft=working, kind="closing")
    assert moved.count() == 1
    assert refused(lambda: moved.update(draft=frozen))


def test_a_working_draft_can_be_changed(directive):
    draft = directive.latest_draft
    assert draft.provisions.update(text="khác") == draft.provisions.count()


def test_a_second_working_draft_is_refused(world, directive):
    assert refused(
        lambda: Draft.objects.create(directive=directive, number=2, created_by=world.office)
    )


def test_a_directive_cannot_be_called_issued_without_its_papers(directive):
    assert refused(lambda: Directive.objects.filter(pk=directive.pk).update(state="issued"))


KEPT = [
    Event,
    Approval,
    Draft,
    Provision,
    Directive,
    StoredFile,
    Issue,
    IssueSources,
    ShortAddress,
    RegisterEntry,
    NumberRegister,
]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def on_sqlite() -> bool:
    return connection.vendor == "sqlite"


@pytest.mark.parametrize("model", KEPT)
def test_no_row_is_lost_by_the_ways_that_ask_no_trigger_of_delete(issued, model):
    table, count = model._meta.db_table, model.objects.count()
    assert count
    replaced = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    assert refused(lambda: run(replaced if on_sqlite() else f"TRUNCATE {table} CASCADE"))
    assert model.objects.count() == count


def test_a_row_that_may_change_takes_no_other_out_of_its_way(world, issued):
    numbers = NumberRegister.objects.get()
    kept = register.reserve(numbers.pk, actor=world.clerk, paper="Văn bản giấy", reason="Chờ ký")
    given = RegisterEntry.objects.get(number=35)
    way = "UPDATE OR REPLACE" if on_sqlite() else "UPDATE"
    table = RegisterEntry._meta.db_table
    assert refused(lambda: run(f"{way} {table} SET id = {given.pk} WHERE id = {kept.pk}"))
    assert refused(lambda: RegisterEntry.objects.create(directive=issued, **facts_of(kept, 37)))
    assert RegisterEntry.objects.filter(pk__in=[given.pk, kept.pk]).count() == 2


def facts_of(entry: RegisterEntry, number: int) -> dict:
    facts = ("register", "status", "reason", "taken_by")
    return {name: getattr(entry, name) for name in facts} | {"number": number}


def test_a_register_begins_empty_and_stays_its_committees(world, issued):
    numbers = NumberRegister.objects.get()
    facts = {"committee": world.committee, "term": numbers.term, "opened_by": world.clerk}
    assert refused(
        lambda: NumberRegister.objects.create(
            **facts, document_type="TB", first_number=1, last_number=50
        )
    )
    facts = {"paper": "Văn bản giấy", "reason": "Chờ ký", "taken_by": world.clerk}
    RegisterEntry.objects.create(register=numbers, number=36, status="reserved", **facts)
    other = factories.CommitteeFactory()
    assert refused(lambda: NumberRegister.objects.update(committee=other, last_number=36))
    assert NumberRegister.objects.update(last_number=36) == 1
