"""The news of a meeting: put together from what was recorded, then edited and handed out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Mm

from accounts.models import User
from comments.models import Comment, Source, Status
from directives import events
from directives.drafting import clean
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.models import AgendaItem, Attendee, AttendeeRole, Conclusion, Meeting, News
from meetings.papers.matters import within
from meetings.papers.record import capital, named, titled

MAX_TITLE = 300
MAX_BODY = 60_000
PICTURE_WIDTH = Mm(150)


class StaleNews(Refused):
    """Somebody saved the news since this page was opened. Nothing was changed."""

    def __init__(self, stored: News) -> None:
        super().__init__(
            _("%s has changed the news meanwhile. Choose which words stay, then save.")
            % stored.updated_by,
            code="stale",
        )
        self.stored = stored


@dataclass(frozen=True)
class Words:
    """Title and text; an empty line stands between two paragraphs."""

    title: str
    body: str


def assembled(meeting: Meeting) -> Words:
    """What was recorded, in sentences. What nobody recorded is not written.

    Who was there is told once the roll was called; a conclusion once the chair has confirmed it.
    """
    name, number = meeting.committee.name, meeting.session_number
    items = list(_items(meeting))
    spoke = _speakers(meeting, items)
    paragraphs = [_opening(meeting), _present(meeting)]
    paragraphs += [p for item in items for p in _about(item, spoke[item.pk])]
    return Words(f"Hội nghị {name} lần thứ {number}", "\n\n".join(filter(None, paragraphs)))


def _items(meeting: Meeting) -> Iterable[AgendaItem]:
    """With what `_about` reads, in a fixed number of queries."""
    conclusions = Conclusion.objects.filter(confirmed_at__isnull=False)
    items = meeting.items.filter(is_break=False).select_related("presenter", "directive")
    return items.prefetch_related("remarks", Prefetch("conclusion", queryset=conclusions))


def _speakers(meeting: Meeting, items: list[AgendaItem]) -> dict[int, list[str]]:
    """Who spoke about each item, each once, by rank: keyed in at the table, or in comments of its
    round that were said at the meeting."""
    rounds = {item.consultation_id: item.pk for item in items if item.consultation_id}
    listed = list(meeting.attendees.select_related("person"))
    seats = {one.person_id: one.pk for one in listed}
    said = Comment.objects.filter(
        consultation__in=rounds, source=Source.MEETING, status=Status.SUBMITTED
    )
    spoke = {
        (rounds[consultation], seats.get(author))
        for consultation, author in said.values_list("consultation", "author")
    }
    spoke |= {(item.pk, remark.attendee_id) for item in items for remark in item.remarks.all()}
    return {
        item.pk: [_titled(one) for one in listed if (item.pk, one.pk) in spoke] for item in items
    }


def _opening(meeting: Meeting) -> str:
    day = timezone.localtime(meeting.opened_at or meeting.starts_at)
    held = "tổ chức" if meeting.opened_at else "triệu tập"
    text = (
        f"Ngày {day:%d/%m/%Y}, tại {meeting.place}, {meeting.committee.name} {held} hội nghị "
        f"lần thứ {meeting.session_number}."
    )
    chair = meeting.attendees.select_related("person").filter(role=AttendeeRole.CHAIR).first()
    return f"{text} {capital(titled(chair))}, chủ trì hội nghị." if chair else text


def _present(meeting: Meeting) -> str:
    there = meeting.attendees.filter(attendances__isnull=False).exclude(role=AttendeeRole.CHAIR)
    people = [_titled(one) for one in there.select_related("person").distinct()]
    if not people:
        return ""
    return f"Tham dự hội nghị có {_comrades(people)}."


def _about(item: AgendaItem, speakers: list[str]) -> Iterator[str]:
    if item.opened_at and item.presenter:
        yield f"Hội nghị nghe {named(item.presenter)} trình bày {within(item)}."
    elif item.opened_at or speakers:
        yield f"Hội nghị thảo luận {within(item)}."
    if speakers:
        yield f"Tham gia ý kiến về nội dung này có {_comrades(speakers)}."
    if conclusion := getattr(item, "conclusion", None):
        yield f"Kết luận nội dung này, đồng chí chủ trì nêu: {conclusion.text}"


def _titled(attendee: Attendee) -> str:
    return ", ".join(filter(None, [str(attendee.person), attendee.title]))


def _comrades(people: list[str]) -> str:
    return f"{'các đồng chí: ' if len(people) > 1 else 'đồng chí '}{'; '.join(people)}"


@transaction.atomic
def save_news(meeting_id: int, *, actor: User, title: str, body: str, version: int = 0) -> News:
    """Keep the news as typed. `version` is what the page showed, 0 where there was none.

    Refused without a title or text; what somebody else has saved since raises `StaleNews`.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    require(permissions.can_report, actor, meeting)
    title, body = clean(title, limit=MAX_TITLE), clean(body, limit=MAX_BODY)
    if not title or not body:
        raise Refused(_("News has a title and a text."), code="empty")
    news = News.objects.filter(meeting=meeting).first() or News(meeting=meeting, version=0)
    if news.version != version and (news.title, news.body) != (title, body):
        raise StaleNews(news)
    news.title, news.body, news.updated_by = title, body, actor
    news.version += 1
    news.save()
    events.record(meeting.stream, "save_news", actor=actor, version=news.version)
    return news


def news_docx(meeting: Meeting) -> bytes:
    """The saved news with the photos of the meeting, as a Word file."""
    document = Document()
    news = meeting.news
    document.core_properties.title = news.title[:255]
    document.core_properties.language = "vi-VN"
    document.styles["Normal"].font.name = "Times New Roman"
    document.add_heading(news.title, level=1)
    for paragraph in news.body.split("\n"):
        if paragraph.strip():
            document.add_paragraph(paragraph.strip())
    for photo in meeting.photos.defer("thumbnail"):
        document.add_picture(BytesIO(bytes(photo.image)), width=PICTURE_WIDTH)
        shape = document.inline_shapes[-1]
        shape._inline.docPr.set("descr", photo.alt)
        if photo.caption:
            document.add_paragraph(photo.caption, style="Caption")
    file = BytesIO()
    document.save(file)
    return file.getvalue()
