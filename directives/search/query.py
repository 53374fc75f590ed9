"""What somebody looks for: words that must all be there, and phrases in quotes.

Nothing typed can be an error: whatever is not a word or a quotation mark parts words.
"""

import re
from dataclasses import dataclass

from directives.search.words import words

MAX_WORDS = 16
SHORTEST = 2  # letters and digits in all
SHORTEST_BEGINNING = 3

_QUOTES = '"“”„«»'
_PIECE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]|([^\s{_QUOTES}]+)")


@dataclass(frozen=True)
class Term:
    """Words that must follow each other; the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    beginning: bool = False

    def matches(self, at: int, text: list[str]) -> bool:
        """Whether the term stands in the folded words of a text from the place `at` on."""
        *whole, last = self.words
        found = text[at : at + len(self.words)]
        if len(found) < len(self.words) or found[:-1] != whole:
            return False
        return found[-1].startswith(last) if self.beginning else found[-1] == last


@dataclass(frozen=True)
class Query:
    terms: tuple[Term, ...]

    @property
    def is_long_enough(self) -> bool:
        return sum(len(word) for term in self.terms for word in term.words) >= SHORTEST


def parse(typed: str) -> Query:
    """`05-CT/TU` is a phrase of three words; the last word outside quotes may be unfinished."""
    terms: list[Term] = []
    left = MAX_WORDS
    for piece in _PIECE.finditer(typed):
        found = tuple(word.folded for word in words(piece[0]))[:left]
        left -= len(found)
        if found:
            terms.append(Term(found, beginning=piece[2] is not None and _may_go_on(found[-1])))
    return Query(tuple(_whole(term) for term in terms[:-1]) + tuple(terms[-1:]))


def _may_go_on(word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING and word.isalpha()


def _whole(term: Term) -> Term:
    return Term(term.words)
