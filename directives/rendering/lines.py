"""The body of a paper, line by line as it is printed."""

from collections.abc import Iterator
from dataclasses import dataclass

from directives.text.kinds import Kind

from .forms_of_document import Form
from .paper import Paragraph


@dataclass(frozen=True)
class Line:
    """One line of a provision, the first with its number; `start` is where the line's text begins
    in the provision's."""

    kind: Kind
    number: str
    text: str
    heading: bool
    start: int

    @property
    def printed(self) -> str:
        return f"{self.number} {self.text}" if self.number else self.text


def lines_of(paragraph: Paragraph, form: Form) -> Iterator[Line]:
    """The lines that are printed of a provision: at least one, but for an empty basis."""
    if paragraph.kind == Kind.BASIS:
        yield from (_basis(start, text) for start, text in _filled(paragraph.text))
        return
    number, heading = _number(paragraph, form), paragraph.headed
    for start, text in list(_filled(paragraph.text)) or [(0, "")]:
        yield Line(paragraph.kind, number, text, heading, start)
        number, heading = "", False


def _filled(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, and where they begin."""
    at = 0
    for line in text.splitlines(keepends=True):
        if bare := line.strip():
            yield at + line.index(bare), bare
        at += len(line)


def _basis(start: int, text: str) -> Line:
    bare = text.removeprefix("- ")
    start += len(text) - len(bare)
    return Line(Kind.BASIS, "-", bare.rstrip(" ,;.") + ";", False, start)


def _number(paragraph: Paragraph, form: Form) -> str:
    if paragraph.kind == Kind.CLAUSE and paragraph.number:
        return paragraph.number.rstrip(".-") + form.clause_end
    return paragraph.number
