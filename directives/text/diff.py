"""Word-level differences between two texts, as short as the longest common subsequence allows.

Cost: the common ends of the texts are compared; what is left is cut into words only if it is
more than an edit or two, and then aligned within the bound that `subsequence` documents.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import Postfix, Prefix

from directives.text.subsequence import common_runs
from directives.text.tokens import ends_of_tokens, has_one_word_at_most, tokenise, words

Kind = Literal["equal", "insert", "delete", "replace"]
Category = Literal["spelling", "case", "punctuation", "wording"]

# Characters by which the middle of a text is found in the other one: some five words.
_PROBE = 24

_CLAUSE_ENDS = {",": 1, ";": 2, ":": 2, ".": 2, "!": 2, "?": 2, "": 2}
_TONES = "\u0300\u0301\u0303\u0309\u0323"

_Gap = tuple[int, int, int, int]


class Op(NamedTuple):
    """`old` at `old_start` of the old text became `new` at `new_start` of the new text."""

    kind: Kind
    old: str
    new: str
    old_start: int
    new_start: int


class Change(NamedTuple):
    """`old[old_start:old_end]` became `new[new_start:new_end]`; one of them may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def diff(old: str, new: str, readable: bool = False) -> list[Op]:
    """Operations which turn `old` into `new`; joining their texts gives both texts back.

    With `readable`, what is left unchanged between two changes is shown as changed with them
    where it is a lone word or mark, or no longer than either and a third of both together.
    """
    found = changes(old, new)
    return list(_operations(old, new, _readable(old, found) if readable else found))


def changes(old: str, new: str) -> list[Change]:
    """Where the texts differ, in order; something common stands between any two changes."""
    if old == new:
        return []
    middle = _differing_middle(old, new)
    gaps = _few_gaps(old, new, *middle) or _word_gaps(old, new, *middle)
    return _settled(old, new, [_without_common_spaces(old, new, *gap) for gap in gaps])


def classify(op: Op) -> Category:
    """What a change touches: tone marks' places (hòa, hoà), capitals, punctuation or wording."""
    old, new = words(op.old), words(op.new)
    if old == new:
        return "punctuation"
    if [word.casefold() for word in old] == [word.casefold() for word in new]:
        return "case"
    if [_tone_apart(word) for word in old] == [_tone_apart(word) for word in new]:
        return "spelling"
    return "wording"


def _tone_apart(word: str) -> tuple[str, str]:
    """The letters without their tone, and the tone: one tone a syllable, wherever it is put."""
    marks = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(mark for mark in marks if mark in _TONES)
    return "".join(mark for mark in marks if mark not in _TONES), tones


def _operations(old: str, new: str, found: Iterable[Change]) -> Iterator[Op]:
    at_old = at_new = 0
    for old_start, old_end, new_start, new_end in found:
        if at_old < old_start:
            kept = old[at_old:old_start]
            yield Op("equal", kept, kept, at_old, at_new)
        kind: Kind = (
            "insert" if old_start == old_end else "delete" if new_start == new_end else "replace"
        )
        yield Op(kind, old[old_start:old_end], new[new_start:new_end], old_start, new_start)
        at_old, at_new = old_end, new_end
    if at_old < len(old):
        yield Op("equal", old[at_old:], old[at_old:], at_old, at_new)


def _differing_middle(old: str, new: str) -> tuple[int, int, int]:
    """Where the common start ends, and where in each text the common end starts.

    Both are cut beside a space, where a token ends whatever stands on the other side.
    """
    start = max(old.rfind(" ", 0, Prefix.similarity(old, new)), 0)
    old_length, new_length = len(old), len(new)
    tail = min(Postfix.similarity(old, new), min(old_length, new_length) - start)
    after_space = old.find(" ", old_length - tail) + 1
    tail = old_length - after_space if after_space else 0
    return start, old_length - tail, new_length - tail


def _few_gaps(old: str, new: str, start: int, old_end: int, new_end: int) -> Sequence[_Gap]:
    """One difference, or two around what stands in the middle; none if they may not be the least.

    They are the least if no word left on one side is left on the other too. Most edits end here,
    which spares cutting them into words.
    """
    old, new = old[start:old_end], new[start:new_end]
    if _have_nothing_common(old, new):
        return ((start, old_end, start, new_end),)
    at_old = old.find(" ", len(old) // 2)
    at_new = new.find(old[at_old : at_old + _PROBE])
    if at_old < 0 or at_new < 0:
        return ()
    first, old_first, new_first = _differing_middle(old[:at_old], new[:at_new])
    last, old_last, new_last = _differing_middle(old[at_old:], new[at_new:])
    last_old, old_last = at_old + last, at_old + old_last
    last_new, new_last = at_new + last, at_new + new_last
    if not _have_nothing_common(
        old[first:old_first] + old[last_old:old_last], new[first:new_first] + new[last_new:new_last]
    ):
        return ()
    return (
        (start + first, start + old_first, start + first, start + new_first),
        (start + last_old, start + old_last, start + last_new, start + new_last),
    )


def _have_nothing_common(old: str, new: str) -> bool:
    """Whether no word or mark is on both sides."""
    old_pieces, new_pieces = old.split(), new.split()
    if not old_pieces or not new_pieces:
        return True
    if not set(old_pieces).isdisjoint(new_pieces):
        return False
    if "".join(old_pieces).isalnum() and "".join(new_pieces).isalnum():
        return True
    return all(map(str.isspace, set(tokenise(old)).intersection(tokenise(new))))


def _word_gaps(old: str, new: str, start: int, old_end: int, new_end: int) -> Iterator[_Gap]:
    """The differing texts between the words which both middles share."""
    at_old = at_new = start
    for old_start, new_start, size in _common_texts(old, new, start, old_end, new_end):
        if old[at_old:old_start] != new[at_new:new_start]:
            yield at_old, old_start, at_new, new_start
        at_old, at_new = old_start + size, new_start + size


def _common_texts(
    old: str, new: str, start: int, old_end: int, new_end: int
) -> Iterator[tuple[int, int, int]]:
    """Starts and length of each common text, from word to word; last, the common end."""
    old_words, old_ends = ends_of_tokens(old, start, old_end)
    new_words, new_ends = ends_of_tokens(new, start, new_end)
    for i, j, size in common_runs(old_words, new_words):
        old_start = old_ends[i] - len(old_words[i])
        new_start = new_ends[j] - len(new_words[j])
        old_stop, new_stop = old_ends[i + size - 1], new_ends[j + size - 1]
        if old[old_start:old_stop] == new[new_start:new_stop]:
            yield old_start, new_start, old_stop - old_start
        else:  # the same words, but other spaces between them
            for k in range(size):
                length = len(old_words[i + k])
                yield old_ends[i + k] - length, new_ends[j + k] - length, length
    yield old_end, new_end, 0


def _without_common_spaces(
    old: str, new: str, old_start: int, old_end: int, new_start: int, new_end: int
) -> Change:
    shorter = min(old_end - old_start, new_end - new_start)
    while shorter and old[old_start] == new[new_start] and old[old_start].isspace():
        old_start += 1
        new_start += 1
        shorter -= 1
    while shorter and old[old_end - 1] == new[new_end - 1] and old[old_end - 1].isspace():
        old_end -= 1
        new_end -= 1
        shorter -= 1
    return Change(old_start, old_end, new_start, new_end)


def _settled(old: str, new: str, found: list[Change]) -> list[Change]:
    """The same insertions and deletions, where the words allow several places, at the best one.

    It depends on the text around only, so that two people who make one change make one edit.
    """
    for k, (old_start, old_end, new_start, new_end) in enumerate(found):
        if old_start == old_end:
            text, start, end, side = new, new_start, new_end, 2
        elif new_start == new_end:
            text, start, end, side = old, old_start, old_end, 0
        else:
            continue
        # It can slide at least by a word of one letter, and the space after or before that.
        if text.startswith(text[start - 3 : start], end - 3) or text.startswith(
            text[start : start + 2], end
        ):
            # At least one letter or space stays between this change and its neighbours.
            floor = found[k - 1][side + 1] + 1 if k else 0
            ceiling = found[k + 1][side] - 1 if k + 1 < len(found) else len(text)
            shift = _best_shift(text, start, end, floor, ceiling)
            found[k] = Change(*(place + shift for place in found[k]))
    return found


def _best_shift(text: str, start: int, end: int, floor: int, ceiling: int) -> int:
    """How far `text[start:end]` slides through its repetition to begin after a clause or line."""
    left = Postfix.similarity(text[floor:start], text[floor:end])
    right = Prefix.similarity(text[start:ceiling], text[end:ceiling])
    length = end - start
    places = [
        place
        for place in range(start - left, start + right + 1)
        if (place == 0 or text[place - 1].isspace()) and text[place + length - 1].isspace()
    ]
    best = max(places, key=lambda place: (_begins_clause(text, place), place), default=start)
    return best - start


def _begins_clause(text: str, place: int) -> int:
    if text[place - 1 : place] == "\n":
        return 2
    return _CLAUSE_ENDS.get(text[max(place - 2, 0) : max(place - 1, 0)], 0)


def _readable(old: str, found: list[Change]) -> list[Change]:
    joined: list[Change] = []
    for change in found:
        while joined and _is_stranded_between(old, joined[-1], change):
            last = joined.pop()
            change = Change(last.old_start, change.old_end, last.new_start, change.new_end)
        joined.append(change)
    return joined


def _is_stranded_between(old: str, before: Change, after: Change) -> bool:
    length = after.old_start - before.old_end
    around = _length(before), _length(after)
    return (length <= min(around) and 3 * length <= sum(around)) or has_one_word_at_most(
        old, before.old_end, after.old_start
    )


def _length(change: Change) -> int:
    return max(change.old_end - change.old_start, change.new_end - change.new_start)
