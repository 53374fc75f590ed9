"""The papers of a meeting in a browser: written by section, approved on a tablet, numbered."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from meetings.models import MeetingPaper, PaperKind
from meetings.papers import approving, writing
from tests.e2e.conftest import DESKTOP, TABLET, Visit
from tests.recorded import hold

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(world, directive):
    return hold(world, directive).meeting


@pytest.fixture
def minutes(meeting, world) -> MeetingPaper:
    return writing.assemble(meeting.pk, actor=world.clerk, kind=PaperKind.MINUTES)


@pytest.fixture
def notice(meeting, world) -> MeetingPaper:
    paper = writing.assemble(meeting.pk, actor=world.clerk, kind=PaperKind.NOTICE)
    said = {"authority": "T/L BAN THƯỜNG VỤ", "title": "CHÁNH VĂN PHÒNG", "name": "Lê Văn Phòng"}
    writing.change_signing(paper.pk, actor=world.office, recipients="Các sở", **said)
    return paper


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET])
def test_the_pages_of_papers_can_be_used_by_everybody(visit, world, minutes, notice, viewport):
    clerk = visit("clerk", viewport)
    section = minutes.sections.get(text__contains="Địa điểm")
    for path in (
        "",
        "minutes/",
        f"minutes/?pane=edit&at={section.pk}",
        f"minutes/?pane=add&at={section.pk}",
        "minutes/?pane=add",
        "notice/signing/",
        "minutes/submit/",
    ):
        see(clerk, minutes, path)
    approving.submit(notice.pk, actor=world.clerk)
    chair = visit("chair", viewport)
    for path in ("", "notice/", "notice/approve/", "notice/return/"):
        see(chair, minutes, path)
    see(clerk, minutes, "notice/issue/")


def see(somebody: Visit, paper: MeetingPaper, path: str) -> None:
    somebody.page.goto(f"{somebody.base}{reverse('meeting_papers', args=[paper.meeting_id])}{path}")
    somebody.look()


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET])
def test_minutes_are_put_together_and_written_section_by_section(visit, meeting, viewport):
    clerk = visit("clerk", viewport)
    page = clerk.page
    page.goto(clerk.base + reverse("meeting_papers", args=[meeting.pk]))
    page.get_by_role("button", name="Tổng hợp từ ghi chép · Biên bản").click()
    place = sections(page).filter(has_text="Địa điểm")
    place.get_by_role("link", name="Sửa").click()
    page.locator(".editor-row--open textarea").fill("Địa điểm: Hội trường số 1.")
    clerk.press("Save")
    expect(place.locator("ins")).to_contain_text("Hội trường")
    was = order(page)
    add_after(clerk, "Địa điểm", "Đại biểu dự đủ.")
    at = was.index(next(words for words in was if "Địa điểm" in words)) + 1
    assert "Đại biểu dự đủ." in order(page)[at]
    open_section(clerk, "Đại biểu dự đủ.")
    clerk.press("Up")
    assert "Đại biểu dự đủ." in order(page)[at - 1]
    delete_and_undo(clerk, "Đại biểu dự đủ.")
    assert "Đại biểu dự đủ." in order(page)[at - 1]


def sections(page: Page):
    return page.locator(".editor-paper > .provision")


def order(page: Page) -> list[str]:
    return sections(page).locator(".provision-text").all_inner_texts()


def open_section(clerk: Visit, words: str) -> None:
    sections(clerk.page).filter(has_text=words).get_by_role("link", name="Sửa").click()
    clerk.look()


def add_after(clerk: Visit, words: str, added: str) -> None:
    open_section(clerk, words)
    clerk.press("Add after")
    clerk.page.locator(".editor-pane textarea").fill(added)
    clerk.press("Add", within=".editor-pane")


def delete_and_undo(clerk: Visit, words: str) -> None:
    open_section(clerk, words)
    clerk.press("Delete")
    expect(sections(clerk.page).filter(has_text=words)).to_have_count(0)
    expect(clerk.page.locator("#deleted button")).to_be_focused()
    clerk.page.keyboard.press("Enter")
    expect(sections(clerk.page).filter(has_text=words)).to_have_count(1)
    clerk.look()


def test_a_stale_section_is_joined_and_saved(visit, world, minutes):
    clerk = visit("clerk")
    see(clerk, minutes, "minutes/")
    section = minutes.sections.get(text="Ghi nhận báo cáo.")
    open_section(clerk, "Ghi nhận báo cáo.")
    said = "Ghi nhận báo cáo của Sở."
    writing.save_section(section.pk, actor=world.office, version=section.version, text=said)
    clerk.page.locator(".editor-row--open textarea").fill("Hội nghị ghi nhận báo cáo.")
    clerk.press("Save")
    clerk.reads("Người khác đã lưu đoạn này")
    clerk.press("Save the joined text")
    section.refresh_from_db()
    assert section.text == "Hội nghị ghi nhận báo cáo của Sở."


def test_a_notice_goes_from_the_clerk_over_the_chair_s_tablet_to_who_attended(visit, notice):
    clerk, chair = visit("clerk"), visit("chair", TABLET, has_touch=True)
    see(clerk, notice, "notice/")
    clerk.press("Submit to the chair")
    clerk.press("Submit to the chair", within="main form")
    to_work(chair, "Read and approve")
    chair.tap("Approve this text")
    chair.reads("Đã duyệt")
    chair.look()
    to_work(clerk, "Give number and date")
    clerk.page.locator("[name=first_number]").fill("7")
    clerk.press("Give number and date", within="main form")
    clerk.reads("Đã ban hành")
    assert MeetingPaper.objects.get(pk=notice.pk).number == 7
    delegate = visit("delegate", TABLET)
    delegate.page.goto(delegate.base + notice.meeting.get_absolute_url())
    link = delegate.page.get_by_role("link", name="Thông báo kết luận số 7")
    answer = delegate.page.request.get(delegate.base + link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"


def to_work(somebody: Visit, action: str) -> None:
    """From "My work" to what waits there."""
    somebody.page.goto(somebody.base)
    somebody.press(action, within="main")
