"""Who may do what. A predicate answers for a person and an object; domain functions ask it again
at the moment of the write. Templates ask through the rules of the same names."""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from accounts.models import Committee, Role, User
from directives.models import Circulation, Directive, Draft, State


def committee_of(subject: Any) -> int:
    """The committee id of a committee, directive, draft or number register."""
    if isinstance(subject, Committee):
        return subject.pk
    if isinstance(subject, Draft):
        return subject.directive.committee_id
    return subject.committee_id


def works_in(*roles: Role) -> rules.Predicate:
    """Holds one of the roles in the object's committee."""

    @rules.predicate(name=f"works_as_{'_or_'.join(roles)}")
    def check(person: User, subject: Any) -> bool:
        return committee_of(subject) in person.committees_as(*roles)

    return check


@rules.predicate
def was_sent(person: User, subject: Directive | Draft) -> bool:
    sent = Circulation.objects.filter(person=person)
    if isinstance(subject, Draft):
        return sent.filter(draft=subject).exists()
    return sent.filter(draft__directive=subject).exists()


@rules.predicate
def is_issued(person: User, directive: Directive) -> bool:
    return directive.state == State.ISSUED


is_office = works_in(Role.OFFICE)
is_chair = works_in(Role.CHAIR)
is_clerk = works_in(Role.CLERK)
is_staff = works_in(Role.OFFICE, Role.CLERK, Role.CHAIR)
belongs = works_in(*Role)

can_create_directive = is_office
can_edit = is_office
can_circulate = is_office
can_submit_for_approval = is_office
can_approve = is_chair
can_return = is_chair
can_issue = is_clerk
can_open_register = is_clerk | is_office
can_keep_register = is_clerk
can_view_register = is_clerk | is_office
can_view_directive = is_staff | (is_issued & belongs) | was_sent
can_view_draft = is_staff | was_sent
can_view_events = is_staff
can_download_issue = is_issued & (belongs | was_sent)

for _name, _predicate in list(globals().items()):
    if _name.startswith("can_"):
        rules.add_rule(_name, _predicate)


def require(predicate: rules.Predicate, person: User, subject: Any) -> None:
    """Raise PermissionDenied unless the predicate holds."""
    if not predicate(person, subject):
        raise PermissionDenied
