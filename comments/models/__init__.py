"""Rounds of comments on frozen drafts, the comments, and the answers to them.

A comment knows no meeting. It points at a provision by the key that the provision keeps through all
drafts, so a comment stays where it was made whatever becomes of the text.
"""

from comments.models.answers import (
    Disposition,
    Origin,
    Outcome,
    ReplyTemplate,
    Settlement,
)
from comments.models.rounds import (
    Consultation,
    Delegate,
    Position,
    Presence,
    ReadMark,
)
from comments.models.said import (
    Category,
    Comment,
    CommentQuerySet,
    Message,
    Placing,
    ProposalKind,
    Source,
    Status,
    form_token,
    label_of,
)

__all__ = [
    "Category",
    "Comment",
    "CommentQuerySet",
    "Consultation",
    "Delegate",
    "Disposition",
    "Message",
    "Origin",
    "Outcome",
    "Placing",
    "Position",
    "Presence",
    "ProposalKind",
    "ReadMark",
    "ReplyTemplate",
    "Settlement",
    "Source",
    "Status",
    "form_token",
    "label_of",
]
