"""What a meeting binds together: all its invitations, and the papers that it discusses."""

from collections.abc import Iterator, Sequence
from itertools import count, groupby

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from accounts.models import User
from directives.models import StoredFile
from directives.permissions import is_staff
from directives.rendering.forms_of_document import form_for
from directives.rendering.papers import draft_paper, start_of
from directives.rendering.pdf import SUBJECT_WIDTH
from directives.rendering.typeface import balanced_lines, printable
from directives.rendering.typesetting import Manuscript, compose
from meetings.models import AgendaItem, Attendee, Meeting
from meetings.papers.agenda import agenda_paper
from meetings.papers.invitation import invitations
from meetings.papers.matters import matter
from meetings.papers.record import gathering, moment_in_words
from meetings.preparing.binding import Bound, Bundle, Leaf, Stored, bound
from meetings.timetable import attends

# In points, as in pack.css.
COVER_SIZE = 17
INVITATIONS, PACK = "invitations", "pack"


def invitation_bundle(meeting: Meeting) -> Bundle:
    """An invitation for everybody on the list, each from a page of its own."""
    people = list(meeting.attendees.select_related("person"))
    papers = zip(people, invitations(meeting, people), strict=True)
    leaves = tuple(Leaf(str(one.person), paper) for one, paper in papers)
    return Bundle(f"Giấy mời dự {gathering(meeting)}", leaves)


def pack_bundle(meeting: Meeting, person: User) -> Bundle:
    """The agenda, the drafts that were sent out and the papers of the items the person attends."""
    with override("vi"):
        leaves = (Leaf("Chương trình", agenda_paper(meeting)), *_papers(meeting, person))
    title = f"Tài liệu {gathering(meeting)}"
    return Bundle(title, leaves, front=lambda placed: _front(meeting, placed), stamps=_stamps)


def _papers(meeting: Meeting, person: User) -> Iterator[Leaf]:
    mine = meeting.attendees.filter(person=person).first()
    staff, numbers = is_staff(person, meeting), count(1)
    for item in _items(meeting):
        if item.is_break:
            continue
        number = next(numbers)
        if staff or (mine and _attends(mine, item)):
            yield from _leaves(item, f"{number}. {matter(item)}")


def _items(meeting: Meeting) -> Sequence[AgendaItem]:
    files = StoredFile.objects.defer("content")
    found = meeting.items.select_related("directive", "draft__directive__committee")
    return list(
        found.defer("draft__content").prefetch_related("called", Prefetch("papers__file", files))
    )


def _attends(mine: Attendee, item: AgendaItem) -> bool:
    return attends(mine, {one.pk for one in item.called.all()})


def _leaves(item: AgendaItem, heading: str) -> Iterator[Leaf]:
    if item.draft:
        yield Leaf(f"Dự thảo lần {item.draft.number}", draft_paper(item.draft), group=heading)
    for paper in item.papers.all():
        file = paper.file
        yield Leaf(paper.title, Stored(file.pk, file.sha256), group=heading)


def _front(meeting: Meeting, placed: Sequence[Bound]) -> Manuscript:
    """The cover and the table of contents."""
    created = start_of(timezone.localdate())
    context = {
        "meeting": meeting,
        "gathering": gathering(meeting),
        "subject": balanced_lines(gathering(meeting), size=COVER_SIZE, width=SUBJECT_WIDTH),
        "moment": moment_in_words(meeting.starts_at),
        "groups": [
            (group, list(run)) for group, run in groupby(placed, lambda one: one.leaf.group)
        ],
        "created": created.isoformat(timespec="seconds"),
    }
    html = render_to_string("meetings/pdf/pack.html", context)
    rules = form_for(created.date()).stylesheet()
    return compose(printable(html), stylesheet="pack.css", rules=rules)


def _stamps(pages: int) -> Manuscript:
    """A slip for each page with its number in the bundle."""
    context = {"pages": range(1, pages + 1)}
    html = render_to_string("meetings/pdf/stamps.html", context)
    return compose(html, stylesheet="stamps.css")


@task()
def bind_later(kind: str, meeting_id: int, person_id: int, pages: int) -> None:
    """Bind it, so that it is there when it is asked for again. `pages` is for the estimate."""
    meeting = Meeting.objects.select_related("committee", "term").get(pk=meeting_id)
    person = User.objects.get(pk=person_id)
    bound(pack_bundle(meeting, person) if kind == PACK else invitation_bundle(meeting))
