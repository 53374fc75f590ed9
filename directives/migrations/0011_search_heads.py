"""An index of titles and headings alone: of words that stand everywhere, where they head a text."""

from django.db import migrations

COLUMNS = ("title", "heading")
NEW, OLD = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("new", "old"))
NAMES = ", ".join(COLUMNS)
TABLE = "directives_searchheads"
ADD = f"INSERT INTO {TABLE} (rowid, {NAMES}) VALUES (new.id, {NEW});"
# FTS5 forgets a row when it is told the words it had.
DROP = f"INSERT INTO {TABLE} ({TABLE}, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});"
ENTRY = "directives_searchentry"
TRIGGERS = ("searchheads_insert", "searchheads_delete", "searchheads_update")
SQLITE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5({NAMES}, content='{ENTRY}',"
    " content_rowid='id', tokenize='ascii', prefix='2 3')",
    f"INSERT INTO {TABLE} ({TABLE}) VALUES ('rebuild')",
    f"CREATE TRIGGER searchheads_insert AFTER INSERT ON {ENTRY} BEGIN {ADD} END",
    f"CREATE TRIGGER searchheads_delete AFTER DELETE ON {ENTRY} BEGIN {DROP} END",
    f"CREATE TRIGGER searchheads_update AFTER UPDATE ON {ENTRY} BEGIN {DROP} {ADD} END",
)
SQLITE_BACK = (*(f"DROP TRIGGER {trigger}" for trigger in TRIGGERS), f"DROP TABLE {TABLE}")
# A column and not an expression, which would be worked out anew for every row that is found.
VECTOR = "to_tsvector('simple', title || ' ' || heading)"
POSTGRESQL = (
    f"ALTER TABLE {ENTRY} ADD COLUMN heads tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    f"CREATE INDEX {TABLE} ON {ENTRY} USING gin (heads)",
)
POSTGRESQL_BACK = (f"ALTER TABLE {ENTRY} DROP COLUMN heads",)


def index(apps, schema_editor):
    _execute(schema_editor, SQLITE, POSTGRESQL)


def no_index(apps, schema_editor):
    _execute(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _execute(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("directives", "0010_annexes")]

    operations = [migrations.RunPython(index, no_index)]
