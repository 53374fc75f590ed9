"""The words of a comment, from those of the draft, its print and the file."""

from collections.abc import Iterator, Sequence

from comments.models import Category
from directives.text.diff import classify, diff
from directives.text.merge import Proposal, merge


def wording(base: str, drafted: str, written: str) -> str:
    """The draft's own text with what was changed in its print."""
    if base.startswith(drafted):  # the print adds nothing, or a mark at the end
        return written.removesuffix(base.removeprefix(drafted))
    merged = merge(base, [Proposal("draft", drafted), Proposal("delegate", written)])
    return written if merged.conflicts else merged.text


def category(old: str, new: str) -> str:
    changed = [op for op in diff(old, new) if op.kind != "equal"]
    formal = all(classify(op) != "wording" for op in changed)
    return Category.FORM if formal else Category.CONTENT


def without(some: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    known = set(others)
    return (words for words in some if words not in known)


def without_mark(words: str, mark: str, at: int) -> str:
    return (words.removeprefix(mark) if at == 0 else words).strip()


def with_words(words: str, said: str) -> str:
    return f"“{words.strip()}”: {said}" if words.strip() else said


def quoted(text: str, words: str, skipped: int) -> tuple[str, int | None]:
    """The words and where they stand: behind as many of the same as in the file's line."""
    if not words or words == text:
        return "", None
    places, at = [], text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        return "", None
    return words, places[min(skipped, len(places) - 1)]
