"""What a directive did to earlier ones, and what later ones did to it.

A relation takes effect when the new directive is issued. Until then only those know of it who may
see the new directive.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives import events, notices, permissions
from directives.models import SUPERSEDING, Directive, Issue, Relation, RelationKind

Words = dict[RelationKind, Promise]

DONE_TO: Words = {
    RelationKind.CORRECT: _("Corrected by Directive no. %(number)s, of %(day)s"),
    RelationKind.AMEND: _("Amended by Directive no. %(number)s, of %(day)s"),
    RelationKind.REPLACE: _("Replaced by Directive no. %(number)s, of %(day)s"),
    RelationKind.REPEAL: _("Repealed by Directive no. %(number)s, of %(day)s"),
}
PREPARED: Words = {
    RelationKind.CORRECT: _("A correction of it is being prepared"),
    RelationKind.AMEND: _("An amendment of it is being prepared"),
    RelationKind.REPLACE: _("A directive that replaces it is being prepared"),
    RelationKind.REPEAL: _("A directive that repeals it is being prepared"),
}
DOES: Words = {
    RelationKind.CORRECT: _("Corrects Directive no. %(number)s, of %(day)s"),
    RelationKind.AMEND: _("Amends Directive no. %(number)s, of %(day)s"),
    RelationKind.REPLACE: _("Replaces Directive no. %(number)s, of %(day)s"),
    RelationKind.REPEAL: _("Repeals Directive no. %(number)s, of %(day)s"),
}
WILL_DO: Words = {
    RelationKind.CORRECT: _("Once issued, it corrects Directive no. %(number)s, of %(day)s"),
    RelationKind.AMEND: _("Once issued, it amends Directive no. %(number)s, of %(day)s"),
    RelationKind.REPLACE: _("Once issued, it replaces Directive no. %(number)s, of %(day)s"),
    RelationKind.REPEAL: _("Once issued, it repeals Directive no. %(number)s, of %(day)s"),
}
TONES = ("warning", "info", "quiet")


@dataclass(frozen=True)
class Standing:
    """What holds of an issued directive: by which it was superseded, by which changed in part."""

    superseded_by: Issue | None
    changed_by: list[Issue]

    @property
    def in_force(self) -> bool:
        return self.superseded_by is None


@dataclass(frozen=True)
class Line:
    """One relation in words, for one side of it. `url` is empty where the person may not go."""

    text: str
    subject: str
    url: str
    tone: str


def standing(issue: Issue) -> Standing:
    """By what the issued paper was superseded (the first of them) or changed, oldest first."""
    relations = _told().filter(old__issue=issue).order_by("new__issue")
    done = [(one.supersedes, one.new.issue) for one in relations if one.new.issue]
    superseding = [newer for supersedes, newer in done if supersedes]
    changing = [newer for supersedes, newer in done if not supersedes]
    return Standing(superseding[0] if superseding else None, changing)


def knowing_relations(directives: QuerySet[Directive]) -> QuerySet[Directive]:
    """Each with `is_related`, so that a page asks for relations only where there are some."""
    mine = Q(new=OuterRef("pk")) | Q(old=OuterRef("pk"))
    return directives.annotate(is_related=Exists(Relation.objects.filter(mine)))


def superseding_kind(directive: str = "pk") -> Subquery:
    """By which kind of relation the row's directive is no longer in force, if by any."""
    done = Relation.objects.filter(
        old=OuterRef(directive), kind__in=SUPERSEDING, new__issue__isnull=False
    )
    return Subquery(done.order_by("new__issue").values("kind")[:1])


def lines(directive: Directive, person: User) -> list[Line]:
    """What stands above the directive's pages: what was done to it, and what it does to others.

    That it is no longer in force comes first, what is being prepared last.
    """
    mine = Q(new=directive) | Q(old=directive)
    found = _lines(_told().filter(mine), directive, person)
    return sorted(found, key=lambda line: TONES.index(line.tone))


def _lines(relations: QuerySet[Relation], directive: Directive, person: User) -> Iterator[Line]:
    for relation in relations:
        if relation.new_id == directive.pk:
            words = DOES if relation.new.issue else WILL_DO
            yield _line(words, relation, relation.old, person, "info")
        elif relation.new.issue:
            tone = "warning" if relation.supersedes else "info"
            yield _line(DONE_TO, relation, relation.new, person, tone)
        elif permissions.can_view_directive(person, relation.new):
            yield _line(PREPARED, relation, relation.new, person, "quiet")


def _line(words: Words, relation: Relation, other: Directive, person: User, tone: str) -> Line:
    facts = _cited(other.issue) if other.issue else {}
    may_go = permissions.can_view_directive(person, other)
    text = str(words[RelationKind(relation.kind)]) % facts
    return Line(text, other.subject, other.get_absolute_url() if may_go else "", tone)


def _cited(issue: Issue) -> dict[str, str]:
    return {"number": issue.symbol, "day": issue.issued_on.strftime("%d/%m/%Y")}


def lock_old(new: Directive) -> list[Relation]:
    """The relations of a directive that is about to be issued, with the old ones locked."""
    relations = list(_told().filter(new=new).order_by("old"))
    olds = Directive.objects.select_for_update(of=("self",)).order_by("pk")
    list(olds.filter(pk__in=[relation.old_id for relation in relations]))
    return relations


def take_effect(relations: list[Relation], issue: Issue, *, actor: User) -> None:
    """Tell the log of each old directive, and who knows of it, what the new one does to it."""
    for relation in relations:
        events.record(
            relation.old.stream,
            f"{relation.kind}_by",
            actor=actor,
            number=issue.symbol,
            issued_on=issue.issued_on.isoformat(),
        )
        words = str(DONE_TO[RelationKind(relation.kind)]) % _cited(issue)
        notices.acted_on(relation.old, words, f"acted_on:{relation.pk}", actor=actor)


def _told() -> QuerySet[Relation]:
    return Relation.objects.select_related(
        "new__issue__register__committee", "old__issue__register__committee"
    )
