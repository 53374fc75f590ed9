"""From the answers to the next draft: what is applied where, what is in conflict, what it becomes.

Nothing is stored of a merge but the office's decisions; the merged text is computed from them and
the frozen text each time, so the page, the gate to the chair and the next draft cannot differ.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from accounts.models import User
from comments import notices, permissions, provenance, services
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
from directives import drafting, events
from directives.drafting import NewProvision, clean
from directives.models import Directive, Draft, Provision
from directives.permissions import require
from directives.refusals import Refused
from directives.text import numbering
from directives.text.kinds import Kind
from directives.text.merge import Conflict, Edit, Merge, edits, merge_edits

OF_WRITING = ("token", "writer", "version", "created_at", "changed_at")
TAKEN = (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART)


@dataclass(frozen=True)
class Addition:
    """A new provision to stand behind another one, and the comments that asked for it."""

    text: str
    comments: tuple[Comment, ...]


@dataclass
class Piece:
    """One provision of the frozen draft with its comments and what becomes of it."""

    provision: Provision
    number: str = ""
    path: str = ""
    citation: str = ""
    comments: list[Comment] = field(default_factory=list)
    settlements: dict[str, Settlement] = field(default_factory=dict)

    @cached_property
    def merge(self) -> Merge:
        """All that was taken, merged on the frozen text; conflicts are left as they were."""
        return merge_edits(
            self.provision.text, {str(c.pk): _edits_taken(c) for c in self.comments if _changes(c)}
        )

    @cached_property
    def conflicts(self) -> list[tuple[Conflict, Settlement | None]]:
        """The conflicts in order, each with the office's choice where it has been made."""
        return [(c, self.settlements.get(c.key)) for c in self.merge.conflicts]

    @cached_property
    def settled(self) -> Merge:
        """The merge with every conflict for which a choice stands."""
        choices = {c.key: s.text for c, s in self.conflicts if s is not None}
        return self.merge.resolved(choices)

    @property
    def open_conflicts(self) -> list[Conflict]:
        return [conflict for conflict, settlement in self.conflicts if settlement is None]

    @property
    def unanswered(self) -> list[Comment]:
        return [comment for comment in self.comments if answer_to(comment) is None]

    @property
    def is_changed(self) -> bool:
        return bool(self.settled.text != self.provision.text)

    @cached_property
    def additions(self) -> list[Addition]:
        """New provisions to stand behind this one; the same text from several people is one."""
        asked = defaultdict(list)
        for comment in self.comments:
            if comment.proposal_kind == ProposalKind.INSERT_AFTER and _is_taken(comment):
                asked[_wording(comment)].append(comment)
        return [Addition(text, tuple(comments)) for text, comments in asked.items()]

    @property
    def state(self) -> str:
        """ "none" without comments, "done", "conflict", or "waiting" for answers."""
        if not self.comments:
            return "none"
        if self.open_conflicts:
            return "conflict"
        return "waiting" if self.unanswered else "done"


@dataclass
class Workbench:
    """A round as the office works on it: every provision in order, and what hangs on none."""

    consultation: Consultation
    pieces: list[Piece]
    general: list[Comment]

    @property
    def comments(self) -> list[Comment]:
        return [*self.general, *(c for piece in self.pieces for c in piece.comments)]

    @property
    def unanswered(self) -> list[Comment]:
        return [comment for comment in self.comments if answer_to(comment) is None]

    @property
    def answered_count(self) -> int:
        return len(self.comments) - len(self.unanswered)

    @property
    def open_conflicts(self) -> list[tuple[Piece, Conflict]]:
        return [(piece, conflict) for piece in self.pieces for conflict in piece.open_conflicts]

    def piece(self, key: uuid.UUID) -> Piece:
        return next(piece for piece in self.pieces if piece.provision.key == key)

    @property
    def obstacles(self) -> list[str]:
        """Why the next draft cannot be made yet; empty when it can."""
        found = []
        if unanswered := self.unanswered:
            labels = ", ".join(comment.label for comment in unanswered)
            found.append(_("Comments without an answer: %s.") % labels)
        for piece, _conflict in self.open_conflicts:
            found.append(_("An unsettled conflict in %s.") % piece.citation)
        return found


def workbench(consultation: Consultation, only: uuid.UUID | None = None) -> Workbench:
    """Read a round in a fixed number of queries, whatever its size; `only` one provision of it."""
    provisions = list(consultation.draft.provisions.order_by("position", "pk"))
    kinds = [Kind(p.kind) for p in provisions]
    pieces = {
        provision.key: Piece(provision, number, path, citation)
        for provision, number, path, citation in zip(
            provisions,
            numbering.numbers(kinds),
            numbering.paths(kinds),
            numbering.citations(kinds),
            strict=True,
        )
    }
    general: list[Comment] = []
    here = [Q(provision_key=only) | Q(placing__provision_key=only)] if only else []
    for comment in submitted_comments(consultation, *here):
        piece = pieces.get(comment.place) if comment.place else None
        (piece.comments if piece else general).append(comment)
    for settlement in consultation.settlements.select_related("decided_by"):
        pieces[settlement.provision_key].settlements[settlement.conflict_key] = settlement
    return Workbench(consultation, list(pieces.values()), general)


def submitted_comments(consultation: Consultation, *which: Q) -> list[Comment]:
    """By number, with their answers, places and people, in two queries.

    What only the writing of a comment asks for is left out, since a thousand are read at once.
    """
    comments = consultation.comments.filter(*which, status=Status.SUBMITTED)
    related = comments.select_related("placing", "disposition").defer(*OF_WRITING)
    return _with_people(list(related.order_by("number")))


def _with_people(comments: list[Comment]) -> list[Comment]:
    """A thousand comments are made by few: each person is read once, not with every comment."""
    named = [(one, name) for comment in comments for one, name in _people_of(comment)]
    people = User.objects.in_bulk({getattr(one, f"{name}_id") for one, name in named})
    for one, name in named:
        setattr(one, name, people[getattr(one, f"{name}_id")])
    return comments


def _people_of(comment: Comment) -> Iterator[tuple[Model, str]]:
    yield comment, "author"
    yield comment, "recorded_by"
    for act in (answer_to(comment), getattr(comment, "placing", None)):
        if act is not None:
            yield act, "decided_by"


def answer_to(comment: Comment) -> Disposition | None:
    return getattr(comment, "disposition", None)


def _is_taken(comment: Comment) -> bool:
    answer = answer_to(comment)
    return answer is not None and answer.outcome in TAKEN


def _changes(comment: Comment) -> bool:
    return _is_taken(comment) and bool(_edits_taken(comment))


def _edits_taken(comment: Comment) -> list[Edit]:
    """What of the comment goes into the text: the office's wording where it wrote one."""
    answer = answer_to(comment)
    if answer is None or comment.proposal_kind == ProposalKind.INSERT_AFTER:
        return []
    stored = answer.edits if answer.office_text else comment.edits
    in_part = answer.outcome == Outcome.ACCEPTED_IN_PART
    if in_part and not answer.office_text:
        return []
    return [Edit(start, end, text) for start, end, text in stored]


def _wording(comment: Comment) -> str:
    answer = answer_to(comment)
    return (answer.office_text if answer else "") or comment.proposed_text


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
    consultation = _decidable(comment.consultation_id, actor)
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
    consultation = _decidable(comment.consultation_id, actor)
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
    consultation = _decidable(consultation_id, actor)
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
    consultation = _decidable(settlement.consultation_id, actor)
    if seen is not None:
        _refuse_settled(settlement, seen)
    settlement.delete()
    _record(consultation, "unsettle_conflict", actor, key=str(settlement.provision_key))


def _decidable(consultation_id: int, actor: User) -> Consultation:
    """The locked round, if its answers may still change."""
    consultation = services.lock(consultation_id)
    require(permissions.can_answer, actor, consultation)
    if consultation.next_draft_id is not None:
        raise Refused(
            _("The next draft has been made from these answers; they stand now."), code="done"
        )
    return consultation


@transaction.atomic
def consolidate(consultation_id: int, *, actor: User) -> Draft:
    """Make the next draft from the answers, with the origin of every changed span.

    Refused while the round is open, a comment has no answer, or a conflict is not settled.
    """
    consultation = _decidable(consultation_id, actor)
    if consultation.closed_at is None:
        raise Refused(_("Close the round of comments first."), code="open")
    bench = workbench(consultation)
    if obstacles := bench.obstacles:
        raise Refused(_("The next draft cannot be made yet."), code="obstacles", reasons=obstacles)
    written = [unit for piece in bench.pieces for unit in _units(piece)]
    draft = drafting.start_next_draft(
        consultation.draft.directive_id,
        actor=actor,
        provisions=[unit.new for unit in written],
        comments=len(bench.comments),
    )
    provenance.write_origins(draft, [unit.origins for unit in written])
    provenance.carry_origins(consultation.draft, draft)
    consultation.next_draft = draft
    consultation.save()
    notices.answers_ready(consultation, actor=actor)
    return draft


@dataclass(frozen=True)
class Unit:
    """A provision of the next draft and where its words came from."""

    new: NewProvision
    origins: provenance.Written


def _units(piece: Piece) -> list[Unit]:
    provision, settled = piece.provision, piece.settled
    kept = settled.text or piece.provision.kind in drafting.FIXED or not piece.is_changed
    units = [_unit(provision.key, provision, settled.text, _sources(settled))] if kept else []
    for addition in piece.additions:
        ids = tuple(comment.pk for comment in addition.comments)
        source = provenance.Source(0, len(addition.text), "", ids)
        units.append(_unit(uuid.uuid4(), provision, addition.text, [source]))
    return units


def _unit(key: uuid.UUID, like: Provision, text: str, sources: list[provenance.Source]) -> Unit:
    headed = like.headed and key == like.key
    new = NewProvision(Kind(like.kind), text, headed, key)
    return Unit(new, provenance.Written(key, text, sources))


def _sources(merged: Merge) -> list[provenance.Source]:
    return [
        provenance.Source(span.start, span.end, span.old, tuple(int(i) for i in span.ids))
        for span in merged.spans
        if span.ids
    ]


def obstacles_to_approval(directive: Directive) -> list[str]:
    """The comments app's say at the gate to the chair: every round closed, answered and used."""
    rounds = Consultation.objects.filter(draft__directive=directive).select_related("draft")
    return [reason for consultation in rounds for reason in _obstacles(consultation)]


def _obstacles(consultation: Consultation) -> list[str]:
    if consultation.next_draft_id is not None:
        return []
    if consultation.closed_at is None:
        return [_("The round of comments on %s is still open.") % consultation.draft]
    return workbench(consultation).obstacles


def _record(consultation: Consultation, verb: str, actor: User, **facts: Any) -> None:
    events.record(consultation.draft.directive.stream, verb, actor=actor, **facts)
