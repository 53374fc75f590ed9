"""The conclusion notice (thông báo kết luận) in pieces: conclusions by topic, and the tasks."""

from collections.abc import Iterator

from django.utils import timezone

from directives.rendering.pdf import date_in_words
from meetings.models import Meeting
from meetings.papers.matters import matter
from meetings.papers.minutes import conclusion_pieces
from meetings.papers.pieces import Piece, heading
from meetings.papers.record import Record, gathering, titled


def subject(meeting: Meeting) -> str:
    return f"Kết luận {gathering(meeting)}"


def notice_pieces(record: Record) -> list[Piece]:
    return [Piece("opening", _opening(record)), *_topics(record)]


def _opening(record: Record) -> str:
    meeting = record.meeting
    day = date_in_words(timezone.localdate(meeting.opened_at or meeting.starts_at))
    led = f" do {titled(record.chair)}, chủ trì" if record.chair else ""
    return (
        f"{day[:1].upper()}{day[1:]}, tại {meeting.place}, {meeting.committee} họp lần thứ "
        f"{meeting.session_number}{led}. Hội nghị kết luận như sau:"
    )


def _topics(record: Record) -> Iterator[Piece]:
    for heard in record.concluded:
        yield heading(f"item:{heard.item.pk}", matter(heard.item), 1, heard.item.pk)
        yield from conclusion_pieces(heard)
