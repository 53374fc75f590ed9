"""The working draft under lock, and what every change of it needs."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from accounts.models import User
from directives import events, permissions, workflow
from directives.models import Directive, Draft, Lineage, Provision, Secrecy
from directives.refusals import Refused
from directives.text.kinds import Kind
from directives.text.merge import Conflict, Merge, Proposal, merge
from directives.text.normalise import normalise

MAX_TEXT = 20_000
MAX_SUBJECT = 1_000
MAX_PROVISIONS = 1_000

FIXED = (Kind.SUBJECT, Kind.RECIPIENTS)
# What no proposal takes out: without its title the provisions of an annex would stand nowhere.
KEPT = (*FIXED, Kind.ANNEX)


@dataclass
class StaleVersion(Refused):
    """Somebody saved the provision first. Nothing is lost: all texts and a merge are here.

    `base` is what both started from, `theirs` what is saved now, `mine` what was typed.
    """

    provision: Any = None
    base: str = ""
    theirs: str = ""
    mine: str = ""
    merged: Merge = field(default_factory=lambda: merge("", []))

    @property
    def joined(self) -> str:
        """The merge; what is saved stands where both changed the same words."""
        choices = {one: _wording(one, "theirs") for one in self.merged.conflicts}
        return self.merged.resolved(choices).text

    @property
    def disputed(self) -> list[tuple[str, str, str]]:
        """The places where both changed the same words: before, theirs, mine."""
        return [
            (self.base[one.start : one.end], _wording(one, "theirs"), _wording(one, "mine"))
            for one in self.merged.conflicts
        ]


def _wording(conflict: Conflict, who: str) -> str:
    return next(option.text for option in conflict.alternatives if who in option.ids)


def stale(row: Any, version: int, mine: str) -> StaleVersion:
    """What somebody wrote on an old version of a row with text and history, beside the new one."""
    read = row.history.filter(version=version).first()
    base = read.text if read else row.text
    return StaleVersion(
        _("Somebody else saved this provision while you were writing. Compare, then save again."),
        code="stale",
        provision=row,
        base=base,
        theirs=row.text,
        mine=mine,
        merged=merge(base, [Proposal("theirs", row.text), Proposal("mine", mine)]),
    )


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


def check_secrecy(mark: str) -> None:
    if mark != Secrecy.NONE and not settings.SECRECY_MARKS_ALLOWED:
        raise Refused(
            _(
                "This system is not cleared for secret papers. Write this one outside it, or ask "
                "the operator to allow secrecy marks."
            ),
            code="secrecy",
        )


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


def provision_for_edit(provision_id: int, actor: User) -> Provision:
    found = Provision.objects.filter(pk=provision_id).values_list("draft_id", flat=True).first()
    if found is None:
        raise Refused(
            _("Somebody has deleted this provision. Copy your text and add it as a new one."),
            code="gone",
        )
    draft = draft_for_edit(found, actor)
    provision = draft.provisions.filter(pk=provision_id).first()
    if provision is None:
        raise Refused(_("Somebody has deleted this provision."), code="gone")
    provision.draft = draft
    return provision


def draft_for_edit(draft_id: int, actor: User) -> Draft:
    draft = (
        Draft.objects.select_for_update(of=("self",)).select_related("directive").get(pk=draft_id)
    )
    permissions.require(permissions.can_edit, actor, draft.directive)
    if not draft.is_working:
        raise Refused(
            _("Draft %s is frozen and cannot be changed any more.") % draft.number, code="frozen"
        )
    return draft


def working_draft_of(directive: Directive) -> Draft:
    draft = directive.latest_draft
    if not draft.is_working:
        raise Refused(
            _("Draft %s is frozen and cannot be changed any more.") % draft.number, code="frozen"
        )
    return draft


def refuse_fixed(provision: Provision) -> None:
    if provision.kind in FIXED:
        raise Refused(_("A directive has one subject and one list of recipients."), code="kind")


def write_lineage(
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


def edited(draft: Draft, actor: User, verb: str, **facts: Any) -> None:
    directive = draft.directive
    events.record(directive.stream, f"{verb}_provision", actor=actor, draft=draft.number, **facts)
    workflow.void_approval(directive, actor=actor)
