"""The pages on which a meeting is changed, cancelled and planned item by item."""

from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.models import Event, StoredFile
from meetings.models import ItemPaper, MeetingState
from meetings.preparing import gathering, handouts, inviting
from tests import factories


def url(name: str, *args) -> str:
    return reverse(name, args=args)


def body(response) -> str:
    return response.content.decode()


@pytest.fixture
def office(world, client):
    client.force_login(world.office)
    return client


@pytest.fixture
def item(world, meeting):
    return gathering.add_item(meeting.pk, actor=world.office, title="Công tác cán bộ")


def said_of(meeting, **changes) -> dict:
    at = timezone.localtime(meeting.starts_at).strftime("%Y-%m-%dT%H:%M")
    return {"starts_at": at, "place": meeting.place, "mode": meeting.mode} | changes


@pytest.fixture(autouse=True)
def _on_the_minute(meeting):
    meeting.starts_at = meeting.starts_at.replace(second=0, microsecond=0)
    meeting.save()


def test_a_change_is_shown_with_who_is_told_before_anything_is_done(world, meeting, office):
    inviting.send_invitations(meeting.pk, actor=world.office)
    said = said_of(meeting, place="Hội trường lớn")
    page = office.post(url("meeting_change", meeting.pk), said)
    assert page.context["changes"] == [(_("Place"), "Phòng họp số 1", "Hội trường lớn")]
    assert page.context["invited"] == 3
    meeting.refresh_from_db()
    assert meeting.place == "Phòng họp số 1"
    again = office.post(url("meeting_change", meeting.pk), said | {"again": "1"})
    assert 'value="Hội trường lớn"' in body(again)
    office.post(url("meeting_change", meeting.pk), said | {"confirmed": "1"})
    meeting.refresh_from_db()
    assert meeting.place == "Hội trường lớn"


def test_what_is_confirmed_is_all_that_was_typed(meeting, office, world):
    said = said_of(
        meeting, mode="both", link="hop.lamdong.vn", notes="Gửi xe\nở cổng 2", recorder=""
    )
    page = office.post(url("meeting_change", meeting.pk), said)
    assert [new for _label, _old, new in page.context["changes"]] == [
        _("At the table and online"),
        "https://hop.lamdong.vn",
        "Gửi xe\nở cổng 2",
    ]
    assert len(page.context["kept"]) == len(said)


def test_a_day_of_another_term_is_told_beside_the_day(meeting, office):
    said = said_of(meeting, starts_at="1999-01-01T08:00", confirmed="1")
    page = office.post(url("meeting_change", meeting.pk), said)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"starts_at"}


def test_a_meeting_is_cancelled_with_a_reason_and_says_so(meeting, office):
    assert office.post(url("meeting_cancel", meeting.pk), {"reason": " "}).status_code == 422
    office.post(url("meeting_cancel", meeting.pk), {"reason": "Có bão số 3"})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    page = office.get(meeting.get_absolute_url())
    assert "Có bão số 3" in body(page)
    assert not page.context["may_change"]
    assert not page.context["may_convene"]


def test_an_item_is_planned_and_its_times_stand_on_the_agenda(world, meeting, item, office):
    gathering.add_item(meeting.pk, actor=world.office, title="Giải lao", is_break=True, minutes=15)
    gathering.add_item(meeting.pk, actor=world.office, title="Việc khác", minutes=20)
    said = {"title": item.title, "minutes": "45", "presenter": world.delegate.pk}
    office.post(url("item_plan", meeting.pk, item.pk), said)
    page = office.get(meeting.get_absolute_url())
    begins = timezone.localtime(meeting.starts_at)
    lines = page.context["agenda"]
    assert [line.number for line in lines] == [1, None, 2]
    assert [line.slot.starts - begins for line in lines] == [
        timedelta(minutes=minutes) for minutes in (0, 45, 60)
    ]
    assert page.context["ends_at"] == begins + timedelta(minutes=80)
    assert str(world.delegate) in body(page).split('id="attendees"')[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("minutes", "0"), ("minutes", "1441"), ("minutes", ""), ("title", " "), ("presenter", "9999")],
)
def test_a_plan_that_cannot_be_read_is_told_beside_its_field(meeting, item, office, field, value):
    said = {"title": "Việc", "minutes": "30"} | {field: value}
    page = office.post(url("item_plan", meeting.pk, item.pk), said)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}


def test_an_item_is_moved_by_a_button_and_the_page_comes_back_to_it(world, meeting, item, office):
    last = gathering.add_item(meeting.pk, actor=world.office, title="Việc khác")
    answer = office.post(url("item_move", meeting.pk, last.pk), {"to": "up"})
    assert answer.url.endswith(f"#item-{last.pk}")
    assert list(meeting.items.all()) == [last, item]


def test_a_break_without_a_title_is_called_so(meeting, office):
    office.post(url("item_add", meeting.pk), {"is_break": "on", "minutes": "15"})
    item = meeting.items.get()
    assert (item.title, item.is_break, item.minutes) == (_("Break"), True, 15)


def upload(content: bytes, name: str = "to-trinh.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_a_paper_is_added_read_and_removed(world, meeting, item, office):
    content = factories.pdf(pages=3)
    office.post(url("paper_add", meeting.pk, item.pk), {"file": upload(content, "Tờ trình.pdf")})
    paper = item.papers.get()
    assert (paper.title, paper.pages) == ("Tờ trình", 3)
    read = office.get(url("paper_view", meeting.pk, paper.pk))
    assert read.content == content
    asked = office.get(url("paper_remove", meeting.pk, paper.pk))
    assert "Tờ trình" in body(asked)
    assert "Tệp vẫn lưu trong cơ sở dữ liệu" in body(asked)
    office.post(url("paper_remove", meeting.pk, paper.pk))
    assert not ItemPaper.objects.exists()
    assert office.get(url("paper_view", meeting.pk, paper.pk)).status_code == 404
    removed = Event.objects.get(verb="remove_paper")
    assert removed.payload["sha256"] == StoredFile.objects.get().sha256


def scripted() -> bytes:
    """A PDF whose script hides in a dictionary within another."""

    def add(pdf: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.AA = pikepdf.Dictionary(WC=action)

    return factories.pdf(change=add)


def encrypted(**passwords: str) -> bytes:
    return factories.pdf(encryption=pikepdf.Encryption(R=6, **passwords))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: b"<html>", id="no PDF"),
        pytest.param(lambda: b"%PDF-1.7 and nothing else", id="damaged"),
        pytest.param(lambda: encrypted(user="x", owner="y"), id="asks for a password"),
        pytest.param(lambda: encrypted(user="", owner="y"), id="protected by its owner"),
        pytest.param(scripted, id="script"),
    ],
)
def test_a_file_that_is_no_harmless_pdf_is_refused_and_its_title_kept(
    meeting, item, office, content
):
    said = {"file": upload(content()), "title": "Tờ trình số 12"}
    page = office.post(url("paper_add", meeting.pk, item.pk), said)
    assert page.status_code == 422
    assert page.context["paper_form"].errors.keys() == {"file"}
    assert "Tờ trình số 12" in body(page)
    assert not ItemPaper.objects.exists()


def test_a_guest_who_is_called_for_another_item_reads_no_paper_of_this_one(world, meeting, item):
    one, other = (
        gathering.add_attendee(meeting.pk, actor=world.office, person=person, role="invited")
        for person in (factories.PersonFactory(), factories.PersonFactory())
    )
    item.called.set([one])
    paper = handouts.add_paper(
        item.pk, actor=world.office, title="Mật ong", name="a.pdf", content=factories.pdf()
    )
    answers = {}
    for person in (one.person, other.person, world.delegate, world.clerk, world.administrator):
        client = Client()
        client.force_login(person)
        answers[person] = (
            client.get(url("paper_view", meeting.pk, paper.pk)).status_code,
            "Mật ong" in body(client.get(meeting.get_absolute_url())),
        )
    assert answers == {
        one.person: (200, True),
        other.person: (403, False),
        world.delegate: (200, True),
        world.clerk: (200, True),
        world.administrator: (403, False),
    }


def test_an_item_is_taken_off_only_after_it_was_asked(meeting, item, office):
    page = office.get(url("item_remove", meeting.pk, item.pk))
    assert item.title in body(page)
    assert meeting.items.exists()
    office.post(url("item_remove", meeting.pk, item.pk))
    assert not meeting.items.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_an_agenda_with_papers_and_people_called_asks_the_same_questions(
    world, meeting, office, count, django_assert_num_queries
):
    guest = gathering.add_attendee(
        meeting.pk, actor=world.office, person=world.clerk, role="presenter"
    )
    for number in range(count):
        made = gathering.add_item(
            meeting.pk, actor=world.office, title=f"Việc {number}", presenter=world.clerk
        )
        made.called.set([guest])
        handouts.add_paper(
            made.pk, actor=world.office, title="Giấy", name="a.pdf", content=factories.pdf()
        )
    with django_assert_num_queries(11):
        office.get(meeting.get_absolute_url())


def test_a_meeting_that_was_cancelled_is_marked_in_the_list(meeting, office):
    office.post(url("meeting_cancel", meeting.pk), {"reason": "Có bão số 3"})
    assert _("Cancelled") in body(office.get(url("meeting_list")))
