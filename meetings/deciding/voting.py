"""Votes on an item: put to all voting members of the day, cast, counted, closed for good.

The base of a majority is all voting members of the day, present or not. Whoever is absent or silent
stands on no side and is counted apart; “agrees, with comments” is agreement.

A secret ballot keeps no way from a voter to a paper:

- of a voter only `voted` is stored, of a paper only a random receipt and the choice;
- the papers lie in one row, sorted by receipt and written anew with every vote, so that neither
  their order nor the age of a row tells which one came when;
- no time is kept, and the log has no line for a single vote: lines have an order and an author.
  The closing is logged with the number of papers and the hash of the urn;
- the receipt is given back to the caller and stored nowhere beside the person: no session, no
  message, no address may carry it, nor the choice;
- while the ballot is open nobody is told anything but how many have voted.

Once closed the papers are public: each voter finds theirs by its receipt, anybody can recount. What
this cannot prevent: somebody who shows a receipt of their own will, and somebody who copies the
database's files between two votes and compares them.
"""

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directives import events
from directives.drafting import clean
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.holding.rollcall import present_at
from meetings.models import (
    AgendaItem,
    Attendee,
    Ballot,
    Choice,
    Meeting,
    MeetingState,
    Reply,
    Voter,
)
from meetings.moments import held, lock

AGREEING = (Choice.AGREES, Choice.AGREES_WITH_COMMENTS)
MAX_QUESTION = 1_000
MAX_OPINION = 4_000
# Without letters and digits that are taken for each other.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
RECEIPT_LENGTH = 8


@dataclass(frozen=True)
class HandCount:
    """What the tellers found: papers given out and handed in, votes by choice, spoiled papers."""

    given_out: int
    handed_in: int
    votes: Mapping[str, int]
    spoiled: int = 0


@dataclass(frozen=True)
class Result:
    """How a closed ballot was counted. `silent`: voting members who cast no vote."""

    votes: Mapping[str, int]
    agreeing: int
    cast: int
    spoiled: int
    silent: int
    electorate: int
    needed: int

    @property
    def passed(self) -> bool:
        return self.agreeing >= self.needed


@transaction.atomic
def open_ballot(
    item_id: int, *, actor: User, question: str, secret: bool = False, tellers: str = ""
) -> Ballot:
    """Put a question to all voting members of the day; named tellers count it on paper.

    Refused outside the meeting, for an item that was not called up, while another ballot of the
    item is open, and where nobody has a vote.
    """
    item = AgendaItem.objects.get(pk=item_id)
    meeting = held(item.meeting_id, actor, permissions.can_put_to_vote)
    _refuse_unfit(item, meeting)
    question = clean(question, limit=MAX_QUESTION).strip()
    if not question:
        raise Refused(_("Write the question that is voted on."), code="question")
    voting = _voting(meeting)
    ballot = Ballot.objects.create(
        item=item,
        question=question,
        secret=secret or bool(tellers.strip()),
        tellers=clean(tellers, limit=MAX_QUESTION),
        opened_by=actor,
        opened_at=timezone.now(),
        **_shares(meeting, voting),
    )
    Voter.objects.bulk_create(Voter(ballot=ballot, attendee=attendee) for attendee in voting)
    events.record(
        meeting.stream, "open_ballot", actor=actor, ballot=ballot.pk, secret=ballot.secret
    )
    return ballot


def _refuse_unfit(item: AgendaItem, meeting: Meeting) -> None:
    if meeting.state != MeetingState.UNDER_WAY:
        raise Refused(_("Votes are taken while the meeting is under way."), code="state")
    if item.is_break or item.opened_at is None:
        raise Refused(_("This item has not been called up yet."), code="not_discussed")
    if item.ballots.filter(closed_at=None).exists():
        raise Refused(_("A ballot on this item is open. Close it first."), code="open")


def _voting(meeting: Meeting) -> list[Attendee]:
    voting = list(meeting.attendees.filter(voting=True))
    if not voting:
        raise Refused(_("Nobody on the list of this meeting has a vote."), code="nobody")
    return voting


def _shares(meeting: Meeting, voting: Iterable[Attendee]) -> dict[str, int]:
    """All who vote on the day, also a member who is not on the list, and the majority of them."""
    day = timezone.localdate(meeting.starts_at)
    sitting = meeting.committee.sitting_on(day).filter(voting=True)
    people = {one.person_id for one in voting} | set(sitting.values_list("person", flat=True))
    needed = meeting.committee.rules_on(day).majority_of(len(people))
    return {"electorate": len(people), "needed": needed}


@transaction.atomic
def vote(ballot_id: int, *, actor: User, choice: str, reserved: str = "") -> str:
    """Cast one's own vote. Gives the receipt of a secret one, which nobody can ever ask for again.

    Refused to those without a vote, to those not present, on paper, and a second time in secret.
    In an open ballot one may change one's mind until it closes.
    """
    ballot = _open(ballot_id)
    require(permissions.can_vote, actor, ballot)
    voter = ballot.voters.get(attendee__person=actor)
    _refuse_unable(ballot, voter, choice)
    if ballot.secret:
        return _drop(ballot, voter, choice)
    _keep(ballot, voter, choice, reserved, actor)
    return ""


@transaction.atomic
def record_vote(
    ballot_id: int, *, actor: User, attendee_id: int, choice: str, reserved: str = ""
) -> Voter:
    """Key in the vote of somebody present, in an open ballot. What they cast themselves stands."""
    ballot = _open(ballot_id)
    require(permissions.can_put_to_vote, actor, _meeting_of(ballot))
    _refuse_secret(ballot)
    voter = ballot.voters.filter(attendee=attendee_id).select_related("attendee__person").first()
    if voter is None:
        raise Refused(_("This person has no vote in this ballot."), code="no_vote")
    if voter.voted and voter.recorded_by_id == voter.attendee.person_id:
        raise Refused(_("%s has voted on their own device.") % voter.attendee, code="own")
    _refuse_unable(ballot, voter, choice)
    return _keep(ballot, voter, choice, reserved, actor)


@transaction.atomic
def record_agreement(ballot_id: int, *, actor: User) -> int:
    """Everybody present who has not voted agrees; gives how many. Nobody absent is counted."""
    ballot = _open(ballot_id)
    meeting = _meeting_of(ballot)
    require(permissions.can_put_to_vote, actor, meeting)
    _refuse_secret(ballot)
    waiting = ballot.voters.filter(voted=False, attendee__in=present(meeting))
    people = list(waiting.values_list("attendee__person", flat=True))
    waiting.update(voted=True, choice=Choice.AGREES, recorded_by=actor)
    events.record(meeting.stream, "record_agreement", actor=actor, ballot=ballot.pk, people=people)
    return len(people)


def present(meeting: Meeting) -> QuerySet[Attendee]:
    """Who is there now, in the room or online, in person: nobody votes through a substitute."""
    there = present_at(meeting, timezone.now())
    return there.exclude(invitation__reply=Reply.SENDS)


def _open(ballot_id: int) -> Ballot:
    """The ballot as it stands once its meeting is locked; refused when it has been closed."""
    ballots = Ballot.objects.select_related("item__meeting__committee")
    lock(ballots.get(pk=ballot_id).item.meeting_id)
    ballot = ballots.get(pk=ballot_id)
    if ballot.closed_at is not None:
        raise Refused(_("This ballot has been closed. Its result stands."), code="closed")
    return ballot


def _meeting_of(ballot: Ballot) -> Meeting:
    return ballot.item.meeting


def _refuse_secret(ballot: Ballot) -> None:
    if ballot.secret:
        raise Refused(_("In a secret ballot nobody votes for another."), code="secret")


def _refuse_unable(ballot: Ballot, voter: Voter, choice: str) -> None:
    if ballot.tellers:
        raise Refused(_("This ballot is on paper. Hand in your paper."), code="on_paper")
    if choice not in Choice.values:
        raise Refused(_("Choose one of the four answers."), code="choice")
    if not present(_meeting_of(ballot)).filter(pk=voter.attendee_id).exists():
        raise Refused(_("Only those present vote. Ask the secretary to note you."), code="absent")
    if ballot.secret and voter.voted:
        raise Refused(_("You have voted. A secret vote cannot be changed."), code="voted")


def _keep(ballot: Ballot, voter: Voter, choice: str, reserved: str, actor: User) -> Voter:
    voter.voted, voter.choice, voter.recorded_by = True, choice, actor
    kept = clean(reserved, limit=MAX_OPINION).strip()
    voter.reserved_opinion = "" if choice == Choice.AGREES else kept
    voter.save()
    person = voter.attendee.person
    events.record(
        _meeting_of(ballot).stream,
        "vote",
        actor=actor,
        on_behalf_of=person if person != actor else None,
        ballot=ballot.pk,
        choice=choice,
    )
    return voter


def _drop(ballot: Ballot, voter: Voter, choice: str) -> str:
    receipt = _new_receipt({taken for taken, _choice in ballot.urn})
    ballot.urn = sorted([*ballot.urn, [receipt, choice]])
    ballot.save(update_fields=["urn"])
    voter.voted = True
    voter.save(update_fields=["voted"])
    return receipt


def _new_receipt(taken: set[str]) -> str:
    while True:
        drawn = "".join(secrets.choice(LETTERS) for _place in range(RECEIPT_LENGTH))
        receipt = f"{drawn[:4]}-{drawn[4:]}"
        if receipt not in taken:
            return receipt


@transaction.atomic
def close_ballot(ballot_id: int, *, actor: User, by_hand: HandCount | None = None) -> Ballot:
    """Count and close; nothing of it changes any more.

    Refused where the papers in the urn are not as many as the voters, or the tellers' sums differ.
    """
    ballot = _open(ballot_id)
    require(permissions.can_put_to_vote, actor, _meeting_of(ballot))
    ballot.counts = _counts(ballot, by_hand)
    ballot.closed_at, ballot.closed_by = timezone.now(), actor
    ballot.save()
    events.record(
        _meeting_of(ballot).stream,
        "close_ballot",
        actor=actor,
        ballot=ballot.pk,
        counts=ballot.counts,
        urn=_seal(ballot),
    )
    return ballot


def _counts(ballot: Ballot, by_hand: HandCount | None) -> dict[str, int]:
    if ballot.tellers:
        return _counted_by_hand(ballot, by_hand)
    voted = ballot.voters.filter(voted=True)
    if ballot.secret:
        cast = [choice for _receipt, choice in ballot.urn]
    else:
        cast = list(voted.values_list("choice", flat=True))
    if len(cast) != voted.count():
        raise Refused(_("There are not as many papers as voters. Count again."), code="papers")
    found = Counter(cast)
    return {choice: found[choice] for choice in Choice.values}


def _counted_by_hand(ballot: Ballot, count: HandCount | None) -> dict[str, int]:
    """The tellers' figures, with `given_out` and `spoiled` beside the choices."""
    if count is None:
        raise Refused(_("Enter what the tellers counted."), code="count")
    votes = {choice: count.votes.get(choice, 0) for choice in Choice.values}
    if min(*votes.values(), count.spoiled, count.given_out, count.handed_in) < 0:
        raise Refused(_("A number of papers is never below 0."), code="count")
    if count.given_out > ballot.electorate:
        raise Refused(_("More papers were given out than there are voters."), code="given_out")
    if count.handed_in > count.given_out:
        raise Refused(_("More papers were handed in than were given out."), code="handed_in")
    if sum(votes.values()) + count.spoiled != count.handed_in:
        raise Refused(
            _("The votes and the spoiled papers do not add up to the papers handed in."),
            code="sum",
        )
    return votes | {"given_out": count.given_out, "spoiled": count.spoiled}


def _seal(ballot: Ballot) -> str:
    """The hash of the papers as they are published."""
    return hashlib.sha256(json.dumps(ballot.urn).encode()).hexdigest() if ballot.urn else ""


def result_of(ballot: Ballot) -> Result:
    """The figures of a closed ballot, and whether the question was carried."""
    votes = {choice: ballot.counts[choice] for choice in Choice.values}
    spoiled = ballot.counts.get("spoiled", 0)
    cast = sum(votes.values()) + spoiled
    return Result(
        votes=votes,
        agreeing=sum(votes[choice] for choice in AGREEING),
        cast=cast,
        spoiled=spoiled,
        silent=ballot.electorate - cast,
        electorate=ballot.electorate,
        needed=ballot.needed,
    )
