"""Votes: who has one, how they are counted, and what nobody can ever find out or change."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.serializers import serialize
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import MeetingRules
from directives.models import Event
from directives.refusals import Refused
from meetings.deciding import voting
from meetings.deciding.voting import HandCount
from meetings.models import AgendaItem, Attendance, Ballot, Choice, Meeting, MeetingState, Voter
from meetings.preparing import gathering
from tests import factories, sitting
from tests.acts import at_once

QUESTION = "Thông qua dự thảo Chỉ thị"


@pytest.fixture
def item(world) -> AgendaItem:
    """Of five voting members all are there."""
    sitting.members(world.committee, 2)
    item = sitting.under_way(world)
    sitting.arrive(item)
    return item


def opened(world, item, **facts) -> Ballot:
    return voting.open_ballot(item.pk, actor=world.office, question=QUESTION, **facts)


def code_of(act, *args, **facts) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **facts)
    return refused.value.code


def people(ballot):
    return [voter.attendee.person for voter in ballot.voters.select_related("attendee__person")]


# Who votes, and how many votes it takes


def test_all_voting_members_are_voters_and_the_majority_is_of_all_of_them(world, item):
    Attendance.objects.filter(attendee__person__in=world.delegates).delete()
    ballot = opened(world, item)
    assert (ballot.electorate, ballot.needed) == (5, 3)
    assert set(people(ballot)) >= {world.chair, *world.delegates}
    assert world.office2 not in people(ballot)


def test_a_voting_member_who_is_not_on_the_list_still_counts_towards_the_majority(world, item):
    struck = item.meeting.attendees.get(person=world.delegate2)
    gathering.remove_attendee(struck.pk, actor=world.office)
    ballot = opened(world, item)
    assert (ballot.electorate, ballot.voters.count()) == (5, 4)


def test_the_majority_is_that_of_the_rules_of_the_day_and_stays_so(world, item):
    rules = MeetingRules.objects.create(
        committee=world.committee,
        starts=timezone.localdate(),
        majority_numerator=3,
        majority_denominator=4,
    )
    ballot = opened(world, item)
    rules.delete()
    ballot.refresh_from_db()
    assert ballot.needed == 4


def test_nothing_is_put_to_the_vote_outside_the_meeting_or_before_the_item(world, item):
    meetings = Meeting.objects.filter(pk=item.meeting_id)
    meetings.update(state=MeetingState.CLOSED, closed_at=timezone.now())
    assert code_of(opened, world, item) == "state"
    meetings.update(state=MeetingState.UNDER_WAY, closed_at=None)
    AgendaItem.objects.filter(pk=item.pk).update(opened_at=None)
    assert code_of(opened, world, item) == "not_discussed"


def test_an_item_has_one_open_ballot_at_a_time(world, item):
    first = opened(world, item)
    assert code_of(opened, world, item) == "open"
    voting.close_ballot(first.pk, actor=world.office)
    assert opened(world, item).pk != first.pk


def test_nobody_is_struck_off_the_list_who_is_a_voter_of_a_ballot(world, item):
    voter = opened(world, item).voters.first()
    assert code_of(gathering.remove_attendee, voter.attendee_id, actor=world.office) == "recorded"


@pytest.mark.parametrize("question", ["", "  \n "])
def test_a_ballot_needs_a_question(world, item, question):
    refused = code_of(voting.open_ballot, item.pk, actor=world.office, question=question)
    assert refused == "question"


def test_the_office_the_clerk_and_the_chair_put_a_question_and_nobody_else(world, item):
    for actor in (world.office, world.clerk, world.chair):
        ballot = voting.open_ballot(item.pk, actor=actor, question=QUESTION)
        voting.close_ballot(ballot.pk, actor=actor)
    for actor in (world.delegate, world.administrator, factories.person(world.committee)):
        with pytest.raises(PermissionDenied):
            voting.open_ballot(item.pk, actor=actor, question=QUESTION)


# An open ballot


def test_a_guest_has_no_vote_however_it_is_sent(world, item):
    guest = sitting.arrive(item, world.office2)[0]
    ballot = opened(world, item)
    with pytest.raises(PermissionDenied):
        voting.vote(ballot.pk, actor=world.office2, choice=Choice.AGREES)
    facts = {"actor": world.office, "attendee_id": guest.pk, "choice": Choice.AGREES}
    assert code_of(voting.record_vote, ballot.pk, **facts) == "no_vote"
    assert not ballot.voters.filter(voted=True).exists()


def test_only_those_present_vote_by_themselves_or_through_the_secretary(world, item):
    ballot = opened(world, item)
    away = item.meeting.attendees.get(person=world.delegate)
    Attendance.objects.filter(attendee=away).update(left_at=timezone.now())
    assert code_of(voting.vote, ballot.pk, actor=world.delegate, choice="agrees") == "absent"
    facts = {"actor": world.office, "attendee_id": away.pk, "choice": "agrees"}
    assert code_of(voting.record_vote, ballot.pk, **facts) == "absent"


def test_those_absent_are_never_counted_as_agreeing(world, item):
    ballot = opened(world, item)
    Attendance.objects.filter(attendee__person__in=world.delegates).update(left_at=timezone.now())
    assert voting.record_agreement(ballot.pk, actor=world.office) == 3
    result = voting.result_of(voting.close_ballot(ballot.pk, actor=world.office))
    assert (result.agreeing, result.cast, result.silent, result.passed) == (3, 3, 2, True)


def test_half_of_those_present_is_no_majority_of_all(world, item):
    ballot = opened(world, item)
    for person in world.delegates:
        voting.vote(ballot.pk, actor=person, choice=Choice.AGREES)
    result = voting.result_of(voting.close_ballot(ballot.pk, actor=world.office))
    assert (result.agreeing, result.needed, result.silent, result.passed) == (2, 3, 3, False)


def test_to_agree_with_comments_is_to_agree_and_a_minority_may_reserve_its_opinion(world, item):
    ballot = opened(world, item)
    voting.vote(ballot.pk, actor=world.chair, choice="agrees_with_comments", reserved="Rà lại số.")
    voting.vote(ballot.pk, actor=world.delegate, choice="disagrees", reserved="  Chưa đủ căn cứ. ")
    voting.record_agreement(ballot.pk, actor=world.office)
    result = voting.result_of(voting.close_ballot(ballot.pk, actor=world.office))
    assert result.votes == {
        "agrees": 3,
        "agrees_with_comments": 1,
        "disagrees": 1,
        "abstains": 0,
    }
    assert (result.agreeing, result.passed) == (4, True)
    minority = ballot.voters.get(attendee__person=world.delegate)
    assert minority.reserved_opinion == "Chưa đủ căn cứ."


def test_all_present_agree_but_those_whose_votes_are_keyed_in(world, item):
    ballot = opened(world, item)
    against = item.meeting.attendees.get(person=world.delegate2)
    voting.record_vote(
        ballot.pk, actor=world.clerk, attendee_id=against.pk, choice=Choice.DISAGREES
    )
    assert voting.record_agreement(ballot.pk, actor=world.clerk) == 4
    voter = ballot.voters.get(attendee=against)
    assert (voter.choice, voter.recorded_by) == (Choice.DISAGREES, world.clerk)
    kept = Event.objects.filter(verb="vote").get()
    assert (kept.actor, kept.on_behalf_of) == (world.clerk, world.delegate2)


def test_one_changes_ones_own_open_vote_and_the_secretary_does_not(world, item):
    ballot = opened(world, item)
    voting.vote(ballot.pk, actor=world.delegate, choice=Choice.DISAGREES)
    voting.vote(ballot.pk, actor=world.delegate, choice=Choice.ABSTAINS)
    voter = ballot.voters.get(attendee__person=world.delegate)
    assert voter.choice == Choice.ABSTAINS
    facts = {"actor": world.office, "attendee_id": voter.attendee_id, "choice": Choice.AGREES}
    assert code_of(voting.record_vote, ballot.pk, **facts) == "own"


@pytest.mark.parametrize("choice", ["", "yes", "AGREES"])
def test_a_choice_that_is_none_of_the_four_is_refused(world, item, choice):
    ballot = opened(world, item)
    assert code_of(voting.vote, ballot.pk, actor=world.delegate, choice=choice) == "choice"


# A secret ballot


def cast_in_secret(world, ballot) -> dict:
    choices = [Choice.AGREES, Choice.DISAGREES, Choice.ABSTAINS]
    voters = [world.chair, *world.delegates]
    return {
        person: (voting.vote(ballot.pk, actor=person, choice=choice), choice)
        for person, choice in zip(voters, choices, strict=True)
    }


def test_every_receipt_is_found_in_the_urn_with_its_choice_and_the_papers_are_as_many_as_voters(
    world, item
):
    ballot = opened(world, item, secret=True)
    receipts = cast_in_secret(world, ballot)
    closed = voting.close_ballot(ballot.pk, actor=world.office)
    assert {tuple(paper) for paper in closed.urn} == set(receipts.values())
    assert len(closed.urn) == closed.voters.filter(voted=True).count() == 3
    assert voting.result_of(closed).silent == 2


def test_the_urn_is_sorted_by_receipt_whenever_one_looks(world, item):
    ballot = opened(world, item, secret=True)
    for person in people(ballot):
        voting.vote(ballot.pk, actor=person, choice=Choice.AGREES)
        ballot.refresh_from_db()
        receipts = [receipt for receipt, _choice in ballot.urn]
        assert receipts == sorted(receipts)
        assert all(len(receipt) == 9 for receipt in receipts)


def test_nothing_stored_besides_the_urn_knows_a_receipt_or_who_chose_what(world, item):
    ballot = opened(world, item, secret=True)
    before = Event.objects.count()
    receipts = cast_in_secret(world, ballot)
    assert Event.objects.count() == before
    voters = Voter.objects.filter(ballot=ballot, voted=True)
    assert set(voters.values_list("choice", "reserved_opinion", "recorded_by")) == {("", "", None)}
    voting.close_ballot(ballot.pk, actor=world.office)
    told = serialize("json", [*Event.objects.all(), *Voter.objects.all()])
    assert not [receipt for receipt, _choice in receipts.values() if receipt in told]


def test_a_voter_keeps_no_time(world, item):
    kept = {field.get_internal_type() for field in Voter._meta.fields}
    assert not kept & {"DateTimeField", "DateField", "TimeField"}


def test_nobody_votes_twice_in_secret_nor_for_another(world, item):
    ballot = opened(world, item, secret=True)
    voting.vote(ballot.pk, actor=world.delegate, choice=Choice.AGREES)
    facts = {"actor": world.delegate, "choice": Choice.DISAGREES}
    assert code_of(voting.vote, ballot.pk, **facts) == "voted"
    other = ballot.voters.get(attendee__person=world.delegate2)
    said = {"actor": world.office, "attendee_id": other.attendee_id, "choice": "agrees"}
    assert code_of(voting.record_vote, ballot.pk, **said) == "secret"
    assert code_of(voting.record_agreement, ballot.pk, actor=world.office) == "secret"
    ballot.refresh_from_db()
    assert len(ballot.urn) == 1


def test_an_urn_with_a_paper_too_many_is_not_counted(world, item):
    ballot = opened(world, item, secret=True)
    cast_in_secret(world, ballot)
    ballot.refresh_from_db()
    Ballot.objects.filter(pk=ballot.pk).update(urn=[*ballot.urn, ["ZZZZ-ZZZZ", "agrees"]])
    assert code_of(voting.close_ballot, ballot.pk, actor=world.office) == "papers"


# Papers counted by hand


def on_paper(world, item) -> Ballot:
    return opened(world, item, tellers="Nguyễn Văn A\nTrần Thị B")


def test_a_count_by_hand_is_taken_when_its_sums_agree(world, item):
    ballot = on_paper(world, item)
    assert ballot.secret
    assert code_of(voting.vote, ballot.pk, actor=world.delegate, choice="agrees") == "on_paper"
    count = HandCount(given_out=5, handed_in=4, votes={"agrees": 2, "disagrees": 1}, spoiled=1)
    result = voting.result_of(voting.close_ballot(ballot.pk, actor=world.office, by_hand=count))
    assert (result.cast, result.spoiled, result.silent, result.passed) == (4, 1, 1, False)


@pytest.mark.parametrize(
    ("count", "code"),
    [
        (None, "count"),
        (HandCount(6, 6, {"agrees": 6}), "given_out"),
        (HandCount(4, 5, {"agrees": 5}), "handed_in"),
        (HandCount(5, 5, {"agrees": 4}), "sum"),
        (HandCount(5, 4, {"agrees": 4}, spoiled=1), "sum"),
        (HandCount(5, 4, {"agrees": 5, "disagrees": -1}), "count"),
    ],
)
def test_a_count_by_hand_that_does_not_add_up_is_refused(world, item, count, code):
    ballot = on_paper(world, item)
    assert code_of(voting.close_ballot, ballot.pk, actor=world.office, by_hand=count) == code


# Closed for good


@pytest.fixture
def closed(world, item) -> Ballot:
    ballot = opened(world, item)
    voting.vote(ballot.pk, actor=world.delegate, choice=Choice.AGREES)
    return voting.close_ballot(ballot.pk, actor=world.office)


def test_a_closed_ballot_takes_no_vote_and_is_not_closed_twice(world, closed):
    vote = {"actor": world.chair, "choice": Choice.AGREES}
    assert code_of(voting.vote, closed.pk, **vote) == "closed"
    assert code_of(voting.record_agreement, closed.pk, actor=world.office) == "closed"
    assert code_of(voting.close_ballot, closed.pk, actor=world.office) == "closed"


def sql_refused(sql: str, *args) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, args)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE meetings_ballot SET counts = '{}' WHERE id = %s",
        "UPDATE meetings_ballot SET urn = '[]' WHERE id = %s",
        "UPDATE meetings_ballot SET closed_at = NULL WHERE id = %s",
        "DELETE FROM meetings_ballot WHERE id = %s",
        "UPDATE meetings_voter SET choice = 'disagrees', voted = TRUE WHERE ballot_id = %s",
        "UPDATE meetings_voter SET ballot_id = ballot_id + 1 WHERE ballot_id = %s",
        "DELETE FROM meetings_voter WHERE ballot_id = %s",
    ],
)
def test_the_database_refuses_every_change_of_a_closed_ballot(closed, sql):
    assert sql_refused(sql, closed.pk)


def test_no_voter_is_put_into_a_closed_ballot(world, closed):
    absent = closed.item.meeting.attendees.get(person=world.office2)
    sql = (
        "INSERT INTO meetings_voter (ballot_id, attendee_id, voted, choice, reserved_opinion)"
        " VALUES (%s, %s, TRUE, 'agrees', '')"
    )
    assert sql_refused(sql, closed.pk, absent.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("secret", [False, True])
def test_no_vote_slips_past_the_closing(world, secret):
    item = sitting.under_way(world)
    sitting.arrive(item)
    ballot = opened(world, item, secret=secret)
    voters = [world.chair, *world.delegates]
    results = at_once(
        *(("vote", person, [ballot.pk]) for person in voters),
        ("close_ballot", world.office, [ballot.pk]),
    )
    ballot.refresh_from_db()
    assert results.count("closed_ballot") == 1
    assert set(results) <= {"voted", "closed", "closed_ballot"}
    counted = voting.result_of(ballot).cast
    assert counted == results.count("voted") == ballot.voters.filter(voted=True).count()
    assert len(ballot.urn) == (counted if secret else 0)


@pytest.mark.django_db(transaction=True)
def test_all_papers_of_people_who_vote_at_the_same_moment_are_in_the_urn(world):
    item = sitting.under_way(world)
    sitting.arrive(item)
    ballot = opened(world, item, secret=True)
    voters = [world.chair, *world.delegates]
    assert at_once(*(("vote", person, [ballot.pk]) for person in voters)) == ["voted"] * 3
    ballot.refresh_from_db()
    assert len(ballot.urn) == 3
