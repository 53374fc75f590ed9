"""What a delegate submitted cannot be rewritten or removed, only withdrawn while the round is open."""

from django.db import migrations

from directives.immutability import Refuse

REWRITTEN = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in (
        "author_id",
        "consultation_id",
        "body",
        "reason",
        "category",
        "quote",
        "proposal_kind",
        "proposed_text",
        "number",
    )
)
CLOSED = (
    "EXISTS (SELECT 1 FROM comments_consultation c"
    " WHERE c.id = OLD.consultation_id AND c.closed_at IS NOT NULL)"
)
SUPERSEDED = (
    "EXISTS (SELECT 1 FROM comments_consultation c JOIN comments_comment m"
    " ON m.consultation_id = c.id WHERE m.id = OLD.comment_id AND c.next_draft_id IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial"), ("directives", "0002_immutability")]

    operations = [
        Refuse(
            "UPDATE",
            "comments_comment",
            f"OLD.status <> 'draft' AND ({REWRITTEN} OR NEW.status = 'draft'"
            f" OR (NEW.status <> OLD.status AND {CLOSED}))",
            "a submitted comment cannot be rewritten",
        ),
        Refuse("DELETE", "comments_comment", "OLD.status <> 'draft'"),
        Refuse("UPDATE", "comments_disposition", SUPERSEDED, "the answer is in the next draft"),
        Refuse("DELETE", "comments_disposition", SUPERSEDED, "the answer is in the next draft"),
        Refuse(
            "UPDATE",
            "comments_consultation",
            "OLD.next_draft_id IS NOT NULL OR NEW.draft_id <> OLD.draft_id"
            " OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL)",
            "a closed round stays closed",
        ),
        Refuse("DELETE", "comments_consultation"),
    ]
