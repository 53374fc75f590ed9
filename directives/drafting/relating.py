"""What a directive does to one that was issued: said while it is being written."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from directives import events, permissions, workflow
from directives.drafting.working import working_draft_of
from directives.models import Directive, Issue, Relation, RelationKind
from directives.refusals import Refused
from directives.relations import standing


@transaction.atomic
def relate(directive_id: int, *, actor: User, kind: str, old: Directive) -> Relation:
    """Say that the directive corrects, amends, replaces or repeals an issued one.

    Voids an approval. Refused unless the old one is issued by the same committee and in force.
    """
    new = _lock(directive_id, actor)
    _refuse_unfit(new, old)
    workflow.void_approval(new, actor=actor)
    relation = Relation.objects.create(new=new, old=old, kind=RelationKind(kind), made_by=actor)
    events.record(new.stream, f"relate_{kind}", actor=actor, number=issue_of(old).symbol)
    return relation


@transaction.atomic
def unrelate(directive_id: int, *, actor: User, relation_id: int) -> None:
    """Take the relation back. Voids an approval."""
    new = _lock(directive_id, actor)
    relation = (
        Relation.objects.select_related("old__issue__register__committee")
        .filter(new=new, pk=relation_id)
        .first()
    )
    if relation is None:
        raise Refused(_("Somebody has taken this link away already."), code="gone")
    workflow.void_approval(new, actor=actor)
    relation.delete()
    events.record(new.stream, "unrelate", actor=actor, number=issue_of(relation.old).symbol)


def _lock(directive_id: int, actor: User) -> Directive:
    directive = workflow.lock(directive_id)
    permissions.require(permissions.can_edit, actor, directive)
    working_draft_of(directive)
    return directive


def _refuse_unfit(new: Directive, old: Directive) -> None:
    if old.committee_id != new.committee_id:
        raise Refused(_("The directive is of another committee."), code="committee")
    now = standing(issue_of(old))
    if Relation.objects.filter(new=new, old=old).exists():
        raise Refused(_("The directive is linked to this one already."), code="related")
    if not now.in_force:
        raise Refused(
            _("Number %(old)s is no longer in force: see number %(new)s.")
            % {"old": old.issue, "new": now.superseded_by},
            code="superseded",
        )


def issue_of(old: Directive) -> Issue:
    """The issue of a directive on which another acts. Refused while there is none."""
    if old.issue is None:
        raise Refused(_("Only an issued directive can be corrected or replaced."), code="state")
    issue: Issue = old.issue
    return issue
