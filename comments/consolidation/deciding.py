"""The office's decisions: an answer to a comment, the words for a conflict, and both taken back."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments import permissions, services
from comments.consolidation.gists import TAKEN
from comments.consolidation.reading import workbench
from comments.models import (
    Comment,
    Consultation,
    Disposition,
    Outcome,
    ProposalKind,
    Settlement,
    Status,
)
from comments.said import MAX_COMMENT
from directives import events
from directives.drafting import clean
from directives.models import Draft
from directives.permissions import require
from directives.refusals import Refused
from directives.text.merge import edits


@transaction.atomic
def answer(
    comment_id: int,
    *,
    actor: User,
    outcome: str,
    reply: str = "",
    office_text: str = "",
    version: int = 0,
) -> Disposition:
    """The office's answer. `version` is that of the answer that was read, 0 where there was none.

    Refused when somebody answered otherwise in the meantime, when a refusal has no reason, when a
    part is taken without the office's wording, and once the next draft has been made.
    """
    comment = Comment.objects.get(pk=comment_id)
    consultation = decidable(comment.consultation_id, actor)
    if comment.status != Status.SUBMITTED:
        raise Refused(_("The delegate has withdrawn this comment."), code="withdrawn")
    standing = Disposition.objects.filter(comment=comment).first()
    _refuse_stale(standing, version)
    reply = clean(reply, limit=MAX_COMMENT)
    office_text = clean(office_text) if outcome in TAKEN else ""
    _check_answer(comment, outcome, reply, office_text)
    disposition = standing or Disposition(comment=comment, version=0)
    disposition.outcome, disposition.reply, disposition.office_text = outcome, reply, office_text
    disposition.edits = _office_edits(consultation.draft, comment, office_text)
    disposition.decided_by = actor
    disposition.version += 1
    disposition.save()
    _record(consultation, "answer_comment", actor, comment=comment.label, outcome=outcome)
    return disposition


def _refuse_stale(standing: Disposition | None, version: int) -> None:
    if (standing.version if standing else 0) == version:
        return
    if standing is None:
        raise Refused(_("Somebody has taken this answer back meanwhile."), code="stale")
    raise Refused(
        _("%(who)s has answered meanwhile: %(outcome)s. %(reply)s")
        % {
            "who": standing.decided_by,
            "outcome": standing.get_outcome_display(),
            "reply": standing.reply,
        },
        code="stale",
    )


def _check_answer(comment: Comment, outcome: str, reply: str, office_text: str) -> None:
    if outcome not in Outcome.values:
        raise Refused(_("Choose one of the four answers."), code="choice")
    if outcome == Outcome.NOT_ACCEPTED and not reply:
        raise Refused(_("Explain to the delegate why the text stays as it is."), code="reply")
    if outcome == Outcome.ACCEPTED_IN_PART and comment.proposal_kind and not office_text:
        raise Refused(_("Write the wording that the office takes instead."), code="office_text")


def _office_edits(draft: Draft, comment: Comment, office_text: str) -> list[list[object]]:
    if not office_text or comment.proposal_kind == ProposalKind.INSERT_AFTER:
        return []
    key = comment.provision_key
    provision = draft.provisions.filter(key=key).first() if key else None
    if provision is None:
        raise Refused(_("A comment on the whole draft changes no provision."), code="no_provision")
    return [[edit.start, edit.end, edit.text] for edit in edits(provision.text, office_text)]


@transaction.atomic
def retract_answer(comment_id: int, *, actor: User, version: int | None = None) -> None:
    """Take an answer back; the comment waits again.

    Refused when somebody has changed the answer since its `version` was read.
    """
    comment = Comment.objects.get(pk=comment_id)
    consultation = decidable(comment.consultation_id, actor)
    standing = Disposition.objects.filter(comment=comment)
    if version is not None:
        _refuse_stale(standing.first(), version)
    standing.delete()
    _record(consultation, "retract_answer", actor, comment=comment.label)


@transaction.atomic
def settle(
    consultation_id: int,
    *,
    actor: User,
    provision_key: uuid.UUID,
    conflict_key: str,
    text: str,
    seen: datetime | None = None,
) -> Settlement:
    """Choose the words for a conflict: one of the alternatives, or the office's own.

    `seen` is when the choice that was read was made, None where there was none; refused when
    somebody chose otherwise in the meantime.
    """
    consultation = decidable(consultation_id, actor)
    piece = workbench(consultation, provision_key).piece(provision_key)
    if conflict_key not in {conflict.key for conflict in piece.merge.conflicts}:
        raise Refused(
            _("The conflict has changed meanwhile. Look at its alternatives again."), code="stale"
        )
    _refuse_settled(piece.settlements.get(conflict_key), seen)
    settlement, _created = Settlement.objects.update_or_create(
        consultation=consultation,
        provision_key=provision_key,
        conflict_key=conflict_key,
        defaults={"text": clean(text), "decided_by": actor},
    )
    _record(consultation, "settle_conflict", actor, provision=piece.path, text=settlement.text)
    return settlement


def _refuse_settled(standing: Settlement | None, seen: datetime | None) -> None:
    if (standing.decided_at if standing else None) == seen:
        return
    if standing is None:
        raise Refused(_("Somebody has taken this choice back meanwhile."), code="stale")
    said = {"who": standing.decided_by, "text": standing.text or _("(these words go)")}
    raise Refused(_("%(who)s has chosen meanwhile: “%(text)s”.") % said, code="stale")


@transaction.atomic
def unsettle(settlement_id: int, *, actor: User, seen: datetime | None = None) -> None:
    """Take the choice for a conflict back; refused when it is not the one `seen` any more."""
    settlement = Settlement.objects.get(pk=settlement_id)
    consultation = decidable(settlement.consultation_id, actor)
    if seen is not None:
        _refuse_settled(settlement, seen)
    settlement.delete()
    _record(consultation, "unsettle_conflict", actor, key=str(settlement.provision_key))


def decidable(consultation_id: int, actor: User) -> Consultation:
    """The locked round, if its answers may still change."""
    consultation = services.lock(consultation_id)
    require(permissions.can_answer, actor, consultation)
    if consultation.next_draft_id is not None:
        raise Refused(
            _("The next draft has been made from these answers; they stand now."), code="done"
        )
    return consultation


def _record(consultation: Consultation, verb: str, actor: User, **facts: Any) -> None:
    events.record(consultation.draft.directive.stream, verb, actor=actor, **facts)
