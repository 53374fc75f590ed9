"""The tray: comments that have no place in a text, or have lost it.

In a round these are the comments on the draft as a whole that wait for an answer; in a later draft
those whose words are gone, or stand in several places. The chair is asked when it is empty.
"""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments import permissions, services
from comments.consolidation import TAKEN, answer_to, submitted_comments
from comments.models import Comment, Consultation, Placing, ProposalKind, Status
from comments.placement import Placed, place, placing_of
from directives import events
from directives.models import Directive, Draft
from directives.permissions import require
from directives.refusals import Refused
from directives.text.anchors import Status as Found

LOST = (Found.ORPHAN, Found.AMBIGUOUS)


def placed_in(draft: Draft) -> list[Placed]:
    """Every comment of every earlier round, where it stands in this draft."""
    rounds = Consultation.objects.filter(
        draft__directive=draft.directive_id, draft__number__lt=draft.number
    )
    return [
        one
        for made in rounds.select_related("draft").order_by("draft__number")
        for one in place(submitted_comments(made), made.draft, draft)
    ]


def waits(one: Placed) -> bool:
    """Whether the office has still to say where the comment belongs.

    What was accepted takes its own comment along; nobody need place it.
    """
    return one.placement.status in LOST and not (_seen(one.comment) or _took_its_own_words(one))


def _seen(comment: Comment) -> bool:
    given = placing_of(comment)
    return given is not None and given.provision_key is None


def _took_its_own_words(one: Placed) -> bool:
    """An accepted deletion takes the provision along, an accepted wording the words it quoted."""
    comment, answer = one.comment, answer_to(one.comment)
    if answer is None or answer.outcome not in TAKEN:
        return False
    stays = one.provision is not None and one.provision.key == comment.provision_key
    reworded = comment.proposal_kind == ProposalKind.REPLACE
    return comment.proposal_kind == ProposalKind.DELETE or (reworded and stays)


def obstacles_to_approval(directive: Directive) -> list[str]:
    """The tray's say at the gate to the chair."""
    waiting = [one.comment.label for one in placed_in(directive.latest_draft) if waits(one)]
    if not waiting:
        return []
    return [_("Comments that have lost their place in the text: %s.") % ", ".join(waiting)]


@transaction.atomic
def give_place(comment_id: int, *, actor: User, provision_key: uuid.UUID | None) -> Placing:
    """Put a comment at a provision of the text that is worked on, or say that it has none there.

    Refused for a comment that has a place of its own in the round's draft, for a provision that is
    not in the text, and once the directive is issued.
    """
    comment = Comment.objects.get(pk=comment_id)
    consultation = _placeable(comment, actor)
    draft = consultation.draft.directive.latest_draft
    if provision_key and not draft.provisions.filter(key=provision_key).exists():
        raise Refused(_("Choose a provision of this draft."), code="provision")
    given, _created = Placing.objects.update_or_create(
        comment=comment, defaults={"provision_key": provision_key, "decided_by": actor}
    )
    _record(consultation, "place_comment", actor, comment, provision_key)
    return given


@transaction.atomic
def take_place_back(comment_id: int, *, actor: User) -> None:
    """The comment lies in the tray again, or where its own words stand."""
    comment = Comment.objects.get(pk=comment_id)
    consultation = _placeable(comment, actor)
    Placing.objects.filter(comment=comment).delete()
    _record(consultation, "unplace_comment", actor, comment, None)


def _placeable(comment: Comment, actor: User) -> Consultation:
    consultation = services.lock(comment.consultation_id)
    require(permissions.can_answer, actor, consultation)
    if comment.status != Status.SUBMITTED:
        raise Refused(_("The delegate has withdrawn this comment."), code="withdrawn")
    if consultation.next_draft_id is None and comment.provision_key:
        raise Refused(_("The comment stands where its author put it."), code="own_place")
    if consultation.draft.directive.issue_id:
        raise Refused(_("The directive is issued; nothing is placed any more."), code="issued")
    return consultation


def _record(
    consultation: Consultation, verb: str, actor: User, comment: Comment, key: uuid.UUID | None
) -> None:
    stream = consultation.draft.directive.stream
    at = str(key) if key else ""
    events.record(stream, verb, actor=actor, comment=comment.label, at=at)
