"""What the search looks in, and the index that each database keeps of it by itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COLUMNS = ("title", "heading", "body", "comment")
NEW, OLD = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("new", "old"))
NAMES = ", ".join(COLUMNS)
ADD = f"INSERT INTO directives_searchfts (rowid, {NAMES}) VALUES (new.id, {NEW});"
# FTS5 forgets a row when it is told the words it had.
DROP = (
    f"INSERT INTO directives_searchfts (directives_searchfts, rowid, {NAMES})"
    f" VALUES ('delete', old.id, {OLD});"
)
ENTRY = "directives_searchentry"
# The rows hold nothing but folded words and spaces: every sign that is not ASCII is a letter.
SQLITE = (
    f"CREATE VIRTUAL TABLE directives_searchfts USING fts5({NAMES}, content='{ENTRY}',"
    " content_rowid='id', tokenize='ascii', prefix='2 3')",
    f"CREATE TRIGGER searchfts_insert AFTER INSERT ON {ENTRY} BEGIN {ADD} END",
    f"CREATE TRIGGER searchfts_delete AFTER DELETE ON {ENTRY} BEGIN {DROP} END",
    f"CREATE TRIGGER searchfts_update AFTER UPDATE ON {ENTRY} BEGIN {DROP} {ADD} END",
)
SQLITE_BACK = ("DROP TABLE directives_searchfts",)
VECTOR = " || ".join(
    f"setweight(to_tsvector('simple', {name}), '{weight}')"
    for name, weight in zip(COLUMNS, "ABCD", strict=True)
)
POSTGRESQL = (
    f"ALTER TABLE {ENTRY} ADD COLUMN vector tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    f"CREATE INDEX directives_searchentry_vector ON {ENTRY} USING gin (vector)",
)


def index(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in SQLITE if vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def no_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE_BACK:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0005_register_entry_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(choices=[("number", "Number"), ("provision", "Provision"), ("comment", "Comment")], max_length=10)),
                ("object_id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("title", models.TextField(blank=True)),
                ("heading", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("comment", models.TextField(blank=True)),
                ("author", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("directive", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directives.directive")),
                ("draft", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directives.draft")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("what", "object_id"), name="found_once")],
            },
        ),
        migrations.RunPython(index, no_index),
    ]
