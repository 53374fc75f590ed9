"""Words as the search compares them: without tones, marks and case, `đ` as `d`.

What is looked in and what is looked for are cut by the same rule, so that both databases, which are
given nothing but words and spaces, agree with the marks that the page sets on the original text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from directives.text.normalise import fold

# A language has few syllables: folding one costs more than remembering it.
_fold = lru_cache(maxsize=8_192)(fold)
# Marks that have no composed form belong to the letter before them, as in text.tokens.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


class Word(NamedTuple):
    """A folded word, and where it stands in the text it was taken from."""

    folded: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in order: `14-KL/TW` is three, `K'Ho` two."""
    for found in _WORD.finditer(text):
        if folded := _fold(found[0]):
            yield Word(folded, found.start(), found.end())


def folded(text: str) -> str:
    """The words alone, for the index."""
    return " ".join(word.folded for word in words(text))
