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

from accounts.models import Notice, NoticeKind
from meetings.models import Attendee, AttendeeRole, Meeting, MeetingState, Reply
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
    calendar = Calendar()
    calendar.add("prodid", "-//Hệ thống Chỉ thị//VI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = _event(meeting)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if asked:
        event.add("attendee", _attendee(attendee))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return CalendarFile(calendar.to_ical(), method)


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", str(meeting.calendar_uid))
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", _there(meeting.starts_at))
    if ends := planned_end(meeting):
        event.add("dtend", _there(ends))
    event.add("summary", f"Hội nghị lần thứ {meeting.session_number}, {meeting.committee}")
    event.add("location", meeting.place)
    event.add("description", _description(meeting))
    event.add("url", _address(meeting))
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
    address = vCalAddress(f"mailto:{attendee.person.email}")
    address.params["CN"] = str(attendee.person)
    address.params["ROLE"] = "CHAIR" if attendee.role == AttendeeRole.CHAIR else "REQ-PARTICIPANT"
    invitation = getattr(attendee, "invitation", None)
    address.params["PARTSTAT"] = ANSWERS[Reply(invitation.reply if invitation else Reply.NONE)]
    address.params["RSVP"] = "TRUE"
    return address


def for_mail(notice: Notice) -> MIMEText | None:
    """What goes with the e-mail of a notice about a meeting that the person attends."""
    if notice.kind not in MAILED or not notice.url_args:
        return None
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
