import json
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from comments.models import Comment
from directives import events
from meetings.holding import rollcall, running, speaking
from meetings.holding.room import Room
from meetings.models import (
    Attendance,
    DoneAction,
    Invitation,
    MeetingState,
    Remark,
    Reply,
)
from meetings.preparing import gathering
from tests import factories
from tests.meetings.session import convened, enlarge, under_way


@pytest.fixture
def held(world, directive):
    return under_way(world, directive)


@pytest.fixture
def office(client, world):
    client.force_login(world.office)
    return client


def address(held, name="meeting_room", *more) -> str:
    return reverse(name, args=[held.meeting.pk, *more])


def page(client, held, name="meeting_room", query="") -> str:
    answer = client.get(address(held, name) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def press(client, held, do, **said):
    """A button of the room, without JavaScript."""
    data = {"token": uuid.uuid4(), "back": "meeting_room", "item": held.drafted.pk, "do": do}
    return client.post(address(held, "meeting_act"), data | said, follow=True)


def test_the_roll_is_called_with_one_tap_for_each(office, world):
    held = convened(world)
    seat = held.seat(world.delegate)
    answer = press(office, held, f"arrive:{seat.pk}", item="")
    assert answer.redirect_chain[-1][0] == address(held)
    assert "seat--there" in answer.content.decode()
    press(office, held, f"leave:{seat.pk}", item="")
    assert Attendance.objects.get().left_at


def test_two_buttons_of_one_page_are_two_acts_and_one_pressed_twice_is_one(office, world):
    held, token = convened(world), uuid.uuid4()
    first, second = (held.seat(person) for person in world.delegates)
    for seat in (first, second, first):
        press(office, held, f"arrive:{seat.pk}", item="", token=token)
    assert Attendance.objects.count() == DoneAction.objects.count() == 2


def test_a_refusal_is_told_on_the_page(office, held, world):
    seat = held.seat(world.delegate)
    answer = press(office, held, f"arrive:{seat.pk}")
    assert f"Đồng chí {world.delegate} đã có mặt từ" in answer.content.decode()


def test_the_lost_quorum_is_seen_at_once(office, held, world):
    assert "room-bar--short" not in page(office, held)
    for person in world.delegates:
        press(office, held, f"leave:{held.seat(person).pk}")
    assert "room-bar--short" in page(office, held)
    assert "Chưa đủ số người họp" in page(office, held)


def test_the_meeting_is_opened_and_closed_on_pages_that_say_what_follows(office, world):
    held = convened(world)
    text = page(office, held, "meeting_open")
    assert "Chưa đủ số người họp" in text
    assert office.post(address(held, "meeting_open")).status_code == 409
    office.post(address(held, "meeting_open"), {"anyway": "1"})
    assert held.fresh().state == MeetingState.UNDER_WAY
    assert held.other.title in page(office, held, "meeting_close")
    office.post(address(held, "meeting_close"))
    assert held.fresh().state == MeetingState.CLOSED


def test_of_a_meeting_that_is_over_the_page_tells_who_was_there_at_the_end(office, held):
    office.post(address(held, "meeting_close"))
    text = page(office, held)
    assert "room-bar--short" not in text
    assert "có mặt lúc bế mạc" in text
    assert "Người muốn phát biểu" not in text


def test_an_item_without_a_quorum_is_asked_once_more(office, held, world):
    for person in world.delegates:
        rollcall.leave(held.seat(person).pk, actor=world.office)
    asked = office.post(address(held, "matter_open", held.other.pk), {"seen": held.drafted.pk})
    assert asked.status_code == 409
    assert 'name="anyway"' in asked.content.decode()
    assert held.fresh().current_item == held.drafted
    said = {"seen": held.drafted.pk, "anyway": "1"}
    office.post(address(held, "matter_open", held.other.pk), said)
    assert held.fresh().current_item == held.other


def test_a_stale_page_is_told_where_the_meeting_is_now(office, held, world):
    running.open_item(held.other.pk, actor=world.office2)
    said = {"seen": held.drafted.pk}
    answer = office.post(address(held, "matter_end", held.drafted.pk), said, follow=True)
    assert "Trong lúc đó hội nghị đã chuyển sang" in answer.content.decode()


def test_what_was_said_is_kept_and_taken_back(office, held, world):
    seat = held.seat(world.delegate)
    said = {"verb": "remark", "attendee": seat.pk, "text": "Nhất trí cao.", "provision": "1.a"}
    data = {"token": uuid.uuid4(), "back": "meeting_room", "item": held.drafted.pk} | said
    text = office.post(address(held, "meeting_act"), data, follow=True).content.decode()
    assert "Nhất trí cao." in text
    assert Comment.objects.get().label in text
    taken = address(held, "remark_take_back", Remark.objects.get().pk)
    office.post(taken)
    assert not Remark.objects.exists()


def test_a_refused_remark_stands_in_its_form_again_with_all_that_was_typed(office, held, world):
    seat = held.seat(world.delegate)
    said = {
        "verb": "remark",
        "attendee": seat.pk,
        "text": "Lời đã gõ.",
        "provision": "9.z",
        "category": "form",
        "token": uuid.uuid4(),
        "item": held.drafted.pk,
    }
    answer = office.post(address(held, "meeting_act"), said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Dự thảo không có điều khoản “9.z”." in text
    assert ">Lời đã gõ.</textarea>" in text
    assert 'value="9.z"' in text
    assert f'value="{seat.pk}" data-name="{seat.person}" selected' in text
    assert 'value="form" selected' in text


def test_the_queue_of_a_page_reads_what_became_of_an_act(office, held, world):
    seat = held.seat(world.delegate)
    data = {"token": uuid.uuid4(), "verb": "leave", "attendee": seat.pk}
    for _again in range(2):
        answer = office.post(address(held, "meeting_act"), data, headers={"X-Queue": "1"})
        assert json.loads(answer.content) == {"refusal": "", "note": ""}
    data = {"token": uuid.uuid4(), "verb": "leave", "attendee": "999999"}
    answer = office.post(address(held, "meeting_act"), data, headers={"X-Queue": "1"})
    assert "không còn trong danh sách" in json.loads(answer.content)["refusal"]


def test_an_absence_is_proposed_as_it_was_answered(office, world):
    held = convened(world)
    seat = held.seat(world.delegate)
    Invitation.objects.update_or_create(
        attendee=seat,
        defaults={"reply": Reply.ABSENT, "reason": "Đi học", "replied_at": timezone.now()},
    )
    assert 'value="Đi học"' in page(office, held, query=f"?at={seat.pk}")
    office.post(address(held, "roll_replies"))
    assert held.seat(world.delegate).absence.reason == "Đi học"
    office.post(address(held, "roll_rest"))
    assert Attendance.objects.count() == 2


def test_the_pulse_brings_only_the_lines_that_changed(office, held, world):
    mark = Room(held.meeting).mark
    assert office.get(address(held) + f"?mark={mark}").status_code == 204
    seat = held.seat(world.delegate)
    rollcall.leave(seat.pk, actor=world.office2)
    speaking.register_speaker(held.drafted.pk, held.seat(world.chair).pk, actor=world.office2)
    text = page(office, held, query=f"?mark={mark}")
    assert re.findall(r'id="(seat-\d+)"', text) == [f"seat-{seat.pk}"]
    assert "data-reload" not in text
    assert str(world.chair) in text


def test_the_pulse_brings_a_line_in_doubt_again(office, held, world):
    mark, seat = Room(held.meeting).mark, held.seat(world.delegate)
    text = page(office, held, query=f"?mark={mark}&part=seat-{seat.pk}")
    assert f'id="seat-{seat.pk}"' in text


def test_where_the_list_itself_changed_the_page_is_loaded_anew(office, held, world):
    mark = Room(held.meeting).mark
    gathering.add_attendee(
        held.meeting.pk, actor=world.office2, person=factories.PersonFactory(), role="invited"
    )
    assert "data-reload" in page(office, held, query=f"?mark={mark}")


def test_the_chair_calls_from_a_page_of_their_own(client, held, world):
    seat = held.seat(world.delegate)
    speaking.register_speaker(held.drafted.pk, seat.pk, actor=world.office)
    point = held.drafted.draft.provisions.get(text__contains="07 ngày")
    factories.comment(held.consultation, world.delegate, on=point)
    client.force_login(world.chair)
    text = page(client, held, "meeting_chair")
    assert f'value="call:{seat.pk}"' in text
    assert re.search(r"<strong>1\.a</strong>.*?Khi được hỏi.*?>1<", text, re.S)
    press(client, held, f"call:{seat.pk}", back="meeting_chair")
    assert speaking.Speech.objects.get().called_at
    client.force_login(world.office)
    assert f'value="call:{seat.pk}"' not in page(client, held, "meeting_chair")


def test_an_attendee_asks_to_speak_and_takes_it_back(client, held, world):
    client.force_login(world.delegate)
    seat = held.seat(world.delegate)
    text = page(client, held, "meeting_floor")
    assert 'value="register"' in text
    data = {"item": held.drafted.pk, "attendee": seat.pk, "back": "meeting_floor"}
    for verb, then in (("register", "vị trí thứ 1"), ("withdraw", 'value="register"')):
        said = data | {"verb": verb, "token": uuid.uuid4()}
        answer = client.post(address(held, "meeting_act"), said, follow=True)
        assert then in answer.content.decode()
    other = data | {"attendee": held.seat(world.delegate2).pk, "verb": "register"}
    refused = client.post(address(held, "meeting_act"), other | {"token": uuid.uuid4()})
    assert refused.status_code == 403


def test_once_the_meeting_is_over_nothing_leads_to_the_list_of_speakers(client, held, world):
    client.force_login(world.delegate)
    leads = f'href="{address(held, "meeting_floor")}"'
    assert leads in page(client, held, "meeting_view")
    running.close_meeting(held.meeting.pk, actor=world.office)
    assert leads not in page(client, held, "meeting_view")


def test_an_item_for_which_others_are_called_in_is_not_shown_to_who_waits_outside(
    client, held, world
):
    guest = gathering.add_attendee(
        held.meeting.pk, actor=world.office, person=factories.PersonFactory(), role="invited"
    )
    client.force_login(guest.person)
    assert held.drafted.title in page(client, held, "meeting_floor")
    held.drafted.called.add(held.seat(world.chair))
    speaking.call_speaker(held.drafted.pk, held.seat(world.delegate).pk, actor=world.office)
    for query in ("", "?mark=1"):
        text = page(client, held, "meeting_floor", query)
        assert held.drafted.title not in text
        assert str(world.delegate) not in text


def test_a_vote_brings_no_page_anew(office, held, world):
    mark = Room(held.meeting).mark
    events.record(held.meeting.stream, "vote", actor=world.office)
    text = page(office, held, query=f"?mark={mark}")
    assert "data-reload" not in text
    assert 'id="seat-' not in text


def test_a_ballot_without_a_quorum_warns(office, held, world):
    url = reverse("ballot_open", args=[held.meeting.pk, held.drafted.pk])
    assert "Chưa đủ số người họp" not in office.get(url).content.decode()
    for person in world.delegates:
        rollcall.leave(held.seat(person).pk, actor=world.office)
    assert "Chưa đủ số người họp" in office.get(url).content.decode()


def test_the_screen_shows_the_provision_and_who_speaks_and_nothing_to_press(office, held, world):
    point = held.drafted.draft.provisions.get(text__contains="07 ngày")
    office.post(address(held, "provision_show"), {"provision": point.key})
    speaking.call_speaker(held.drafted.pk, held.seat(world.delegate).pk, actor=world.office)
    text = page(office, held, "meeting_screen")
    assert point.text in text
    assert "Điểm a khoản 1" in text
    assert str(world.delegate) in text
    assert "<button" not in text
    assert "<form" not in text
    office.post(address(held, "provision_show"), {"provision": ""})
    assert point.text not in page(office, held, "meeting_screen")


PAGES = ("meeting_room", "meeting_chair", "meeting_floor", "meeting_screen")


@pytest.mark.parametrize("name", PAGES)
def test_a_meeting_of_the_largest_size_asks_the_database_no_more_often(
    client, held, world, name, django_assert_max_num_queries
):
    client.force_login(world.delegate if name == "meeting_floor" else world.office)
    with django_assert_max_num_queries(100) as small:
        page(client, held, name)
    enlarge(world, held)
    with django_assert_max_num_queries(len(small)):
        text = page(client, held, name)
    if name == "meeting_room":
        assert text.count('class="seat ') == 200


def test_a_tap_in_the_largest_meeting_costs_what_it_costs_in_a_small_one(
    office, held, world, django_assert_max_num_queries
):
    def tap(person):
        said = {"verb": "leave", "attendee": held.seat(person).pk, "token": uuid.uuid4()}
        url, headers = address(held, "meeting_act"), {"X-Queue": "1"}
        with django_assert_max_num_queries(100) as asked:
            assert office.post(url, said, headers=headers).status_code == 200
        return len(asked)

    small = tap(world.delegate)
    enlarge(world, held)
    assert tap(world.delegate2) <= small
    mark = Room(held.meeting).mark
    rollcall.leave(held.seat(world.chair).pk, actor=world.office)
    assert len(page(office, held, query=f"?mark={mark}")) < 80_000
