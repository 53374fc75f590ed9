"""The lines of a pasted text, and what one alone tells."""

import re
from typing import NamedTuple

# Dashes, the star under the committee's name, the number of a page.
_WORDLESS = re.compile(r"[\W_]+$|\d{1,3}$")
_ENDED = re.compile(r"[.;:!?…]\W*$")


class Line(NamedTuple):
    """A line of the pasted text, counted from 1."""

    number: int
    text: str


def is_wordless(text: str) -> bool:
    return bool(_WORDLESS.match(text))


def ends_sentence(text: str) -> bool:
    return bool(_ENDED.search(text))


def is_capital(text: str) -> bool:
    """Whether no letter is a small one."""
    return text.upper() == text
