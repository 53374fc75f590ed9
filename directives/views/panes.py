"""What can be open under one provision of the editor: a form, or the menu of acts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form

from directives import drafting, outline
from directives.comparison import Numbered
from directives.drafting import StaleVersion
from directives.forms import (
    BODY_KINDS,
    KindForm,
    MoveForm,
    NewProvisionForm,
    ProvisionForm,
    SplitForm,
)
from directives.models import Provision
from directives.text import kinds
from directives.text.halves import halves
from directives.text.kinds import ANNEXED, LEVELS, Kind

PANES = ("edit", "acts", "add", "split", "move", "kind")
WORDS_IN_A_CHOICE = 70


@dataclass
class Pane:
    """What is open under one provision; without one (`at`), under the end of the list."""

    name: str = ""
    at: int | None = None
    form: Form | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Several rows may be open at once, and no two fields may have one id."""
        if self.form is not None:
            self.form.auto_id = f"{self.name}-{self.at or 'end'}-%s"


def asked_for(rows: list[Numbered], name: str, at: str) -> Pane:
    """The pane that an address names; an unknown one is closed."""
    row = next((row for row in rows if str(row.provision.pk) == at), None)
    if row is None:
        return _opened_at_end(name, rows)
    return opened(name, rows, row) if name in PANES else Pane(at=row.provision.pk)


def _opened_at_end(name: str, rows: list[Numbered]) -> Pane:
    if name == "annex":
        return Pane("add", form=NewProvisionForm(initial={"kind": Kind.ANNEX}))
    return Pane("add", form=adding(rows, None)) if name == "add" else Pane()


def opened(name: str, rows: list[Numbered], row: Numbered) -> Pane:
    provision, ordered = row.provision, [row.provision for row in rows]
    if name == "acts":
        return Pane(name, provision.pk, facts={"possible": _possible(ordered, provision)})
    openings: dict[str, Callable[[], Form]] = {
        "edit": lambda: ProvisionForm(
            initial={name: getattr(provision, name) for name in ("text", "headed", "version")}
        ),
        "add": lambda: adding(rows, provision),
        "kind": lambda: _another_kind(ordered, provision),
        "split": lambda: _splitting(provision),
        "move": lambda: moving(rows, provision),
    }
    return Pane(name, provision.pk, openings[name]())


def adding(rows: list[Numbered], after: Provision | None, data: Any = None) -> NewProvisionForm:
    """A new provision is of the kind of the one above it, or else a clause; one at the end goes
    to the end of the body, or of the last annex."""
    ordered = [row.provision for row in rows]
    if after is None and data is None and outline.is_annexed(ordered, ordered[-1]):
        after = ordered[-1]
    body = [provision for provision in ordered if provision.kind in LEVELS]
    above = after or (body[-1] if body else None)
    same = above is not None and above.kind not in (*drafting.FIXED, Kind.ANNEX)
    initial = {"kind": above.kind if same else _first_kind(after), "after": after and after.pk}
    form = NewProvisionForm(data, initial=initial)
    form.fields["kind"].choices = _kinds_beside(ordered, after)
    return form


def _kinds_beside(ordered: list[Provision], after: Provision | None) -> list[tuple[Kind, Any]]:
    """The kinds that may stand behind a provision."""
    annexed = after is not None and outline.is_annexed(ordered, after)
    kept = ANNEXED if annexed else outline.IN_MAIN
    return [(kind, label) for kind, label in BODY_KINDS if kind in kept]


def _another_kind(ordered: list[Provision], provision: Provision) -> KindForm:
    form = KindForm(initial={"kind": provision.kind})
    form.fields["kind"].choices = _kinds_beside(ordered, provision)
    return form


def _first_kind(after: Provision | None) -> Kind:
    return Kind.PREAMBLE if after and after.kind == Kind.SUBJECT else Kind.CLAUSE


def _splitting(provision: Provision) -> SplitForm:
    first, second = halves(provision.text)
    return SplitForm(initial={"version": provision.version, "first": first, "second": second})


def moving(rows: list[Numbered], provision: Provision, data: Any = None) -> MoveForm:
    ordered = [row.provision for row in rows]
    under = outline.block(ordered, provision)
    form = MoveForm(data)
    form.fields["after"].choices = [
        (row.provision.pk, label)
        for row, label in _labelled(rows)
        if row.provision not in under and outline.may_follow(provision, row.provision, ordered)
    ]
    return form


def _labelled(rows: list[Numbered]) -> Iterator[tuple[Numbered, str]]:
    """Each provision with its number and first words, in an annex with the annex before them."""
    annex = ""
    for row in rows:
        label = f"{row.number or '·'} {row.text[:WORDS_IN_A_CHOICE]}"
        if row.provision.kind == Kind.ANNEX:
            annex = f"{row.number}: "
            yield row, label
        else:
            yield row, annex + label


def _possible(ordered: list[Provision], provision: Provision) -> dict[str, bool]:
    """Which acts of the menu can be done to the provision where it stands."""
    if provision.kind in drafting.FIXED:
        return {}
    kind, place = Kind(provision.kind), ordered.index(provision)
    above = ordered[place - 1]
    return {
        "change": kind != Kind.ANNEX,
        "up": outline.place_up(ordered, provision) is not None,
        "down": outline.place_down(ordered, provision) is not None,
        "deeper": kinds.indent(kind) is not None,
        "shallower": kinds.outdent(kind) is not None,
        "join": Kind.ANNEX not in (kind, above.kind) and above.kind not in drafting.FIXED,
    }


def stale_pane(stale: StaleVersion, form: ProvisionForm) -> Pane:
    """What is saved stands where both changed the same words; the other wording is shown beside."""
    offered = ProvisionForm(
        initial={
            "text": stale.joined,
            "headed": form.cleaned_data["headed"],
            "version": stale.provision.version,
        }
    )
    return Pane("stale", stale.provision.pk, offered, {"stale": stale})
