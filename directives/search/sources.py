"""What can be found. Each app tells its own; the search knows none of them by name."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from directives.models import SearchEntry
from directives.models.search import What


class Place(NamedTuple):
    """Where a provision stands in its draft."""

    position: int
    citation: str


Outline = Mapping[tuple[int, UUID | None], Place]


class Match(NamedTuple):
    """A row of the index that holds the words, best rank 0."""

    rank: int
    what: str
    object_id: int
    directive_id: int
    draft_id: int
    draft_number: int
    key: UUID | None


@dataclass(frozen=True)
class Shown:
    """How a match looks: where it stands, its original text, where a click leads."""

    where: str
    text: str
    url: str
    author: str = ""


class Source(ABC):
    """One kind of row in the index."""

    what: ClassVar[What]

    @abstractmethod
    def objects(self) -> QuerySet[Any]:
        """All that can be found, each with `of_directive` and `of_version`."""

    @abstractmethod
    def entry(self, found: Any) -> SearchEntry:
        """The row for one of them; `what`, `object_id` and `version` are set by the caller."""

    @abstractmethod
    def visible(self, person: User, *, every_draft: bool) -> Q:
        """Which rows the person may see: the rule of the pages, over the columns of SearchEntry."""

    @abstractmethod
    def shown(
        self, person: User, matches: Sequence[Match], outline: Outline
    ) -> Mapping[int, Shown]:
        """What to show of the matches of this kind, by `object_id`."""


_sources: list[Source] = []


def source(made: Source) -> Source:
    """Register a source; called from an app's ready()."""
    _sources.append(made)
    return made


def sources() -> Sequence[Source]:
    return _sources
