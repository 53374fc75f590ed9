"""The number register (sổ văn bản): numbers run without gaps through a term, per document type.

A number is taken by one UPDATE of the register's row inside the transaction that issues the paper.
The row stays locked until that transaction ends, so clerks stand in a line; if it fails, the number
was never taken.
"""

from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts.models import Committee, Term, User
from directives import events, permissions
from directives.models import NumberRegister
from directives.refusals import Refused

DIRECTIVE = "CT"


@transaction.atomic
def open_register(*, actor: User, term: Term, first_number: int) -> NumberRegister:
    """Open the register of a term. `first_number` follows what was issued on paper before."""
    permissions.require(permissions.can_open_register, actor, term)
    if first_number < 1:
        raise Refused(_("The first number is 1 or more."), code="number")
    numbers, created = NumberRegister.objects.get_or_create(
        committee=term.committee,
        term=term,
        document_type=DIRECTIVE,
        defaults={
            "first_number": first_number,
            "last_number": first_number - 1,
            "opened_by": actor,
        },
    )
    if not created:
        raise Refused(_("The register of this term is already open."), code="open")
    events.record(f"register:{numbers.pk}", "open_register", actor=actor, first=first_number)
    return numbers


def register_for(committee: Committee, day: date) -> NumberRegister:
    """The open register of the term in which the day lies."""
    term = committee.term_on(day)
    if term is None:
        raise Refused(_("No term of the committee covers this day."), code="date")
    numbers = NumberRegister.objects.filter(term=term, document_type=DIRECTIVE).first()
    if numbers is None:
        raise Refused(
            _("The number register of “%s” is not open yet. Open it with its first number.") % term,
            code="no_register",
        )
    return numbers


def take_number(numbers: NumberRegister, issued_on: date) -> int:
    """The next number, in the caller's transaction. Days may not run backwards in a register."""
    NumberRegister.objects.filter(pk=numbers.pk).update(last_number=F("last_number") + 1)
    numbers.refresh_from_db(fields=["last_number"])
    latest = numbers.issues.aggregate(day=Max("issued_on"))["day"]
    if latest and issued_on < latest:
        raise Refused(
            _("Number %(number)s would be older than the last one, of %(day)s.")
            % {"number": numbers.last_number, "day": latest.strftime("%d/%m/%Y")},
            code="date",
        )
    return numbers.last_number
