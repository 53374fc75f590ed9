"""Several proposals for one text become one text, and conflicts for the office to decide.

Every proposal is a difference from the same base, as word-level edits. Edits with an untouched
word between them all apply. The same edit from several proposals is one edit with all their ids.
Different edits which overlap, or which touch with nothing but spaces or punctuation between
them, are a conflict: "07 → 05" beside "ngày → tuần" would make a text which nobody wrote.

Nothing here depends on the order of the proposals. Cost: sorting all the edits.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from directives.text.diff import changes
from directives.text.tokens import has_word

# Plain tuples where thousands are made: an edit with its proposal's id, and what an edit does to
# the base: start, end, text and the ids it came from.
_Proposed = tuple["Edit", str]
_Applied = tuple[int, int, str, tuple[str, ...]]


class Proposal(NamedTuple):
    """The whole text which the comment `id` proposes."""

    id: str
    text: str


class Edit(NamedTuple):
    """`base[start:end]` is to become `text`. A plain tuple in JSON: `Edit(*stored)`."""

    start: int
    end: int
    text: str


class Alternative(NamedTuple):
    """What the place of a conflict becomes according to `ids`."""

    text: str
    ids: tuple[str, ...]


class Conflict(NamedTuple):
    """`base[start:end]`, for which different texts are proposed."""

    start: int
    end: int
    alternatives: tuple[Alternative, ...]

    @property
    def key(self) -> str:
        """The same for as long as the place and the texts to choose from are the same."""
        texts = "\0".join(sorted(alternative.text for alternative in self.alternatives))
        return f"{self.start}-{self.end}-{blake2b(texts.encode(), digest_size=8).hexdigest()}"


class Span(NamedTuple):
    """`text` stands at `start:end` of the merged text, where the base had `old`.

    Without `ids` it is the base's own text; with a `conflict` it waits for the office's choice.
    A deletion is a span without length.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    text: str
    old: str
    conflict: Conflict | None = None


class Merge:
    """A base with the edits applied to it and the conflicts left open, apart from each other."""

    def __init__(self, base: str, applied: list[_Applied], conflicts: list[Conflict]) -> None:
        self.base = base
        self.text = _applied_to(base, applied)  # with every edit which is not in conflict
        self.conflicts = conflicts
        self._applied = applied

    @cached_property
    def spans(self) -> list[Span]:
        """Tiles of `text`, from its start to its end."""
        spans = []
        at = 0
        for old, text, ids, conflict in self._tiles():
            spans.append(Span(at, at + len(text), ids, text, old, conflict))
            at += len(text)
        return spans

    def _tiles(self) -> Iterator[tuple[str, str, tuple[str, ...], Conflict | None]]:
        at = 0
        for start, end, text, ids, conflict in self._places():
            if at < start:
                yield (kept := self.base[at:start]), kept, (), None
            yield self.base[start:end], text, ids, conflict
            at = end
        if at < len(self.base):
            yield self.base[at:], self.base[at:], (), None

    def _places(self) -> list[tuple[int, int, str, tuple[str, ...], Conflict | None]]:
        applied = [(*edit, None) for edit in self._applied]
        open_ = [(c.start, c.end, self.base[c.start : c.end], (), c) for c in self.conflicts]
        return sorted([*applied, *open_], key=itemgetter(0, 1))

    def resolved(self, choices: Mapping[Conflict, str] | Mapping[str, str]) -> "Merge":
        """The merge after the office has chosen a text for some conflicts, or for their keys.

        A chosen alternative, with or without its outer spaces, carries that alternative's ids;
        the base's own text carries none; any other wording carries those of all alternatives.
        Choices for conflicts which do not exist (any more) change nothing.
        """
        by_key = {getattr(conflict, "key", conflict): text for conflict, text in choices.items()}
        decided = [
            _decided(conflict, by_key[conflict.key], self.base[conflict.start : conflict.end])
            for conflict in self.conflicts
            if conflict.key in by_key
        ]
        still_open = [conflict for conflict in self.conflicts if conflict.key not in by_key]
        return Merge(self.base, sorted([*self._applied, *decided]), still_open)


def merge(base: str, proposals: Sequence[Proposal]) -> Merge:
    """Merge whole proposed texts.

    Raises ValueError where two proposals have the same id.
    """
    by_id = {proposal.id: edits(base, proposal.text) for proposal in proposals}
    if len(by_id) < len(proposals):
        raise ValueError("two proposals have the same id")
    return merge_edits(base, by_id)


def edits(base: str, text: str) -> list[Edit]:
    """What a proposal changes. Changes without a word left between them are one edit."""
    joined: list[Edit] = []
    began = 0
    for old_start, old_end, new_start, new_end in changes(base, text):
        if joined and not has_word(base, joined[-1].end, old_start):
            joined[-1] = Edit(joined[-1].start, old_end, text[began:new_end])
        else:
            began = new_start
            joined.append(Edit(old_start, old_end, text[new_start:new_end]))
    return joined


def merge_edits(base: str, edits_by_id: Mapping[str, Sequence[Edit]]) -> Merge:
    """Merge edits as `edits` gives them, for instance stored when they were proposed."""
    proposed = [(edit, id) for id, edits in edits_by_id.items() for edit in edits]
    proposed.sort()
    applied: list[_Applied] = []
    conflicts: list[Conflict] = []
    for touching in _touching(base, proposed):
        first, id = touching[0]
        if len(touching) == 1:
            applied.append((*first, (id,)))
        elif all(edit == first for edit, _ in touching):
            applied.append((*first, tuple(id for _, id in touching)))
        else:
            conflict = _conflict(base, touching)
            if len(conflict.alternatives) > 1:
                conflicts.append(conflict)
            else:  # the same text, reached by different edits
                applied.append((conflict.start, conflict.end, *conflict.alternatives[0]))
    return Merge(base, applied, conflicts)


def _applied_to(base: str, applied: list[_Applied]) -> str:
    parts = []
    at = 0
    for start, end, text, _ in applied:
        parts.append(base[at:start])
        parts.append(text)
        at = end
    parts.append(base[at:])
    return "".join(parts)


def _touching(base: str, proposed: Iterable[_Proposed]) -> Iterator[list[_Proposed]]:
    """Groups of edits without an untouched word between them."""
    group: list[_Proposed] = []
    reach = 0
    for pair in proposed:
        start, end, _ = pair[0]
        if group and has_word(base, reach, start):
            yield group
            group = []
        group.append(pair)
        if end > reach:
            reach = end
    if group:
        yield group


def _conflict(base: str, touching: list[_Proposed]) -> Conflict:
    """The place of all these edits, as each proposal would leave it."""
    start = touching[0][0][0]
    end = max(edit[1] for edit, _ in touching)
    texts: dict[str, str] = {}
    reached: dict[str, int] = {}
    for (edit_start, edit_end, text), id in touching:
        texts[id] = texts.get(id, "") + base[reached.get(id, start) : edit_start] + text
        reached[id] = edit_end
    ids_by_text: dict[str, list[str]] = {}
    for id in sorted(texts):
        ids_by_text.setdefault(texts[id] + base[reached[id] : end], []).append(id)
    alternatives = (Alternative(text, tuple(ids)) for text, ids in ids_by_text.items())
    return Conflict(start, end, tuple(alternatives))


def _decided(conflict: Conflict, choice: str, old: str) -> _Applied:
    options = [*conflict.alternatives, Alternative(old, ())]
    for option in options:
        if choice == option.text:
            return (conflict.start, conflict.end, *option)
    for option in options:
        if choice.strip() == option.text.strip():
            return (conflict.start, conflict.end, *option)
    everyone = sorted(id for alternative in conflict.alternatives for id in alternative.ids)
    text = _spaced_like([old, *(alternative.text for alternative in conflict.alternatives)], choice)
    return conflict.start, conflict.end, text, tuple(everyone)


def _spaced_like(models: Iterable[str], choice: str) -> str:
    """The choice with the outer spaces of the first model, which the text needs and forms strip."""
    if not choice.strip():
        return ""
    model = next((text for text in models if text.strip()), choice)
    before, after = model.split(model.strip())
    return before + choice.strip() + after
