"""The entry of a meeting for people's calendars (RFC 5545, sent as RFC 5546 and 6047 say)."""

from dataclasses import dataclass
from datetime import datetime
from email.mime.text import MIMEText
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from accounts.models import Notice, NoticeKind, User
from meetings.models import Attendee, AttendeeRole, Meeting, MeetingState, Reply
from meetings.preparing.telling import meeting_left
from meetings.timetable import planned_end

FILE_NAME = "hoi-nghi.ics"
MEDIA_TYPE = "text/calendar"
MAILED = (NoticeKind.MEETING_CALLED, NoticeKind.MEETING_CHANGED, NoticeKind.MEETING_CANCELLED)
ANSWERS = {
    Reply.NONE: "NEEDS-ACTION",
    Reply.WILL_COME: "ACCEPTED",
    Reply.ABSENT: "DECLINED",
    Reply.SENDS: "DELEGATED",
}


@dataclass(frozen=True)
class CalendarFile:
    content: bytes
    method: str


def calendar_file(attendee: Attendee) -> CalendarFile:
    """The meeting for one attendee: a request, or the cancellation of one.

    Whoever has no e-mail cannot be asked by a calendar: for them it is published.
    """
    meeting, asked = attendee.meeting, bool(attendee.person.email)
    cancelled = meeting.state == MeetingState.CANCELLED
    method = "CANCEL" if cancelled else "REQUEST" if asked else "PUBLISH"
    event = _event(meeting, meeting.calendar_sequence)
    if ends := planned_end(meeting):
        event.add("dtend", _there(ends))
    event.add("location", meeting.place)
    event.add("description", _description(meeting))
    event.add("url", _address(meeting))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if asked:
        event.add("attendee", _attendee(attendee))
    return _file(event, method)


def withdrawal(meeting: Meeting, person: User, sequence: int) -> CalendarFile:
    """For somebody struck off the list: the meeting is held, without them.

    So it has no status (RFC 5546, 3.2.5), and nothing that they need not know any more.
    """
    event = _event(meeting, sequence)
    event.add("attendee", _mailbox(person))
    return _file(event, "CANCEL")


def _file(event: Event, method: str) -> CalendarFile:
    calendar = Calendar()
    calendar.add("prodid", "-//Hệ thống Chỉ thị//VI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return CalendarFile(calendar.to_ical(), method)


def _event(meeting: Meeting, sequence: int) -> Event:
    event = Event()
    event.add("uid", str(meeting.calendar_uid))
    event.add("sequence", sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", _there(meeting.starts_at))
    event.add("summary", f"Hội nghị lần thứ {meeting.session_number}, {meeting.committee}")
    event.add("organizer", _organizer(meeting))
    return event


def _there(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def _description(meeting: Meeting) -> str:
    """No word of the agenda: a calendar is kept on other people's servers."""
    lines = [
        f"Lý do hủy: {meeting.cancel_reason}" if meeting.cancel_reason else "",
        f"Họp trực tuyến: {meeting.link}" if meeting.link else "",
        meeting.notes,
        f"Chương trình, tài liệu và trả lời: {_address(meeting)}",
    ]
    return "\n".join(filter(None, lines))


def _address(meeting: Meeting) -> str:
    return f"{settings.SITE_URL}{reverse('meeting_view', args=[meeting.pk])}"


def _organizer(meeting: Meeting) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = str(meeting.committee)
    return organizer


def _attendee(attendee: Attendee) -> vCalAddress:
    address = _mailbox(attendee.person)
    address.params["ROLE"] = "CHAIR" if attendee.role == AttendeeRole.CHAIR else "REQ-PARTICIPANT"
    invitation = getattr(attendee, "invitation", None)
    address.params["PARTSTAT"] = ANSWERS[Reply(invitation.reply if invitation else Reply.NONE)]
    address.params["RSVP"] = "TRUE"
    return address


def _mailbox(person: User) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = str(person)
    return address


def for_mail(notice: Notice) -> MIMEText | None:
    """What goes with the e-mail of a notice about a meeting that the person attends, or attended.

    Who was struck off and is on the list again keeps the entry.
    """
    if notice.kind not in MAILED:
        return None
    if left := meeting_left(notice):
        meeting, sequence = left
        again = meeting.attendees.filter(person=notice.person).exists()
        return None if again else _part(withdrawal(meeting, notice.person, sequence))
    return _of_attendee(notice)


def _of_attendee(notice: Notice) -> MIMEText | None:
    mine = Attendee.objects.filter(meeting=notice.url_args[0], person=notice.person)
    attendee = mine.select_related(
        "person", "invitation", "meeting__committee", "meeting__term"
    ).first()
    return _part(calendar_file(attendee)) if attendee else None


def _part(file: CalendarFile) -> MIMEText:
    part = MIMEText(file.content.decode(), "calendar", "utf-8")
    part.set_param("method", file.method)
    part.add_header("Content-Disposition", "attachment", filename=FILE_NAME)
    return part
