"""What is noted while a file is read: each thing once, how often it came, and its first words."""

from .shapes import Note

FIRST_WORDS = 120
_PAGE_NUMBERS = "0123456789-–—. "


class Notes:
    def __init__(self) -> None:
        self._found: dict[str, Note] = {}

    def add(self, what: str, words: str = "", *, once: bool = False) -> None:
        """One more; with `once`, words that were noted already are not noted again."""
        note = self._found.setdefault(what, Note(what))
        note.count += 1
        words = " ".join(words.split())[:FIRST_WORDS]
        if words and not (once and words in note.words):
            note.words.append(words)

    def add_margin(self, words: str) -> None:
        """A header or footer, unless it holds nothing but the number of the page."""
        if words.strip().strip(_PAGE_NUMBERS):
            self.add("header", words)

    def count(self, what: str, number: int) -> None:
        """Something that was counted at once."""
        if number:
            self._found[what] = Note(what, number)

    def all(self) -> list[Note]:
        return list(self._found.values())
