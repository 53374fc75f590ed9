"""The number register (sổ văn bản): numbers run without gaps through a term, per document type.

Every number has an entry: given to an issued paper, reserved, or cancelled. Who takes one locks the
register's row until the transaction ends, so clerks stand in a line; if it fails, the number was
never taken. The database refuses a number without an entry, an entry out of turn, and an issue
without its number.

Days may not run backwards along the numbers. A reserved number has no day until its paper is
issued; that day must then lie between those of its neighbours. When a later number was given
before, the reserved one can only bear a day up to that; otherwise it is cancelled with a reason and
the paper takes the next number.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Committee, Term, User
from directives import events, permissions
from directives.models import Directive, NumberRegister, NumberStatus, RegisterEntry, State
from directives.refusals import Refused
from directives.text.normalise import normalise

DIRECTIVE = "CT"


@transaction.atomic
def open_register(
    *, actor: User, term: Term, first_number: int, document_type: str = DIRECTIVE
) -> NumberRegister:
    """Open the register of a term. `first_number` follows what was issued on paper before."""
    permissions.require(permissions.can_open_register, actor, term)
    if first_number < 1:
        raise Refused(_("The first number is 1 or more."), code="number")
    numbers, created = NumberRegister.objects.get_or_create(
        committee=term.committee,
        term=term,
        document_type=document_type,
        defaults={
            "first_number": first_number,
            "last_number": first_number - 1,
            "opened_by": actor,
        },
    )
    if not created:
        raise Refused(_("The register of this term is already open."), code="open")
    events.record(numbers.stream, "open_register", actor=actor, first=first_number)
    return numbers


def register_for(committee: Committee, day: date, document_type: str = DIRECTIVE) -> NumberRegister:
    """The open register of the term in which the day lies."""
    term = committee.term_on(day)
    if term is None:
        raise Refused(_("No term of the committee covers this day."), code="date")
    numbers = NumberRegister.objects.filter(term=term, document_type=document_type).first()
    if numbers is None:
        raise Refused(
            _("The number register of “%s” is not open yet. Open it with its first number.") % term,
            code="no_register",
        )
    return numbers


def reserved_for(directive: Directive) -> RegisterEntry | None:
    """The number that waits for the directive, if one was reserved."""
    entries = directive.register_entries.filter(status=NumberStatus.RESERVED)
    entry: RegisterEntry | None = entries.select_related("register__committee", "taken_by").first()
    return entry


def take_number(
    numbers: NumberRegister, *, actor: User, directive: Directive, issued_on: date
) -> int:
    """The directive's reserved number or else the next one, in the caller's transaction.

    The caller has locked the directive. Refused for a day that runs backwards in the register.
    """
    numbers = _lock(numbers.pk)
    entry = reserved_for(directive)
    if entry is None:
        _check_day(numbers, numbers.last_number + 1, issued_on)
        entry = _enter(
            numbers, actor, status=NumberStatus.ISSUED, directive=directive, issued_on=issued_on
        )
    else:
        _refuse_other_register(entry, numbers)
        _give(entry, numbers, issued_on)
    _record(numbers, "give_number", actor, entry, issued_on=issued_on.isoformat())
    return entry.number


def number_paper(numbers: NumberRegister, *, actor: User, paper: str, issued_on: date) -> int:
    """The next number, for a paper of this system that is no directive, by its name.

    In the caller's transaction. Refused for a day that runs backwards, or of another term.
    """
    numbers = _lock(numbers.pk)
    _refuse_other_term(numbers, issued_on)
    _check_day(numbers, numbers.last_number + 1, issued_on)
    entry = _enter(numbers, actor, status=NumberStatus.ISSUED, paper=paper, issued_on=issued_on)
    _record(numbers, "give_number", actor, entry, issued_on=issued_on.isoformat())
    return entry.number


@transaction.atomic
def reserve(
    register_id: int,
    *,
    actor: User,
    reason: str,
    directive: Directive | None = None,
    paper: str = "",
) -> RegisterEntry:
    """Keep the next number for a directive, or for a paper issued outside the system, by its name.

    Refused without a reason, for a directive that has a number, and when the term has ended.
    """
    if directive is not None:
        directive = Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
    numbers = _lock(register_id)
    permissions.require(permissions.can_keep_register, actor, numbers)
    reason, paper = normalise(reason).strip(), normalise(paper).strip()
    _refuse_unfit(numbers, directive, paper, reason)
    entry = _enter(
        numbers,
        actor,
        status=NumberStatus.RESERVED,
        directive=directive,
        paper=paper,
        reason=reason,
    )
    _record(numbers, "reserve_number", actor, entry, about=entry.about, reason=reason)
    return entry


@transaction.atomic
def cancel(entry_id: int, *, actor: User, reason: str) -> RegisterEntry:
    """Cancel a reserved number; it stays in the register. A number that was given stays given."""
    entry = _lock_entry(entry_id)
    permissions.require(permissions.can_keep_register, actor, entry.register)
    refuse_settled(entry)
    reason = normalise(reason).strip()
    if not reason:
        raise Refused(_("Say why the number is cancelled."), code="empty")
    entry.status, entry.cancel_reason = NumberStatus.CANCELLED, reason
    entry.cancelled_by, entry.cancelled_at = actor, timezone.now()
    entry.save()
    _record(entry.register, "cancel_number", actor, entry, reason=reason)
    return entry


@transaction.atomic
def record_paper(entry_id: int, *, actor: User, issued_on: date) -> RegisterEntry:
    """Enter the day on which the paper outside was issued under its reserved number."""
    entry = _lock_entry(entry_id)
    permissions.require(permissions.can_keep_register, actor, entry.register)
    refuse_unless_outside(entry)
    if issued_on > timezone.localdate():
        raise Refused(_("The day of issue cannot be in the future."), code="date")
    _refuse_other_term(entry.register, issued_on)
    _give(entry, entry.register, issued_on)
    _record(entry.register, "give_number", actor, entry, issued_on=issued_on.isoformat())
    return entry


def _lock(register_id: int) -> NumberRegister:
    numbers: NumberRegister = (
        NumberRegister.objects.select_for_update(of=("self",))
        .select_related("committee", "term")
        .get(pk=register_id)
    )
    return numbers


def _lock_entry(entry_id: int) -> RegisterEntry:
    """The entry as it is now, with its directive and its register locked, in this order."""
    known = RegisterEntry.objects.get(pk=entry_id)
    if known.directive_id is not None:
        Directive.objects.select_for_update(of=("self",)).get(pk=known.directive_id)
    numbers = _lock(known.register_id)
    entry = RegisterEntry.objects.select_related("directive").get(pk=entry_id)
    entry.register = numbers
    return entry


def _enter(numbers: NumberRegister, actor: User, **facts: Any) -> RegisterEntry:
    """The next number's entry, and the count; the database takes them in this order only."""
    number = numbers.last_number + 1
    entry = RegisterEntry.objects.create(register=numbers, number=number, taken_by=actor, **facts)
    numbers.last_number = number
    numbers.save(update_fields=["last_number"])
    return entry


def _give(entry: RegisterEntry, numbers: NumberRegister, issued_on: date) -> None:
    _check_day(numbers, entry.number, issued_on)
    entry.status, entry.issued_on = NumberStatus.ISSUED, issued_on
    entry.save()


def _check_day(numbers: NumberRegister, number: int, issued_on: date) -> None:
    before = numbers.entries.filter(number__lt=number).aggregate(day=Max("issued_on"))["day"]
    if before and issued_on < before:
        raise Refused(
            _("Number %(number)s would be older than the last one, of %(day)s.")
            % {"number": number, "day": before.strftime("%d/%m/%Y")},
            code="date",
        )
    after = numbers.entries.filter(number__gt=number).aggregate(day=Min("issued_on"))["day"]
    if after and issued_on > after:
        raise Refused(
            _(
                "A later number was already given on %(day)s, so number %(number)s cannot bear a "
                "later day. Cancel it with a reason; the paper then takes the next number."
            )
            % {"number": number, "day": after.strftime("%d/%m/%Y")},
            code="date",
        )


def _refuse_unfit(
    numbers: NumberRegister, directive: Directive | None, paper: str, reason: str
) -> None:
    if not reason:
        raise Refused(_("Say why the number is reserved."), code="empty")
    if (directive is None) == (not paper):
        raise Refused(
            _("Choose a directive or name a paper issued outside the system."), code="paper"
        )
    refuse_ended(numbers)
    if directive is not None:
        _refuse_numbered(numbers, directive)


def _refuse_other_term(numbers: NumberRegister, day: date) -> None:
    if not numbers.covers(day):
        raise Refused(
            _("%s is not in the term of this register.") % day.strftime("%d/%m/%Y"), code="term"
        )


def _refuse_numbered(numbers: NumberRegister, directive: Directive) -> None:
    if directive.committee_id != numbers.committee_id:
        raise Refused(_("The directive is of another committee."), code="committee")
    if numbers.document_type != DIRECTIVE:
        raise Refused(_("Directives have a register of their own."), code="type")
    if directive.state == State.ISSUED:
        raise Refused(_("The directive is issued already."), code="issued")
    entry = reserved_for(directive)
    if entry is not None:
        raise Refused(_("Number %s is reserved for this directive already.") % entry, code="taken")


def refuse_ended(numbers: NumberRegister) -> None:
    """Refused once the term is over, or before it begins."""
    _refuse_other_term(numbers, timezone.localdate())


def refuse_unless_outside(entry: RegisterEntry) -> None:
    """Refused unless the number waits for a paper outside the system."""
    refuse_settled(entry)
    if entry.directive_id is not None:
        raise Refused(_("This number waits for a directive. Issue that."), code="directive")


def refuse_settled(entry: RegisterEntry) -> None:
    """Refused for a number that was given or cancelled: that is for good."""
    if entry.status == NumberStatus.ISSUED:
        raise Refused(
            _(
                "Number %s was given to an issued paper and cannot be cancelled. What was issued "
                "is corrected, replaced or repealed by a new paper."
            )
            % entry,
            code="issued",
        )
    if entry.status == NumberStatus.CANCELLED:
        raise Refused(_("Number %s is cancelled already.") % entry, code="cancelled")


def _refuse_other_register(entry: RegisterEntry, numbers: NumberRegister) -> None:
    if entry.register_id != numbers.pk:
        raise Refused(
            _(
                "Number %s is reserved for this directive in the register of another term. Cancel "
                "it first."
            )
            % entry,
            code="other_register",
        )


def _record(
    numbers: NumberRegister, verb: str, actor: User, entry: RegisterEntry, **facts: Any
) -> None:
    events.record(numbers.stream, verb, actor=actor, number=entry.number, **facts)
