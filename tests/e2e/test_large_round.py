"""A round of 1,000 comments on 300 provisions in the browser: nothing is out of reach."""

import pytest
from playwright.sync_api import expect

from comments.models import Outcome
from tests.e2e.conftest import DESKTOP, TABLET
from tests.factories import PASSWORD
from tests.large import DELEGATES, ON_ONE, PROVISIONS, crowded, large_round

# How long the pages take is measured by the benchmark; here the machine may have other work.
PATIENCE_MS = 60_000
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def large(world):
    return large_round(world.office, world.committee)


def test_the_office_works_through_a_large_round(visit, large):
    office = visit("office")
    office.page.set_default_timeout(PATIENCE_MS)
    page, here = office.page, f"{office.base}/consultations/{large.pk}/workbench/"
    page.goto(f"{here}?at={crowded(large).key}")
    rail = page.locator("#bench-rail a")
    expect(rail).to_have_count(PROVISIONS)
    assert page.locator("#bench-cards .comment-card-head").count() >= ON_ONE
    rail.last.click()
    expect(rail.last).to_have_attribute("aria-current", "true", timeout=PATIENCE_MS)
    expect(rail.last).to_be_in_viewport()
    office.look()
    waiting = page.locator(".bench-card--waiting").first
    name = waiting.get_attribute("id")
    waiting.get_by_role("button", name="Ghi nhận").click()
    answer = page.locator(f"#{name} > .answer")
    expect(answer).to_contain_text("Ghi nhận", timeout=PATIENCE_MS)
    answered = large.comments.get(pk=name.removeprefix("c-")).disposition
    assert answered.outcome == Outcome.NOTED
    page.goto(f"{here}?category=form&outcome=waiting")
    assert 0 < rail.count() < PROVISIONS


@pytest.mark.parametrize("screen", [DESKTOP, TABLET])
def test_a_delegate_comments_on_the_last_provision(visit, world, large, screen):
    person = large.delegates.select_related("person").last().person
    person.set_password(PASSWORD)
    person.save()
    delegate = visit(person.username, screen)
    page = delegate.page
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{delegate.base}/consultations/{large.pk}/read/")
    write = page.locator(".reading-row:has(.provision) [data-write]").last
    write.scroll_into_view_if_needed()
    write.click()
    form = page.locator("form.comment-panel")
    form.locator("textarea[name=body]").fill("Đề nghị cân nhắc.")
    expect(form).to_be_in_viewport()
    form.locator("button[value=submit]").click()
    note = page.locator(".note-card", has_text="Đề nghị cân nhắc.")
    expect(note).to_be_visible(timeout=PATIENCE_MS)


def test_the_figures_of_a_large_round_hold_every_delegate_and_provision(visit, large):
    chair = visit("chair", TABLET)
    page = chair.page
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{chair.base}/consultations/{large.pk}/figures/")
    assert page.locator("#chart-delegates ~ .chart-drawings .chart-name").count() == DELEGATES
    assert page.locator("#chart-provisions ~ .chart-drawings .chart-name").count() == PROVISIONS
    page.locator("summary", has_text="Xem dạng bảng").first.click()
    expect(page.locator(".chart-table tbody").first).to_be_visible()
    chair.look()
