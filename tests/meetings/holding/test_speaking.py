from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from directives.refusals import Refused
from meetings.holding import running, speaking
from meetings.models import AgendaItem
from meetings.preparing import gathering
from tests import factories
from tests.meetings.session import under_way


@pytest.fixture
def held(world):
    return under_way(world)


@pytest.fixture
def item(held):
    return held.other


@pytest.fixture
def seats(world, held):
    return [held.seat(person) for person in (world.chair, *world.delegates)]


def refusal(act, *args, **facts) -> Refused:
    with pytest.raises(Refused) as refused:
        act(*args, **facts)
    return refused.value


def waiting(item):
    return [one.attendee for one in item.speeches.filter(speaking.WAITING)]


def test_an_attendee_registers_and_withdraws_for_themselves_and_for_nobody_else(world, item, seats):
    _chair, first, second = seats
    speaking.register_speaker(item.pk, first.pk, actor=world.delegate)
    with pytest.raises(PermissionDenied):
        speaking.register_speaker(item.pk, second.pk, actor=world.delegate)
    with pytest.raises(PermissionDenied):
        speaking.withdraw_speaker(item.pk, first.pk, actor=world.delegate2)
    speaking.withdraw_speaker(item.pk, first.pk, actor=world.delegate)
    assert waiting(item) == []


def test_nobody_waits_twice(world, item, seats):
    speaking.register_speaker(item.pk, seats[1].pk, actor=world.office)
    refused = refusal(speaking.register_speaker, item.pk, seats[1].pk, actor=world.delegate)
    assert refused.code == "listed"


def test_the_order_of_those_who_wait_is_changed(world, item, seats):
    for seat in seats:
        speaking.register_speaker(item.pk, seat.pk, actor=world.office)
    speaking.put_speaker_up(item.pk, seats[2].pk, actor=world.chair)
    assert waiting(item) == [seats[0], seats[2], seats[1]]
    speaking.put_speaker_up(item.pk, seats[0].pk, actor=world.chair)
    assert waiting(item) == [seats[0], seats[2], seats[1]]


def test_the_next_speaker_ends_the_one_whom_the_caller_saw(world, item, seats):
    first = speaking.call_speaker(item.pk, seats[1].pk, actor=world.chair)
    second = speaking.call_speaker(item.pk, seats[2].pk, actor=world.chair, ends=seats[1].pk)
    first.refresh_from_db()
    assert first.ended_at == second.called_at
    assert second.ended_at is None


def test_of_two_calls_at_once_the_second_is_told_who_speaks(world, item, seats):
    speaking.call_speaker(item.pk, seats[1].pk, actor=world.office)
    refused = refusal(speaking.call_speaker, item.pk, seats[2].pk, actor=world.chair)
    assert refused.code == "speaking"
    assert str(seats[1].person) in str(refused)
    again = refusal(
        speaking.call_speaker, item.pk, seats[1].pk, actor=world.chair, ends=seats[1].pk
    )
    assert again.code == "speaking"


def test_the_floor_is_given_without_a_registration(world, item, seats):
    speech = speaking.call_speaker(item.pk, seats[1].pk, actor=world.office)
    assert speech.registered_at == speech.called_at
    ended = speaking.end_speech(item.pk, seats[1].pk, actor=world.office)
    assert ended.ended_at >= ended.called_at
    refused = refusal(speaking.end_speech, item.pk, seats[1].pk, actor=world.office2)
    assert refused.code == "not_speaking"


def test_only_a_speaker_who_waits_is_withdrawn_or_moved(world, item, seats):
    speaking.call_speaker(item.pk, seats[1].pk, actor=world.office)
    for act in (speaking.withdraw_speaker, speaking.put_speaker_up):
        assert refusal(act, item.pk, seats[1].pk, actor=world.office).code == "not_listed"


def test_who_is_no_secretary_and_no_chair_calls_nobody(world, item, seats):
    for act in (speaking.call_speaker, speaking.end_speech, speaking.put_speaker_up):
        with pytest.raises(PermissionDenied):
            act(item.pk, seats[1].pk, actor=world.delegate)


def test_a_speech_is_kept_with_the_item_that_was_open_when_it_was_held(world, held, item, seats):
    AgendaItem.objects.filter(pk=item.pk).update(opened_at=timezone.now() - timedelta(minutes=50))
    held.meeting.opened_at = timezone.now() - timedelta(minutes=60)
    held.meeting.save()
    running.end_item(item.pk, actor=world.office, at=timezone.now() - timedelta(minutes=10))
    told = timezone.now() - timedelta(minutes=30)
    speaking.call_speaker(item.pk, seats[1].pk, actor=world.office2, at=told)
    speaking.end_speech(item.pk, seats[1].pk, actor=world.office2, at=told + timedelta(minutes=4))
    speech = item.speeches.get()
    assert speech.ended_at - speech.called_at == timedelta(minutes=4)
    refused = refusal(speaking.call_speaker, item.pk, seats[2].pk, actor=world.office2)
    assert refused.code == "item"


def test_nobody_speaks_to_an_item_of_another_meeting(world, item, seats):
    with pytest.raises(AgendaItem.DoesNotExist):
        speaking.register_speaker(item.pk + 999, seats[1].pk, actor=world.office)


def test_who_is_called_in_for_another_item_asks_to_speak_at_that_one_only(world, held, item):
    guest = gathering.add_attendee(
        held.meeting.pk, actor=world.office, person=factories.PersonFactory(), role="invited"
    )
    item.called.add(held.seat(world.chair))
    with pytest.raises(PermissionDenied):
        speaking.register_speaker(item.pk, guest.pk, actor=guest.person)
    item.called.add(guest)
    assert speaking.register_speaker(item.pk, guest.pk, actor=guest.person)
