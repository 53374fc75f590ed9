"""Writing a draft: every change to a working draft goes through one of these functions.

Each locks the draft's row first, so that edits of one draft stand in a line, and each voids an
approval that was given or asked for: the chair approves a content, not a title.
"""

from directives.drafting.arranging import change_kind, indent_provision, move_provision
from directives.drafting.provisions import (
    add_provision,
    delete_provision,
    join_provision,
    restore_provision,
    save_provision,
    split_provision,
)
from directives.drafting.relating import relate, unrelate
from directives.drafting.succession import create_successor, first_subject, recipients_of
from directives.drafting.wholes import (
    DETAILS,
    change_details,
    create_directive,
    replace_body,
    start_next_draft,
)
from directives.drafting.working import (
    FIXED,
    KEPT,
    MAX_PROVISIONS,
    MAX_SUBJECT,
    MAX_TEXT,
    NewProvision,
    StaleVersion,
    clean,
    stale,
)
from directives.outline import in_order

__all__ = [
    "DETAILS",
    "FIXED",
    "KEPT",
    "MAX_PROVISIONS",
    "MAX_SUBJECT",
    "MAX_TEXT",
    "NewProvision",
    "StaleVersion",
    "add_provision",
    "change_details",
    "change_kind",
    "clean",
    "create_directive",
    "create_successor",
    "delete_provision",
    "first_subject",
    "in_order",
    "indent_provision",
    "join_provision",
    "move_provision",
    "recipients_of",
    "relate",
    "replace_body",
    "restore_provision",
    "save_provision",
    "split_provision",
    "stale",
    "start_next_draft",
    "unrelate",
]
