"""Who sat on a committee on a day, each person once, in the order of that day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from accounts.models import Committee, Membership, User


@dataclass(frozen=True)
class Seat:
    """A person on a committee, with position and rank as they were held on the day."""

    person: User
    title: str
    rank: int
    voting: bool


def seats_on(committee: Committee, day: date) -> list[Seat]:
    """By rank, then name. Who holds two seats is there once: higher rank, both titles, one vote."""
    held: defaultdict[User, list[Membership]] = defaultdict(list)
    for membership in committee.sitting_on(day).select_related("person"):
        held[membership.person].append(membership)
    seats = [_seat(person, memberships) for person, memberships in held.items()]
    return sorted(seats, key=lambda seat: (seat.rank, seat.person.name_key, seat.person.pk))


def _seat(person: User, memberships: list[Membership]) -> Seat:
    ranked = sorted((_rank(one), one.pk, one) for one in memberships)
    titles = [one.position or person.position for _rank_held, _pk, one in ranked]
    return Seat(
        person,
        title=", ".join(title for title in dict.fromkeys(titles) if title),
        rank=ranked[0][0],
        voting=any(one.voting for one in memberships),
    )


def _rank(membership: Membership) -> int:
    return membership.person.rank if membership.rank is None else membership.rank
