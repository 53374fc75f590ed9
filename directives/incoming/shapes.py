"""What is found in a Word file, as plain values that travel from the child process as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


class Unreadable(Exception):
    """The file is refused. `code` says why; the words are found where the person is told."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Line:
    """A paragraph as it is left in one state of the file, its number before its words.

    `paragraphs`: the paragraphs of the file it is made of, by their place, the first with words
    before the others. `authors`: who changed something in it.
    """

    text: str
    paragraphs: tuple[int, ...]
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """A comment in the margin. `words` are those of the original text it stands beside, from
    offset `at` of its paragraph; None for a comment that stands nowhere in the text."""

    author: str
    text: str
    paragraph: int | None
    words: str = ""
    at: int = 0


@dataclass
class Note:
    """Something that is not kept, or kept in another form: what, how often, its first words."""

    what: str
    count: int = 0
    words: list[str] = field(default_factory=list)


@dataclass
class Document:
    """A file with all changes accepted, and as it was before them. `changes` counts them."""

    accepted: Sequence[Line]
    original: Sequence[Line]
    changes: int = 0
    authors: Sequence[str] = ()
    remarks: Sequence[Remark] = ()
    notes: Sequence[Note] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Document":
        return cls(
            accepted=[_line(line) for line in found["accepted"]],
            original=[_line(line) for line in found["original"]],
            changes=found["changes"],
            authors=found["authors"],
            remarks=[Remark(**remark) for remark in found["remarks"]],
            notes=[Note(**note) for note in found["notes"]],
        )


def _line(found: Mapping[str, Any]) -> Line:
    return Line(found["text"], tuple(found["paragraphs"]), tuple(found["authors"]))
