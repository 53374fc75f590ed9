"""From an empty page to the issued PDF, by real clicks and typing, each person at their screen."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext
from playwright.sync_api import expect
from pypdf import PdfReader

from comments.models import Comment, Consultation
from directives.models import Directive
from tests.e2e.conftest import TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SUBJECT = "về siết chặt kỷ luật, kỷ cương trong giải quyết công việc"
TEXT = """Để khắc phục hạn chế, Ban Thường vụ Tỉnh ủy yêu cầu:
1. Siết chặt kỷ luật
a) Khi được hỏi ý kiến phải trả lời trong thời hạn 07 ngày làm việc, nêu rõ lý do.
b) Chấp hành nghiêm giờ giấc làm việc.
2. Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện Chỉ thị.
Chỉ thị này phổ biến đến chi bộ.
"""
BASE = "Khi được hỏi ý kiến phải trả lời trong thời hạn 07 ngày làm việc, nêu rõ lý do."
DELEGATE_WORDS = BASE.replace("07 ngày", "05 ngày")
OTHER_WORDS = BASE.replace("07 ngày", "03 ngày")


def moment(days: int) -> str:
    return timezone.localtime(timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def draft_a_directive(office) -> None:
    page = office.page
    page.goto(f"{office.base}/directives/")
    office.press("New directive")
    page.locator("[name=subject]").fill(SUBJECT)
    page.locator("[name=recipients]").fill("Ban Bí thư Trung ương Đảng\nLưu Văn phòng Tỉnh ủy")
    page.locator("[name=signer_name]").fill("Hoàng Minh Trực")
    page.locator(".form-buttons button[type=submit]").click()
    office.press("Paste a whole text")
    page.locator("main textarea").first.fill(TEXT)
    office.press("Cut into provisions")
    office.reads("Chấp hành nghiêm giờ giấc")
    office.press("Write into the draft")
    expect(page.get_by_text("b)", exact=True)).to_be_visible()
    office.press("Edit", within=f".editor-row:has-text('{BASE[:30]}')")
    expect(page.locator("textarea[name=text]")).to_have_value(BASE)


def convene_and_circulate(office, members: int) -> None:
    page = office.page
    page.goto(f"{office.base}/meetings/")
    office.press("Convene a meeting")
    page.locator("[name=starts_at]").fill(moment(5))
    page.locator("[name=place]").fill("Phòng họp số 1")
    page.locator(".form-buttons button[type=submit]").click()
    expect(page.locator("#attendees tbody tr")).to_have_count(members)
    office.press("Add an item", within="#agenda")
    page.locator("[name=directive]").select_option(label=SUBJECT)
    office.press("Put it on the agenda")
    office.press("Circulate for comments", within="#agenda")
    page.locator("[name=deadline]").fill(moment(3))
    office.press("Lock and send")
    assert Consultation.objects.get().draft.frozen_at is not None


def comment_in_place(delegate, wording: str) -> None:
    """Open the draft from My work, change the words in place, look at the change, send it."""
    page = delegate.page
    page.locator("main .task-row a.btn").first.click()
    row = f".reading-row:has-text('{BASE[:30]}')"
    delegate.press("Comment", within=row)
    page.locator("[name=body]").fill("Bảy ngày là quá lâu.")
    page.locator("[name=proposal_kind][value=replace]").check()
    page.locator("[name=wording]").fill(wording)
    expect(page.locator(".comment-preview ins")).to_contain_text(wording.split("thời hạn ")[1][:2])
    delegate.press("Send", within=".comment-panel")
    expect(page.locator(row).locator("del").first).to_contain_text("07")


def agree_fully(delegate) -> None:
    delegate.page.locator("main .task-row a.btn").first.click()
    delegate.press("Fully agree")
    delegate.reads(gettext("Fully agrees"))


def consolidate(office) -> None:
    """Close the round, answer both comments, settle their conflict, make draft 2, submit it."""
    page = office.page
    consultation = Consultation.objects.get()
    page.goto(f"{office.base}/consultations/{consultation.pk}/close/")
    page.locator(".form-buttons button[type=submit]").click()
    page.goto(f"{office.base}/consultations/{consultation.pk}/workbench/")
    for _comment in range(2):
        waiting = ".bench-card--waiting"
        page.locator(waiting).first.locator("button[value=accepted]").click()
        office.look()
    page.locator(".dispute label", has_text="05").first.click()
    office.press("These words shall stand")
    expect(page.locator(".dispute--settled")).to_be_visible()
    expect(page.locator("#bench-main ins").first).to_contain_text("05")
    page.goto(f"{office.base}/consultations/{consultation.pk}/consolidate/")
    office.look()
    page.locator(".form-buttons button[type=submit]").click()
    directive = Directive.objects.get()
    assert directive.drafts.count() == 2
    page.goto(f"{office.base}/directives/{directive.pk}/compare/?old=1&new=2")
    office.look()
    expect(page.locator("main ins", has_text="05")).to_be_visible()
    page.goto(f"{office.base}/directives/{directive.pk}/submit/")
    office.look()
    page.locator(".form-buttons button[type=submit]").click()


def approve(chair) -> None:
    page = chair.page
    page.locator("main .task-row a.btn").first.click()
    chair.look()
    chair.reads("05 ngày làm việc")
    chair.press("Approve this text")
    assert Directive.objects.get().state == "approved"


def issue(clerk) -> bytes:
    """Open the register at its first number, issue, download the paper."""
    page = clerk.page
    page.goto(f"{clerk.base}/register/open/")
    page.locator("[name=first_number]").fill("35")
    page.locator(".form-buttons button[type=submit]").click()
    page.goto(f"{clerk.base}/")
    page.locator("main .task-row a.btn").first.click()
    clerk.look()
    page.locator(".form-buttons button[type=submit]").dblclick()
    clerk.reads("35-CT/TU")
    with page.expect_download() as download:
        page.get_by_role("link", name=gettext("Download the issued paper")).first.click()
    return download.value.path().read_bytes()


def words_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_directive_goes_from_the_first_word_to_the_issued_paper(visit, world):
    office = visit("office")
    draft_a_directive(office)
    convene_and_circulate(office, members=3)
    comment_in_place(visit("delegate", TABLET), DELEGATE_WORDS)
    comment_in_place(visit("delegate2", TABLET), OTHER_WORDS)
    agree_fully(visit("chair", TABLET))
    assert Comment.objects.submitted().count() == 2
    consolidate(office)
    approve(visit("chair", TABLET))
    paper = words_of(issue(visit("clerk")))
    assert "Số 35-CT/TU" in paper
    assert "phải trả lời trong thời hạn 05 ngày làm việc" in paper
    assert "T/M BAN THƯỜNG VỤ" in paper
