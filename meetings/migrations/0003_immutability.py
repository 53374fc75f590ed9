"""What is closed, approved or done refuses change in the database itself."""

from django.db import migrations

from directives.immutability import Refuse, refuse_changes

# Votes stand with their ballot: none is given, changed or taken away once it is closed.
CLOSED = "EXISTS (SELECT 1 FROM meetings_ballot b WHERE b.id = {row}.ballot_id AND b.closed_at IS NOT NULL)"
APPROVED = (
    "EXISTS (SELECT 1 FROM meetings_meetingpaper p WHERE p.id = {row}.paper_id"
    " AND p.approved_at IS NOT NULL)"
)


def _pieces(table: str, condition: str, message: str) -> list[Refuse]:
    old, new = condition.format(row="OLD"), condition.format(row="NEW")
    return [
        Refuse("INSERT", table, new, message),
        Refuse("UPDATE", table, f"{old} OR {new}", message),
        Refuse("DELETE", table, old, message),
    ]


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_the_whole_meeting")]
    operations = [
        *refuse_changes("meetings_ballot", "OLD.closed_at IS NOT NULL"),
        *_pieces("meetings_voter", CLOSED, "a closed ballot is immutable"),
        *refuse_changes("meetings_meetingpaper", "OLD.approved_at IS NOT NULL"),
        *_pieces("meetings_papersection", APPROVED, "an approved paper is immutable"),
        *refuse_changes("meetings_archive"),
        Refuse("UPDATE", "meetings_doneaction"),
    ]
