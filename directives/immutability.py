"""Triggers by which the database itself refuses a change, on SQLite and on PostgreSQL alike."""

from collections.abc import Callable, Sequence
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


class Refuse(Operation):
    """A migration step: refuse an act (INSERT, UPDATE, DELETE) on a table where a condition holds.

    The condition is SQL that both databases understand, over OLD and NEW. A second rule about the
    same act and table has a name of its own.
    """

    reversible = True

    def __init__(
        self, act: str, table: str, when: str = "1 = 1", message: str = "", *, rule: str = ""
    ) -> None:
        self.act, self.table, self.when, self.rule = act, table, when, rule
        self.message = message or f"{table} is immutable"

    @property
    def name(self) -> str:
        name = f"refuse_{self.act.lower()}_{self.table}"
        return f"{name}_{self.rule}" if self.rule else name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models do not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        template = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
        sql = template.format(
            name=self.name,
            act=self.act,
            table=self.table,
            condition=f"({self.when})",
            message=self.message,
        )
        schema_editor.execute(sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {self.name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {self.name} ON {self.table}")
            schema_editor.execute(f"DROP FUNCTION {self.name}()")

    def describe(self) -> str:
        return f"Refuse {self.act} on {self.table} where {self.when}"


def refuse_changes(table: str, when: str = "1 = 1") -> list[Refuse]:
    """Rows that, once the condition holds for them, refuse UPDATE and DELETE."""
    return [Refuse("UPDATE", table, when), Refuse("DELETE", table, when)]


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
