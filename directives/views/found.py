"""What a page is about, fetched with the permission to see it."""

import rules
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from directives import permissions
from directives.models import Directive, Draft, Provision
from directives.permissions import require
from directives.reading import drafts_for
from directives.relations import knowing_relations


def directive_for(
    person: User, pk: int, predicate: rules.Predicate = permissions.can_view_directive
) -> Directive:
    directives = Directive.objects.select_related("committee", "issue__register__committee")
    directive = get_object_or_404(knowing_relations(directives), pk=pk)
    require(predicate, person, directive)
    return directive


def draft_to_read(person: User, directive: Directive, number: int) -> Draft:
    """404 for a number that no draft has; refused when this draft was never sent to the person."""
    draft = drafts_for(person, directive).filter(number=number).first()
    if draft is None:
        get_object_or_404(directive.drafts, number=number)
        raise PermissionDenied
    draft.directive = directive
    return draft


def draft_to_write(person: User, pk: int, number: int, provision: int | None = None) -> Draft:
    """404 also for a provision of another draft; one that was deleted is left to the domain."""
    directive = directive_for(person, pk, permissions.can_edit)
    draft = get_object_or_404(directive.drafts.defer("content"), number=number)
    strays = Provision.objects.filter(pk=provision).exclude(draft=draft)
    if provision is not None and strays.exists():
        raise Http404
    draft.directive = directive
    return draft


def is_issued(directive: Directive, draft: Draft) -> bool:
    """Whether this draft is the one that was issued."""
    return directive.issue is not None and directive.issue.draft_id == draft.pk
