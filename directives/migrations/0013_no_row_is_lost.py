"""No row of the register and of the record is lost past its triggers; a register begins empty."""

from django.db import migrations

from directives.immutability import Refuse, RefuseLosing

REGISTER = "directives_numberregister"
NEVER_LOST = (
    "event",
    "approval",
    "draft",
    "provision",
    "directive",
    "relation",
    "storedfile",
    "issue",
    "issuesources",
    "shortaddress",
    "signedcopy",
    "registerentry",
    "numberregister",
)
OF_OTHERS = (
    "NEW.committee_id <> OLD.committee_id OR NEW.opened_by_id <> OLD.opened_by_id"
    " OR NEW.opened_at <> OLD.opened_at"
)


class Migration(migrations.Migration):
    dependencies = [("directives", "0012_comment_author")]

    operations = [
        *[RefuseLosing(f"directives_{name}") for name in NEVER_LOST],
        Refuse(
            "INSERT",
            REGISTER,
            "NEW.last_number <> NEW.first_number - 1",
            "a register begins before its first number",
            rule="begun",
        ),
        Refuse("UPDATE", REGISTER, OF_OTHERS, "a register stays what it is", rule="of_others"),
    ]
