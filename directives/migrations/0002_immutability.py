"""Events, approvals' hashes, frozen drafts, numbers and issued papers refuse change in the database."""

from django.db import migrations

from directives.immutability import Refuse, refuse_changes

OF_A_FROZEN_DRAFT = (
    "EXISTS (SELECT 1 FROM directives_draft WHERE directives_draft.id = {row}.draft_id"
    " AND directives_draft.frozen_at IS NOT NULL)"
)
FROZEN_BEFORE = OF_A_FROZEN_DRAFT.format(row="OLD")
FROZEN_AFTER = OF_A_FROZEN_DRAFT.format(row="NEW")
FROZEN = "a frozen draft is immutable"


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_initial")]

    operations = [
        *refuse_changes("directives_event"),
        *refuse_changes("directives_issue"),
        *refuse_changes("directives_storedfile"),
        *refuse_changes("directives_draft", "OLD.frozen_at IS NOT NULL"),
        *refuse_changes("directives_directive", "OLD.issue_id IS NOT NULL"),
        Refuse("INSERT", "directives_provision", FROZEN_AFTER, FROZEN),
        Refuse("UPDATE", "directives_provision", f"{FROZEN_BEFORE} OR {FROZEN_AFTER}", FROZEN),
        Refuse("DELETE", "directives_provision", FROZEN_BEFORE, FROZEN),
        Refuse(
            "UPDATE",
            "directives_approval",
            "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR NEW.sha256 <> OLD.sha256"
            " OR NEW.draft_id <> OLD.draft_id OR NEW.approved_by_id <> OLD.approved_by_id",
            "an approval can only be voided, once",
        ),
        Refuse("DELETE", "directives_approval"),
        Refuse(
            "UPDATE",
            "directives_numberregister",
            "NEW.last_number <> OLD.last_number + 1 OR NEW.first_number <> OLD.first_number"
            " OR NEW.term_id <> OLD.term_id OR NEW.document_type <> OLD.document_type",
            "a register only counts up by one",
        ),
        Refuse("DELETE", "directives_numberregister"),
    ]
