"""The office asks a delegate back, who answers on a tablet by touch; the office reads it."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.e2e.conftest import TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

QUESTION, ANSWER = "Đề nghị đồng chí nêu thời hạn cụ thể.", "Năm ngày làm việc là đủ."


@pytest.fixture
def comment(world, consultation):
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    return factories.comment(consultation, world.delegate, on=point, change=("07", "05"))


def test_a_question_is_answered_from_a_tablet(visit, consultation, comment):
    office = visit("office")
    office.page.goto(f"{office.base}/consultations/{consultation.pk}/workbench/")
    card = office.page.locator(f"#c-{comment.pk}")
    office.press("Ask the delegate", within=f"#c-{comment.pk}")
    question = card.locator(".thread-form textarea")
    question.fill(" ")
    office.press("Send the question", within=f"#c-{comment.pk}")
    expect(card.locator(".error-summary")).to_be_focused()
    question.fill(QUESTION)
    office.press("Send the question", within=f"#c-{comment.pk}")
    expect(card.locator(".thread-message")).to_contain_text(QUESTION)
    expect(card.locator(".comment-card-head")).to_contain_text("Chờ đại biểu trả lời")

    delegate = visit("delegate", TABLET, has_touch=True)
    delegate.look()
    delegate.reads(f"Văn phòng hỏi lại về ý kiến {comment.label}")
    delegate.tap("Answer the office")
    note = delegate.page.locator(f"#c-{comment.pk}")
    expect(note).to_be_in_viewport()
    expect(note.locator(".thread-message")).to_contain_text(QUESTION)
    delegate.look()
    note.locator("textarea").fill(ANSWER)
    delegate.tap("Answer", within=f"#c-{comment.pk}")
    expect(note.locator(".thread-message--author")).to_contain_text(ANSWER)
    expect(delegate.page.locator("#reading-asked .banner")).to_have_count(0)
    delegate.look()

    office.page.goto(f"{office.base}/")
    office.reads(f"đã trả lời về ý kiến {comment.label}")
    office.press("Read the answer")
    expect(card.locator(".thread-message--author")).to_contain_text(ANSWER)
    expect(card.locator(".comment-card-head")).not_to_contain_text("Chờ đại biểu trả lời")
