"""One placing of the tone marks in one text: `hòa, ủy` or `hoà, uỷ`."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from directives.formcheck.rules.document import Document, Passage, Spot, mended

CAPITALS = "".join(filter(str.isupper, map(chr, range(0x1EFA))))
# The placings differ only where oa, oe, uy end a syllable; in `quý` the u belongs to the q.
_PAIR = re.compile(
    r"(?<!q)(?:[òóỏõọ][ae]|o[àáảãạèéẻẽẹ]|[ùúủũụ]y|u[ỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE
)
# Words in capitals throughout and Roman figures (`Khoá XI`) make no name.
_PROPER = rf"(?![IVX]+(?!\w))[{CAPITALS}](?![{CAPITALS}])[\w'’]*"
_NAME = re.compile(rf"(?<![\w'’])(?:{_PROPER}(?: {_PROPER})+|\w['’]\w[\w'’]*)")


def mixed_tone_marks(document: Document) -> Iterator[Spot]:
    """The placing that is rarer in the document; the fix is the one that prevails.

    Source: no rule prescribes one of the two, but one text keeps to one (party-format §4).
    """
    old_prevails, places = _placings(document)
    for passage, match in places:
        if _is_old(match[0]) != old_prevails:
            yield mended(passage, *match.span(), _swapped(match[0]))


def prevailing(document: Document) -> Callable[[str], str]:
    """A function that spells a text with the placing that prevails in the document."""
    return old_style if _placings(document)[0] else _new_style


def old_style(text: str) -> str:
    """Spelled `hòa, ủy` throughout, as long as before: for matching words in either spelling."""
    return _PAIR.sub(lambda match: match[0] if _is_old(match[0]) else _swapped(match[0]), text)


def _new_style(text: str) -> str:
    return _PAIR.sub(lambda match: _swapped(match[0]) if _is_old(match[0]) else match[0], text)


def _placings(document: Document) -> tuple[bool, list[tuple[Passage, re.Match[str]]]]:
    places = [(p, match) for p in document.passages for match in _outside_names(p.text)]
    old = sum(_is_old(match[0]) for _passage, match in places)
    return old * 2 >= len(places), places


def _outside_names(text: str) -> Iterator[re.Match[str]]:
    """People and places keep the spelling of their name; `Ủy` is no name."""
    names = {at for name in _NAME.finditer(text) for at in range(*name.span())}
    for match in _PAIR.finditer(text):
        starts_word = not text[max(match.start() - 1, 0) : match.start()].isalpha()
        if starts_word or match.start() not in names:
            yield match


def _is_old(pair: str) -> bool:
    return unicodedata.combining(unicodedata.normalize("NFD", pair)[1]) > 0


def _swapped(pair: str) -> str:
    """The tone moved to the other letter."""
    first, second, third = list(unicodedata.normalize("NFD", pair))
    return unicodedata.normalize("NFC", first + third + second)
