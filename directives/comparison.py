"""Two drafts side by side: their provisions paired, their words compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from directives.models import Draft, Provision
from directives.outline import in_order
from directives.text import numbering
from directives.text.align import Relation, align
from directives.text.diff import Op, diff
from directives.text.kinds import Kind


@dataclass(frozen=True)
class Numbered:
    """A provision with the number it has in its draft."""

    provision: Provision
    number: str
    citation: str

    @property
    def key(self) -> str:
        return str(self.provision.key)

    @property
    def text(self) -> str:
        return str(self.provision.text)


@dataclass(frozen=True)
class Row:
    """One provision, or several that were split or merged, in both drafts."""

    relation: Relation
    old: tuple[Numbered, ...]
    new: tuple[Numbered, ...]

    @property
    def shown(self) -> Numbered:
        return (self.new or self.old)[0]

    @property
    def old_text(self) -> str:
        return "\n".join(one.text for one in self.old)

    @property
    def new_text(self) -> str:
        return "\n".join(one.text for one in self.new)

    @cached_property
    def ops(self) -> list[Op]:
        return diff(self.old_text, self.new_text, readable=True)

    @property
    def is_changed(self) -> bool:
        return self.relation != Relation.SAME


def compare(old: Draft, new: Draft) -> list[Row]:
    """The rows in the order of the new draft, removed provisions at their old place."""
    before, after = numbered(in_order(old)), numbered(in_order(new))
    return [
        Row(pair.relation, tuple(before[i] for i in pair.old), tuple(after[i] for i in pair.new))
        for pair in align(before, after)
    ]


def numbered(provisions: Sequence[Provision]) -> list[Numbered]:
    """Provisions in order with what is computed from their kinds."""
    kinds = [Kind(p.kind) for p in provisions]
    labels = zip(numbering.numbers(kinds), numbering.citations(kinds), strict=True)
    return [
        Numbered(p, number, cited) for p, (number, cited) in zip(provisions, labels, strict=True)
    ]
