"""Which provision of an old text became which of a new one.

Keys decide where both sides have them. A text that came from Word has none: there the same text
decides, then likeness of the words, then whether one text is held in another (split, merged).
Each text is compared with a few that share its rarest pairs of words, so cost grows linearly.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from directives.text.provisions import Unit
from directives.text.subsequence import longest_increasing
from directives.text.tokens import words

LEAST_LIKENESS = 0.5
LEAST_SHARE_HELD = 0.6
LEAST_SHINGLES_HELD = 3
RAREST_SHINGLES = 12
NEAREST_UNITS = 16
CANDIDATES = 3

Shingles = frozenset[tuple[str, ...]]


class Relation(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"  # past others; its text may have changed as well
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"


class Pair(NamedTuple):
    """Indices into the old and the new units: one each, or several on one side, or none."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    relation: Relation


def align(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """Pairs in the order of the new text, what was removed after its old neighbour.

    Every unit of both sides is in exactly one pair.
    """
    links = _by_key(old, new)
    links |= _by_text(old, new, links)
    links |= _by_likeness(old, new, links)
    splits = _splits(old, new, links)
    merges = _merges(old, new, links, splits)
    groups = _groups(links, splits, merges)
    return list(_ordered(len(old), len(new), _related(old, new, groups)))


def _by_key(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """New index → old index, as in all that follows."""
    places = {unit.key: place for place, unit in enumerate(old) if unit.key is not None}
    return {
        place: places.pop(unit.key)
        for place, unit in enumerate(new)
        if unit.key is not None and unit.key in places
    }


def _by_text(old: Sequence[Unit], new: Sequence[Unit], links: Mapping[int, int]) -> dict[int, int]:
    places: dict[str, list[int]] = defaultdict(list)
    for place in reversed(_free(old, links.values())):
        places[old[place].text].append(place)
    found = {}
    for place in _free(new, links):
        same = places[new[place].text]
        if same and _may_pair(old[same[-1]], new[place]):
            found[place] = same.pop()
    return found


def _by_likeness(
    old: Sequence[Unit], new: Sequence[Unit], links: Mapping[int, int]
) -> dict[int, int]:
    """The likest pairs first; of two as like, the nearer."""
    old_words = _words(old, _free(old, links.values()))
    new_words = _words(new, _free(new, links))
    index = _Index(old_words)
    scored = [
        (-likeness, abs(place - there), there, place)
        for place, said in new_words.items()
        for there in index.candidates(_shingles(said), place)
        if _may_pair(old[there], new[place])
        and (likeness := Indel.normalized_similarity(old_words[there], said)) >= LEAST_LIKENESS
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, there, place in sorted(scored):
        if place not in found and there not in taken:
            found[place] = there
            taken.add(there)
    return found


def _splits(
    old: Sequence[Unit], new: Sequence[Unit], links: Mapping[int, int]
) -> dict[int, list[int]]:
    """Old index → the new units which hold its words, more than the one it is linked to."""
    held = {there: [place] for place, there in links.items() if old[there].text != new[place].text}
    held |= {there: [] for there in _free(old, links.values())}
    return _gather(old, new, held, _free(new, links))


def _merges(
    old: Sequence[Unit],
    new: Sequence[Unit],
    links: Mapping[int, int],
    splits: Mapping[int, Sequence[int]],
) -> dict[int, list[int]]:
    """New index → the old units whose words it holds."""
    parts = {part for group in splits.values() for part in group}
    held = {place: [there] for place, there in links.items() if old[there].text != new[place].text}
    held |= {place: [] for place in _free(new, links)}
    held = {place: group for place, group in held.items() if place not in parts}
    return _gather(new, old, held, _free(old, [*links.values(), *splits]))


def _gather(
    wholes: Sequence[Unit], parts: Sequence[Unit], held: Mapping[int, list[int]], free: list[int]
) -> dict[int, list[int]]:
    """Whole → its parts, where free ones hold words of it that no part found before holds."""
    if not free:
        return {}
    said = _words(wholes, held)
    index = _Index(said)
    left = {
        whole: _shingles(said[whole]) - _shingles_of(parts, group) for whole, group in held.items()
    }
    found: dict[int, list[int]] = {}
    for part, shingles in _shingled(parts, free).items():
        enough = max(LEAST_SHINGLES_HELD, LEAST_SHARE_HELD * len(shingles))
        for whole in index.candidates(shingles, part):
            if len(shingles & left[whole]) >= enough and _may_pair(wholes[whole], parts[part]):
                found.setdefault(whole, list(held[whole])).append(part)
                left[whole] -= shingles
                break
    return found


def _free(units: Sequence[Unit], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [place for place in range(len(units)) if place not in gone]


def _may_pair(one: Unit, other: Unit) -> bool:
    """Two different keys are two provisions, however like their texts."""
    return one.key is None or other.key is None


# Words, and the index of their neighbourhoods.


def _words(units: Sequence[Unit], places: Iterable[int]) -> dict[int, list[str]]:
    return {place: words(units[place].text.lower()) for place in places}


def _shingles(said: Sequence[str]) -> Shingles:
    return frozenset(pairwise(said)) if len(said) > 1 else frozenset([tuple(said)])


def _shingled(units: Sequence[Unit], places: Iterable[int]) -> dict[int, Shingles]:
    return {place: _shingles(said) for place, said in _words(units, places).items()}


def _shingles_of(units: Sequence[Unit], places: Iterable[int]) -> Shingles:
    return frozenset().union(*_shingled(units, places).values())


class _Index:
    """Finds the units that share the rarest pairs of neighbouring words with a text."""

    def __init__(self, said: Mapping[int, Sequence[str]]) -> None:
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place in sorted(said):
            for shingle in _shingles(said[place]):
                self._places[shingle].append(place)

    def candidates(self, shingles: Shingles, near: int) -> list[int]:
        """At most CANDIDATES units, those that share most first."""
        known = sorted(
            (shingle for shingle in shingles if shingle in self._places),
            key=lambda shingle: (len(self._places[shingle]), shingle),
        )
        votes = Counter(
            place
            for shingle in known[:RAREST_SHINGLES]
            for place in _nearest(self._places[shingle], near)
        )
        ranked = sorted(votes, key=lambda place: (-votes[place], abs(place - near)))
        return ranked[:CANDIDATES]


def _nearest(places: Sequence[int], near: int) -> Sequence[int]:
    first = max(0, bisect_left(places, near) - NEAREST_UNITS // 2)
    return places[first : first + NEAREST_UNITS]


# From links to pairs.


def _groups(
    links: Mapping[int, int],
    splits: Mapping[int, Sequence[int]],
    merges: Mapping[int, Sequence[int]],
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    single = {
        place: there
        for place, there in links.items()
        if there not in splits and place not in merges
    }
    return [
        *(((there,), (place,)) for place, there in single.items()),
        *(((there,), tuple(sorted(group))) for there, group in splits.items()),
        *((tuple(sorted(group)), (place,)) for place, group in merges.items()),
    ]


def _related(
    old: Sequence[Unit],
    new: Sequence[Unit],
    groups: list[tuple[tuple[int, ...], tuple[int, ...]]],
) -> Iterator[Pair]:
    groups.sort(key=lambda group: group[1])
    in_order = set(longest_increasing([olds[0] for olds, _ in groups]))
    for rank, (olds, news) in enumerate(groups):
        if len(olds) > 1 or len(news) > 1:
            relation = Relation.MERGED if len(olds) > 1 else Relation.SPLIT
        elif rank not in in_order:
            relation = Relation.MOVED
        else:
            same = old[olds[0]].text == new[news[0]].text
            relation = Relation.SAME if same else Relation.CHANGED
        yield Pair(olds, news, relation)


def _ordered(old_count: int, new_count: int, related: Iterable[Pair]) -> Iterator[Pair]:
    pairs = list(related)
    kept = {place for pair in pairs for place in pair.old}
    placed = {place for pair in pairs for place in pair.new}
    pairs += (
        Pair((), (place,), Relation.ADDED) for place in range(new_count) if place not in placed
    )
    pairs.sort(key=lambda pair: pair.new)
    for pair in [Pair((-1,), (), Relation.SAME), *pairs]:
        if pair.new:
            yield pair
        for place in pair.old:
            yield from _removed_after(place, old_count, kept)


def _removed_after(place: int, old_count: int, kept: set[int]) -> Iterator[Pair]:
    place += 1
    while place < old_count and place not in kept:
        yield Pair((place,), (), Relation.REMOVED)
        place += 1
