"""No number without its entry, no entry out of turn, no issue without its number.

Apart from the table, for PostgreSQL makes no trigger on a table with rows of the same transaction.
"""

from django.db import migrations

from directives.immutability import Refuse

ENTRY = "directives_registerentry"
OUT_OF_TURN = (
    "NEW.status = 'cancelled' OR NEW.number <> (SELECT last_number + 1"
    " FROM directives_numberregister WHERE directives_numberregister.id = NEW.register_id)"
)
MORE_THAN_SETTLED = (
    "OLD.status <> 'reserved' OR NEW.register_id <> OLD.register_id OR NEW.number <> OLD.number"
    " OR COALESCE(NEW.directive_id, 0) <> COALESCE(OLD.directive_id, 0) OR NEW.paper <> OLD.paper"
    " OR NEW.reason <> OLD.reason OR NEW.taken_by_id <> OLD.taken_by_id"
    " OR NEW.taken_at <> OLD.taken_at"
)
WITHOUT_ENTRY = (
    "NEW.last_number <> OLD.last_number AND NOT EXISTS (SELECT 1 FROM directives_registerentry"
    " WHERE directives_registerentry.register_id = NEW.id"
    " AND directives_registerentry.number = NEW.last_number)"
)
WITHOUT_NUMBER = (
    "NOT EXISTS (SELECT 1 FROM directives_registerentry AS entry"
    " JOIN directives_draft AS draft ON draft.directive_id = entry.directive_id"
    " WHERE draft.id = NEW.draft_id AND entry.register_id = NEW.register_id"
    " AND entry.number = NEW.number AND entry.status = 'issued'"
    " AND entry.issued_on = NEW.issued_on)"
)


class Migration(migrations.Migration):
    dependencies = [("directives", "0004_register_entry")]

    operations = [
        Refuse("INSERT", ENTRY, OUT_OF_TURN, "an entry takes the next number"),
        Refuse("UPDATE", ENTRY, MORE_THAN_SETTLED, "only a reserved number is settled, once"),
        Refuse("DELETE", ENTRY),
        Refuse(
            "UPDATE",
            "directives_numberregister",
            WITHOUT_ENTRY,
            "a number has an entry",
            rule="without_entry",
        ),
        Refuse(
            "INSERT",
            "directives_issue",
            WITHOUT_NUMBER,
            "an issue has its number in the register",
            rule="without_number",
        ),
    ]
