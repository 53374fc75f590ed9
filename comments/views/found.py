"""Rounds and comments, fetched with the permission that a page needs."""

import rules
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.shortcuts import get_object_or_404

from accounts.models import User
from comments import permissions
from comments.models import Comment, Consultation
from directives.models import Directive, Event
from directives.permissions import is_staff, require

RELATED = ("draft__directive__committee", "draft__directive__issue__register__committee")


def rounds() -> QuerySet[Consultation]:
    """`mark` is the last line of the directive's log as the round was read."""
    related = Consultation.objects.select_related(*RELATED, "next_draft")
    return related.defer("draft__content", "next_draft__content").annotate(mark=_last_line())


def _last_line() -> Subquery:
    directive = Cast(OuterRef("draft__directive_id"), CharField())
    lines = Event.objects.filter(stream=Concat(Value("directive:"), directive))
    return Subquery(lines.order_by("-sequence").values("sequence")[:1])


def consultation_for(
    person: User, pk: int, predicate: rules.Predicate = permissions.can_view_consultation
) -> Consultation:
    consultation = get_object_or_404(rounds(), pk=pk)
    require(predicate, person, consultation)
    return consultation


def comment_for(person: User, pk: int, predicate: rules.Predicate) -> Comment:
    """A comment with its round; the predicate is asked about the round."""
    comment = get_object_or_404(Comment.objects.select_related("author"), pk=pk)
    comment.consultation = consultation_for(person, comment.consultation_id, predicate)
    return comment


def own_comment(person: User, pk: int) -> Comment:
    """A comment that the person said or wrote down."""
    comment = comment_for(person, pk, permissions.can_view_consultation)
    require(permissions.owns, person, comment)
    return comment


def newest_round(person: User, directive: Directive) -> Consultation | None:
    """Of those the person may see."""
    found = Consultation.objects.filter(draft__directive=directive)
    if not is_staff(person, directive):
        found = found.filter(delegates__person=person)
    return found.order_by("-opened_at", "-pk").first()
