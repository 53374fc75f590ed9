"""The papers that go out before a meeting: invitations, agenda, and all of it bound in one."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from meetings.models import AttendeeRole, Meeting
from meetings.papers.agenda import agenda_table
from meetings.preparing import bundles, gathering, handouts
from tests import factories


def url(name: str, *args) -> str:
    return reverse(name, args=args)


def body(response) -> str:
    return response.content.decode()


def text_of(content: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split()
    )


def seat(meeting, person):
    return meeting.attendees.get(person=person)


@pytest.fixture
def office(world, client_of):
    return client_of(world.office)


@pytest.fixture
def planned(world, meeting) -> Meeting:
    """With a chair, notes and two items, for the second of which a guest is called in."""
    meeting.starts_at = datetime(2030, 6, 3, 22, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    meeting.notes = "Gửi xe ở cổng số 2"
    meeting.save()
    office = {"actor": world.office}
    gathering.add_attendee(meeting.pk, person=world.chair, role=AttendeeRole.CHAIR, **office)
    guest = gathering.add_attendee(
        meeting.pk, person=world.administrator, role=AttendeeRole.INVITED, **office
    )
    gathering.add_item(meeting.pk, title="Công tác cán bộ", minutes=60, **office).called.set(
        [
            gathering.add_attendee(
                meeting.pk, person=world.clerk, role=AttendeeRole.PRESENTER, **office
            )
        ]
    )
    gathering.add_item(meeting.pk, title="Giải lao", is_break=True, minutes=15, **office)
    item = gathering.add_item(
        meeting.pk, title="Kinh tế quý I", minutes=45, presenter=world.administrator, **office
    )
    item.called.set([guest])
    return meeting


def test_an_invitation_says_who_asks_whom_to_what_when_where_and_what_for(world, planned, office):
    content = office.get(url("invitation_pdf", planned.pk, seat(planned, world.delegate).pk))
    words = text_of(content.content)
    for expected in (
        "GIẤY MỜI",
        str(world.committee),
        f"đồng chí {world.delegate}, {world.delegate.position}",
        "22 giờ 30, ngày 03 tháng 6 năm 2030 (Thứ Hai)",
        "dự kiến kết thúc lúc 00 giờ 30, ngày 04 tháng 6 năm 2030",
        "Phòng họp số 1",
        f"đồng chí {world.chair}",
        "Công tác cán bộ",
        "Kinh tế quý I",
        "Gửi xe ở cổng số 2",
    ):
        assert expected in words
    assert "Giải lao" not in words


def test_a_guest_is_asked_for_their_own_item_and_its_hour(world, planned, office):
    content = office.get(url("invitation_pdf", planned.pk, seat(planned, world.administrator).pk))
    words = text_of(content.content)
    assert "mời đồng chí dự từ 23 giờ 45" in words
    assert "Kinh tế quý I" in words
    assert "Công tác cán bộ" not in words


def test_an_invitation_as_word_says_the_same(world, planned, office):
    guest = seat(planned, world.delegate)
    answer = office.get(url("invitation_word", planned.pk, guest.pk))
    words = "\n".join(p.text for p in Document(BytesIO(answer.content)).paragraphs)
    assert str(world.delegate) in words
    assert "Địa điểm: " in words


def test_all_invitations_are_one_paper_with_a_bookmark_for_each(world, planned, office):
    content = office.get(url("invitations_pdf", planned.pk)).content
    reader = PdfReader(BytesIO(content))
    people = [str(one.person) for one in planned.attendees.select_related("person")]
    assert [entry.title for entry in reader.outline] == people
    assert len(reader.pages) == len(people)
    assert re.search(rf"đồng chí {world.delegate}", text_of(content))


def test_the_agenda_says_time_item_presenter_document_duration_and_who(world, planned):
    last = planned.items.last()
    handouts.add_paper(
        last.pk, actor=world.office, title="Báo cáo số 120", name="a.pdf", content=factories.pdf()
    )
    table = agenda_table(planned)
    assert [row.cells[0] for row in table.rows] == ["1", "", "2"]
    assert table.rows[2].cells[1:] == (
        "23 giờ 45 -\n00 giờ 30",
        "Kinh tế quý I",
        f"{world.administrator},\n{world.administrator.position}",
        "Báo cáo số 120",
        "45 phút",
        f"Thành viên\n{world.administrator}",
    )
    assert "Dự kiến kết thúc: 00 giờ 30, ngày 04 tháng 6 năm 2030." in table.summary


def test_the_agenda_is_a_pdf_and_a_word_file(planned, office):
    assert "CHƯƠNG TRÌNH" in text_of(office.get(url("agenda_pdf", planned.pk)).content)
    assert office.get(url("agenda_word", planned.pk)).content.startswith(b"PK")


# The pack


@pytest.fixture
def packed(world, planned, directive) -> Meeting:
    """A draft that was sent out, and papers of both items."""
    item = gathering.add_item(planned.pk, actor=world.office, directive=directive)
    deadline = timezone.now() + timedelta(days=1)
    gathering.circulate(item.pk, actor=world.office, deadline=deadline)
    for one, title in ((planned.items.first(), "Tờ trình nhân sự"), (item, "Bản thuyết minh")):
        handouts.add_paper(
            one.pk, actor=world.office, title=title, name="a.pdf", content=factories.pdf(pages=2)
        )
    return planned


def outline(entries) -> list:
    return [outline(entry) if isinstance(entry, list) else entry.title for entry in entries]


def test_the_pack_has_a_cover_contents_bookmarks_and_every_paper(packed, world, office):
    content = office.get(url("meeting_pack", packed.pk)).content
    reader = PdfReader(BytesIO(content))
    subject = packed.items.last().title
    assert outline(reader.outline) == [
        "Chương trình",
        "1. Công tác cán bộ",
        ["Tờ trình nhân sự"],
        f"3. Dự thảo Chỉ thị {subject}",
        ["Dự thảo lần 1", "Bản thuyết minh"],
    ]
    labels = reader.page_labels
    assert labels[:3] == ["i", "ii", "1"]
    first, contents = (page.extract_text() for page in reader.pages[:2])
    assert "TÀI LIỆU" in first
    begins = reader.get_destination_page_number(reader.outline[-1][-1])
    assert re.search(rf"Bản thuyết minh\s*{labels[begins]}\b", contents)
    assert f"TLHN - {labels[begins]}" in reader.pages[begins].extract_text()


def test_a_guest_finds_in_the_pack_only_what_they_are_called_for(packed, world, client_of):
    content = client_of(world.administrator).get(url("meeting_pack", packed.pk)).content
    titles = str(outline(PdfReader(BytesIO(content)).outline))
    assert "Tờ trình nhân sự" not in titles
    assert "Bản thuyết minh" in titles


def test_the_pack_is_bound_once_and_anew_when_a_paper_comes(packed, world, monkeypatch):
    made = []
    bind = bundles.bound.__globals__["_bind"]
    monkeypatch.setitem(
        bundles.bound.__globals__, "_bind", lambda bundle: made.append(1) or bind(bundle)
    )
    first = bundles.bound(bundles.pack_bundle(packed, world.office))
    assert bundles.bound(bundles.pack_bundle(packed, world.office)) == first
    assert len(made) == 1
    handouts.add_paper(
        packed.items.first().pk,
        actor=world.office,
        title="Phụ lục",
        name="b.pdf",
        content=factories.pdf(),
    )
    assert bundles.bound(bundles.pack_bundle(packed, world.office)) != first
    assert len(made) == 2


def test_a_long_bundle_is_bound_in_the_background_while_its_page_waits(
    planned, office, world, settings, monkeypatch
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr("meetings.preparing.binding.LONG", 10)
    asked = url("invitations_pdf", planned.pk)
    page = office.get(office.get(asked).url)
    assert page.context["pages"] == planned.attendees.count()
    assert not page.context["begun"]
    bundles.bind_later.call(
        kind=bundles.INVITATIONS, meeting_id=planned.pk, person_id=world.office.pk, pages=1
    )
    assert office.get(asked)["Content-Type"] == "application/pdf"


def test_a_working_draft_is_not_in_the_pack(planned, world, directive):
    gathering.add_item(planned.pk, actor=world.office, directive=directive)
    bundle = bundles.pack_bundle(planned, world.office)
    assert [leaf.title for leaf in bundle.leaves] == ["Chương trình"]


def test_pages_across_and_tiny_pages_are_bound_too(planned, world):
    def odd(pdf: pikepdf.Pdf) -> None:
        pdf.add_blank_page(page_size=(842, 595))
        pdf.add_blank_page(page_size=(30, 10))

    handouts.add_paper(
        planned.items.first().pk,
        actor=world.office,
        title="Bảng",
        name="b.pdf",
        content=factories.pdf(change=odd),
    )
    content = bundles.bound(bundles.pack_bundle(planned, world.office))
    assert [page.mediabox.width for page in PdfReader(BytesIO(content)).pages][-2:] == [842, 30]


@pytest.mark.parametrize("count", [1, 30])
def test_the_papers_ask_the_same_questions_for_many_items(
    world, meeting, count, django_assert_num_queries
):
    for number in range(count):
        gathering.add_item(meeting.pk, actor=world.office, title=f"Việc {number}")
    found = Meeting.objects.select_related("committee", "term").get(pk=meeting.pk)
    with django_assert_num_queries(13):
        bundles.pack_bundle(found, world.delegate)
        bundles.invitation_bundle(found)
