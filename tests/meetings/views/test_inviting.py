"""Invitations on their pages: who is invited, and who answers what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tasks import tasks_for
from meetings.holding import rollcall
from meetings.models import Invitation, Meeting, MeetingState, Reply
from meetings.preparing import gathering, inviting
from tests import factories


def url(name: str, *args) -> str:
    return reverse(name, args=args)


def body(response) -> str:
    return response.content.decode()


@pytest.fixture
def office(world, client_of):
    return client_of(world.office)


@pytest.fixture
def invited(world, meeting) -> Meeting:
    inviting.send_invitations(meeting.pk, actor=world.office)
    return meeting


def seat(meeting, person):
    return meeting.attendees.get(person=person)


def test_nothing_is_sent_before_it_is_confirmed(world, meeting, office):
    page = office.get(url("invitations_send", meeting.pk))
    assert {one.person for one in page.context["waiting"]} == {world.chair, *world.delegates}
    assert not Invitation.objects.exists()
    office.post(url("invitations_send", meeting.pk))
    assert Invitation.objects.filter(sent_at__isnull=False).count() == 3


def test_the_page_counts_what_was_answered(world, invited, office):
    for person, reply in ((world.delegate, Reply.WILL_COME), (world.delegate2, Reply.ABSENT)):
        inviting.give_reply(
            seat(invited, person).pk, actor=world.office, reply=reply, reason="Đi công tác"
        )
    page = office.get(url("meeting_invitations", invited.pk))
    assert [count for _label, count in page.context["counts"]] == [1, 1, 1, 0]
    assert "Đi công tác" in body(page)
    assert page.context["waiting"] == 0


def test_an_attendee_is_asked_in_my_work_until_they_have_answered(world, invited, client_of):
    reply = url("invitation_reply", invited.pk)
    assert [task.url for task in tasks_for(world.delegate) if task.waits_for_me] == [reply]
    client = client_of(world.delegate)
    assert reply in body(client.get(invited.get_absolute_url()))
    client.post(reply, {"reply": "will_come"})
    assert not [task for task in tasks_for(world.delegate) if task.waits_for_me]
    assert seat(invited, world.delegate).invitation.reply == Reply.WILL_COME


def test_a_cancelled_meeting_asks_nobody(world, invited):
    Meeting.objects.filter(pk=invited.pk).update(
        state=MeetingState.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Có bão"
    )
    assert not [task for task in tasks_for(world.delegate) if "42" in task.title]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reply": ""}, "reply"),
        ({"reply": "none"}, "reply"),
        ({"reply": "absent", "reason": " "}, "reason"),
        ({"reply": "sends", "reason": "Đi họp"}, "substitute_name"),
    ],
)
def test_a_reply_that_says_too_little_is_told_beside_its_field_and_kept(
    world, invited, client_of, said, field
):
    page = client_of(world.delegate).post(url("invitation_reply", invited.pk), said)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert said.get("reason", "").strip() in body(page)


def test_the_clerk_records_what_was_said_on_the_telephone(world, invited, client_of):
    said = {
        "reply": "sends",
        "substitute_name": "Lê Văn Thay",
        "substitute_position": "Phó Trưởng Ban",
    }
    delegate = seat(invited, world.delegate)
    client_of(world.clerk).post(url("reply_record", invited.pk, delegate.pk), said)
    delegate.refresh_from_db()
    assert delegate.invitation.recorded_by == world.clerk
    page = body(client_of(world.office).get(url("meeting_invitations", invited.pk)))
    assert "Lê Văn Thay, Phó Trưởng Ban" in page


def test_once_the_meeting_has_opened_the_answer_is_shown_and_not_asked(world, invited, client_of):
    Meeting.objects.filter(pk=invited.pk).update(
        state=MeetingState.UNDER_WAY, opened_at=timezone.now()
    )
    page = client_of(world.delegate).get(url("invitation_reply", invited.pk))
    assert 'name="reply"' not in body(page)


@pytest.mark.parametrize(
    ("record", "said", "note"),
    [
        (lambda seat, office: rollcall.arrive(seat, actor=office), "Đã dự họp", ""),
        (lambda seat, office: rollcall.note_absence(seat, actor=office), "Vắng mặt", ""),
        (
            lambda seat, office: rollcall.note_absence(seat, actor=office, reason="Đi công tác"),
            "Vắng mặt có lý do",
            "Đi công tác",
        ),
        (lambda seat, office: None, "Không có trong điểm danh", ""),
    ],
)
def test_after_the_meeting_an_invitation_says_what_was(
    world, invited, client_of, record, said, note
):
    record(seat(invited, world.delegate).pk, world.office)
    opened = invited.starts_at - timedelta(days=9)
    Meeting.objects.filter(pk=invited.pk).update(
        state=MeetingState.CLOSED, opened_at=opened, closed_at=opened + timedelta(hours=2)
    )
    client = client_of(world.delegate)
    for page in ("meeting_view", "invitation_reply"):
        words = body(client.get(url(page, invited.pk)))
        assert f">{said}<" in words
        assert note in words
        assert "Chưa trả lời" not in words
        assert "Gửi trả lời" not in words


def test_who_was_not_invited_has_no_invitation_to_read_or_answer(world, meeting, client_of):
    client = client_of(world.delegate)
    own = seat(meeting, world.delegate).pk
    answers = [
        client.get(url("invitation_reply", meeting.pk)).status_code,
        client.get(url("invitation_calendar", meeting.pk)).status_code,
        client.get(url("invitation_pdf", meeting.pk, own)).status_code,
    ]
    assert answers == [404, 404, 403]


def test_the_entry_for_ones_own_calendar_is_downloaded(world, invited, client_of):
    file = client_of(world.delegate).get(url("invitation_calendar", invited.pk))
    assert file["Content-Type"].startswith("text/calendar")
    assert f"UID:{invited.calendar_uid}".encode() in file.content


@pytest.mark.parametrize("count", [2, 200])
def test_invitations_ask_the_same_questions_for_many(
    world, meeting, office, count, django_assert_num_queries
):
    for _number in range(count - 2):
        gathering.add_attendee(
            meeting.pk, actor=world.office, person=factories.PersonFactory(), role="invited"
        )
    inviting.send_invitations(meeting.pk, actor=world.office)
    with django_assert_num_queries(8):
        office.get(url("meeting_invitations", meeting.pk))
