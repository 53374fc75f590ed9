"""Where a provision stands and at which level; its number follows by itself."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from directives import outline
from directives.drafting.working import (
    FIXED,
    edited,
    provision_for_edit,
    refuse_fixed,
    write_lineage,
)
from directives.models import Lineage, Provision
from directives.refusals import Refused
from directives.text import kinds
from directives.text.kinds import Kind


@transaction.atomic
def move_provision(provision_id: int, *, actor: User, after: int) -> Provision:
    """Move a provision, with all that stands under it, to the place behind another one."""
    provision = provision_for_edit(provision_id, actor)
    refuse_fixed(provision)
    ordered = outline.in_order(provision.draft)
    block = outline.block(ordered, provision)
    target = next((p for p in ordered if p.pk == after), None)
    if target is None or target in block or not outline.may_follow(provision, target, ordered):
        raise Refused(_("The provision cannot stand there."), code="place")
    rest = [p for p in ordered if p not in block]
    at = rest.index(target) + 1
    _renumber([*rest[:at], *block, *rest[at:]])
    write_lineage(provision, Lineage.Act.MOVED, actor)
    edited(provision.draft, actor, "move", key=str(provision.key))
    return provision


def _renumber(ordered: Sequence[Provision]) -> None:
    moved = [p for place, p in enumerate(ordered, start=1) if p.position != place]
    for position, provision in enumerate(ordered, start=1):
        provision.position = position
    Provision.objects.bulk_update(moved, ["position"])


@transaction.atomic
def indent_provision(provision_id: int, *, actor: User, deeper: bool) -> Provision:
    """Make a provision one level deeper or shallower; its number follows by itself."""
    provision = provision_for_edit(provision_id, actor)
    kind = (kinds.indent if deeper else kinds.outdent)(Kind(provision.kind))
    if kind is None:
        raise Refused(_("There is no further level in this direction."), code="edge")
    return _change_kind(provision, kind, actor)


@transaction.atomic
def change_kind(provision_id: int, *, actor: User, kind: Kind) -> Provision:
    """Turn a provision into another kind at the same place."""
    provision = provision_for_edit(provision_id, actor)
    refuse_fixed(provision)
    if kind in FIXED:
        raise Refused(_("A directive has one subject and one list of recipients."), code="kind")
    if kind not in outline.kinds_at(outline.in_order(provision.draft), provision):
        raise Refused(_("A provision of this kind cannot stand there."), code="kind")
    return _change_kind(provision, kind, actor)


def _change_kind(provision: Provision, kind: Kind, actor: User) -> Provision:
    provision.kind = kind
    provision.version += 1
    provision.save()
    edited(provision.draft, actor, "indent", key=str(provision.key), kind=kind)
    return provision
