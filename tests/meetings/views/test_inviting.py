"""Invitations on their pages: who is invited, who answers what, and the papers that go out."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from accounts.tasks import tasks_for
from meetings.holding import rollcall
from meetings.models import AttendeeRole, Invitation, Meeting, MeetingState, Reply
from meetings.papers.agenda import agenda_table
from meetings.preparing import bundles, gathering, handouts, inviting
from tests import factories


def url(name: str, *args) -> str:
    return reverse(name, args=args)


def body(response) -> str:
    return response.content.decode()


def text_of(content: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split()
    )


@pytest.fixture
def client_of():
    def signed_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def office(world, client_of):
    return client_of(world.office)


@pytest.fixture
def invited(world, meeting) -> Meeting:
    inviting.send_invitations(meeting.pk, actor=world.office)
    return meeting


def seat(meeting, person):
    return meeting.attendees.get(person=person)


def test_nothing_is_sent_before_it_is_confirmed(world, meeting, office):
    page = office.get(url("invitations_send", meeting.pk))
    assert {one.person for one in page.context["waiting"]} == {world.chair, *world.delegates}
    assert not Invitation.objects.exists()
    office.post(url("invitations_send", meeting.pk))
    assert Invitation.objects.filter(sent_at__isnull=False).count() == 3


def test_the_page_counts_what_was_answered(world, invited, office):
    for person, reply in ((world.delegate, Reply.WILL_COME), (world.delegate2, Reply.ABSENT)):
        inviting.give_reply(
            seat(invited, person).pk, actor=world.office, reply=reply, reason="Đi công tác"
        )
    page = office.get(url("meeting_invitations", invited.pk))
    assert [count for _label, count in page.context["counts"]] == [1, 1, 1, 0]
    assert "Đi công tác" in body(page)
    assert page.context["waiting"] == 0


def test_an_attendee_is_asked_in_my_work_until_they_have_answered(world, invited, client_of):
    reply = url("invitation_reply", invited.pk)
    assert [task.url for task in tasks_for(world.delegate) if task.waits_for_me] == [reply]
    client = client_of(world.delegate)
    assert reply in body(client.get(invited.get_absolute_url()))
    client.post(reply, {"reply": "will_come"})
    assert not [task for task in tasks_for(world.delegate) if task.waits_for_me]
    assert seat(invited, world.delegate).invitation.reply == Reply.WILL_COME


def test_a_cancelled_meeting_asks_nobody(world, invited):
    Meeting.objects.filter(pk=invited.pk).update(
        state=MeetingState.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Có bão"
    )
    assert not [task for task in tasks_for(world.delegate) if "42" in task.title]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reply": ""}, "reply"),
        ({"reply": "none"}, "reply"),
        ({"reply": "absent", "reason": " "}, "reason"),
        ({"reply": "sends", "reason": "Đi họp"}, "substitute_name"),
    ],
)
def test_a_reply_that_says_too_little_is_told_beside_its_field_and_kept(
    world, invited, client_of, said, field
):
    page = client_of(world.delegate).post(url("invitation_reply", invited.pk), said)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert said.get("reason", "").strip() in body(page)


def test_the_clerk_records_what_was_said_on_the_telephone(world, invited, client_of):
    said = {
        "reply": "sends",
        "substitute_name": "Lê Văn Thay",
        "substitute_position": "Phó Trưởng Ban",
    }
    delegate = seat(invited, world.delegate)
    client_of(world.clerk).post(url("reply_record", invited.pk, delegate.pk), said)
    delegate.refresh_from_db()
    assert delegate.invitation.recorded_by == world.clerk
    page = body(client_of(world.office).get(url("meeting_invitations", invited.pk)))
    assert "Lê Văn Thay, Phó Trưởng Ban" in page


def test_once_the_meeting_has_opened_the_answer_is_shown_and_not_asked(world, invited, client_of):
    Meeting.objects.filter(pk=invited.pk).update(
        state=MeetingState.UNDER_WAY, opened_at=timezone.now()
    )
    page = client_of(world.delegate).get(url("invitation_reply", invited.pk))
    assert 'name="reply"' not in body(page)


@pytest.mark.parametrize(
    ("record", "said", "note"),
    [
        (lambda seat, office: rollcall.arrive(seat, actor=office), "Đã dự họp", ""),
        (lambda seat, office: rollcall.note_absence(seat, actor=office), "Vắng mặt", ""),
        (
            lambda seat, office: rollcall.note_absence(seat, actor=office, reason="Đi công tác"),
            "Vắng mặt có lý do",
            "Đi công tác",
        ),
        (lambda seat, office: None, "Không có trong điểm danh", ""),
    ],
)
def test_after_the_meeting_an_invitation_says_what_was(
    world, invited, client_of, record, said, note
):
    record(seat(invited, world.delegate).pk, world.office)
    opened = invited.starts_at - timedelta(days=9)
    Meeting.objects.filter(pk=invited.pk).update(
        state=MeetingState.CLOSED, opened_at=opened, closed_at=opened + timedelta(hours=2)
    )
    client = client_of(world.delegate)
    for page in ("meeting_view", "invitation_reply"):
        words = body(client.get(url(page, invited.pk)))
        assert f">{said}<" in words
        assert note in words
        assert "Chưa trả lời" not in words
        assert "Gửi trả lời" not in words


def test_who_was_not_invited_has_no_invitation_to_read_or_answer(world, meeting, client_of):
    client = client_of(world.delegate)
    own = seat(meeting, world.delegate).pk
    answers = [
        client.get(url("invitation_reply", meeting.pk)).status_code,
        client.get(url("invitation_calendar", meeting.pk)).status_code,
        client.get(url("invitation_pdf", meeting.pk, own)).status_code,
    ]
    assert answers == [404, 404, 403]


def test_the_entry_for_ones_own_calendar_is_downloaded(world, invited, client_of):
    file = client_of(world.delegate).get(url("invitation_calendar", invited.pk))
    assert file["Content-Type"].startswith("text/calendar")
    assert f"UID:{invited.calendar_uid}".encode() in file.content


# The papers


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


@pytest.mark.parametrize("count", [2, 200])
def test_invitations_ask_the_same_questions_for_many(
    world, meeting, office, count, django_assert_num_queries
):
    for _number in range(count - 2):
        gathering.add_attendee(
            meeting.pk, actor=world.office, person=factories.PersonFactory(), role="invited"
        )
    inviting.send_invitations(meeting.pk, actor=world.office)
    with django_assert_num_queries(8):
        office.get(url("meeting_invitations", meeting.pk))


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
