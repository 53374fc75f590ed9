"""What came of a round, in numbers: who took which position, how many comments met with what."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from comments.models import Category, Consultation, Delegate, Outcome, Position, Status
from directives.comparison import numbered
from directives.drafting import in_order

UNANSWERED = ""
ANSWERS = (*Outcome.values, UNANSWERED)
POSITIONS = (
    Position.AGREES,
    Position.AGREES_WITH_COMMENTS,
    Position.DISAGREES,
    Position.NO_REPLY,
)
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Tally:
    """How many comments there are of one kind: `counts` by answer, in the order of ANSWERS.

    `key` is the provision's, where the comments stand on one.
    """

    name: str
    counts: Counts
    key: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Reply(Tally):
    """The tally of one delegate, with the position they took."""

    title: str = ""
    position: Position = Position.NO_REPLY


@dataclass(frozen=True)
class Figures:
    """`positions` in the order of POSITIONS, `delegates` by rank, `provisions` as in the draft.

    Of the provisions only those with comments; comments on none stand first, as one tally.
    """

    positions: Counts
    total: Tally
    delegates: tuple[Reply, ...]
    provisions: tuple[Tally, ...]
    categories: tuple[Tally, ...]

    @property
    def is_empty(self) -> bool:
        return not self.total.total and self.positions[-1] == len(self.delegates)


class _Said(NamedTuple):
    author: int
    place: UUID | None
    category: str
    answer: str


def figures_of(consultation: Consultation) -> Figures:
    """Count a round in three queries, whatever its size."""
    said = _submitted(consultation)
    delegates = list(consultation.delegates.select_related("person"))
    taken = Counter(one.position for one in delegates)
    return Figures(
        positions=tuple(taken[position] for position in POSITIONS),
        total=Tally(_("All comments"), _counts(one.answer for one in said)),
        delegates=_replies(said, delegates),
        provisions=_by_provision(said, consultation),
        categories=_by_category(said),
    )


def _submitted(consultation: Consultation) -> list[_Said]:
    place = Coalesce("provision_key", "placing__provision_key")
    answer = "disposition__outcome"
    rows = consultation.comments.filter(status=Status.SUBMITTED).order_by("number")
    found = rows.values_list("author", place, "category", answer)
    return [
        _Said(author, at, category, met_with or UNANSWERED)
        for author, at, category, met_with in found
    ]


def _counts(answers: Iterable[str]) -> Counts:
    counted = Counter(answers)
    return tuple(counted[answer] for answer in ANSWERS)


def _grouped(pairs: Iterable[tuple[Hashable, str]]) -> defaultdict[Hashable, Counts]:
    """Counts by group; a group that nobody named has none."""
    groups: defaultdict[Hashable, list[str]] = defaultdict(list)
    for group, answer in pairs:
        groups[group].append(answer)
    none = _counts([])
    return defaultdict(lambda: none, {group: _counts(met) for group, met in groups.items()})


def _replies(said: list[_Said], delegates: list[Delegate]) -> tuple[Reply, ...]:
    counts = _grouped((one.author, one.answer) for one in said)
    return tuple(
        Reply(
            one.person.full_name,
            counts[one.person_id],
            title=one.title,
            position=Position(one.position),
        )
        for one in delegates
    )


def _by_provision(said: list[_Said], consultation: Consultation) -> tuple[Tally, ...]:
    """A comment whose provision is not in the draft counts to the draft as a whole."""
    provisions = {one.provision.key: one for one in numbered(in_order(consultation.draft))}
    counts = _grouped((one.place if one.place in provisions else None, one.answer) for one in said)
    whole = [Tally(_("The draft as a whole"), counts[None])] if None in counts else []
    tallies = (
        Tally(one.citation, counts[key], one.key)
        for key, one in provisions.items()
        if key in counts
    )
    return (*whole, *tallies)


def _by_category(said: list[_Said]) -> tuple[Tally, ...]:
    counts = _grouped((one.category, one.answer) for one in said)
    return tuple(Tally(str(label), counts[value]) for value, label in Category.choices)
