"""What the one typeface of our papers can print, and how wide it prints it."""

from collections.abc import Callable
from functools import cache
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
    measure = _bold_measure(size)
    fewest = _fill(text, width, measure)
    for narrower in range(int(width), 0, -2):
        lines = _fill(text, narrower, measure)
        if len(lines) > len(fewest) or max(map(measure, lines)) > narrower:
            break
        fewest = lines
    return fewest


def _bold_measure(size: float) -> Callable[[str], float]:
    bold, glyphs = _face("Bold"), _glyphs()
    advances, em = bold["hmtx"], bold["head"].unitsPerEm
    return lambda text: sum(advances[glyphs.get(ord(c), ".notdef")][0] for c in text) * size / em


def _fill(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and measure(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
