"""A directive that does something to an issued one, and its short way to the issue."""

from django.utils import timezone

from directives import canonical, drafting, workflow
from directives.models import Directive, State


def successor(world, old: Directive, kind: str = "replace", **facts) -> Directive:
    facts.setdefault("subject", "về siết chặt kỷ luật trong tình hình mới")
    return drafting.create_successor(
        old, actor=world.office, kind=kind, **{"signer_name": "Hoàng Minh Trực", **facts}
    )


def approve(world, made: Directive) -> None:
    """To the chair and back, without a round of comments."""
    Directive.objects.filter(pk=made.pk).update(state=State.SUBMITTED)
    sha256 = canonical.content_hash(made.latest_draft)
    workflow.approve(made.pk, actor=world.chair, sha256=sha256)


def issue(world, made: Directive) -> Directive:
    approve(world, made)
    workflow.issue(made.pk, actor=world.clerk, issued_on=timezone.localdate())
    return Directive.objects.get(pk=made.pk)
