"""Whole texts: a new directive, a pasted body, the next draft, the marks and the signature."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Committee, User
from directives import events, permissions, workflow
from directives.drafting.working import (
    FIXED,
    MAX_PROVISIONS,
    MAX_SUBJECT,
    NewProvision,
    check_secrecy,
    clean,
    draft_for_edit,
    edited,
    working_draft_of,
    write_lineage,
    write_provisions,
)
from directives.models import Directive, Draft, Lineage
from directives.refusals import Refused
from directives.text.kinds import ANNEXED, Kind, apart

DETAILS = ("secrecy", "urgency", "signing_authority", "signer_title", "signer_name")


@transaction.atomic
def create_directive(
    *, actor: User, committee: Committee, subject: str, recipients: str = "", **details: Any
) -> Directive:
    """A new directive with draft 1, which holds its subject and its recipients."""
    permissions.require(permissions.can_create_directive, actor, committee)
    subject = clean(subject, limit=MAX_SUBJECT)
    if not subject:
        raise Refused(_("Write the subject of the directive."), code="empty")
    check_secrecy(details.get("secrecy", ""))
    directive: Directive = Directive.objects.create(
        committee=committee, subject=subject, created_by=actor, **details
    )
    draft = Draft.objects.create(directive=directive, number=1, created_by=actor)
    write_provisions(
        draft,
        [
            NewProvision(Kind.SUBJECT, subject),
            NewProvision(Kind.RECIPIENTS, clean(recipients)),
        ],
    )
    events.record(directive.stream, "create", actor=actor, subject=subject)
    return directive


@transaction.atomic
def change_details(directive_id: int, *, actor: User, **details: Any) -> Directive:
    """Change secrecy, urgency or the signature block, which are part of the approved content."""
    directive = workflow.lock(directive_id)
    permissions.require(permissions.can_edit, actor, directive)
    check_secrecy(details.get("secrecy", ""))
    working_draft_of(directive)
    for name in DETAILS:
        setattr(directive, name, details.get(name, getattr(directive, name)))
    directive.save()
    events.record(directive.stream, "change_details", actor=actor)
    workflow.void_approval(directive, actor=actor)
    return directive


@transaction.atomic
def replace_body(draft_id: int, *, actor: User, units: Sequence[NewProvision]) -> Draft:
    """Replace the whole text of a draft by pasted provisions, checked in the preview.

    A unit with the kind and text of a standing provision keeps its key; the rest get new ones.
    """
    draft = draft_for_edit(draft_id, actor)
    units = _with_fixed(
        draft, [unit for unit in units if unit.text.strip() or unit.kind == Kind.ANNEX]
    )
    if len(units) > MAX_PROVISIONS:
        raise Refused(
            _("A draft can have %s provisions at the most.") % MAX_PROVISIONS, code="many"
        )
    standing = {(p.kind, p.text): p.key for p in draft.provisions.all()}
    keep = set()
    keyed = []
    for unit in units:
        text = clean(unit.text)
        key = standing.get((unit.kind, text))
        keyed.append(NewProvision(unit.kind, text, unit.headed, None if key in keep else key))
        keep.add(key)
    for gone in draft.provisions.exclude(key__in=[key for key in keep if key]):
        write_lineage(gone, Lineage.Act.DELETED, actor)
    draft.provisions.all().delete()
    write_provisions(draft, keyed)
    draft.directive.subject = keyed[0].text
    draft.directive.save()
    edited(draft, actor, "paste", provisions=len(keyed))
    return draft


def _with_fixed(draft: Draft, units: list[NewProvision]) -> list[NewProvision]:
    """Subject first, recipients behind the body, then annexes: pasted ones of the two, or else
    those the draft has."""
    found = {kind: [u for u in units if u.kind == kind] for kind in FIXED}
    for kind in FIXED:
        if not found[kind]:
            old = draft.provisions.get(kind=kind)
            found[kind] = [NewProvision(kind, old.text)]
    main, annexes = apart([u for u in units if u.kind not in FIXED], lambda unit: unit.kind)
    annexed = [unit for annex in annexes for unit in annex]
    if any(unit.kind not in (Kind.ANNEX, *ANNEXED) for unit in annexed):
        raise Refused(
            _("An annex has no legal bases and no closing. Choose another kind for them."),
            code="kind",
        )
    return [found[Kind.SUBJECT][0], *main, found[Kind.RECIPIENTS][0], *annexed]


@transaction.atomic
def start_next_draft(
    directive_id: int, *, actor: User, provisions: Sequence[NewProvision], **facts: Any
) -> Draft:
    """A new working draft on top of the newest one, which must be frozen."""
    directive = workflow.lock(directive_id)
    permissions.require(permissions.can_edit, actor, directive)
    base = directive.latest_draft
    if base.is_working:
        raise Refused(_("Draft %s is still being worked on.") % base.number, code="working")
    draft = Draft.objects.create(
        directive=directive, number=base.number + 1, based_on=base, created_by=actor
    )
    write_provisions(draft, provisions)
    directive.subject = draft.provisions.get(kind=Kind.SUBJECT).text
    directive.save()
    events.record(directive.stream, "start_draft", actor=actor, number=draft.number, **facts)
    return draft
