"""The form check of a directive's newest draft: what is open, what was waived, and the fixes.

A waiver stands for a finding's stable key in its directive: while the same words stand in the same
provision it holds for later drafts too, and lapses by itself when they change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directives import drafting, events, permissions, workflow
from directives.comparison import Numbered, numbered
from directives.drafting import StaleVersion
from directives.formcheck import wording
from directives.formcheck.rules import check
from directives.formcheck.rules.document import Document, Edit, Finding, apply, document
from directives.formcheck.wording import Words
from directives.models import Directive, Draft, FindingWaiver, Provision, State
from directives.refusals import Refused
from directives.text.kinds import Kind

MAX_REASON = 500
SHOWN_AROUND = 60


@dataclass(frozen=True)
class Item:
    """A finding in its draft. `place` is where it was found, `mended` where its edit goes."""

    finding: Finding
    place: Numbered
    mended: Numbered | None
    waiver: FindingWaiver | None = None

    @property
    def key(self) -> str:
        return self.finding.key

    @property
    def words(self) -> Words:
        return wording.WORDS[self.finding.rule.code]

    @property
    def message(self) -> str:
        return wording.message(self.finding)

    @property
    def edit(self) -> Edit | None:
        return self.finding.spot.edit

    @property
    def ticket(self) -> str:
        """The finding and the version its edit was seen against: what a fix is asked for with."""
        return f"{self.key}.{self.mended.provision.version}" if self.mended else ""

    @property
    def is_mended_in_place(self) -> bool:
        return self.mended is self.place

    @property
    def removed(self) -> str:
        """The characters that the edit takes away."""
        edit = self.edit
        return self.mended.text[edit.start : edit.end] if edit and self.mended else ""

    @property
    def before(self) -> str:
        """The words ahead of what is shown as found or changed, in its line."""
        line = self.place.text[: self._span[0]].rpartition("\n")[2]
        cut = line.find(" ", len(line) - SHOWN_AROUND) if len(line) > SHOWN_AROUND else -1
        return f"…{line[cut:]}" if cut >= 0 else line

    @property
    def after(self) -> str:
        line = self.place.text[self._span[1] :].partition("\n")[0]
        cut = line.rfind(" ", 0, SHOWN_AROUND) if len(line) > SHOWN_AROUND else -1
        return f"{line[:cut]} …" if cut >= 0 else line

    @property
    def _span(self) -> tuple[int, int]:
        shown = self.edit if self.edit and self.is_mended_in_place else self.finding.spot
        return shown.start, shown.end


@dataclass(frozen=True)
class Group:
    """The open findings of one rule."""

    words: Words
    items: list[Item]

    @property
    def tickets(self) -> list[str]:
        return [item.ticket for item in self.items if item.ticket]


@dataclass(frozen=True)
class Review:
    draft: Draft
    open: list[Item]
    waived: list[Item]

    @property
    def by_severity(self) -> list[tuple[str, int, list[Group]]]:
        """Label, number of findings, and the groups of each severity that has any."""
        shown = []
        for severity, label in wording.SEVERITIES.items():
            items = [item for item in self.open if item.finding.rule.severity is severity]
            if items:
                shown.append((str(label), len(items), _groups(items)))
        return shown

    @property
    def tickets(self) -> list[str]:
        return [item.ticket for item in self.open if item.ticket]


@dataclass(frozen=True)
class Fixed:
    """How many edits were made, and the version of each provision after them, by its id."""

    count: int
    versions: dict[int, int]


def _groups(items: Iterable[Item]) -> list[Group]:
    by_rule = groupby(items, key=lambda item: item.finding.rule)
    return [
        Group(wording.WORDS[rule.code], found) for rule, found in ((r, list(i)) for r, i in by_rule)
    ]


def review(directive: Directive) -> Review:
    """Check the newest draft; three queries however long it is."""
    draft = directive.latest_draft
    rows = numbered(drafting.in_order(draft))
    place = {row.key: row for row in rows}
    waivers = _waivers(directive)
    items = [
        Item(
            finding,
            place[finding.spot.passage.key],
            place[finding.spot.edit.key] if finding.spot.edit else None,
            waivers.get(finding.key),
        )
        for finding in check(_document(rows, _day_of(directive)))
    ]
    return Review(draft, [i for i in items if not i.waiver], [i for i in items if i.waiver])


def _document(rows: Sequence[Numbered], dated: date) -> Document:
    units = [(r.key, Kind(r.provision.kind), r.text, r.provision.headed) for r in rows]
    return document(units, dated)


def _day_of(directive: Directive) -> date:
    """The date on the paper; today for one that has not been issued."""
    return directive.issue.issued_on if directive.issue else timezone.localdate()


def _waivers(directive: Directive) -> dict[str, FindingWaiver]:
    waivers = FindingWaiver.objects.filter(directive=directive).select_related("waived_by")
    return {waiver.key: waiver for waiver in waivers}


@transaction.atomic
def fix(directive_id: int, *, actor: User, chosen: Mapping[str, int]) -> Fixed:
    """Apply the edits of findings, chosen by key with the version each was seen against.

    All or nothing: refused when one is no longer found, has no edit, or its provision was changed.
    """
    directive = Directive.objects.get(pk=directive_id)
    permissions.require(permissions.can_edit, actor, directive)
    by_row: dict[Numbered, list[Item]] = {}
    for item in review(directive).open:
        if item.mended and item.key in chosen:
            by_row.setdefault(item.mended, []).append(item)
    count = sum(map(len, by_row.values()))
    if count == 0 or count < len(chosen):
        raise _gone()
    versions = {}
    for row, items in by_row.items():
        seen = min(chosen[item.key] for item in items)
        text = apply(row.text, [item.edit for item in items if item.edit])
        versions[row.provision.pk] = _save(row.provision.pk, text, actor, version=seen)
    return Fixed(count, versions)


def _save(provision_id: int, text: str, actor: User, *, version: int) -> int:
    """The version it has then."""
    try:
        saved = drafting.save_provision(provision_id, actor=actor, version=version, text=text)
    except StaleVersion:
        raise _gone() from None
    return int(saved.version)


@transaction.atomic
def unfix(directive_id: int, *, actor: User, versions: Mapping[int, int]) -> int:
    """Give the provisions of a fix back the text they had before it; returns how many.

    All or nothing: refused when one of them was changed or deleted since.
    """
    directive = Directive.objects.get(pk=directive_id)
    permissions.require(permissions.can_edit, actor, directive)
    if not may_unfix(directive, versions):
        raise _gone()
    for provision_id, version in versions.items():
        before = Provision.history.get(id=provision_id, version=version - 1)
        _save(provision_id, before.text, actor, version=version)
    return len(versions)


def may_unfix(directive: Directive, versions: Mapping[int, int]) -> bool:
    """Whether all that a fix changed stands in the working draft as the fix left it."""
    draft = directive.latest_draft
    standing = draft.provisions.filter(pk__in=versions).values_list("pk", "version")
    return bool(versions) and draft.is_working and dict(standing) == dict(versions)


@transaction.atomic
def waive(directive_id: int, *, actor: User, key: str, reason: str) -> FindingWaiver:
    """Let a finding stand, for a reason that the log keeps. Refused for one that is not open."""
    directive = _lock_unissued(directive_id, actor)
    reason = drafting.clean(reason, limit=MAX_REASON).strip()
    if not reason:
        raise Refused(_("Say why this may stand as it is."), code="empty")
    item = next((item for item in review(directive).open if item.key == key), None)
    if item is None:
        raise _gone()
    waiver: FindingWaiver = FindingWaiver.objects.create(
        directive=directive,
        key=key,
        rule=item.finding.rule.code,
        reason=reason,
        waived_by=actor,
    )
    quote = item.finding.spot.quote
    events.record(directive.stream, "waive_finding", actor=actor, quote=quote, reason=reason)
    return waiver


@transaction.atomic
def unwaive(directive_id: int, *, actor: User, key: str) -> None:
    """Open a waived finding again."""
    directive = _lock_unissued(directive_id, actor)
    waiver = FindingWaiver.objects.filter(directive=directive, key=key).first()
    if waiver is None:
        raise _gone()
    events.record(directive.stream, "unwaive_finding", actor=actor, reason=waiver.reason)
    waiver.delete()


def _lock_unissued(directive_id: int, actor: User) -> Directive:
    directive = workflow.lock(directive_id)
    permissions.require(permissions.can_edit, actor, directive)
    if directive.state == State.ISSUED:
        raise Refused(_("The directive is issued; its form is not checked any more."), code="state")
    return directive


def _gone() -> Refused:
    return Refused(
        _("The draft was changed after this check. Look at the findings again."), code="gone"
    )
