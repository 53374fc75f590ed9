from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import MeetingRules
from directives.refusals import Refused
from meetings.holding import rollcall, running, speaking
from meetings.models import AttendeeRole, Invitation, Reply
from meetings.preparing import gathering
from tests import factories
from tests.meetings.session import convened, under_way


@pytest.fixture
def held(world):
    return under_way(world)


def ago(minutes: float):
    return timezone.now() - timedelta(minutes=minutes)


def reply(attendee, said: str, **facts) -> None:
    Invitation.objects.update_or_create(
        attendee=attendee, defaults={"reply": said, "replied_at": timezone.now(), **facts}
    )


def present(held, moment=None) -> int:
    return rollcall.quorum_at(held.meeting, moment or timezone.now()).present


def refusal(act, *args, **facts) -> Refused:
    with pytest.raises(Refused) as refused:
        act(*args, **facts)
    return refused.value


def test_people_come_before_the_meeting_is_opened(world):
    held = convened(world)
    rollcall.arrive(held.seat(world.delegate).pk, actor=world.clerk, at=ago(20))
    assert (present(held), present(held, ago(30))) == (1, 0)


def test_who_leaves_and_comes_back_was_there_for_two_stretches(world):
    held, seat = convened(world), None
    seat = held.seat(world.delegate)
    rollcall.arrive(seat.pk, actor=world.office, at=ago(60))
    rollcall.leave(seat.pk, actor=world.office, at=ago(40))
    rollcall.arrive(seat.pk, actor=world.office, at=ago(20))
    assert [present(held, ago(m)) for m in (70, 50, 30, 10)] == [0, 1, 0, 1]
    assert seat.attendances.count() == 2


def test_the_quorum_is_lost_and_found_at_the_minute(world, held):
    first, second = (held.seat(person) for person in world.delegates)
    rollcall.leave(first.pk, actor=world.office)
    assert rollcall.quorum_at(held.meeting, timezone.now()).is_met
    rollcall.leave(second.pk, actor=world.office)
    quorum = rollcall.quorum_at(held.meeting, timezone.now())
    assert (quorum.present, quorum.needed, quorum.missing, quorum.is_met) == (1, 2, 1, False)
    rollcall.arrive(second.pk, actor=world.office)
    assert rollcall.quorum_at(held.meeting, timezone.now()).is_met


def test_the_quorum_follows_the_rules_of_the_day_on_which_the_meeting_began(world, held):
    day = timezone.localdate(held.meeting.starts_at)
    MeetingRules.objects.create(
        committee=world.committee, starts=day, quorum_numerator=1, quorum_denominator=1
    )
    later = day + timedelta(days=1)
    MeetingRules.objects.create(
        committee=world.committee, starts=later, quorum_numerator=1, quorum_denominator=3
    )
    past_midnight = timezone.now() + timedelta(days=1)
    assert rollcall.quorum_at(held.meeting, past_midnight).needed == 3


def test_a_guest_does_not_make_up_the_quorum(world, held):
    guest = gathering.add_attendee(
        held.meeting.pk, actor=world.office, person=factories.PersonFactory(), role="invited"
    )
    rollcall.arrive(guest.pk, actor=world.office)
    quorum = rollcall.quorum_at(held.meeting, timezone.now())
    assert (quorum.summoned, quorum.present) == (3, 3)
    assert guest in rollcall.present_at(held.meeting, timezone.now())


def test_a_substitute_is_there_and_does_not_make_up_the_quorum(world):
    held = convened(world)
    seat = held.seat(world.delegate)
    reply(seat, Reply.SENDS, substitute_name="Lê Văn Thay")
    rollcall.arrive(seat.pk, actor=world.office)
    assert present(held) == 0
    assert seat in rollcall.present_at(held.meeting, timezone.now())
    rollcall.leave(seat.pk, actor=world.office)
    rollcall.arrive(seat.pk, actor=world.office, in_person=True)
    assert present(held) == 1


def test_two_secretaries_record_one_arrival_and_the_second_is_told(world):
    held = convened(world)
    seat = held.seat(world.delegate)
    rollcall.arrive(seat.pk, actor=world.office)
    refused = refusal(rollcall.arrive, seat.pk, actor=world.office2)
    assert refused.code == "there"
    assert seat.attendances.count() == 1


def test_who_goes_online_stays_there(world, held):
    seat = held.seat(world.delegate)
    rollcall.arrive(seat.pk, actor=world.office, online=True)
    assert [a.online for a in seat.attendances.all()] == [False, True]
    assert present(held) == 3


def test_nobody_leaves_before_they_came(world):
    held = convened(world)
    seat = held.seat(world.delegate)
    assert refusal(rollcall.leave, seat.pk, actor=world.office).code == "away"
    rollcall.arrive(seat.pk, actor=world.office, at=ago(10))
    refused = refusal(rollcall.leave, seat.pk, actor=world.office, at=ago(20))
    assert refused.code == "early"


def test_who_leaves_has_ended_their_speech(world, held):
    seat = held.seat(world.delegate)
    speech = speaking.call_speaker(held.other.pk, seat.pk, actor=world.office)
    there = rollcall.leave(seat.pk, actor=world.office)
    speech.refresh_from_db()
    assert speech.ended_at == there.left_at


def test_a_slip_of_the_finger_is_taken_back(world):
    held = convened(world)
    seat = held.seat(world.delegate)
    rollcall.arrive(seat.pk, actor=world.office)
    rollcall.take_back_arrival(seat.pk, actor=world.office)
    assert not seat.attendances.exists()
    assert refusal(rollcall.take_back_arrival, seat.pk, actor=world.office).code == "away"


def test_an_absence_has_a_reason_and_ends_with_an_arrival(world):
    held = convened(world)
    seat = held.seat(world.delegate)
    rollcall.note_absence(seat.pk, actor=world.office, reason="Đi công tác")
    rollcall.note_absence(seat.pk, actor=world.office, reason=" Đi học ")
    assert seat.absence.reason == "Đi học"
    rollcall.arrive(seat.pk, actor=world.office)
    seat = held.seat(world.delegate)
    assert not hasattr(seat, "absence")
    assert refusal(rollcall.note_absence, seat.pk, actor=world.office).code == "there"


def test_absences_are_taken_from_the_replies_to_the_invitation(world):
    held = convened(world)
    away, comes = (held.seat(person) for person in world.delegates)
    reply(away, Reply.ABSENT, reason="Đi công tác Hà Nội")
    reply(comes, Reply.WILL_COME)
    assert rollcall.note_replies(held.meeting.pk, actor=world.office) == [away]
    assert held.seat(away.person).absence.reason == "Đi công tác Hà Nội"


def test_the_rest_of_the_members_are_there_but_not_who_stays_away_or_is_a_guest(world):
    held = convened(world)
    away, sends = (held.seat(person) for person in world.delegates)
    reply(away, Reply.ABSENT, reason="Ốm")
    reply(sends, Reply.SENDS, substitute_name="Lê Văn Thay")
    gathering.add_attendee(
        held.meeting.pk,
        actor=world.office,
        person=factories.PersonFactory(),
        role=AttendeeRole.INVITED,
    )
    there = rollcall.arrive_rest(held.meeting.pk, actor=world.office)
    assert there == [held.seat(world.chair)]


def test_what_happened_in_the_meeting_is_told_after_it_and_nothing_else(world, held):
    seat = held.seat(world.delegate)
    closed = running.close_meeting(held.meeting.pk, actor=world.office)
    assert refusal(rollcall.leave, seat.pk, actor=world.office).code == "away"
    late = gathering.Attendee.objects.create(
        meeting=held.meeting, person=factories.PersonFactory(), role="invited", rank=90
    )
    assert refusal(rollcall.arrive, late.pk, actor=world.office).code == "state"
    there = rollcall.arrive(late.pk, actor=world.office, at=closed.closed_at)
    assert there.left_at == closed.closed_at


def test_only_the_office_and_the_clerk_call_the_roll(world, held):
    seat = held.seat(world.delegate)
    for person in (world.delegate, world.chair):
        for act in (rollcall.arrive, rollcall.leave, rollcall.note_absence):
            with pytest.raises(PermissionDenied):
                act(seat.pk, actor=person)
        with pytest.raises(PermissionDenied):
            rollcall.arrive_rest(held.meeting.pk, actor=person)
