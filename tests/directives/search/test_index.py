"""The index is what a rebuilt one would be, after every act and at the end of the whole story."""

import io

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from comments import services
from comments.services import Said
from directives import drafting
from directives.drafting import NewProvision
from directives.models import SearchEntry
from directives.search import index
from directives.search.engine import EVERYWHERE, HEADS, matching
from directives.search.query import parse
from directives.text.kinds import Kind
from tests import factories


def rows() -> set[tuple]:
    names = ("what", "object_id", *(name for name in index.COLUMNS))
    return set(SearchEntry.objects.values_list(*names))


@pytest.fixture
def in_step():
    """Compares the index with one made anew."""

    def check() -> None:
        kept = rows()
        index.rebuild()
        assert kept == rows()
        assert kept

    return check


@pytest.mark.django_db
def test_after_the_whole_story_nothing_is_missing_old_or_left_over(in_step):
    call_command("demo", "--stage", "issued", stdout=io.StringIO())
    assert set(SearchEntry.objects.values_list("what", flat=True)) == {
        "number",
        "provision",
        "comment",
    }
    in_step()


def test_every_way_to_write_a_draft_is_followed(world, directive, in_step):
    office, draft = world.office, directive.latest_draft
    clause = drafting.add_provision(
        draft.pk, actor=office, kind=Kind.CLAUSE, text="Một. Hai.", after=None
    )
    drafting.save_provision(
        clause.pk, actor=office, version=1, text="Tiêu đề\nMột. Hai.", headed=True
    )
    in_step()
    new = drafting.split_provision(clause.pk, actor=office, version=2, first="Một.", second="Hai.")
    in_step()
    drafting.join_provision(new.pk, actor=office)
    drafting.indent_provision(clause.pk, actor=office, deeper=True)
    in_step()
    drafting.delete_provision(clause.pk, actor=office)
    in_step()
    drafting.restore_provision(draft.pk, actor=office, key=clause.key)
    in_step()
    drafting.replace_body(draft.pk, actor=office, units=[NewProvision(Kind.CLAUSE, "Khác hẳn.")])
    in_step()
    assert not SearchEntry.objects.filter(body__contains="07 ngay").exists()


def test_a_comment_is_found_while_it_is_submitted(world, consultation, in_step):
    unsent = services.save_comment(
        consultation.pk, actor=world.delegate, author=world.delegate, said=Said(body="Đề nghị.")
    )
    comments = SearchEntry.objects.filter(what="comment")
    assert not comments.exists()
    services.submit(unsent.pk, actor=world.delegate)
    assert comments.get().comment == "yk01 yk1 de nghi"
    in_step()
    services.withdraw(unsent.pk, actor=world.delegate)
    assert not comments.exists()
    in_step()


def test_a_write_that_fails_leaves_the_index_alone(world, directive):
    before, draft = rows(), directive.latest_draft
    with transaction.atomic():
        drafting.add_provision(
            draft.pk, actor=world.office, kind=Kind.CLAUSE, text="Không giữ lại.", after=None
        )
        assert rows() != before
        transaction.set_rollback(True)
    assert rows() == before


def test_an_event_costs_a_fixed_number_of_queries(world, consultation, django_assert_num_queries):
    for number in range(3):
        factories.comment(consultation, world.delegate, body=f"Đề nghị {number}.")
    with django_assert_num_queries(6):
        index.catch_up(consultation.draft.directive_id)


def test_what_the_command_makes_is_told(world, directive):
    said = io.StringIO()
    SearchEntry.objects.all().delete()
    call_command("rebuild_search", "--if-empty", stdout=said)
    assert said.getvalue().split()[0] == str(SearchEntry.objects.count())
    said = io.StringIO()
    call_command("rebuild_search", "--if-empty", stdout=said)
    assert said.getvalue() == ""


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the tables of FTS5")
@pytest.mark.parametrize("table", [EVERYWHERE.fts5, HEADS.fts5])
def test_the_tables_of_fts5_hold_what_their_rows_hold(table):
    call_command("demo", "--stage", "consolidation", stdout=io.StringIO())
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="indexes of PostgreSQL")
@pytest.mark.parametrize(
    ("index", "used"), [(EVERYWHERE, "directives_searchentry_vector"), (HEADS, HEADS.fts5)]
)
def test_what_is_asked_for_is_what_the_index_is_of(index, used):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    asked = matching(SearchEntry.objects.all(), parse("cây chè"), index)
    assert f"Bitmap Index Scan on {used} " in asked.explain()


def test_streams_without_a_directive_are_passed_by(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        index.follow("meeting:1")
