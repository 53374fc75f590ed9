"""What the one typeface of our papers can print, and how wide it prints it."""

from functools import cache
from itertools import pairwise
from unicodedata import normalize

from django.conf import settings
from fontTools.ttLib import TTFont

STATIC = settings.BASE_DIR / "static"


class UnprintableText(ValueError):
    """The typeface lacks some characters; another font would take their place silently."""

    def __init__(self, characters: frozenset[str]):
        super().__init__(f"No glyphs for: {' '.join(sorted(characters))}")
        self.characters = characters


@cache
def _face(style: str) -> TTFont:
    return TTFont(STATIC / f"fonts/liberation-serif/LiberationSerif-{style}.ttf", lazy=True)


@cache
def _glyphs() -> dict[int, str]:
    return _face("Regular").getBestCmap()


def unprintable(text: str) -> frozenset[str]:
    return frozenset(char for char in set(text) - set("\t\n\r") if ord(char) not in _glyphs())


def printable(text: str) -> str:
    """The text with a box in the place of each character that cannot be printed."""
    text = normalize("NFC", text)
    return text.translate({ord(char): "□" for char in unprintable(text)})


def balanced_lines(text: str, *, size: float, width: float) -> list[str]:
    """Bold text cut into lines of nearly equal width, no more of them than are needed.

    Size and width in points.
    """
    words = text.split()
    widths = [_bold_width(word, size) for word in words]
    space = _bold_width(" ", size)
    starts = _line_starts(widths, space, width)
    for narrower in range(int(width), 0, -2):
        attempt = _line_starts(widths, space, narrower)
        if len(attempt) > len(starts):
            break
        starts = attempt
    return [" ".join(words[start:end]) for start, end in pairwise([*starts, len(words)])]


def _bold_width(text: str, size: float) -> float:
    bold, glyphs = _face("Bold"), _glyphs()
    units = sum(bold["hmtx"][glyphs.get(ord(char), ".notdef")][0] for char in text)
    return units * size / bold["head"].unitsPerEm


def _line_starts(widths: list[float], space: float, limit: float) -> list[int]:
    """The places of the words that begin a line when each line takes all the words it can."""
    starts = [0]
    used = -space
    for place, width in enumerate(widths):
        used += space + width
        if used > limit and place > starts[-1]:
            starts.append(place)
            used = width
    return starts
