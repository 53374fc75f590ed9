import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments.models import Comment
from meetings.holding import queue
from meetings.holding.queue import Sent
from meetings.models import Attendance, DoneAction, Remark
from tests.meetings.session import convened, under_way


@pytest.fixture
def held(world, directive):
    return under_way(world, directive)


def send(held, verb, actor, token=None, at=None, **sent):
    return queue.act(
        held.meeting.pk,
        actor=actor,
        verb=verb,
        token=token or uuid.uuid4(),
        acted_at=at,
        sent=Sent(**sent),
    )


def test_a_token_sent_twice_does_nothing_twice(world, held):
    token, seat = uuid.uuid4(), held.seat(world.delegate)
    said = {"item": held.drafted, "attendee": seat, "text": "Nhất trí."}
    for _again in range(2):
        assert send(held, "remark", world.office, token, **said).refusal == ""
    assert Remark.objects.count() == Comment.objects.count() == DoneAction.objects.count() == 1


def test_what_was_refused_once_is_refused_again_for_the_same_reason(world):
    held, token = convened(world), uuid.uuid4()
    seat = held.seat(world.delegate)
    first = send(held, "leave", world.office, token, attendee=seat)
    send(held, "arrive", world.office, attendee=seat)
    assert first.refusal
    assert send(held, "leave", world.office, token, attendee=seat) == first
    assert Attendance.objects.get().left_at is None


def test_an_act_happened_when_it_was_done_and_not_when_it_came(world):
    held = convened(world)
    done = timezone.now() - timedelta(minutes=30)
    send(held, "arrive", world.office, at=done, attendee=held.seat(world.delegate))
    assert Attendance.objects.get().arrived_at == done
    kept = DoneAction.objects.get()
    assert kept.acted_at == done < kept.received_at


def test_a_whole_speech_comes_late_in_the_order_in_which_it_was_held(world, held):
    seat, item = held.seat(world.delegate), held.drafted
    for verb in ("register", "call", "end"):
        assert not send(held, verb, world.office, attendee=seat, item=item).refusal
    assert item.speeches.get().ended_at


def test_a_remark_that_is_no_comment_says_why(world, held):
    seat = held.seat(world.chair)
    held.consultation.delegates.filter(person=world.chair).delete()
    done = send(held, "remark", world.office, attendee=seat, item=held.drafted, text="Nhất trí.")
    assert str(world.chair) in done.note


def test_an_act_without_a_person_or_an_item_is_refused(world, held):
    assert send(held, "arrive", world.office).refusal
    assert send(held, "call", world.office, attendee=held.seat(world.chair)).refusal


def test_every_verb_asks_who_sends_it(world, held):
    seat = held.seat(world.delegate2)
    for verb in queue.VERBS:
        with pytest.raises(PermissionDenied):
            send(held, verb, world.delegate, attendee=seat, item=held.drafted, text="Lời")
    assert not DoneAction.objects.exists()
