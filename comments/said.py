"""What a comment says: as typed, checked against the frozen draft, and as word-level edits."""

import uuid
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from comments.models import Category, Comment, ProposalKind
from directives.drafting import KEPT, clean
from directives.models import Draft, Provision
from directives.refusals import Refused
from directives.text.kinds import Kind
from directives.text.merge import edits

MAX_COMMENT = 10_000


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a comment says, as typed."""

    category: str = Category.CONTENT
    provision_key: uuid.UUID | None = None
    quote: str = ""
    quote_start: int | None = None
    body: str = ""
    reason: str = ""
    proposal_kind: str = ProposalKind.NONE
    proposed_text: str = ""


def said_in(comment: Comment) -> Said:
    return Said(**{one.name: getattr(comment, one.name) for one in fields(Said)})


def cannot_go(kind: str) -> str:
    """Why no proposal takes out a provision of this kind."""
    if kind == Kind.ANNEX:
        return _(
            "The title of an annex cannot be deleted alone. To leave the annex out, say so in a "
            "comment."
        )
    return _("The subject and the recipients cannot be deleted.")


def checked(draft: Draft, said: Said) -> Said:
    """The same, normalised; refused where it points at nothing."""
    provision = _provision(draft, said.provision_key)
    quote, start = clean(said.quote), said.quote_start
    if quote and provision is not None:
        start = _find_quote(provision.text, quote, start)
    kind = said.proposal_kind
    if kind not in ProposalKind.values or said.category not in Category.values:
        raise Refused(_("Choose one of the choices offered."), code="choice")
    if kind != ProposalKind.NONE and provision is None:
        raise Refused(_("A new wording needs a provision to stand in."), code="no_provision")
    if kind == ProposalKind.DELETE and provision and provision.kind in KEPT:
        raise Refused(cannot_go(provision.kind), code="kind")
    return Said(
        category=said.category,
        provision_key=said.provision_key,
        quote=quote,
        quote_start=start if quote else None,
        body=clean(said.body, limit=MAX_COMMENT),
        reason=clean(said.reason, limit=MAX_COMMENT),
        proposal_kind=kind,
        proposed_text=clean(said.proposed_text),
    )


def _find_quote(text: str, quote: str, start: int | None) -> int:
    """Where the quote stands: at `start` if it does, else at its only place."""
    if start is not None and text[start : start + len(quote)] == quote:
        return start
    if text.count(quote) != 1:
        raise Refused(
            _("The words you quoted are not in the provision. Select them again."), code="quote"
        )
    return text.index(quote)


def _provision(draft: Draft, key: uuid.UUID | None) -> Provision | None:
    if key is None:
        return None
    provision = draft.provisions.filter(key=key).first()
    if provision is None:
        raise Refused(_("The draft has no such provision."), code="no_provision")
    return provision


def refuse_empty(comment: Comment) -> None:
    if not comment.body and comment.proposal_kind == ProposalKind.NONE:
        raise Refused(_("Write your comment, or change the wording."), code="empty")
    worded = comment.proposal_kind in (ProposalKind.REPLACE, ProposalKind.INSERT_AFTER)
    if worded and not comment.proposed_text:
        raise Refused(_("Write the wording that you propose."), code="no_wording")


def edits_of(draft: Draft, comment: Comment) -> list[list[object]]:
    """The proposal as word-level edits on the frozen text; a deletion is the edit to nothing."""
    provision = _provision(draft, comment.provision_key)
    if provision is None or comment.proposal_kind not in (
        ProposalKind.REPLACE,
        ProposalKind.DELETE,
    ):
        return []
    proposed = comment.proposed_text if comment.proposal_kind == ProposalKind.REPLACE else ""
    changes = edits(provision.text, proposed)
    if not changes:
        raise Refused(_("The wording is the same as in the draft."), code="unchanged")
    return [[edit.start, edit.end, edit.text] for edit in changes]
