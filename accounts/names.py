"""The Vietnamese order of names: by given name, the last word, then by the whole name.

Letters sort a ă â … d đ … e ê … o ô ơ … u ư; equal letters sort by tone, in the order level,
grave, hook, tilde, acute, dot (TCVN 6909 collation as in CLDR's vi).
"""

import unicodedata

TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
MARKED = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}


def syllable_key(syllable: str) -> str:
    """A string that sorts as the syllable does: its letters first, its tone after."""
    letters, tone = "", 0
    for char in syllable.lower():
        base, mark = _split(char)
        tone = tone or mark
        letters += MARKED.get(base, f"{base}0")
    return f"{letters}!{tone}"


def _split(char: str) -> tuple[str, int]:
    """A letter without its tone, and the tone: ẩ → (â, 2)."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((TONES[part] for part in parts if part in TONES), 0)
    bare = "".join(part for part in parts if part not in TONES)
    return unicodedata.normalize("NFC", bare), tone


def name_key(full_name: str) -> str:
    """The sort key of a person's name; stored, so that both databases sort alike."""
    words = unicodedata.normalize("NFC", full_name).split()
    return " ".join(syllable_key(word) for word in words[-1:] + words)[:400]
