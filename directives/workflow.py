"""The road of a directive. One function per verb, each one transaction.

Each locks the directive, asks who may, changes the state (django-fsm compares and swaps) and writes
an event. What other apps must agree to before a directive may go to the chair they say through
`approval_gate`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from accounts.models import User
from directives import canonical, events, notices, permissions, record, register, relations
from directives.models import (
    Approval,
    Circulation,
    Directive,
    Draft,
    Issue,
    State,
)
from directives.refusals import Refused
from directives.rendering.forms_of_document import UnsupportedDate, form_for
from directives.text.kinds import Kind

Gate = Callable[[Directive], Iterable[str]]
_gates: list[Gate] = []


def approval_gate(gate: Gate) -> Gate:
    """Register a function that gives the reasons why a directive may not go to the chair yet."""
    _gates.append(gate)
    return gate


def lock(directive_id: int) -> Directive:
    """The directive with its row locked for this transaction."""
    directive: Directive = Directive.objects.select_for_update(of=("self",)).get(pk=directive_id)
    return directive


def _advance(directive: Directive, transition: Callable[[], Any]) -> None:
    """Take a transition, or say that the directive is no longer where the caller saw it."""
    if not can_proceed(transition):
        raise Refused(
            _("The directive is now in the state “%s”; this cannot be done there.")
            % directive.get_state_display(),
            code="state",
        )
    transition()


def freeze(draft: Draft) -> None:
    """Store the draft's canonical content and its hash; the database refuses changes from here."""
    draft.content = canonical.canonical_json(draft)
    draft.sha256 = canonical.sha256(draft.content)
    draft.frozen_at = timezone.now()
    draft.save()


@transaction.atomic
def circulate(
    directive_id: int, *, actor: User, readers: Iterable[User], mark: str = "", **facts: Any
) -> Draft:
    """Freeze the working draft and let the readers see it. Refused for an empty text."""
    directive = lock(directive_id)
    permissions.require(permissions.can_circulate, actor, directive)
    draft = directive.latest_draft
    _refuse_unfit(draft)
    _advance(directive, directive.circulated)
    draft.circulation_mark = mark
    freeze(draft)
    Circulation.objects.bulk_create(
        [Circulation(draft=draft, person=person) for person in readers], ignore_conflicts=True
    )
    directive.save()
    events.record(
        directive.stream,
        "circulate",
        actor=actor,
        draft=draft.number,
        sha256=draft.sha256,
        **facts,
    )
    return draft


def _refuse_unfit(draft: Draft) -> None:
    if not draft.is_working:
        raise Refused(_("Draft %s has already been circulated.") % draft.number, code="frozen")
    body = draft.provisions.exclude(kind__in=[Kind.SUBJECT, Kind.RECIPIENTS])
    if not body.exclude(text="").exists():
        raise Refused(_("The draft has no text yet. Write at least one provision."), code="empty")


@transaction.atomic
def close_round(directive_id: int, *, actor: User, **facts: Any) -> Directive:
    """The round of comments is over; the office consolidates."""
    directive = lock(directive_id)
    permissions.require(permissions.can_edit, actor, directive)
    _advance(directive, directive.round_closed)
    directive.save()
    events.record(directive.stream, "close_round", actor=actor, **facts)
    return directive


def approval_obstacles(directive: Directive) -> list[str]:
    """Why the directive may not be submitted to the chair; empty when it may."""
    draft = directive.latest_draft
    obstacles = [reason for gate in _gates for reason in gate(directive)]
    if not draft.is_working:
        obstacles.append(_("The next draft has not been made from the comments yet."))
    if not directive.signer_name:
        obstacles.append(_("The signer's name is missing. Add it to the details."))
    return obstacles


@transaction.atomic
def submit_for_approval(directive_id: int, *, actor: User) -> Directive:
    """Ask the chair to approve the working draft. Refused while anything is left open."""
    directive = lock(directive_id)
    permissions.require(permissions.can_submit_for_approval, actor, directive)
    if obstacles := approval_obstacles(directive):
        raise Refused(
            _("The draft cannot go to the chair yet."), code="obstacles", reasons=obstacles
        )
    _refuse_unfit(directive.latest_draft)
    _advance(directive, directive.submitted)
    directive.save()
    draft = directive.latest_draft
    sha256 = canonical.content_hash(draft)
    events.record(directive.stream, "submit", actor=actor, draft=draft.number, sha256=sha256)
    notices.approval_asked(directive, actor=actor)
    return directive


@transaction.atomic
def approve(directive_id: int, *, actor: User, sha256: str) -> Approval:
    """Approve the content with this hash. Refused when the text is no longer the one read."""
    directive = lock(directive_id)
    permissions.require(permissions.can_approve, actor, directive)
    draft = directive.latest_draft
    if canonical.content_hash(draft) != sha256:
        raise Refused(
            _("The text was changed after you opened it. Read it again, then approve."),
            code="changed",
        )
    _advance(directive, directive.approved)
    directive.save()
    approval = Approval.objects.create(draft=draft, sha256=sha256, approved_by=actor)
    events.record(directive.stream, "approve", actor=actor, draft=draft.number, sha256=sha256)
    notices.approved(directive, actor=actor)
    return approval


@transaction.atomic
def return_to_office(directive_id: int, *, actor: User, reason: str) -> Directive:
    """The chair hands the draft back with a reason."""
    directive = lock(directive_id)
    permissions.require(permissions.can_return, actor, directive)
    if not reason.strip():
        raise Refused(_("Say why, so that the office knows what to change."), code="empty")
    _reopen(directive)
    events.record(directive.stream, "return", actor=actor, reason=reason.strip())
    notices.returned(directive, actor=actor)
    return directive


def void_approval(directive: Directive, *, actor: User) -> None:
    """After an edit: what was submitted or approved goes back to the office."""
    if directive.state not in (State.SUBMITTED, State.APPROVED):
        return
    _reopen(directive)
    events.record(directive.stream, "void_approval", actor=actor)


def _reopen(directive: Directive) -> None:
    _advance(directive, directive.reopened)
    directive.save()
    standing = Approval.objects.filter(draft__directive=directive, voided_at=None)
    standing.update(voided_at=timezone.now())


@transaction.atomic
def issue(directive_id: int, *, actor: User, issued_on: date) -> Issue:
    """Give the reserved or the next number and the date, and store the files with their hashes,
    all or nothing.

    Refused unless the text is the very one the chair approved; for a day in the future, before the
    approval, not between the days of the neighbouring numbers, or without a known form of document.
    """
    directive = lock(directive_id)
    permissions.require(permissions.can_issue, actor, directive)
    if directive.state == State.ISSUED:
        raise Refused(
            _("Already issued as number %s. Nothing was done twice.") % directive.issue,
            code="issued",
        )
    acts_on = relations.lock_old(directive)
    draft = directive.latest_draft
    approval = _standing_approval(draft)
    _check_day(issued_on, approval)
    numbers = register.register_for(directive.committee, issued_on)
    number = register.take_number(numbers, actor=actor, directive=directive, issued_on=issued_on)
    if draft.is_working:
        freeze(draft)
    kept = record.keep(draft, numbers, number=number, issued_on=issued_on, clerk=actor)
    _advance(directive, directive.issued)
    directive.issue = kept.issue
    directive.save()
    events.record(
        directive.stream,
        "issue",
        actor=actor,
        number=directive.issue.symbol,
        issued_on=issued_on.isoformat(),
        **kept.hashes,
    )
    relations.take_effect(acts_on, directive.issue, actor=actor)
    notices.issued(directive.issue, actor=actor)
    return directive.issue


def _standing_approval(draft: Draft) -> Approval:
    approval = draft.approvals.filter(voided_at=None).first()
    if approval is None or approval.sha256 != canonical.content_hash(draft):
        raise Refused(_("The chair has not approved this text."), code="not_approved")
    return approval


def _check_day(issued_on: date, approval: Approval) -> None:
    if issued_on > timezone.localdate():
        raise Refused(_("The day of issue cannot be in the future."), code="date")
    try:
        form_for(issued_on)
    except UnsupportedDate:
        raise Refused(_("No form of document is known for this day."), code="date") from None
    if issued_on < timezone.localdate(approval.approved_at):
        raise Refused(_("The day of issue cannot be before the approval."), code="date")
