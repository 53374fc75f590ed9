"""What the owner of the tables changes behind the triggers is found."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from directives import integrity
from directives.models import Event, RegisterEntry, StoredFile


def unguarded(model) -> None:
    """Take its triggers away, as only the owner of a table can; the test's end puts them back."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def test_all_is_whole_after_an_issue(issued):
    out = io.StringIO()
    call_command("check_record", stdout=out)
    assert "nguyên vẹn" in out.getvalue()


@pytest.mark.parametrize(
    ("model", "change", "words"),
    [
        (StoredFile, {"content": b"%PDF-"}, "35-CT-TU.pdf"),
        (StoredFile, {"content": b"%PDF-", "sha256": "0" * 64}, "35-CT/TU"),
        (Event, {"payload": {}}, "dòng 1"),
        (RegisterEntry, {"number": 36}, "Sổ"),
    ],
    ids=["a file", "a file and its hash", "the log", "a number"],
)
def test_what_was_changed_behind_the_triggers_is_told(issued, model, change, words):
    unguarded(model)
    model.objects.update(**change)
    assert any(words in fault for fault in integrity.faults())
    with pytest.raises(CommandError) as error:
        call_command("check_record", stdout=io.StringIO())
    assert error.value.returncode == 1
