import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from directives import events
from directives.models import Event
from directives.refusals import Refused
from meetings.holding import rollcall, running, speaking
from meetings.models import AttendeeRole, Ballot, MeetingState
from meetings.moments import clock
from meetings.preparing import gathering
from tests.meetings.session import convened, under_way


def refusal(act, *args, **facts) -> Refused:
    with pytest.raises(Refused) as refused:
        act(*args, **facts)
    return refused.value


@pytest.fixture
def held(world, directive):
    return under_way(world, directive)


def test_a_meeting_without_a_chair_is_not_opened(world):
    held = convened(world)
    gathering.add_attendee(
        held.meeting.pk, actor=world.office, person=world.chair, role=AttendeeRole.MEMBER
    )
    assert refusal(running.open_meeting, held.meeting.pk, actor=world.office).code == "chair"


def test_without_a_quorum_it_is_opened_only_when_that_is_said(world):
    held = convened(world)
    rollcall.arrive(held.seat(world.chair).pk, actor=world.office)
    refused = refusal(running.open_meeting, held.meeting.pk, actor=world.office)
    assert refused.code == "quorum"
    assert re.findall(r"\d", str(refused)) == ["1", "3", "2"]
    running.open_meeting(held.meeting.pk, actor=world.office, anyway=True)
    assert held.fresh().state == MeetingState.UNDER_WAY
    assert Event.objects.get(verb="open_meeting").payload["without_quorum"] is True


def test_the_item_opened_before_ends_with_the_next_one_and_so_does_its_speaker(world, held):
    speech = speaking.call_speaker(
        held.drafted.pk, held.seat(world.delegate).pk, actor=world.office
    )
    running.open_item(held.other.pk, actor=world.chair, seen=held.drafted.pk)
    held.drafted.refresh_from_db()
    speech.refresh_from_db()
    assert held.fresh().current_item == held.other
    assert held.drafted.ended_at
    assert speech.ended_at == held.drafted.ended_at


def test_an_item_is_gone_back_to(world, held):
    opened = held.meeting.current_item.opened_at
    running.open_item(held.other.pk, actor=world.office)
    again = running.open_item(held.drafted.pk, actor=world.office)
    assert (again.opened_at, again.ended_at) == (opened, None)


def test_what_another_secretary_changed_meanwhile_refuses_the_stale_act_and_says_so(world, held):
    running.open_item(held.other.pk, actor=world.office, seen=held.drafted.pk)
    refused = refusal(running.end_item, held.drafted.pk, actor=world.office2, seen=held.drafted.pk)
    assert refused.code == "stale"
    assert held.other.title in str(refused)


def test_a_break_needs_no_quorum_and_an_item_does(world, held):
    for person in world.delegates:
        rollcall.leave(held.seat(person).pk, actor=world.office)
    assert refusal(running.open_item, held.other.pk, actor=world.office).code == "quorum"
    held.other.is_break = True
    held.other.save()
    running.open_item(held.other.pk, actor=world.office)
    assert held.fresh().current_item == held.other


def test_the_end_of_the_meeting_ends_item_speech_and_presence(world, held):
    speech = speaking.call_speaker(
        held.drafted.pk, held.seat(world.delegate).pk, actor=world.office
    )
    closed = running.close_meeting(held.meeting.pk, actor=world.chair)
    speech.refresh_from_db()
    held.drafted.refresh_from_db()
    assert closed.closed_at == speech.ended_at == held.drafted.ended_at
    assert not rollcall.present_at(closed, closed.closed_at).exists()
    assert rollcall.quorum_at(closed, speech.called_at).present == 3


def test_an_open_ballot_keeps_the_meeting_open(world, held):
    Ballot.objects.create(
        item=held.drafted,
        question="Đồng ý?",
        electorate=3,
        needed=2,
        opened_by=world.office,
        opened_at=timezone.now(),
    )
    assert refusal(running.close_meeting, held.meeting.pk, actor=world.office).code == "ballot"


def test_a_closed_meeting_goes_on_to_no_item(world, held):
    running.close_meeting(held.meeting.pk, actor=world.office)
    assert refusal(running.open_item, held.other.pk, actor=world.office).code == "state"
    assert refusal(running.open_meeting, held.meeting.pk, actor=world.office).code == "state"


def test_a_provision_of_the_draft_is_shown_and_no_other(world, held):
    point = held.drafted.draft.provisions.get(text__contains="07 ngày")
    running.show_provision(held.meeting.pk, actor=world.office, key=point.key)
    assert held.fresh().shown_provision == point.key
    running.open_item(held.other.pk, actor=world.office)
    assert held.fresh().shown_provision is None
    refused = refusal(running.show_provision, held.meeting.pk, actor=world.office, key=point.key)
    assert refused.code == "provision"


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (timedelta(minutes=-5), "future"),
        (timedelta(hours=9), "late"),
        (timedelta(hours=1), "early"),
    ],
)
def test_an_act_is_told_of_the_time_of_the_meeting_only(world, held, before, code):
    told = timezone.now() - before
    assert refusal(running.end_item, held.drafted.pk, actor=world.office, at=told).code == code


def test_a_clock_that_is_a_little_ahead_does_no_harm(world, held):
    told = timezone.now() + timedelta(seconds=30)
    assert running.end_item(held.drafted.pk, actor=world.office, at=told).ended_at < told


def test_nobody_but_the_office_the_clerk_and_the_chair_runs_it(world, held):
    for act, pk in (
        (running.close_meeting, held.meeting.pk),
        (running.open_item, held.other.pk),
        (running.end_item, held.drafted.pk),
    ):
        with pytest.raises(PermissionDenied):
            act(pk, actor=world.delegate)
    with pytest.raises(PermissionDenied):
        running.show_provision(held.meeting.pk, actor=world.delegate, key=None)


def test_everything_is_in_the_log_of_the_meeting_with_its_moment(world, held):
    done = running.close_meeting(held.meeting.pk, actor=world.office)
    log = Event.objects.filter(stream=held.meeting.stream)
    verbs = list(log.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-4:] == ["arrive_rest", "open_meeting", "open_item", "close_meeting"]
    assert log.order_by("-sequence")[0].payload["at"] == done.closed_at.isoformat()
    assert events.first_broken(log) is None


def test_a_meeting_passes_midnight(world, directive):
    evening = timezone.localtime().replace(hour=23, minute=50, second=0, microsecond=0)
    with mock.patch.object(timezone, "now", return_value=evening):
        held = under_way(world, directive)
        seat = held.seat(world.delegate)
        speaking.call_speaker(held.drafted.pk, seat.pk, actor=world.office)
    night = evening + timedelta(minutes=40)
    with mock.patch.object(timezone, "now", return_value=night):
        assert clock(evening) == evening.strftime("%H:%M %d/%m/%Y")
        speech = speaking.end_speech(held.drafted.pk, seat.pk, actor=world.office)
        closed = running.close_meeting(held.meeting.pk, actor=world.office)
    assert speech.ended_at - speech.called_at == timedelta(minutes=40)
    assert closed.closed_at == night
    assert rollcall.quorum_at(closed, evening + timedelta(minutes=30)).present == 3
