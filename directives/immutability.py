"""Triggers by which the database itself refuses a change, on SQLite and on PostgreSQL alike."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SQLITE = """
CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""
NEVER_EMPTIED = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


class Triggers(Operation):
    """A migration step that makes triggers and, taken back, drops them."""

    reversible = True

    def made(self, editor: BaseDatabaseSchemaEditor) -> Iterable[str]:
        raise NotImplementedError

    def dropped(self, editor: BaseDatabaseSchemaEditor) -> Iterable[str]:
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models do not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.made(schema_editor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.dropped(schema_editor):
            schema_editor.execute(statement, params=None)


class Refuse(Triggers):
    """Refuse an act (INSERT, UPDATE, DELETE) on a table where a condition holds.

    The condition is SQL that both databases understand, over OLD and NEW. A second rule about the
    same act and table has a name of its own.
    """

    def __init__(
        self, act: str, table: str, when: str = "1 = 1", message: str = "", *, rule: str = ""
    ) -> None:
        self.act, self.table, self.when, self.rule = act, table, when, rule
        self.message = message or f"{table} is immutable"

    @property
    def name(self) -> str:
        name = f"refuse_{self.act.lower()}_{self.table}"
        return f"{name}_{self.rule}" if self.rule else name

    def made(self, editor: BaseDatabaseSchemaEditor) -> Iterable[str]:
        template = SQLITE if _on_sqlite(editor) else POSTGRESQL
        yield template.format(
            name=self.name,
            act=self.act,
            table=self.table,
            condition=f"({self.when})",
            message=self.message,
        )

    def dropped(self, editor: BaseDatabaseSchemaEditor) -> Iterable[str]:
        return _dropped(self.name, self.table, editor)

    def describe(self) -> str:
        return f"Refuse {self.act} on {self.table} where {self.when}"


def _on_sqlite(editor: BaseDatabaseSchemaEditor) -> bool:
    return bool(editor.connection.vendor == "sqlite")


def _dropped(name: str, table: str, editor: BaseDatabaseSchemaEditor) -> list[str]:
    if _on_sqlite(editor):
        return [f"DROP TRIGGER {name}"]
    return [f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()"]


def refuse_changes(table: str, when: str = "1 = 1") -> list[Refuse]:
    """Rows that, once the condition holds for them, refuse UPDATE and DELETE."""
    return [Refuse("UPDATE", table, when), Refuse("DELETE", table, when)]


class RefuseLosing(Triggers):
    """No row of a table goes by the ways that ask no trigger of DELETE.

    SQLite takes away unasked what stands in the way of INSERT OR REPLACE and of UPDATE OR REPLACE;
    PostgreSQL empties a table by TRUNCATE. A plain statement that meets a row with the same key
    fails as it did before.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        self.name = f"refuse_truncate_{table}"
        self.message = f"no row of {table} is lost"

    def made(self, editor: BaseDatabaseSchemaEditor) -> Iterable[str]:
        if _on_sqlite(editor):
            return [made for step in self._steps(editor) for made in step.made(editor)]
        return [NEVER_EMPTIED.format(name=self.name, table=self.table, message=self.message)]

    def dropped(self, editor: BaseDatabaseSchemaEditor) -> Iterable[str]:
        if _on_sqlite(editor):
            return [dropped for step in self._steps(editor) for dropped in step.dropped(editor)]
        return _dropped(self.name, self.table, editor)

    def describe(self) -> str:
        return f"Refuse to lose a row of {self.table}"

    def _steps(self, editor: BaseDatabaseSchemaEditor) -> list[Refuse]:
        keys = list(_unique_keys(editor, self.table))
        insert = " OR ".join(self._meets(key) for key in keys)
        update = " OR ".join(self._meets(key, "kept.rowid <> OLD.rowid") for key in keys)
        return [
            Refuse("INSERT", self.table, insert, self.message, rule="in_the_way"),
            Refuse("UPDATE", self.table, update, self.message, rule="in_the_way"),
        ]

    def _meets(self, key: tuple[list[str], str], other: str = "1 = 1") -> str:
        """Whether a row with the new one's values in the columns of a key is there."""
        columns, where = key
        same = " AND ".join(f'kept."{one}" = NEW."{one}"' for one in columns)
        found = f"EXISTS (SELECT 1 FROM {self.table} AS kept WHERE {same} AND {other}"  # noqa: S608
        if not where:
            return f"{found})"
        of_new = re.sub(r'"(\w+)"', r'NEW."\1"', where)
        return f"({found} AND {where}) AND {of_new})"


def _unique_keys(editor: BaseDatabaseSchemaEditor, table: str) -> Iterator[tuple[list[str], str]]:
    """The columns of each unique key on SQLite, with the condition under which it is one."""
    with editor.connection.cursor() as cursor:
        yield ["rowid"], ""
        cursor.execute(f"PRAGMA index_list({table})")
        for _seq, name, unique, _origin, partial in cursor.fetchall():
            if unique:
                cursor.execute(f'PRAGMA index_info("{name}")')
                columns = [column for _seq, _cid, column in cursor.fetchall()]
                yield columns, _condition(cursor, name) if partial else ""


def _condition(cursor: Any, index: str) -> str:
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [index])
    return str(cursor.fetchone()[0].split(" WHERE ", 1)[1])


class KeepingTriggers(SeparateDatabaseAndState):
    """Changes of a table that SQLite makes by building it anew, which loses its triggers."""

    def __init__(self, table: str, operations: Sequence[Operation]) -> None:
        self.table, self.operations = table, operations
        super().__init__(database_operations=operations, state_operations=operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.operations], {}

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        change = super().database_forwards
        self._keeping(schema_editor, lambda: change(app_label, schema_editor, from_state, to_state))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        change = super().database_backwards
        self._keeping(schema_editor, lambda: change(app_label, schema_editor, from_state, to_state))

    def _keeping(self, editor: BaseDatabaseSchemaEditor, change: Callable[[], None]) -> None:
        kept = self._triggers(editor) if editor.connection.vendor == "sqlite" else []
        change()
        for statement in kept:
            editor.execute(statement, params=None)

    def _triggers(self, editor: BaseDatabaseSchemaEditor) -> list[str]:
        with editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [self.table],
            )
            return [statement for (statement,) in cursor.fetchall()]
