"""The office at the workbench without a mouse, and what it filters and groups there."""

import pytest
from playwright.sync_api import expect

from comments.models import Disposition, Outcome, ReplyTemplate
from tests import factories
from tests.e2e.conftest import DESKTOP, TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORDS = "có trách nhiệm nghiên cứu và phải trả lời"


@pytest.fixture
def commented(world, consultation):
    """Two comments on one point that ask for nearly the same, and one on another."""
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    hours = consultation.draft.provisions.get(text__contains="giờ giấc")
    for author, words in ((world.delegate, WORDS), (world.delegate2, WORDS.replace(" và", ","))):
        factories.comment(consultation, author, on=point, change=("phải trả lời", words))
    factories.comment(consultation, world.delegate, on=hours, category="form")
    return consultation


def outcomes() -> list[str]:
    return list(Disposition.objects.order_by("comment__number").values_list("outcome", flat=True))


def test_the_office_answers_with_keys_alone(visit, commented):
    office = visit("office")
    page = office.page
    page.goto(f"{office.base}/consultations/{commented.pk}/workbench/")
    page.keyboard.press("?")
    expect(page.locator("#bench-keys .foot-choice-list")).to_be_visible()
    office.look()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".bench-card--marked")).to_contain_text("YK02")
    page.keyboard.press("k")
    page.keyboard.press("r")
    page.keyboard.type("1 và 2 là chữ, không phải phím tắt.")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator("#bench-cards .answer")).to_have_count(1)
    assert outcomes() == [Outcome.ACCEPTED]
    page.keyboard.press("u")
    expect(page.locator("#bench-cards .answer")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.locator("#bench-cards")).to_contain_text("YK03")
    page.keyboard.press("4")
    expect(page.locator("#bench-cards .answer")).to_have_count(1)
    assert outcomes() == [Outcome.NOTED]


@pytest.mark.parametrize("screen", [DESKTOP, TABLET])
def test_nearly_the_same_is_answered_together_with_ready_words(visit, world, commented, screen):
    ReplyTemplate.objects.create(
        committee=world.committee, title="Tiếp thu", text="Đã chỉnh sửa tại [khoản]."
    )
    office = visit("office", screen)
    page = office.page
    page.goto(f"{office.base}/consultations/{commented.pk}/workbench/")
    first = page.locator(".bench-card").first
    first.locator(".answer-near input").check()
    first.locator(".reply-menu summary").click()
    first.locator("button[name=template]").click()
    expect(page.locator(".bench-card [name=reply]").first).to_have_value(
        "Đã chỉnh sửa tại điểm a khoản 1."
    )
    expect(page.locator(".answer-near input")).to_be_checked()
    office.look()
    page.locator(".bench-card button[value=accepted]").first.click()
    expect(page.locator("#bench-cards .answer")).to_have_count(2)
    expect(page.locator("#bench-main .dispute")).to_have_count(0)
    expect(page.locator(".bench-merged ins").first).to_contain_text("nghiên cứu")
    assert outcomes() == [Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART]


def test_the_filter_holds_while_the_office_works(visit, commented):
    office = visit("office")
    page = office.page
    page.goto(f"{office.base}/consultations/{commented.pk}/workbench/")
    page.locator(".bench-filter summary").click()
    page.locator("#sieve-category").select_option("form")
    page.locator(".bench-filter button").click()
    expect(page.locator("#bench-rail li")).to_have_count(1)
    office.look()
    page.locator("button[value=noted]").click()
    expect(page.locator("#bench-cards .answer")).to_have_count(1)
    assert "category=form" in page.url
    office.press("Show all")
    expect(page.locator("#bench-rail li")).to_have_count(2)
