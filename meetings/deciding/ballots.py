"""Ballots as they are shown: how many have voted, the list of voters, the result as a bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from comments.views.charts import Chart, Line, Shade
from meetings import permissions
from meetings.deciding.voting import Result, present, result_of
from meetings.models import AgendaItem, Ballot, Choice, Meeting, Voter

FILLS = ("whole", "striped", "dark", "dotted")


@dataclass(frozen=True)
class Shown:
    """A ballot for one reader: `voter` theirs, if they have a vote; `there` if they are present."""

    ballot: Ballot
    result: Result | None
    voter: Voter | None
    there: bool
    may_put: bool

    @property
    def voted(self) -> int:
        return self.ballot.voted

    @property
    def may_vote(self) -> bool:
        """Now: it is open, on devices, and a secret vote has not been cast."""
        if self.ballot.closed_at or self.ballot.tellers or self.voter is None or not self.there:
            return False
        return not (self.ballot.secret and self.voter.voted)


@dataclass(frozen=True)
class Seat:
    """A line of the secretary's list."""

    voter: Voter
    there: bool

    @property
    def is_own(self) -> bool:
        """They voted on their own device, which nobody overrides."""
        return self.voter.voted and self.voter.recorded_by_id == self.voter.attendee.person_id


def ballots() -> QuerySet[Ballot]:
    """With how many have `voted`; without the papers, which only the count shows."""
    voted = Count("voters", filter=Q(voters__voted=True))
    found = Ballot.objects.select_related("opened_by", "closed_by").defer("urn")
    return found.annotate(voted=voted)


def shown(found: Sequence[Ballot], meeting: Meeting, person: User) -> list[Shown]:
    """The ballots for the person; three queries, however many they are."""
    mine = Voter.objects.filter(ballot__in=found, attendee__person=person)
    voters = {voter.ballot_id: voter for voter in mine}
    there = present(meeting).filter(person=person).exists()
    may_put = permissions.can_put_to_vote(person, meeting)
    return [
        Shown(
            ballot,
            result_of(ballot) if ballot.closed_at else None,
            voters.get(ballot.pk),
            there,
            may_put,
        )
        for ballot in found
    ]


def of_item(item: AgendaItem, person: User) -> list[Shown]:
    return shown(list(ballots().filter(item=item)), item.meeting, person)


def open_now(meeting: Meeting, person: User) -> list[Shown]:
    """Of the items that the person attends, or has a vote on."""
    found = list(ballots().select_related("item").filter(item__meeting=meeting, closed_at=None))
    for ballot in found:
        ballot.item.meeting = meeting
    among = [one for one in found if permissions.can_see_ballot(person, one)]
    return shown(among, meeting, person) if among else []


def seats(ballot: Ballot) -> list[Seat]:
    """All voters by rank, and whether they are there; two queries."""
    there = set(present(ballot.item.meeting).values_list("pk", flat=True))
    voters = ballot.voters.select_related("attendee__person")
    return [Seat(voter, voter.attendee_id in there) for voter in voters]


def chart_of(ballot: Ballot, result: Result) -> Chart:
    """One bar as long as the electorate; who cast no vote stands at its end."""
    shades = [
        Shade(fill, str(Choice(choice).label))
        for fill, choice in zip(FILLS, Choice.values, strict=True)
    ]
    counts = [result.votes[choice] for choice in Choice.values]
    if ballot.tellers:
        shades.append(Shade("crossed", _("Spoiled papers")))
        counts.append(result.spoiled)
    shades.append(Shade("open", _("Have not voted")))
    line = Line(_("All with a vote"), (*counts, result.silent))
    words = _("How many voting members chose which answer, and how many have not voted.")
    return Chart(f"ballot-{ballot.pk}", _("Result"), _("Votes"), words, shades, [line])
