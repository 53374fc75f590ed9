"""What is kept for good goes by no way that asks no trigger of DELETE, in any app."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from meetings.demo.story import Story

KEPT = (
    "directives.Issue",
    "directives.StoredFile",
    "directives.Event",
    "comments.Consultation",
    "comments.Comment",
    "comments.Disposition",
    "meetings.Ballot",
    "meetings.Voter",
    "meetings.MeetingPaper",
    "meetings.PaperSection",
)


@pytest.mark.django_db
def test_no_row_of_the_record_is_replaced_or_emptied_out():
    with translation.override("vi"):
        Story(timezone.now()).tell("issued")
    connection.check_constraints()
    for name in KEPT:
        model = apps.get_model(name)
        table, count = model._meta.db_table, model.objects.count()
        assert count, table
        assert f"no row of {table} is lost" in refusal_of(emptying(table))
        assert model.objects.count() == count


def emptying(table: str) -> str:
    if connection.vendor == "sqlite":
        return f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    return f"TRUNCATE {table} CASCADE"


def refusal_of(sql: str) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as refused:
        return str(refused)
    return ""
