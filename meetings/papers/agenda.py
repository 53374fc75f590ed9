"""The agenda (chương trình) as a table on A4 across: PDF and Word."""

from collections.abc import Iterator
from datetime import date
from itertools import count

from django.db.models import Prefetch
from django.utils import timezone

from directives.rendering.docx.tables import table_docx
from directives.rendering.papers import start_of
from directives.rendering.tables import Column, Row, WideTable, compose_table
from directives.rendering.typesetting import Manuscript
from meetings.models import AgendaItem, Attendee, AttendeeRole, Meeting
from meetings.papers.matters import matter
from meetings.papers.record import gathering, hour, later, moment_in_words, titled
from meetings.timetable import Slot, timetable

COLUMNS = (
    Column("TT", 12),
    Column("Thời gian", 30, keeps=True),
    Column("Nội dung", 78),
    Column("Trình bày", 38),
    Column("Tài liệu", 43),
    Column("Thời lượng", 19),
    Column("Thành phần", 37),
)
EVERYBODY = "Toàn thể"


def agenda_paper(meeting: Meeting) -> Manuscript:
    return compose_table(agenda_table(meeting), created=start_of(timezone.localdate()))


def agenda_docx(meeting: Meeting) -> bytes:
    return table_docx(agenda_table(meeting), created=timezone.now())


def agenda_table(meeting: Meeting) -> WideTable:
    called = Prefetch("called", Attendee.objects.select_related("person"))
    found = meeting.items.select_related("presenter", "draft", "directive").defer("draft__content")
    items = list(found.prefetch_related("papers", called))
    return WideTable(
        committee_name=meeting.committee.letterhead,
        name="Chương trình",
        title="Chương trình",
        about=gathering(meeting),
        summary=tuple(_summary(meeting, items)),
        columns=COLUMNS,
        rows=tuple(_rows(meeting, items)),
        nothing="Chưa có nội dung.",
    )


def _summary(meeting: Meeting, items: list[AgendaItem]) -> Iterator[str]:
    yield f"Thời gian: {moment_in_words(meeting.starts_at)}."
    yield f"Địa điểm: {meeting.place}."
    chair = meeting.attendees.filter(role=AttendeeRole.CHAIR).select_related("person").first()
    if chair:
        yield f"Chủ trì: {titled(chair)}."
    if items:
        ends, day = timetable(meeting, items)[-1].ends, timezone.localdate(meeting.starts_at)
        yield f"Dự kiến kết thúc: {later(ends, day)}."


def _rows(meeting: Meeting, items: list[AgendaItem]) -> Iterator[Row]:
    numbers, day = count(1), timezone.localdate(meeting.starts_at)
    for item, slot in zip(items, timetable(meeting, items), strict=True):
        number = "" if item.is_break else str(next(numbers))
        yield Row((number, _time(slot, day), *_facts(item)))


def _time(slot: Slot, day: date) -> str:
    """From when to when, with the date where midnight has passed."""
    dated = "" if slot.starts.date() == day else f"{slot.starts:%d/%m/%Y}\n"
    return f"{dated}{hour(slot.starts)} -\n{hour(slot.ends)}"


def _facts(item: AgendaItem) -> tuple[str, ...]:
    drafted = [f"Dự thảo lần {item.draft.number}"] if item.draft else []
    papers = [*drafted, *(paper.title for paper in item.papers.all())]
    called = [str(one.person) for one in item.called.all()]
    who = "\n".join(["Thành viên", *called]) if called else EVERYBODY
    presenter = item.presenter
    presents = ",\n".join(filter(None, (str(presenter), presenter.position))) if presenter else ""
    return (
        matter(item),
        presents,
        ";\n".join(papers),
        f"{item.minutes} phút",
        "" if item.is_break else who,
    )
