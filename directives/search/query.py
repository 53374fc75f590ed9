"""What somebody looks for: words that must all be there, and phrases in quotes.

Nothing typed can be an error: whatever is not a word or a quotation mark parts words.
"""

import re
from dataclasses import dataclass, replace

from directives.search.words import words

MAX_WORDS = 16
SHORTEST = 2  # letters and digits in all
SHORTEST_BEGINNING = 2

_QUOTES = '"“”„«»'
_PIECE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]|([^\s{_QUOTES}]+)")


@dataclass(frozen=True)
class Term:
    """Words that must follow each other; the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    is_quoted: bool = False
    beginning: bool = False

    @property
    def may_go_on(self) -> bool:
        last = self.words[-1]
        return not self.is_quoted and len(last) >= SHORTEST_BEGINNING and last.isalpha()

    @property
    def folded(self) -> str:
        """As it stands among folded words; after one that may go on there need be no space."""
        return f" {' '.join(self.words)}" + ("" if self.beginning else " ")

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

    def stands_in(self, folded: str) -> bool:
        """Whether folded words hold every term."""
        text = f" {folded} "
        return all(term.folded in text for term in self.terms)

    @property
    def unfinished(self) -> "Query | None":
        """The same with the last word as the beginning of a longer one; None after a quote."""
        if not self.terms or not self.terms[-1].may_go_on:
            return None
        return Query((*self.terms[:-1], replace(self.terms[-1], beginning=True)))

    @property
    def is_long_enough(self) -> bool:
        return sum(len(word) for term in self.terms for word in term.words) >= SHORTEST


def parse(typed: str) -> Query:
    """`05-CT/TU` is a phrase of three words, quoted or not."""
    terms: list[Term] = []
    left = MAX_WORDS
    for piece in _PIECE.finditer(typed):
        found = tuple(word.folded for word in words(piece[0]))[:left]
        left -= len(found)
        if found:
            terms.append(Term(found, is_quoted=piece[1] is not None))
    return Query(tuple(terms))
