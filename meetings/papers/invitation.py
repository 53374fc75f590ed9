"""The invitation (giấy mời) of one attendee, in the Party form."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import override

from directives.rendering.docx.letters import letter_docx
from directives.rendering.letters import Letter, compose_letter, numbered
from directives.rendering.paper import Signature
from directives.rendering.papers import start_of
from directives.rendering.pdf import BLANK
from directives.rendering.typesetting import Manuscript
from directives.text.kinds import Kind
from meetings.models import AgendaItem, Attendee, AttendeeRole, Meeting, Mode
from meetings.papers.matters import matter
from meetings.papers.record import gathering, later, moment_in_words, titled
from meetings.timetable import attends, timetable

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
SIGNED = Signature("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "")
ANSWER = "Đề nghị đồng chí sắp xếp thời gian dự đầy đủ, đúng giờ và trả lời trước khi hội nghị họp."


def invitations(meeting: Meeting, attendees: Sequence[Attendee]) -> list[Manuscript]:
    """One paper for each, in the form of the day on which they were or are sent."""
    created = start_of(timezone.localdate())
    return [compose_letter(letter, created=created) for letter in _letters(meeting, attendees)]


def invitation_docx(attendee: Attendee) -> bytes:
    [letter] = _letters(attendee.meeting, [attendee])
    return letter_docx(letter, created=start_of(timezone.localdate()))


def _letters(meeting: Meeting, attendees: Sequence[Attendee]) -> list[Letter]:
    items = list(meeting.items.select_related("directive").prefetch_related("called"))
    chair = meeting.attendees.filter(role=AttendeeRole.CHAIR).select_related("person").first()
    with override("vi"):
        return [_letter(meeting, one, items, chair) for one in attendees]


def _letter(
    meeting: Meeting, attendee: Attendee, items: Sequence[AgendaItem], chair: Attendee | None
) -> Letter:
    committee = meeting.committee
    return Letter(
        committee_name=committee.letterhead,
        kind="GIẤY MỜI",
        subject=f"dự {gathering(meeting)}",
        body=numbered(_body(meeting, attendee, items, chair)),
        place=committee.place,
        year=timezone.localdate(meeting.starts_at).year,
        number=f"Số{BLANK}-GM/{committee.symbol}",
        recipients=("Như trên", "Lưu Văn phòng Tỉnh ủy"),
        right=SIGNED,
    )


def _body(
    meeting: Meeting, attendee: Attendee, items: Sequence[AgendaItem], chair: Attendee | None
) -> Iterator[tuple[Kind, str, bool]]:
    yield _plain(f"{meeting.committee} trân trọng kính mời {titled(attendee)}, dự hội nghị:")
    yield _point("Thời gian", _time(meeting, attendee, items))
    yield _point("Địa điểm", _place(meeting))
    yield _point("Chủ trì", titled(chair) if chair else "sẽ thông báo sau")
    if mine := _attended(attendee, items):
        yield _point("Nội dung", "")
        yield from ((Kind.DASH, f"{matter(item).rstrip(' .;')}.", False) for item in mine)
    if meeting.notes:
        yield _point("Lưu ý", " ".join(meeting.notes.split()))
    yield _plain(ANSWER)


def _plain(text: str) -> tuple[Kind, str, bool]:
    return Kind.PREAMBLE, text, False


def _point(name: str, words: str) -> tuple[Kind, str, bool]:
    return Kind.CLAUSE, f"{name}: {words.rstrip(' .')}." if words else f"{name}:", False


def _attended(attendee: Attendee, items: Sequence[AgendaItem]) -> list[AgendaItem]:
    called = {item.pk: {one.pk for one in item.called.all()} for item in items}
    return [item for item in items if not item.is_break and attends(attendee, called[item.pk])]


def _time(meeting: Meeting, attendee: Attendee, items: Sequence[AgendaItem]) -> str:
    """The beginning; for who is called in, also when their first item comes; the planned end."""
    starts = timezone.localtime(meeting.starts_at)
    words = f"{moment_in_words(starts)} ({WEEKDAYS[starts.weekday()]})"
    if not items:
        return words
    slots = {item.pk: slot for item, slot in zip(items, timetable(meeting, items), strict=True)}
    mine = _attended(attendee, items)
    if mine and slots[mine[0].pk].starts > starts:
        words += f"; mời đồng chí dự từ {later(slots[mine[0].pk].starts, starts.date())}"
    return f"{words}; dự kiến kết thúc lúc {later(slots[items[-1].pk].ends, starts.date())}"


def _place(meeting: Meeting) -> str:
    if meeting.mode == Mode.AT_THE_TABLE:
        return str(meeting.place)
    way = "họp trực tuyến" if meeting.mode == Mode.ONLINE else "trực tiếp kết hợp trực tuyến"
    joined = f"{meeting.place} ({way})"
    return f"{joined}, địa chỉ tham gia: {meeting.link}" if meeting.link else joined
