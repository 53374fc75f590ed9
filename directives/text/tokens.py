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
_LETTER = re.compile(r"[^\W_]")
_LAST_MARKS = tuple(",.;:")
_AT_MOST_ONE_WORD = re.compile(rf"[\W_]*+{_WORD}?+[\W_]*+")


def tokenise(text: str) -> list[str]:
    """Syllables, numbers, references, single punctuation marks and runs of spaces, in order."""
    return _TOKEN.findall(text)


def ends_of_tokens(text: str, start: int, end: int) -> tuple[list[str], list[int]]:
    """The tokens of `text[start:end]` which are not spaces, and where in `text` each ends."""
    tokens: list[str] = []
    ends: list[int] = []
    at = start
    for piece in text[start:end].split(" "):
        # Most of any text: these need no regular expression, which costs several times more.
        if piece.isalnum():
            tokens.append(piece)
            ends.append(at + len(piece))
        elif piece[-1:] in _LAST_MARKS and piece[:-1].isalnum():
            tokens += piece[:-1], piece[-1]
            ends += at + len(piece) - 1, at + len(piece)
        elif piece:
            for token in _TOKEN.finditer(piece):
                if not token[0].isspace():
                    tokens.append(token[0])
                    ends.append(at + token.end())
        at += len(piece) + 1
    return tokens, ends


def words(text: str) -> list[str]:
    """Syllables, numbers and references only."""
    return [token for token in _TOKEN.findall(text) if _LETTER.match(token)]


def has_word(text: str, start: int, end: int) -> bool:
    """Whether anything but spaces and punctuation stands in `text[start:end]`."""
    return _LETTER.search(text, start, end) is not None


def has_one_word_at_most(text: str, start: int, end: int) -> bool:
    return _AT_MOST_ONE_WORD.fullmatch(text, start, end) is not None
