"""What can be found. Each app tells its own; the search knows none of them by name."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import User
from directives.models import SearchEntry
from directives.models.search import What


class Match(NamedTuple):
    """A row of the index that holds the words, best rank 0."""

    rank: int
    what: str
    object_id: int
    directive_id: int


class Place(NamedTuple):
    """Where a match stands: in which draft, and at which of its provisions, if at one."""

    draft_id: int
    draft_number: int
    position: int = 0
    provision_id: int | None = None


class Placed(NamedTuple):
    """A match to be shown, with its place and how the place is cited."""

    match: Match
    place: Place
    citation: str


@dataclass(frozen=True)
class Shown:
    """How a match looks: where it stands, its original text, where a click leads."""

    where: str
    text: str
    url: str
    author: str = ""


# Which rows a person may see, over the columns of SearchEntry; in every draft, or in the newest.
Rule = Callable[[User, bool], Q]


class Source(ABC):
    """One kind of row in the index. `rule` is that of the pages; kinds may share one."""

    what: ClassVar[What]

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @abstractmethod
    def objects(self) -> QuerySet[Any]:
        """All that can be found, each with `of_directive` and `of_version`."""

    @abstractmethod
    def entry(self, found: Any) -> SearchEntry:
        """The row for one of them; `what`, `object_id` and `version` are set by the caller."""

    @abstractmethod
    def places(self, ids: Sequence[int]) -> Mapping[int, Place]:
        """Where they stand, by `object_id`."""

    @abstractmethod
    def shown(self, person: User, placed: Sequence[Placed]) -> Mapping[int, Shown]:
        """What to show of the matches of this kind, by `object_id`."""


_sources: list[Source] = []


def source(made: Source) -> Source:
    """Register a source; called from an app's ready()."""
    _sources.append(made)
    return made


def sources() -> Sequence[Source]:
    return _sources
