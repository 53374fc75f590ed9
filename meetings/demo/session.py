"""The demo's meeting: the roll, who speaks, and what is written down at the table."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

from django.utils import timezone

from accounts.models import User
from meetings.demo.decisions import decide
from meetings.demo.people import Cast
from meetings.holding import remarks, rollcall, running, speaking
from meetings.models import AgendaItem, Attendee, Meeting

AWAY = ("Đặng Hữu Đức", "Dự hội nghị giao ban khu vực tại thành phố Huế")
OPENING = (
    "Văn phòng trình bày dự thảo lần 1 và các ý kiến gửi trước hội nghị; phần lớn tập trung vào "
    "thời hạn trả lời khi được hỏi ý kiến và trách nhiệm của người đứng đầu."
)
# Who speaks about the other matter, for how many minutes, and what is kept for the minutes.
SPEECHES = (
    (
        "Phạm Thị Ánh",
        6,
        "Đề nghị lịch kiểm tra quý tới tránh trùng với thời gian đại hội các chi bộ trực thuộc.",
    ),
    (
        "Lê Đăng Ơn",
        4,
        "Thống nhất lịch làm việc; đề nghị bổ sung một buổi làm việc với các xã vùng sâu.",
    ),
)


class Session:
    """One meeting from the first arrival to the closing, by the minute."""

    def __init__(self, meeting: Meeting, cast: Cast) -> None:
        self.meeting, self.cast = meeting, cast
        self.office: User = cast["vanphong"]

    @contextmanager
    def minute(self, number: float) -> Iterator[None]:
        """The clock shows so many minutes after the hour for which people were called."""
        moment = self.meeting.starts_at + timedelta(minutes=number)
        with mock.patch.object(timezone, "now", return_value=moment):
            yield

    def hold(self) -> None:
        drafted, *others = self.meeting.items.filter(is_break=False)
        self.call_the_roll()
        self.discuss_draft(drafted)
        with self.minute(35):
            decide(drafted, self.cast)
        for item in others:
            self.discuss(item)
        with self.minute(90):
            running.close_meeting(self.meeting.pk, actor=self.office)

    def call_the_roll(self) -> None:
        """One member is absent with a reason; there is a quorum."""
        name, reason = AWAY
        with self.minute(-5):
            rollcall.note_replies(self.meeting.pk, actor=self.office)
            if not hasattr(self._seat(name), "absence"):
                rollcall.note_absence(self._seat(name).pk, actor=self.office, reason=reason)
            rollcall.arrive_rest(self.meeting.pk, actor=self.office)
            for seat in rollcall.unrecorded(self.meeting):
                rollcall.arrive(seat.pk, actor=self.office)
        with self.minute(0):
            running.open_meeting(self.meeting.pk, actor=self.cast["chutri"])

    def discuss_draft(self, item: AgendaItem) -> None:
        with self.minute(2):
            running.open_item(item.pk, actor=self.office)
            self._speak(item, self.office.full_name)
        with self.minute(9):
            self._note(item, self.office.full_name, OPENING)
            self._end(item, self.office.full_name)

    def discuss(self, item: AgendaItem) -> None:
        begins = 45.0
        with self.minute(begins):
            running.open_item(item.pk, actor=self.office)
            for name, _minutes, _said in SPEECHES:
                speaking.register_speaker(item.pk, self._seat(name).pk, actor=self.office)
        for name, minutes, said in SPEECHES:
            with self.minute(begins):
                self._speak(item, name)
                self._note(item, name, said)
            begins += minutes
            with self.minute(begins):
                self._end(item, name)

    def _seat(self, name: str) -> Attendee:
        return self.meeting.attendees.get(person=self.cast.by_name[name])

    def _speak(self, item: AgendaItem, name: str) -> None:
        speaking.call_speaker(item.pk, self._seat(name).pk, actor=self.office)

    def _end(self, item: AgendaItem, name: str) -> None:
        speaking.end_speech(item.pk, self._seat(name).pk, actor=self.office)

    def _note(self, item: AgendaItem, name: str, text: str) -> None:
        remarks.note_remark(item.pk, self._seat(name).pk, actor=self.office, text=text)
