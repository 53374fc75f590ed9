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
from typing import NamedTuple

from directives.text.diff import changes
from directives.text.tokens import has_word

_PlacedEdit = tuple[int, int, str, str]


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


class Applied(NamedTuple):
    """`base[start:end]` becomes `text`, as `ids` proposed."""

    start: int
    end: int
    text: str
    ids: tuple[str, ...]


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
    """A base with its applied edits and open conflicts, in order and apart from each other."""

    def __init__(self, base: str, places: Sequence[Applied | Conflict]) -> None:
        self.base = base
        self._places = places

    @cached_property
    def text(self) -> str:
        """The base with every edit which is not in conflict."""
        parts: list[str] = []
        at = 0
        for place in self._places:
            if isinstance(place, Applied):
                parts += self.base[at : place.start], place.text
                at = place.end
        return "".join(parts) + self.base[at:]

    @cached_property
    def conflicts(self) -> list[Conflict]:
        return [place for place in self._places if isinstance(place, Conflict)]

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
        for place in self._places:
            if at < place.start:
                yield (kept := self.base[at : place.start]), kept, (), None
            old = self.base[place.start : place.end]
            if isinstance(place, Applied):
                yield old, place.text, place.ids, None
            else:
                yield old, old, (), place
            at = place.end
        if at < len(self.base):
            yield self.base[at:], self.base[at:], (), None

    def resolved(self, choices: Mapping[Conflict, str] | Mapping[str, str]) -> "Merge":
        """The merge after the office has chosen a text for some conflicts, or for their keys.

        A chosen alternative, with or without its outer spaces, carries that alternative's ids;
        the base's own text carries none; any other wording carries those of all alternatives.
        Choices for conflicts which do not exist (any more) change nothing.
        """
        by_key = {getattr(conflict, "key", conflict): text for conflict, text in choices.items()}
        places = list(self._places)
        for k, place in enumerate(places):
            if isinstance(place, Conflict) and place.key in by_key:
                old = self.base[place.start : place.end]
                places[k] = _decided(place, by_key[place.key], old)
        return Merge(self.base, places)


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
    placed = sorted(
        (start, end, text, id)
        for id, proposed in edits_by_id.items()
        for start, end, text in proposed
    )
    return Merge(base, [_place(base, touching) for touching in _touching(base, placed)])


def _touching(base: str, placed: Iterable[_PlacedEdit]) -> Iterator[list[_PlacedEdit]]:
    """Groups of edits without an untouched word between them."""
    group: list[_PlacedEdit] = []
    reach = 0
    for edit in placed:
        if group and has_word(base, reach, edit[0]):
            yield group
            group = []
        group.append(edit)
        reach = max(reach, edit[1])
    if group:
        yield group


def _place(base: str, touching: list[_PlacedEdit]) -> Applied | Conflict:
    start, end, text, _ = touching[0]
    if all(edit[:3] == (start, end, text) for edit in touching):
        return Applied(start, end, text, tuple(id for *_, id in touching))
    end = max(edit[1] for edit in touching)
    alternatives = _alternatives(base, start, end, touching)
    if len(alternatives) == 1:  # the same text, reached by different edits
        return Applied(start, end, *alternatives[0])
    return Conflict(start, end, alternatives)


def _alternatives(
    base: str, start: int, end: int, touching: list[_PlacedEdit]
) -> tuple[Alternative, ...]:
    """`base[start:end]` as each proposal would leave it."""
    texts: dict[str, str] = {}
    reached: dict[str, int] = {}
    for edit_start, edit_end, text, id in touching:
        texts[id] = texts.get(id, "") + base[reached.get(id, start) : edit_start] + text
        reached[id] = edit_end
    ids_by_text: dict[str, list[str]] = {}
    for id in sorted(texts):
        ids_by_text.setdefault(texts[id] + base[reached[id] : end], []).append(id)
    return tuple(Alternative(text, tuple(ids)) for text, ids in ids_by_text.items())


def _decided(conflict: Conflict, choice: str, old: str) -> Applied:
    options = [*conflict.alternatives, Alternative(old, ())]
    for option in options:
        if choice == option.text:
            return Applied(conflict.start, conflict.end, *option)
    for option in options:
        if choice.strip() == option.text.strip():
            return Applied(conflict.start, conflict.end, *option)
    everyone = sorted(id for alternative in conflict.alternatives for id in alternative.ids)
    text = _spaced_like([old, *(alternative.text for alternative in conflict.alternatives)], choice)
    return Applied(conflict.start, conflict.end, text, tuple(everyone))


def _spaced_like(models: Iterable[str], choice: str) -> str:
    """The choice with the outer spaces of the first model, which the text needs and forms strip."""
    if not choice.strip():
        return ""
    model = next((text for text in models if text.strip()), choice)
    before, after = model.split(model.strip())
    return before + choice.strip() + after
