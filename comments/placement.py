"""Where a comment stands in a later draft.

Always mapped from the draft the comment was made on, so that text which comes back is found again;
splits and merges are followed by the lineage that the edit itself wrote. No comment disappears: one
whose words are gone is an orphan, pinned behind the last provision before its old place.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comments.models import Comment, Placing
from directives.drafting import in_order
from directives.models import Draft, Lineage, Provision
from directives.text.anchors import Anchor, Placement, Status, reanchor_all, reanchor_split


@dataclass(frozen=True)
class Placed:
    """A comment in a draft. Without a provision it is about the draft as a whole, or an orphan
    from before the first one; the placement's span is into the provision's text."""

    comment: Comment
    provision: Provision | None
    placement: Placement


WHOLE = Placement(Status.EXACT, 0, 0, 1.0)


def place(comments: Sequence[Comment], made_on: Draft, draft: Draft) -> list[Placed]:
    """Place comments made on one draft in another of the same directive, in their given order.

    Where the office has placed a comment, there it is as long as the provision lives. Costs one
    difference per changed provision however many comments it has, and three queries.
    """
    old, new = in_order(made_on), in_order(draft)
    lineage = Lineage.objects.filter(
        draft__directive=draft.directive_id,
        draft__number__gt=made_on.number,
        draft__number__lte=draft.number,
    )
    places = _Places(old, new, list(lineage.order_by("pk")))
    by_key = defaultdict(list)
    placed = []
    for comment in comments:
        if by_hand := places.by_hand(comment):
            placed.append(by_hand)
        else:
            by_key[comment.provision_key].append(comment)
    placed += [one for key, group in by_key.items() for one in places.of(key, group)]
    order = {comment.pk: at for at, comment in enumerate(comments)}
    return sorted(placed, key=lambda one: order[one.comment.pk])


class _Places:
    def __init__(
        self, old: Sequence[Provision], new: Sequence[Provision], lineage: Iterable[Lineage]
    ) -> None:
        self.old_keys = [provision.key for provision in old]
        self.old = {provision.key: provision.text for provision in old}
        self.new = {provision.key: provision for provision in new}
        self.parts: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
        self.joined: dict[uuid.UUID, uuid.UUID] = {}
        for row in lineage:
            if row.act == Lineage.Act.SPLIT and row.other_key:
                self.parts[row.other_key].append(row.key)
            elif row.act == Lineage.Act.MERGED and row.other_key:
                self.joined[row.key] = row.other_key

    def by_hand(self, comment: Comment) -> Placed | None:
        given = placing_of(comment)
        target = self.new.get(given.provision_key) if given and given.provision_key else None
        if target is None:
            return None
        return Placed(comment, target, Placement(Status.EXACT, 0, len(target.text), 1.0))

    def of(self, key: uuid.UUID | None, comments: Sequence[Comment]) -> list[Placed]:
        """Comments on one provision of the old draft."""
        if key is None:
            return [Placed(comment, None, WHOLE) for comment in comments]
        old, targets = self.old[key], self._targets(key)
        anchors = [_anchor(comment, old) for comment in comments]
        if not targets:
            return [self._orphan(key, comment) for comment in comments]
        if len(targets) == 1:
            found = reanchor_all(anchors, old, targets[0].text)
            return [Placed(c, targets[0], at) for c, at in zip(comments, found, strict=True)]
        texts = [target.text for target in targets]
        hits = [reanchor_split(anchor, old, texts) for anchor in anchors]
        return [Placed(c, targets[i], at) for c, (i, at) in zip(comments, hits, strict=True)]

    def _targets(self, key: uuid.UUID) -> list[Provision]:
        """The provisions of the new draft that the old one lives on in."""
        seen, waiting, found = set(), [key], []
        while waiting:
            current = waiting.pop(0)
            if current in seen:
                continue
            seen.add(current)
            if current in self.new:
                found.append(self.new[current])
            elif current in self.joined:
                waiting.append(self.joined[current])
            waiting += self.parts[current]
        return found

    def _orphan(self, key: uuid.UUID, comment: Comment) -> Placed:
        before = self.old_keys[: self.old_keys.index(key)]
        kept = next((self.new[k] for k in reversed(before) if k in self.new), None)
        end = len(kept.text) if kept else 0
        return Placed(comment, kept, Placement(Status.ORPHAN, end, end, 0.0))


def placing_of(comment: Comment) -> Placing | None:
    """The place that the office gave it, if it did."""
    return getattr(comment, "placing", None)


def _anchor(comment: Comment, text: str) -> Anchor:
    """The quote, or the whole provision."""
    if comment.quote and comment.quote_start is not None:
        return Anchor(comment.quote_start, comment.quote_start + len(comment.quote))
    return Anchor(0, len(text))
