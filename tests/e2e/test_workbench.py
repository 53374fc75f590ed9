"""The office at the workbench without a mouse, and what it filters and groups there."""

import pytest
from playwright.sync_api import expect

from comments import consolidation
from comments.models import Disposition, Outcome, ReplyTemplate
from tests import factories
from tests.e2e.conftest import DESKTOP, TABLET, Slow

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


def choose(page, place: int) -> None:
    page.locator("#bench-rail a").nth(place).click()
    expect(page.locator("#bench-rail a").nth(place)).to_have_attribute("aria-current", "true")


TYPED = "Năm ngày là đủ, xin tiếp thu"
UNSENT = "đã gõ, chưa gửi"


@pytest.fixture
def typed(visit, commented):
    """A reply stands in its form; then the other provision was chosen."""
    office = visit("office")
    page = office.page
    point = commented.draft.provisions.get(text__contains="07 ngày")
    page.goto(f"{office.base}/consultations/{commented.pk}/workbench/?at={point.key}")
    page.locator("[name=reply]").first.click()
    page.keyboard.type(TYPED)
    expect(page.locator("#bench-rail a").first).to_contain_text(UNSENT)
    choose(page, 1)
    return office


def test_a_reply_that_was_not_sent_waits_at_its_provision(typed):
    page = typed.page
    sign = page.locator("#bench-rail .rail-unsent")
    expect(sign).to_have_count(1)
    expect(page.locator("[name=reply]").first).to_have_value("")
    page.reload()
    expect(sign).to_have_count(1)
    choose(page, 0)
    expect(page.locator("[name=reply]").first).to_have_value(TYPED)
    typed.look()
    page.locator("button[value=accepted]").first.click()
    expect(page.locator("#bench-cards .answer-reply")).to_contain_text(TYPED)
    expect(sign).to_have_count(0)
    assert "/workbench/?at=" in page.url
    page.reload()
    expect(page.locator(".bench-unsent")).to_have_count(0)
    assert outcomes() == [Outcome.ACCEPTED]


def test_a_reply_that_the_server_sends_back_is_kept_too(typed):
    page = typed.page
    choose(page, 0)
    page.locator("[name=reply]").first.fill("")
    page.locator("button[value=not_accepted]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=reply]").first.fill(TYPED)
    page.locator("button[value=accepted_in_part]").first.click()
    page.locator("[name=office_text]").fill("Lời văn của Văn phòng.")
    choose(page, 1)
    choose(page, 0)
    expect(page.locator("[name=reply]").first).to_have_value(TYPED)
    page.locator("button[value=accepted_in_part]").first.click()
    expect(page.locator("[name=office_text]")).to_have_value("Lời văn của Văn phòng.")


def test_who_leaves_with_a_reply_unsent_is_warned(typed):
    page = typed.page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{typed.base}/")
    assert asked == ["beforeunload"]


def test_words_whose_form_is_gone_are_shown_to_be_copied(typed, world, commented):
    first = commented.comments.get(number=1)
    consolidation.answer(first.pk, actor=world.office2, outcome=Outcome.ACCEPTED)
    page = typed.page
    choose(page, 0)
    note = page.locator(".bench-unsent")
    expect(note).to_contain_text("YK01")
    expect(note).to_contain_text(TYPED)
    typed.look()
    page.locator(f"#c-{first.pk} .answer-again").click()
    expect(page.locator(f"#c-{first.pk} [name=reply]")).to_have_value(TYPED)
    expect(note).to_have_count(0)
    choose(page, 1)
    choose(page, 0)
    note.get_by_role("button").click()
    expect(note).to_have_count(0)
    expect(page.locator("#bench-rail .rail-unsent")).to_have_count(0)


def test_who_types_on_while_an_answer_comes_loses_no_key(visit, commented):
    office = visit("office")
    page = office.page
    point = commented.draft.provisions.get(text__contains="07 ngày")
    page.goto(f"{office.base}/consultations/{commented.pk}/workbench/?at={point.key}")
    network = Slow(page)
    page.locator("button[value=noted]").first.click()
    reply = page.locator("[name=reply]").nth(1)
    reply.click()
    page.keyboard.type("Trước 1, 2 và ")
    network.arrive()
    expect(page.locator("#bench-cards .answer")).to_have_count(1)
    page.keyboard.type("sau 3, 4.")
    typed = page.locator(".bench-card--waiting [name=reply]")
    expect(typed).to_have_value("Trước 1, 2 và sau 3, 4.")
    expect(typed).to_be_focused()
    assert outcomes() == [Outcome.NOTED]


def test_a_field_that_was_made_larger_comes_back_without_a_style_of_its_own(visit, commented):
    """The policy allows no style attribute, and a fragment must not copy the one of a field."""
    office = visit("office")
    page = office.page
    page.goto(f"{office.base}/consultations/{commented.pk}/workbench/")
    page.locator("[name=reply]").first.evaluate("area => area.style.height = '240px'")
    for _again in range(2):
        page.locator("[name=outcome][value=not_accepted]").first.click()
        expect(page.locator("[data-error-summary]")).to_be_focused()
