"""The entry for a calendar, read back by a parser of its own kind."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from icalendar import Calendar

from meetings.models import Meeting, Reply
from meetings.preparing import changing, gathering, inviting
from meetings.preparing.calendar_file import calendar_file

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def meeting(meeting) -> Meeting:
    meeting.starts_at = datetime(2030, 6, 3, 22, 0, tzinfo=VIETNAM)
    meeting.save()
    return meeting


@pytest.fixture
def delegate(world):
    world.delegate.email = "delegate@lamdong.example"
    world.delegate.save()
    return world.delegate


def entry(meeting, person):
    attendee = meeting.attendees.select_related("person", "meeting__committee").get(person=person)
    return read(calendar_file(attendee).content)


def read(content: bytes):
    """The calendar and its one event."""
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_a_request_says_when_where_who_asks_and_who_is_asked(world, meeting, delegate):
    gathering.add_item(meeting.pk, actor=world.office, title="Chuyện kín", minutes=150)
    calendar, event = entry(meeting, delegate)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert event["UID"] == str(meeting.calendar_uid)
    assert event["SEQUENCE"] == 0
    assert event["DTSTART"].dt == meeting.starts_at
    assert event["DTEND"].dt == meeting.starts_at + timedelta(minutes=150)
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert event["LOCATION"] == "Phòng họp số 1"
    assert event["ATTENDEE"] == "mailto:delegate@lamdong.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ORGANIZER"].params["CN"] == str(world.committee)
    assert event["STATUS"] == "CONFIRMED"


def test_no_word_of_the_agenda_leaves_with_it(world, meeting, delegate):
    gathering.add_item(meeting.pk, actor=world.office, title="Chuyện kín")
    calendar, _event = entry(meeting, delegate)
    assert "Chuyện kín" not in calendar.to_ical().decode().replace("\r\n ", "")


def test_lines_are_folded_in_bytes_and_end_as_the_standard_says(world, meeting, delegate):
    meeting.notes = "Đề nghị đồng chí mang theo tài liệu đã nhận, " * 5
    meeting.save()
    attendee = meeting.attendees.get(person=delegate)
    lines = calendar_file(attendee).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_who_has_no_e_mail_gets_an_entry_that_asks_nobody(world, meeting):
    calendar, event = entry(meeting, world.delegate2)
    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event


@pytest.mark.parametrize(
    ("reply", "status"),
    [(Reply.WILL_COME, "ACCEPTED"), (Reply.ABSENT, "DECLINED"), (Reply.SENDS, "DELEGATED")],
)
def test_an_answer_given_here_stands_in_the_entry(world, meeting, delegate, reply, status):
    seat = meeting.attendees.get(person=delegate)
    inviting.give_reply(
        seat.pk, actor=world.office, reply=reply, reason="Ốm", substitute_name="Lê Văn Thay"
    )
    _calendar, event = entry(meeting, delegate)
    assert event["ATTENDEE"].params["PARTSTAT"] == status


def test_invitation_change_and_cancellation_are_mailed_once_each_with_their_entry(
    world, meeting, delegate, django_capture_on_commit_callbacks
):
    def acted(act) -> list:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return list(mail.outbox)

    office = world.office
    acts = (
        lambda: inviting.send_invitations(meeting.pk, actor=office),
        lambda: changing.change_meeting(meeting.pk, actor=office, place="Hội trường lớn"),
        lambda: changing.cancel_meeting(meeting.pk, actor=office, reason="Có bão"),
    )
    found, uids = [], set()
    for act in acts:
        [message] = acted(act)
        assert message.to == [delegate.email]
        parts = list(message.message().walk())
        kinds = [part.get_content_type() for part in parts]
        assert kinds.count("text/plain") == kinds.count("text/html") == 1
        [part] = [part for part in parts if part.get_content_type() == "text/calendar"]
        assert part.get_filename() == "hoi-nghi.ics"
        calendar, event = read(part.get_payload(decode=True))
        assert part.get_param("method") == calendar["METHOD"]
        found.append((calendar["METHOD"], event["SEQUENCE"], event["LOCATION"]))
        uids.add(event["UID"])
    assert found == [
        ("REQUEST", 0, "Phòng họp số 1"),
        ("REQUEST", 1, "Hội trường lớn"),
        ("CANCEL", 2, "Hội trường lớn"),
    ]
    assert len(uids) == 1


def mailed_when_struck_off(world, meeting, person, capture, *, again=False):
    inviting.send_invitations(meeting.pk, actor=world.office)
    mail.outbox.clear()
    with capture(execute=True):
        seat = meeting.attendees.get(person=person)
        gathering.remove_attendee(seat.pk, actor=world.office)
        if again:
            gathering.add_attendee(meeting.pk, actor=world.office, person=person, role="invited")
    [message] = mail.outbox
    return [part for part in message.message().walk() if part.get_content_type() == "text/calendar"]


def test_an_entry_leaves_the_calendar_of_somebody_struck_off_and_of_nobody_else(
    world, meeting, delegate, django_capture_on_commit_callbacks
):
    [part] = mailed_when_struck_off(world, meeting, delegate, django_capture_on_commit_callbacks)
    calendar, event = read(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"] == "CANCEL"
    assert event["UID"] == str(meeting.calendar_uid)
    assert event["SEQUENCE"] == 1
    assert event["ATTENDEE"] == "mailto:delegate@lamdong.example"
    # With a status, RFC 5546 would cancel the whole meeting; what is said there is not theirs now.
    assert not {"STATUS", "LOCATION", "DESCRIPTION", "URL"} & event.keys()


def test_who_is_on_the_list_again_keeps_the_entry(
    world, meeting, delegate, django_capture_on_commit_callbacks
):
    capture = django_capture_on_commit_callbacks
    assert mailed_when_struck_off(world, meeting, delegate, capture, again=True) == []


def test_the_entries_of_those_who_stay_go_on_from_that_change(world, meeting, delegate):
    inviting.send_invitations(meeting.pk, actor=world.office)
    gathering.remove_attendee(meeting.attendees.get(person=world.delegate2).pk, actor=world.office)
    changing.change_meeting(meeting.pk, actor=world.office, place="Hội trường lớn")
    assert entry(meeting, delegate)[1]["SEQUENCE"] == 2
