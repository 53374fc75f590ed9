"""Who is told at each step of a directive's road. Called inside the transaction of the step."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Notice, NoticeKind, Role, User
from accounts.notices.telling import notify
from directives.models import Circulation, Directive, Issue, Secrecy

ISSUED_PAGE = "directive_view"


def tell(
    people: Iterable[User], kind: NoticeKind, directive: Directive, page: str, **facts: Any
) -> int:
    """Tell the people about a directive; `page` is a URL name. Gives how many."""
    facts.setdefault("url_args", [directive.pk])
    return len(notify(people, kind=kind, about=about(directive), url_name=page, **facts))


def about(directive: Directive) -> str:
    """The directive's subject; of a secret one, for notices leave by e-mail, only its mark."""
    if directive.secrecy != Secrecy.NONE:
        return _("A directive marked {mark}").format(mark=directive.secrecy)
    return _("Directive {subject}").format(subject=directive.subject)


def holding(directive: Directive, *roles: Role) -> QuerySet[User]:
    """Those who hold one of the roles in the directive's committee."""
    return User.objects.filter(_hold(directive, *roles)).distinct()


def _hold(directive: Directive, *roles: Role) -> Q:
    return Q(role_grants__committee=directive.committee_id, role_grants__role__in=roles)


def approval_asked(directive: Directive, *, actor: User) -> None:
    body = _("The office asks you to approve draft %s.") % directive.latest_draft.number
    kind, people = NoticeKind.APPROVAL_ASKED, holding(directive, Role.CHAIR)
    tell(people, kind, directive, "directive_approve", body=body, actor=actor)


def approved(directive: Directive, *, actor: User) -> None:
    body = _("It waits for number and date.")
    people = holding(directive, Role.OFFICE, Role.CLERK)
    tell(people, NoticeKind.APPROVED, directive, "directive_issuing", body=body, actor=actor)


def returned(directive: Directive, *, actor: User) -> None:
    """The chair's reason may quote the text, so it is read in the system only."""
    body = _("Read the reason in the system and change the draft.")
    people = holding(directive, Role.OFFICE)
    tell(people, NoticeKind.RETURNED, directive, "directive_view", body=body, actor=actor)


def issued(issue: Issue, *, actor: User) -> None:
    """To everybody who was ever sent a draft of the directive, and the staff."""
    directive = issue.draft.directive
    readers = Circulation.objects.filter(draft__directive=directive).values("person")
    staff = _hold(directive, Role.OFFICE, Role.CLERK, Role.CHAIR)
    people = User.objects.filter(Q(pk__in=readers) | staff).distinct()
    body = _("Number %(number)s, dated %(day)s.") % {
        "number": issue,
        "day": issue.issued_on.strftime("%d/%m/%Y"),
    }
    tell(people, NoticeKind.ISSUED, directive, ISSUED_PAGE, body=body, actor=actor)


def acted_on(old: Directive, words: str, key: str, *, actor: User) -> None:
    """To everybody who was told of the issue of the old one, or issued it, and may still see it."""
    told = Notice.objects.filter(
        kind=NoticeKind.ISSUED, url_name=ISSUED_PAGE, url_args=[old.pk]
    ).values("person")
    readers = Circulation.objects.filter(draft__directive=old).values("person")
    issuer = Issue.objects.filter(draft__directive=old).values("issued_by")
    may_see = Q(pk__in=readers) | _hold(old, *Role)
    people = User.objects.filter(Q(pk__in=told) | Q(pk__in=issuer), may_see).distinct()
    facts = {"body": f"{words}.", "actor": actor, "once_key": key}
    tell(people, NoticeKind.SUPERSEDED, old, ISSUED_PAGE, **facts)
