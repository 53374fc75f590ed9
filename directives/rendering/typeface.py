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


# A TTFont reads its tables when they are asked for, and is not safe to share between threads:
# only plain values leave these functions.
def _face(style: str) -> TTFont:
    return TTFont(STATIC / f"fonts/liberation-serif/LiberationSerif-{style}.ttf", lazy=True)


@cache
def _characters() -> frozenset[str]:
    return frozenset(map(chr, _face("Regular").getBestCmap())) | set("\t\n\r")


@cache
def _bold_advances() -> dict[str, float]:
    """How far each character carries the line, in parts of the font's size."""
    bold = _face("Bold")
    advances, em = bold["hmtx"], bold["head"].unitsPerEm
    return {chr(code): advances[name][0] / em for code, name in bold.getBestCmap().items()}


def unprintable(text: str) -> frozenset[str]:
    return frozenset(text) - _characters()


def printable(text: str) -> str:
    """The text with a box in the place of each character that cannot be printed."""
    text = normalize("NFC", text)
    return text.translate({ord(char): "□" for char in unprintable(text)})


def balanced_lines(text: str, *, size: float, width: float) -> list[str]:
    """Bold text cut into lines of nearly equal width, no more of them than are needed.

    Size and width in points.
    """
    words = text.split()
    widths = [bold_width(word, size) for word in words]
    space = bold_width(" ", size)
    starts = _line_starts(widths, space, width)
    for narrower in range(int(width), 0, -2):
        attempt = _line_starts(widths, space, narrower)
        if len(attempt) > len(starts):
            break
        starts = attempt
    return [" ".join(words[start:end]) for start, end in pairwise([*starts, len(words)])]


def bold_width(text: str, size: float) -> float:
    """How wide bold text is printed, in points for a size in points."""
    # A character without a glyph is refused or replaced later: any width will do.
    return sum(_bold_advances().get(char, 1.0) for char in text) * size


def line_count(text: str, *, size: float, width: float) -> int:
    """How many lines a text takes at the most: no face is wider than the bold one."""
    widths = [bold_width(word, size) for word in text.split()]
    return len(_line_starts(widths, bold_width(" ", size), width))


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
