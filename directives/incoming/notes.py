"""What a file held besides its text, in words: what is lost, and what is kept in another form."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.incoming.shapes import Document, Note

WORDS_SHOWN = 6

LOST = {
    "footnote": gettext_lazy("Notes at the foot of a page"),
    "header": gettext_lazy("Header or footer of the pages"),
    "picture": gettext_lazy("Pictures"),
    "shape": gettext_lazy("Lines and shapes"),
    "object": gettext_lazy("Charts and other objects"),
    "chunk": gettext_lazy("Texts of other formats put into the file"),
    "hidden": gettext_lazy("Hidden words"),
    "struck": gettext_lazy("Lines through words: the words are kept, as if not struck out"),
    "symbol": gettext_lazy("Signs of a font of symbols"),
    "format": gettext_lazy("Tracked changes of form only"),
    "remark": gettext_lazy("Comments in the margin"),
}
CHANGED = {
    "table": gettext_lazy("Tables: each row is a line of text"),
    "box": gettext_lazy("Text boxes: their words stand behind the paragraph they hang on"),
    "field": gettext_lazy("Fields: the words they show now"),
    "formula": gettext_lazy("Formulas: their signs in a line"),
    "link": gettext_lazy("Links: the words without the address"),
    "tcvn3": gettext_lazy("Changed from TCVN3 fonts to Unicode"),
    "vni": gettext_lazy("Changed from VNI fonts to Unicode"),
    "relettered": gettext_lazy("Points lettered by Word: now a, b, c, d, đ, e in our alphabet"),
}


class Told(NamedTuple):
    lost: list[str]
    changed: list[str]


def told(document: Document, *, with_remarks: bool = True) -> Told:
    """Every note of the file in a line; comments too, where they are not taken over."""
    notes = list(document.notes)
    if with_remarks and document.remarks:
        said = [f"{remark.author}: {remark.text}" for remark in document.remarks]
        notes.append(Note("remark", len(said), said))
    return Told(_lines(notes, LOST), _lines(notes, CHANGED))


def _lines(notes: Iterable[Note], labels: Mapping[str, object]) -> list[str]:
    return [_line(note, str(labels[note.what])) for note in notes if note.what in labels]


def _line(note: Note, label: str) -> str:
    words = "; ".join(f"“{words}”" for words in note.words[:WORDS_SHOWN])
    more = len(note.words) - WORDS_SHOWN
    if more > 0:
        words += " " + _("and %s more") % more
    return f"{label} ({note.count})" + (f": {words}" if words else "")
