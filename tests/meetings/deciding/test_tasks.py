"""My work: who is asked to vote, to confirm a conclusion, to let the directive follow it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tasks import tasks_for
from meetings.deciding import concluding, voting
from meetings.deciding.concluding import Said
from meetings.models import AgendaItem, Attendance, Decision
from meetings.preparing import gathering
from tests import sitting


@pytest.fixture
def item(world, directive) -> AgendaItem:
    item = sitting.under_way(world, directive)
    gathering.circulate(item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=1))
    sitting.arrive(item)
    return AgendaItem.objects.get(pk=item.pk)


def waits(person, url_name: str, *args: int) -> bool:
    url = reverse(url_name, args=args)
    return any(task.url == url and task.waits_for_me for task in tasks_for(person))


@pytest.mark.parametrize("secret", [False, True])
def test_those_present_are_asked_to_vote_until_they_have(world, item, secret):
    ballot = voting.open_ballot(item.pk, actor=world.office, question="Thông qua", secret=secret)
    vote = ("ballot_vote", item.meeting_id, ballot.pk)
    assert waits(world.delegate, *vote)
    assert not waits(world.office, *vote)
    voting.vote(ballot.pk, actor=world.delegate, choice="agrees")
    assert not waits(world.delegate, *vote)
    away = Attendance.objects.filter(attendee__person=world.delegate2)
    away.update(left_at=timezone.now())
    assert not waits(world.delegate2, *vote)
    assert waits(world.chair, *vote)
    voting.close_ballot(ballot.pk, actor=world.office)
    assert not waits(world.chair, *vote)


def test_nobody_is_asked_on_a_device_to_vote_on_paper(world, item):
    ballot = voting.open_ballot(item.pk, actor=world.office, question="Hỏi", tellers="A")
    assert not waits(world.delegate, "ballot_vote", item.meeting_id, ballot.pk)


def test_the_chair_confirms_and_then_the_office_lets_the_directive_follow(world, item):
    confirm = ("conclusion_confirm", item.meeting_id, item.pk)
    follow = ("conclusion_apply", item.meeting_id, item.pk)
    said = Said(Decision.HAND_BACK, "Tiếp thu.")
    concluding.record_conclusion(item.pk, actor=world.clerk, version=0, said=said)
    assert waits(world.chair, *confirm)
    assert not waits(world.office, *follow)
    concluding.confirm_conclusion(item.pk, actor=world.chair, version=1)
    assert not waits(world.chair, *confirm)
    assert waits(world.office, *follow)
    assert not waits(world.delegate, *follow)
    concluding.apply_conclusion(item.pk, actor=world.office)
    assert not waits(world.office, *follow)
