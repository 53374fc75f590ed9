"""The roll (danh sách đại biểu): who was asked, who was there from when to when, room to sign."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import override

from directives.rendering.docx.tables import table_docx
from directives.rendering.papers import start_of
from directives.rendering.tables import Column, Row, WideTable, compose_table
from directives.rendering.typesetting import Manuscript
from meetings.models import Attendance, Attendee, Meeting
from meetings.papers.record import (
    gathering,
    is_away,
    later,
    moment_in_words,
    people_of,
    substitute,
    was_there,
)

TITLE = "Danh sách đại biểu dự hội nghị"
COLUMNS = (
    Column("STT", 12.0),
    Column("Họ và tên", 48.0, keeps=True),
    Column("Chức vụ", 62.0),
    Column("Có mặt, vắng mặt", 45.0),
    Column("Giờ đến, giờ về", 52.0),
    Column("Ký tên", 38.0),
)
NOBODY = "Chưa có ai trong thành phần dự."


def roll_manuscript(meeting: Meeting) -> Manuscript:
    return compose_table(roll(meeting), created=start_of(timezone.localdate()))


def roll_docx(meeting: Meeting) -> bytes:
    return table_docx(roll(meeting), created=start_of(timezone.localdate()))


def roll(meeting: Meeting) -> WideTable:
    people = list(people_of(meeting))
    with override("vi"):
        about = gathering(meeting)
    return WideTable(
        committee_name=meeting.committee.letterhead,
        name="Danh sách đại biểu",
        title=TITLE,
        about=about,
        summary=_summary(meeting, people),
        columns=COLUMNS,
        rows=tuple(_row(n, one, meeting) for n, one in enumerate(people, start=1)),
        nothing=NOBODY,
    )


def _summary(meeting: Meeting, people: Sequence[Attendee]) -> tuple[str, ...]:
    there = sum(map(was_there, people))
    away = sum(map(is_away, people))
    return (
        f"- Thời gian: {moment_in_words(meeting.opened_at or meeting.starts_at)}; địa điểm: "
        f"{meeting.place}.",
        f"- Tổng số: {len(people)}; có mặt: {there}; vắng mặt: {away}.",
    )


def _row(number: int, attendee: Attendee, meeting: Meeting) -> Row:
    return Row(
        (
            f"{number}",
            str(attendee.person),
            attendee.title,
            _presence(attendee),
            _hours(attendee, meeting),
            "",
        )
    )


def _presence(attendee: Attendee) -> str:
    """Empty where nothing was recorded."""
    if was_there(attendee):
        instead = substitute(attendee)
        return f"Có mặt ({instead} dự thay)" if instead else "Có mặt"
    if not hasattr(attendee, "absence"):
        return ""
    return f"Vắng mặt: {attendee.absence.reason}".rstrip(": ")


def _hours(attendee: Attendee, meeting: Meeting) -> str:
    return "\n".join(_stretch(one, meeting) for one in attendee.attendances.all())


def _stretch(one: Attendance, meeting: Meeting) -> str:
    day = timezone.localdate(meeting.opened_at or meeting.starts_at)
    came = later(one.arrived_at, day)
    return f"{came} – {later(one.left_at, day)}" if one.left_at else came
