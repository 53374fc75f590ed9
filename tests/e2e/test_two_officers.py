"""Two officers at the same workbench, each at their own screen, and a delegate who still writes."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from comments import consolidation, services
from comments.models import Comment, Disposition, Outcome
from tests import factories

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TYPED = "Tiếp thu: năm ngày là đủ"
# A pulse comes every five seconds; the machine may be busy.
ARRIVES = 20_000


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


@pytest.fixture
def first(world, consultation, point) -> Comment:
    return factories.comment(consultation, world.delegate, on=point, change=("07", "05"))


@pytest.fixture
def bench(visit, consultation, point, first):
    def bench(username: str):
        officer = visit(username)
        address = f"{officer.base}/consultations/{consultation.pk}/workbench/?at={point.key}"
        officer.page.goto(address)
        return officer

    return bench


def card(page: Page, comment: Comment):
    return page.locator(f"article#c-{comment.pk}")


def reply(page: Page, comment: Comment):
    return card(page, comment).locator("[name=reply]")


def test_what_others_do_arrives_and_what_is_typed_stays(
    bench, visit, world, consultation, point, first
):
    a, b = bench("office"), bench("office2")
    typing = reply(a.page, first)
    typing.click()
    typing.press_sequentially(TYPED)
    scroll = a.page.evaluate("scrollY")

    seen = a.page.locator("#bench-neighbours")
    expect(seen).to_contain_text(world.office2.full_name, timeout=ARRIVES)
    expect(seen).to_contain_text("đang xem điểm a khoản 1")
    beside = a.page.locator("#bench-rail .rail-neighbour")
    expect(beside).to_have_text(f"{world.office2} đang xem")

    second = factories.comment(
        consultation, world.delegate2, on=point, change=("rõ lý do", "rõ căn cứ")
    )
    expect(card(a.page, second)).to_be_visible(timeout=ARRIVES)
    said = f"Vừa có ý kiến mới YK02 của đồng chí {world.delegate2} ở điểm a khoản 1."
    expect(a.page.locator("#toasts")).to_contain_text(said)
    expect(a.page.locator("#bench-rail [aria-current] .contents-count")).to_contain_text("2")

    expect(card(b.page, second)).to_be_visible(timeout=ARRIVES)
    card(b.page, second).locator("button[value=accepted]").click()
    expect(card(a.page, second).locator(".answer")).to_contain_text("Tiếp thu", timeout=ARRIVES)
    expect(a.page.locator("#bench-main ins")).to_contain_text("căn cứ")
    expect(a.page.locator("#bench-foot")).to_contain_text("1/2")

    expect(typing).to_have_value(TYPED)
    expect(typing).to_be_focused()
    assert a.page.evaluate("scrollY") == scroll
    a.look()


def test_a_decision_made_meanwhile_is_shown_beside_what_is_typed_and_the_stale_one_is_refused(
    bench, world, first
):
    a, b = bench("office"), bench("office2")
    reply(a.page, first).fill(TYPED)
    reply(b.page, first).fill("Bảy ngày là hợp lý.")
    card(b.page, first).locator("button[value=not_accepted]").click()
    expect(card(b.page, first).locator(".answer")).to_be_visible()

    change = card(a.page, first).locator(".bench-changed")
    expect(change).to_contain_text("Vừa có thay đổi", timeout=ARRIVES)
    change.locator("summary").click()
    expect(change).to_contain_text("Bảy ngày là hợp lý.")
    expect(reply(a.page, first)).to_have_value(TYPED)
    a.look()

    card(a.page, first).locator("button[value=accepted]").click()
    refused = card(a.page, first).locator("[data-error-summary]")
    expect(refused).to_contain_text(world.office2.full_name)
    expect(refused).to_contain_text("Bảy ngày là hợp lý.")
    expect(reply(a.page, first)).to_have_value(TYPED)
    assert Disposition.objects.get().outcome == Outcome.NOT_ACCEPTED
    card(a.page, first).locator("button[value=accepted]").click()
    expect(card(a.page, first).locator(".answer")).to_contain_text(TYPED)


def test_what_is_typed_in_one_card_outlives_an_act_in_another(
    bench, world, consultation, point, first
):
    second = factories.comment(
        consultation, world.delegate2, on=point, change=("rõ lý do", "rõ căn cứ")
    )
    a = bench("office")
    reply(a.page, first).fill(TYPED)
    card(a.page, second).locator("button[value=noted]").click()
    expect(card(a.page, second).locator(".answer")).to_be_visible()
    expect(reply(a.page, first)).to_have_value(TYPED)
    card(a.page, first).locator("button[value=accepted]").click()
    expect(card(a.page, first).locator(".answer")).to_contain_text(TYPED)


def test_what_has_not_changed_is_not_touched(bench, world, consultation, point, first):
    page = bench("office").page
    page.evaluate(f"document.getElementById('c-{first.pk}').untouched = true")
    second = factories.comment(consultation, world.delegate2, on=point)
    expect(card(page, second)).to_be_visible(timeout=ARRIVES)
    assert page.evaluate(f"document.getElementById('c-{first.pk}').untouched")
    services.withdraw(second.pk, actor=world.delegate2)
    expect(card(page, second)).to_have_count(0, timeout=ARRIVES)


def test_an_ended_session_is_said_and_leaves_what_is_typed(bench, first):
    page = bench("office").page
    reply(page, first).fill(TYPED)
    Session.objects.all().delete()
    expect(page.locator("#bench-lost a")).to_contain_text("Đăng nhập lại", timeout=ARRIVES)
    expect(reply(page, first)).to_have_value(TYPED)


@pytest.fixture
def offline(bench) -> Page:
    officer = bench("office")
    officer.page.context.set_offline(True)
    return officer.page


def test_a_lost_connection_is_said_once_and_mends_itself(offline, world, first):
    lost = offline.locator("#bench-lost")
    expect(lost).to_contain_text("Mất kết nối", timeout=ARRIVES)
    offline.wait_for_timeout(6_000)
    expect(offline.locator("#toasts > *")).to_have_count(0)
    consolidation.answer(first.pk, actor=world.office2, outcome=Outcome.NOTED)
    offline.context.set_offline(False)
    expect(card(offline, first).locator(".answer")).to_be_visible(timeout=ARRIVES)
    expect(lost).to_be_empty()
