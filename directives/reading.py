"""What a person may read of a directive, and how its text stands on the page."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import Role, User
from directives import permissions
from directives.comparison import Numbered, numbered
from directives.models import Directive, Draft
from directives.outline import in_order
from directives.relations import superseding_kind
from directives.text.kinds import Kind, apart


@dataclass(frozen=True)
class Page:
    """A draft laid out as it will be printed: subject above, recipients below, the body between;
    then the annexes, title first."""

    subject: str
    body: list[Numbered]
    recipients: list[str]
    annexes: list[list[Numbered]]


def page(draft: Draft) -> Page:
    rows = numbered(in_order(draft))
    said = {row.provision.kind: row.text for row in rows}
    main, annexes = apart(rows, lambda row: row.provision.kind)
    return Page(
        said.get(Kind.SUBJECT, ""),
        [row for row in main if row.provision.kind not in (Kind.SUBJECT, Kind.RECIPIENTS)],
        said.get(Kind.RECIPIENTS, "").splitlines(),
        annexes,
    )


def drafts_for(person: User, directive: Directive) -> QuerySet[Draft]:
    """The drafts the person may read, oldest first: all, or those sent to them and the issued."""
    drafts = directive.drafts.defer("content").order_by("number")
    if permissions.is_staff(person, directive):
        return drafts
    readable = Q(circulations__person=person)
    if directive.issue_id:
        readable |= Q(pk=directive.issue.draft_id)
    return drafts.filter(readable).distinct()


def directives_for(person: User) -> QuerySet[Directive]:
    """What the person may see, each with `draft_number`, the newest draft they may read, and
    `superseded`, the kind of the relation by which it is no longer in force."""
    works_for = person.committees_as(Role.OFFICE, Role.CHAIR, Role.CLERK)
    readable = Draft.objects.filter(
        Q(directive__committee__in=works_for)
        | Q(circulations__person=person)
        | Q(pk=OuterRef("issue__draft")),
        directive=OuterRef("pk"),
    )
    newest = Subquery(readable.order_by("-number").values("number")[:1])
    shown = Directive.objects.visible_to(person).annotate(
        draft_number=newest, superseded=superseding_kind()
    )
    return shown.select_related("committee", "issue__register__committee")
