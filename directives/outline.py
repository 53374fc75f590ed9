"""How the provisions of a draft nest: a flat list in order, read by kind."""

from collections.abc import Sequence

from directives.models import Draft, Provision
from directives.text.kinds import ANNEXED, LEVELS, Kind, apart

BEFORE_BODY = (Kind.SUBJECT, Kind.BASIS, Kind.PREAMBLE)
AFTER_BODY = (Kind.CLOSING, Kind.RECIPIENTS)
IN_MAIN = (Kind.BASIS, Kind.PREAMBLE, *LEVELS, Kind.CLOSING)


def in_order(draft: Draft) -> list[Provision]:
    return list(draft.provisions.order_by("position", "pk"))


def depth(provision: Provision) -> int | None:
    """0 for a part, 1 for a clause …; None outside the body."""
    kind = Kind(provision.kind)
    return LEVELS.index(kind) if kind in LEVELS else None


def sections(ordered: Sequence[Provision]) -> list[list[Provision]]:
    """The main text, subject to recipients, and behind it each annex, title first."""
    main, annexes = apart(ordered, lambda provision: provision.kind)
    return [main, *annexes]


def section_of(ordered: Sequence[Provision], provision: Provision) -> list[Provision]:
    """The main text or the annex that the provision stands in."""
    return next(section for section in sections(ordered) if provision in section)


def is_annexed(ordered: Sequence[Provision], provision: Provision) -> bool:
    """Whether the provision stands in an annex, or is its title."""
    return section_of(ordered, provision)[0].kind == Kind.ANNEX


def block(ordered: Sequence[Provision], provision: Provision) -> list[Provision]:
    """The provision and all that stands under it; of an annex's title the annex."""
    if provision.kind == Kind.ANNEX:
        return section_of(ordered, provision)
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


def kinds_at(ordered: Sequence[Provision], provision: Provision) -> Sequence[Kind]:
    """Of which kinds the provision may be where it stands; an annex's title is one for good."""
    if provision.kind == Kind.ANNEX:
        return [Kind.ANNEX]
    return ANNEXED if is_annexed(ordered, provision) else IN_MAIN


def behind(ordered: Sequence[Provision], kind: Kind, above: Provision | None) -> Provision:
    """Behind which provision a new one of this kind stands: `above`, where it may stand there.

    Else behind the last of the body, or of what stands before the body; an annex behind the main
    text or the annex that `above` is in, or behind all.
    """
    if kind == Kind.ANNEX:
        return section_of(ordered, above)[-1] if above else ordered[-1]
    fits = above and (kind in ANNEXED or not is_annexed(ordered, above))
    if above and fits and above.kind != Kind.RECIPIENTS:
        return above
    return _last_ahead(sections(ordered)[0], kind)


def _last_ahead(main: Sequence[Provision], kind: Kind) -> Provision:
    if kind in BEFORE_BODY:
        ahead = BEFORE_BODY[: BEFORE_BODY.index(kind) + 1]
        return [p for p in main if p.kind in ahead][-1]
    after = AFTER_BODY[AFTER_BODY.index(kind) + 1 :] if kind in AFTER_BODY else AFTER_BODY
    return [p for p in main if p.kind not in after][-1]


def may_follow(provision: Provision, target: Provision, ordered: Sequence[Provision]) -> bool:
    """Whether the provision may stand behind the target: body in the body, like beside like."""
    if provision.kind == Kind.ANNEX:
        return any(target == section[-1] for section in sections(ordered))
    if depth(provision) is not None:
        return depth(target) is not None or any(
            target == _opening_of(section)[-1] for section in sections(ordered)
        )
    if target.kind == Kind.ANNEX:
        return provision.kind in ANNEXED
    return target.kind == provision.kind or _ahead_of_kind(provision, ordered) == target


def _opening_of(section: Sequence[Provision]) -> list[Provision]:
    """What has no level and does not close the text."""
    return [p for p in section if depth(p) is None and p.kind not in AFTER_BODY]


def _ahead_of_kind(provision: Provision, ordered: Sequence[Provision]) -> Provision | None:
    """What stands directly before the first provision of the same kind in its section."""
    section = section_of(ordered, provision)
    first = next(i for i, p in enumerate(section) if p.kind == provision.kind)
    return section[first - 1] if first else None


def place_up(ordered: Sequence[Provision], provision: Provision) -> Provision | None:
    """Behind which provision to put it to move it one place up; None at the edge."""
    if provision.kind == Kind.ANNEX:
        return _end_of_section(ordered, provision, -2)
    start, level = ordered.index(provision), depth(provision)
    above = ordered[start - 1]
    if start < 2 or above.kind == Kind.ANNEX or (level is None) != (depth(above) is None):
        return None
    at = start - 1
    while level is not None and (depth(ordered[at]) or 0) > level:
        at -= 1
    target = ordered[at - 1]
    return target if may_follow(provision, target, ordered) else None


def place_down(ordered: Sequence[Provision], provision: Provision) -> Provision | None:
    """Behind which provision to put it to move it one place down; None at the edge."""
    if provision.kind == Kind.ANNEX:
        return _end_of_section(ordered, provision, +1)
    end = ordered.index(provision) + len(block(ordered, provision))
    if end >= len(ordered) or ordered[end].kind == Kind.ANNEX:
        return None
    following = ordered[end]
    if not may_follow(provision, following, ordered):
        return None
    same_level = depth(following) == depth(provision)
    return block(ordered, following)[-1] if same_level else following


def _end_of_section(ordered: Sequence[Provision], title: Provision, step: int) -> Provision | None:
    """The last provision of the section so many steps from the annex; None past the edge."""
    found = sections(ordered)
    place = found.index(section_of(ordered, title)) + step
    return found[place][-1] if 0 <= place < len(found) else None
