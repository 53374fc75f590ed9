import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments.models import Comment
from meetings.holding import queue, rollcall, running
from meetings.holding.queue import Sent
from meetings.models import Attendance, DoneAction, Meeting, Remark
from meetings.preparing import gathering
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


def test_an_item_opened_and_ended_without_a_network_comes_late_with_what_was_said(world, held):
    item, seat = held.other, held.seat(world.delegate)
    begins = timezone.now() - timedelta(minutes=10)
    type(item).objects.filter(pk=held.drafted.pk).update(opened_at=begins)
    Meeting.objects.filter(pk=held.meeting.pk).update(opened_at=begins)
    Attendance.objects.update(arrived_at=begins)

    def at(minute: int, verb: str, seen=None, **sent):
        moment = begins + timedelta(minutes=minute)
        return send(held, verb, world.office, at=moment, item=item, seen=seen, **sent)

    acts = (
        at(2, "open_item", seen=held.drafted.pk),
        at(3, "remark", attendee=seat, text="Nhất trí."),
        at(5, "end_item", seen=item.pk),
    )
    assert [done.refusal for done in acts] == [""] * 3
    item.refresh_from_db()
    held.drafted.refresh_from_db()
    assert (item.opened_at, item.ended_at) == (
        begins + timedelta(minutes=2),
        begins + timedelta(minutes=5),
    )
    assert held.drafted.ended_at == item.opened_at
    assert item.remarks.get().said_at == begins + timedelta(minutes=3)


def test_an_item_is_not_opened_over_one_to_which_the_meeting_has_gone_on(world, held):
    third = gathering.add_item(held.meeting.pk, actor=world.office, title="Việc khác")
    running.open_item(third.pk, actor=world.office2, seen=held.drafted.pk)
    late = send(held, "open_item", world.office, item=held.other, seen=held.drafted.pk)
    assert "Việc khác" in late.refusal
    held.other.refresh_from_db()
    assert held.other.opened_at is None


def test_without_a_quorum_no_item_is_opened_from_afar(world, held):
    for person in (world.chair, *world.delegates):
        rollcall.leave(held.seat(person).pk, actor=world.office)
    late = send(held, "open_item", world.office, item=held.other, seen=held.drafted.pk)
    assert late.refusal
    assert held.fresh().current_item == held.drafted


def test_an_act_without_a_person_or_an_item_is_refused(world, held):
    assert send(held, "arrive", world.office).refusal
    assert send(held, "call", world.office, attendee=held.seat(world.chair)).refusal


def test_every_verb_asks_who_sends_it(world, held):
    seat = held.seat(world.delegate2)
    for verb in queue.VERBS:
        with pytest.raises(PermissionDenied):
            send(held, verb, world.delegate, attendee=seat, item=held.drafted, text="Lời")
    assert not DoneAction.objects.exists()
