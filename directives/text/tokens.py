"""Where Vietnamese text may be cut: between syllables, numbers, references, marks and spaces.

Text is expected in NFC. Joining the tokens of a text always gives the text back.
"""

import re

# Letters and digits. Some letters of Ê Đê and K'Ho names have no composed form (`ơ̆`), so that
# combining marks remain after NFC and belong to the letter before them.
_LETTERS = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
# 14-KL/TW, 22/9/2021, 08-QĐi/TW, 2021-2025, 1.250,5
_NUMBER = rf"(?=\d){_LETTERS}(?:[-/]{_LETTERS}|[.,](?=\d){_LETTERS})*"
# K'Lũy is one syllable.
_SYLLABLE = rf"{_LETTERS}(?:['’]{_LETTERS})*"
_WORD = rf"(?:{_NUMBER}|{_SYLLABLE})"

_TOKEN = re.compile(rf"{_WORD}|\s+|\S")
_SPACED_TOKEN = re.compile(rf"\s*(?:{_WORD}|\S)")
_LETTER = re.compile(r"[^\W_]")
_AT_MOST_ONE_WORD = re.compile(rf"[\W_]*+{_WORD}?+[\W_]*+")


def tokenise(text: str) -> list[str]:
    """Syllables, numbers, references, single punctuation marks and runs of spaces, in order."""
    return _TOKEN.findall(text)


def spaced_tokens(text: str) -> list[str]:
    """Each syllable, number, reference or mark with the spaces before it; last spaces left out."""
    return _SPACED_TOKEN.findall(text.rstrip())  # a long tail of spaces would be retried


def words(text: str) -> list[str]:
    """Syllables, numbers and references only."""
    return [token for token in _TOKEN.findall(text) if _LETTER.match(token)]


def has_word(text: str, start: int, end: int) -> bool:
    """Whether anything but spaces and punctuation stands in `text[start:end]`."""
    return _LETTER.search(text, start, end) is not None


def has_one_word_at_most(text: str, start: int, end: int) -> bool:
    return _AT_MOST_ONE_WORD.fullmatch(text, start, end) is not None
