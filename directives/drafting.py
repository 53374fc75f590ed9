"""Writing a draft: every change to a working draft goes through one of these functions.

Each locks the draft's row first, so that edits of one draft stand in a line, and each voids an
approval that was given or asked for: the chair approves a content, not a title.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from accounts.models import Committee, User
from directives import events, outline, permissions, workflow
from directives.models import Directive, Draft, Lineage, Provision, Secrecy
from directives.refusals import Refused
from directives.text import kinds
from directives.text.kinds import Kind
from directives.text.merge import Merge, Proposal, merge
from directives.text.normalise import normalise

MAX_TEXT = 20_000
MAX_SUBJECT = 1_000
MAX_PROVISIONS = 1_000

FIXED = (Kind.SUBJECT, Kind.RECIPIENTS)
BEFORE_BODY = (Kind.SUBJECT, Kind.BASIS, Kind.PREAMBLE)
DETAILS = ("secrecy", "urgency", "signing_authority", "signer_title", "signer_name")


@dataclass
class StaleVersion(Refused):
    """Somebody saved the provision first. Nothing is lost: all texts and a merge are here.

    `base` is what both started from, `theirs` what is saved now, `mine` what was typed.
    """

    provision: Provision | None = None
    base: str = ""
    theirs: str = ""
    mine: str = ""
    merged: Merge | None = None


@dataclass(frozen=True)
class NewProvision:
    """A provision to be written into a draft; without a key it gets a new one."""

    kind: Kind
    text: str
    headed: bool = False
    key: uuid.UUID | None = None


def clean(text: str, *, limit: int = MAX_TEXT) -> str:
    """NFC text without control characters, refused when longer than `limit` characters."""
    text = normalise(text)
    if len(text) > limit:
        raise Refused(
            _("This text has %(length)s characters; the most is %(limit)s. Split it up.")
            % {"length": len(text), "limit": limit},
            code="too_long",
        )
    return text


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
    _working_draft_of(directive)
    for name in DETAILS:
        setattr(directive, name, details.get(name, getattr(directive, name)))
    directive.save()
    events.record(directive.stream, "change_details", actor=actor)
    workflow.void_approval(directive, actor=actor)
    return directive


def check_secrecy(mark: str) -> None:
    if mark != Secrecy.NONE and not settings.SECRECY_MARKS_ALLOWED:
        raise Refused(
            _(
                "This system is not cleared for secret papers. Write this one outside it, or ask "
                "the operator to allow secrecy marks."
            ),
            code="secrecy",
        )


@transaction.atomic
def save_provision(
    provision_id: int, *, actor: User, version: int, text: str, headed: bool | None = None
) -> Provision:
    """Save a provision's text if `version` is still the one that was read.

    Raises StaleVersion when somebody else saved first, with a merge to offer.
    """
    provision = _provision_for_edit(provision_id, actor)
    text = clean(text, limit=MAX_SUBJECT if provision.kind == Kind.SUBJECT else MAX_TEXT)
    if provision.kind == Kind.SUBJECT and not text:
        raise Refused(_("A directive needs a subject."), code="empty")
    if provision.version != version and text != provision.text:
        raise _stale(provision, version, text)
    provision.text = text
    if headed is not None:
        provision.headed = headed
    return _save(provision, actor)


def _save(provision: Provision, actor: User) -> Provision:
    provision.version += 1
    provision.save()
    if provision.kind == Kind.SUBJECT:
        directive = provision.draft.directive
        directive.subject = provision.text
        directive.save()
    _edited(provision.draft, actor, "edit", key=str(provision.key))
    return provision


def _stale(provision: Provision, version: int, mine: str) -> StaleVersion:
    read = provision.history.filter(version=version).first()
    base = read.text if read else provision.text
    merged = merge(base, [Proposal("theirs", provision.text), Proposal("mine", mine)])
    return StaleVersion(
        _("Somebody else saved this provision while you were writing. Compare, then save again."),
        code="stale",
        provision=provision,
        base=base,
        theirs=provision.text,
        mine=mine,
        merged=merged,
    )


@transaction.atomic
def add_provision(
    draft_id: int, *, actor: User, kind: Kind, text: str, after: int | None, headed: bool = False
) -> Provision:
    """Add a provision after the one with the id `after`, or at the end of the body."""
    draft = _draft_for_edit(draft_id, actor)
    text = clean(text)
    if not text:
        raise Refused(_("Write the text of the provision."), code="empty")
    if kind in FIXED:
        raise Refused(_("A directive has one subject and one list of recipients."), code="kind")
    if draft.provisions.count() >= MAX_PROVISIONS:
        raise Refused(
            _("A draft can have %s provisions at the most.") % MAX_PROVISIONS, code="many"
        )
    position = _position_after(draft, kind, after)
    draft.provisions.filter(position__gte=position).update(position=F("position") + 1)
    provision = Provision.objects.create(
        draft=draft, kind=kind, text=text, headed=headed, position=position
    )
    _edited(draft, actor, "add", key=str(provision.key))
    return provision


def _position_after(draft: Draft, kind: Kind, after: int | None) -> int:
    """Behind `after`; else behind the last of the body, or of what stands before the body."""
    provisions = draft.provisions
    if after is not None:
        provision = provisions.filter(pk=after).first()
        if provision and provision.kind != Kind.RECIPIENTS:
            return provision.position + 1
    ahead = provisions.exclude(kind__in=[Kind.RECIPIENTS, Kind.CLOSING])
    if kind == Kind.CLOSING:
        ahead = provisions.exclude(kind=Kind.RECIPIENTS)
    if kind in BEFORE_BODY:
        ahead = provisions.filter(kind__in=BEFORE_BODY[: BEFORE_BODY.index(kind) + 1])
    return (ahead.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def delete_provision(provision_id: int, *, actor: User) -> Provision:
    """Delete a provision; restore_provision brings it back."""
    provision = _provision_for_edit(provision_id, actor)
    _refuse_fixed(provision)
    _write_lineage(provision, Lineage.Act.DELETED, actor)
    provision.delete()
    _edited(provision.draft, actor, "delete", key=str(provision.key))
    return provision


@transaction.atomic
def restore_provision(draft_id: int, *, actor: User, key: uuid.UUID) -> Provision:
    """Bring back a deleted provision as it was, at its old place."""
    draft = _draft_for_edit(draft_id, actor)
    gone = draft.lineage.filter(key=key, act=Lineage.Act.DELETED).last()
    if gone is None or draft.provisions.filter(key=key).exists():
        raise Refused(_("There is nothing to restore: the provision stands in the draft."))
    old = Provision.history.filter(key=key, history_type="-").order_by("-history_id").first()
    draft.provisions.filter(position__gte=gone.position).update(position=F("position") + 1)
    provision = Provision.objects.create(
        draft=draft,
        key=key,
        kind=old.kind,
        text=old.text,
        headed=old.headed,
        position=gone.position,
        version=old.version + 1,
    )
    _write_lineage(provision, Lineage.Act.RESTORED, actor)
    _edited(draft, actor, "restore", key=str(key))
    return provision


@transaction.atomic
def move_provision(provision_id: int, *, actor: User, after: int) -> Provision:
    """Move a provision, with all that stands under it, to the place behind another one."""
    provision = _provision_for_edit(provision_id, actor)
    _refuse_fixed(provision)
    ordered = in_order(provision.draft)
    block = outline.block(ordered, provision)
    target = next((p for p in ordered if p.pk == after), None)
    if target is None or target in block or not outline.may_follow(provision, target, ordered):
        raise Refused(_("The provision cannot stand there."), code="place")
    rest = [p for p in ordered if p not in block]
    at = rest.index(target) + 1
    _renumber([*rest[:at], *block, *rest[at:]])
    _write_lineage(provision, Lineage.Act.MOVED, actor)
    _edited(provision.draft, actor, "move", key=str(provision.key))
    return provision


@transaction.atomic
def indent_provision(provision_id: int, *, actor: User, deeper: bool) -> Provision:
    """Make a provision one level deeper or shallower; its number follows by itself."""
    provision = _provision_for_edit(provision_id, actor)
    kind = (kinds.indent if deeper else kinds.outdent)(Kind(provision.kind))
    if kind is None:
        raise Refused(_("There is no further level in this direction."), code="edge")
    return _change_kind(provision, kind, actor)


@transaction.atomic
def change_kind(provision_id: int, *, actor: User, kind: Kind) -> Provision:
    """Turn a provision into another kind at the same place."""
    provision = _provision_for_edit(provision_id, actor)
    _refuse_fixed(provision)
    if kind in FIXED:
        raise Refused(_("A directive has one subject and one list of recipients."), code="kind")
    return _change_kind(provision, kind, actor)


def _change_kind(provision: Provision, kind: Kind, actor: User) -> Provision:
    provision.kind = kind
    provision.version += 1
    provision.save()
    _edited(provision.draft, actor, "indent", key=str(provision.key), kind=kind)
    return provision


@transaction.atomic
def split_provision(
    provision_id: int, *, actor: User, version: int, first: str, second: str
) -> Provision:
    """Cut a provision in two; the second half becomes a new one behind it."""
    provision = save_provision(provision_id, actor=actor, version=version, text=first)
    new = add_provision(
        provision.draft_id,
        actor=actor,
        kind=Kind(provision.kind),
        text=second,
        after=provision.pk,
    )
    _write_lineage(new, Lineage.Act.SPLIT, actor, other_key=provision.key)
    return new


@transaction.atomic
def join_provision(provision_id: int, *, actor: User) -> Provision:
    """Join a provision to the one before it, which keeps its key."""
    provision = _provision_for_edit(provision_id, actor)
    _refuse_fixed(provision)
    before = [p for p in in_order(provision.draft) if p.position < provision.position]
    if not before or before[-1].kind in FIXED:
        raise Refused(_("There is no provision before this one to join it to."), code="edge")
    target = before[-1]
    _write_lineage(provision, Lineage.Act.MERGED, actor, other_key=target.key)
    provision.delete()
    target.text = f"{target.text} {provision.text}".strip()
    return _save(target, actor)


@transaction.atomic
def replace_body(draft_id: int, *, actor: User, units: Sequence[NewProvision]) -> Draft:
    """Replace the whole text of a draft by pasted provisions, checked in the preview.

    A unit with the kind and text of a standing provision keeps its key; the rest get new ones.
    """
    draft = _draft_for_edit(draft_id, actor)
    units = _with_fixed(draft, [unit for unit in units if unit.text.strip()])
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
        _write_lineage(gone, Lineage.Act.DELETED, actor)
    draft.provisions.all().delete()
    write_provisions(draft, keyed)
    draft.directive.subject = keyed[0].text
    draft.directive.save()
    _edited(draft, actor, "paste", provisions=len(keyed))
    return draft


def _with_fixed(draft: Draft, units: list[NewProvision]) -> list[NewProvision]:
    """Subject first and recipients last: pasted ones, or else those the draft has."""
    found = {kind: [u for u in units if u.kind == kind] for kind in FIXED}
    for kind in FIXED:
        if not found[kind]:
            old = draft.provisions.get(kind=kind)
            found[kind] = [NewProvision(kind, old.text)]
    body = [unit for unit in units if unit.kind not in FIXED]
    return [found[Kind.SUBJECT][0], *body, found[Kind.RECIPIENTS][0]]


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


def write_provisions(draft: Draft, units: Iterable[NewProvision]) -> None:
    """Create a draft's provisions in order, each with its first row of history."""
    provisions = [
        Provision(
            draft=draft,
            position=position,
            kind=unit.kind,
            text=unit.text,
            headed=unit.headed,
            key=unit.key or uuid.uuid4(),
        )
        for position, unit in enumerate(units, start=1)
    ]
    bulk_create_with_history(provisions, Provision)


def in_order(draft: Draft) -> list[Provision]:
    return list(draft.provisions.order_by("position", "pk"))


def _provision_for_edit(provision_id: int, actor: User) -> Provision:
    found = Provision.objects.filter(pk=provision_id).values_list("draft_id", flat=True).first()
    if found is None:
        raise Refused(
            _("Somebody has deleted this provision. Copy your text and add it as a new one."),
            code="gone",
        )
    draft = _draft_for_edit(found, actor)
    provision = draft.provisions.filter(pk=provision_id).first()
    if provision is None:
        raise Refused(_("Somebody has deleted this provision."), code="gone")
    provision.draft = draft
    return provision


def _draft_for_edit(draft_id: int, actor: User) -> Draft:
    draft = (
        Draft.objects.select_for_update(of=("self",)).select_related("directive").get(pk=draft_id)
    )
    permissions.require(permissions.can_edit, actor, draft.directive)
    if not draft.is_working:
        raise Refused(
            _("Draft %s is frozen and cannot be changed any more.") % draft.number, code="frozen"
        )
    return draft


def _working_draft_of(directive: Directive) -> Draft:
    draft = directive.latest_draft
    if not draft.is_working:
        raise Refused(
            _("Draft %s is frozen and cannot be changed any more.") % draft.number, code="frozen"
        )
    return draft


def _refuse_fixed(provision: Provision) -> None:
    if provision.kind in FIXED:
        raise Refused(_("A directive has one subject and one list of recipients."), code="kind")


def _renumber(ordered: Sequence[Provision]) -> None:
    moved = [p for place, p in enumerate(ordered, start=1) if p.position != place]
    for position, provision in enumerate(ordered, start=1):
        provision.position = position
    Provision.objects.bulk_update(moved, ["position"])


def _write_lineage(
    provision: Provision, act: Lineage.Act, actor: User, other_key: uuid.UUID | None = None
) -> None:
    Lineage.objects.create(
        draft=provision.draft,
        act=act,
        key=provision.key,
        other_key=other_key,
        position=provision.position,
        actor=actor,
    )


def _edited(draft: Draft, actor: User, verb: str, **facts: Any) -> None:
    directive = draft.directive
    events.record(directive.stream, f"{verb}_provision", actor=actor, draft=draft.number, **facts)
    workflow.void_approval(directive, actor=actor)
