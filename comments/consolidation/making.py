"""From the decisions to the next draft, with the origin of every changed span."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments import notices, provenance
from comments.consolidation.deciding import decidable
from comments.consolidation.reading import Piece, workbench
from comments.models import Consultation
from directives import drafting
from directives.drafting import NewProvision
from directives.models import Directive, Draft, Provision
from directives.refusals import Refused
from directives.text.kinds import Kind
from directives.text.merge import Merge


@transaction.atomic
def consolidate(consultation_id: int, *, actor: User) -> Draft:
    """Make the next draft from the answers, with the origin of every changed span.

    Refused while the round is open, a comment has no answer, or a conflict is not settled.
    """
    consultation = decidable(consultation_id, actor)
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
    kept = settled.text or piece.provision.kind in drafting.KEPT or not piece.is_changed
    units = [_unit(provision.key, provision, settled.text, _sources(settled))] if kept else []
    for addition in piece.additions:
        source = provenance.Source(0, len(addition.text), "", tuple(map(int, addition.ids)))
        units.append(_unit(uuid.uuid4(), provision, addition.text, [source]))
    return units


def _unit(key: uuid.UUID, like: Provision, text: str, sources: list[provenance.Source]) -> Unit:
    """Like the one it is or stands behind; behind the title of an annex its first paragraph."""
    same = key == like.key
    kind = Kind.PREAMBLE if like.kind == Kind.ANNEX and not same else Kind(like.kind)
    new = NewProvision(kind, text, like.headed and same, key)
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
