"""What is found in a marked copy: comments to be made, and what has no place."""

from dataclasses import dataclass, field

from comments.said import Said
from directives.comparison import Numbered


@dataclass(frozen=True)
class Found:
    """A comment to be made. `tracked`: the file itself says that this was changed."""

    said: Said
    at: Numbered | None
    authors: tuple[str, ...] = ()
    tracked: bool = True


@dataclass(frozen=True)
class Unplaced:
    why: str
    words: str


@dataclass
class MarkedCopy:
    found: list[Found] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
