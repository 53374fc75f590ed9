"""How the provisions of a draft nest: a flat list in order, read by kind."""

from collections.abc import Sequence

from directives.models import Draft, Provision
from directives.text.kinds import LEVELS, Kind


def in_order(draft: Draft) -> list[Provision]:
    return list(draft.provisions.order_by("position", "pk"))


def depth(provision: Provision) -> int | None:
    """0 for a part, 1 for a clause …; None outside the body."""
    kind = Kind(provision.kind)
    return LEVELS.index(kind) if kind in LEVELS else None


def block(ordered: Sequence[Provision], provision: Provision) -> list[Provision]:
    """The provision and all that stands under it."""
    start, level = ordered.index(provision), depth(provision)
    found = [ordered[start]]
    if level is None:
        return found
    for following in ordered[start + 1 :]:
        below = depth(following)
        if below is None or below <= level:
            break
        found.append(following)
    return found


def may_follow(provision: Provision, target: Provision, ordered: Sequence[Provision]) -> bool:
    """Whether the provision may stand behind the target: body in the body, like beside like."""
    if depth(provision) is not None:
        last_ahead = [p for p in ordered if depth(p) is None and p.kind not in AFTER_BODY]
        return depth(target) is not None or target in last_ahead[-1:]
    return target.kind == provision.kind or _ahead_of_kind(provision, ordered) == target


AFTER_BODY = (Kind.CLOSING, Kind.RECIPIENTS)


def _ahead_of_kind(provision: Provision, ordered: Sequence[Provision]) -> Provision | None:
    """What stands directly before the first provision of the same kind."""
    first = next(i for i, p in enumerate(ordered) if p.kind == provision.kind)
    return ordered[first - 1] if first else None


def place_up(ordered: Sequence[Provision], provision: Provision) -> Provision | None:
    """Behind which provision to put it to move it one place up; None at the edge."""
    start, level = ordered.index(provision), depth(provision)
    if start < 2 or (level is None) != (depth(ordered[start - 1]) is None):
        return None
    at = start - 1
    while level is not None and (depth(ordered[at]) or 0) > level:
        at -= 1
    target = ordered[at - 1]
    return target if may_follow(provision, target, ordered) else None


def place_down(ordered: Sequence[Provision], provision: Provision) -> Provision | None:
    """Behind which provision to put it to move it one place down; None at the edge."""
    end = ordered.index(provision) + len(block(ordered, provision))
    if end >= len(ordered) or not may_follow(provision, ordered[end], ordered):
        return None
    following = ordered[end]
    same_level = depth(following) == depth(provision)
    return block(ordered, following)[-1] if same_level else following
