"""One provision: saved, added, deleted and restored, cut in two and joined."""

import uuid

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from directives import outline
from directives.drafting.working import (
    FIXED,
    KEPT,
    MAX_PROVISIONS,
    MAX_SUBJECT,
    MAX_TEXT,
    clean,
    draft_for_edit,
    edited,
    provision_for_edit,
    refuse_fixed,
    stale,
    write_lineage,
)
from directives.models import Draft, Lineage, Provision
from directives.outline import in_order
from directives.refusals import Refused
from directives.text.kinds import Kind


@transaction.atomic
def save_provision(
    provision_id: int, *, actor: User, version: int, text: str, headed: bool | None = None
) -> Provision:
    """Save a provision's text if `version` is still the one that was read.

    Raises StaleVersion when somebody else saved first, with a merge to offer.
    """
    provision = provision_for_edit(provision_id, actor)
    text = clean(text, limit=MAX_SUBJECT if provision.kind == Kind.SUBJECT else MAX_TEXT)
    if provision.kind == Kind.SUBJECT and not text:
        raise Refused(_("A directive needs a subject."), code="empty")
    if provision.version != version and text != provision.text:
        raise stale(provision, version, text)
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
    edited(provision.draft, actor, "edit", key=str(provision.key))
    return provision


@transaction.atomic
def add_provision(
    draft_id: int, *, actor: User, kind: Kind, text: str, after: int | None, headed: bool = False
) -> Provision:
    """Add a provision after the one with the id `after`, or at the end of the body; an annex
    stands behind the annex of `after`, or behind all. A part begins with its heading."""
    draft = draft_for_edit(draft_id, actor)
    text = clean(text)
    if not text:
        raise Refused(_("Write the text of the provision."), code="empty")
    if kind in FIXED:
        raise Refused(_("A directive has one subject and one list of recipients."), code="kind")
    if draft.provisions.count() >= MAX_PROVISIONS:
        raise Refused(
            _("A draft can have %s provisions at the most.") % MAX_PROVISIONS, code="many"
        )
    ordered = in_order(draft)
    above = next((p for p in ordered if p.pk == after), None)
    position = _open_place(draft, outline.behind(ordered, kind, above))
    headed = headed or kind == Kind.PART
    provision = Provision.objects.create(
        draft=draft, kind=kind, text=text, headed=headed, position=position
    )
    edited(draft, actor, "add", key=str(provision.key))
    return provision


def _open_place(draft: Draft, above: Provision) -> int:
    """The position behind a provision, from which all others have moved on."""
    position: int = above.position + 1
    draft.provisions.filter(position__gte=position).update(position=F("position") + 1)
    return position


@transaction.atomic
def delete_provision(provision_id: int, *, actor: User) -> Provision:
    """Delete a provision, or with its title a whole annex; restore_provision brings it back."""
    provision = provision_for_edit(provision_id, actor)
    refuse_fixed(provision)
    annex = outline.block(in_order(provision.draft), provision)[1:] if _is_title(provision) else []
    _delete(provision, actor)
    for under in annex:
        _delete(under, actor, annex=provision.key)
    edited(provision.draft, actor, "delete", key=str(provision.key))
    return provision


def _is_title(provision: Provision) -> bool:
    return bool(provision.kind == Kind.ANNEX)


def _delete(provision: Provision, actor: User, annex: uuid.UUID | None = None) -> None:
    write_lineage(provision, Lineage.Act.DELETED, actor, other_key=annex)
    provision.delete()


@transaction.atomic
def restore_provision(draft_id: int, *, actor: User, key: uuid.UUID) -> Provision:
    """Bring back a deleted provision as it was, at its old place; an annex with all it held."""
    draft = draft_for_edit(draft_id, actor)
    deleted = draft.lineage.filter(act=Lineage.Act.DELETED)
    gone = deleted.filter(key=key).last()
    standing = set(draft.provisions.values_list("key", flat=True))
    if gone is None or key in standing:
        raise Refused(_("There is nothing to restore: the provision stands in the draft."))
    ahead = [p for p in in_order(draft) if p.position < gone.position]
    provision = last = _restore(gone, ahead[-1], actor)
    for under in deleted.filter(other_key=key, pk__gt=gone.pk).exclude(key__in=standing):
        last = _restore(under, last, actor)
    edited(draft, actor, "restore", key=str(key))
    return provision


def _restore(gone: Lineage, above: Provision, actor: User) -> Provision:
    draft = gone.draft
    old = Provision.history.filter(key=gone.key, history_type="-").order_by("-history_id").first()
    above = outline.behind(in_order(draft), Kind(old.kind), above)
    provision = Provision.objects.create(
        draft=draft,
        key=gone.key,
        kind=old.kind,
        text=old.text,
        headed=old.headed,
        position=_open_place(draft, above),
        version=old.version + 1,
    )
    write_lineage(provision, Lineage.Act.RESTORED, actor)
    return provision


@transaction.atomic
def split_provision(
    provision_id: int, *, actor: User, version: int, first: str, second: str
) -> Provision:
    """Cut a provision in two; the second half becomes a new one behind it, of an annex's title
    its first paragraph."""
    provision = save_provision(provision_id, actor=actor, version=version, text=first)
    new = add_provision(
        provision.draft_id,
        actor=actor,
        kind=Kind.PREAMBLE if _is_title(provision) else Kind(provision.kind),
        text=second,
        after=provision.pk,
    )
    write_lineage(new, Lineage.Act.SPLIT, actor, other_key=provision.key)
    return new


@transaction.atomic
def join_provision(provision_id: int, *, actor: User) -> Provision:
    """Join a provision to the one before it, which keeps its key."""
    provision = provision_for_edit(provision_id, actor)
    refuse_fixed(provision)
    before = [p for p in in_order(provision.draft) if p.position < provision.position]
    if not before or _is_title(provision) or before[-1].kind in KEPT:
        raise Refused(_("There is no provision before this one to join it to."), code="edge")
    target = before[-1]
    write_lineage(provision, Lineage.Act.MERGED, actor, other_key=target.key)
    provision.delete()
    target.text = f"{target.text} {provision.text}".strip()
    return _save(target, actor)
