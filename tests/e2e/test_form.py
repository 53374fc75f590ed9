"""The form of a paper on the screen: the rules beside its pages, and corrections taken back."""

import pytest
from playwright.sync_api import expect

from directives.drafting import NewProvision
from directives.text.kinds import Kind
from tests import factories
from tests.e2e.conftest import DESKTOP, TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("screen", [DESKTOP, TABLET], ids=["desktop", "tablet"])
def test_a_rule_that_is_chosen_shows_its_place_beside_or_above_the_rules(
    visit, world, directive, screen
):
    office = visit("office", screen)
    page = office.page
    page.goto(f"{office.base}/directives/{directive.pk}/drafts/1/layout/")
    office.look()
    opener = page.locator(".sheet-opener")
    if screen == TABLET:
        opener.click()
        office.look()
    page.locator(".layout-rules a", has_text="Chỗ ký").click()
    place = page.locator(".layout-frame:target rect")
    expect(place).to_be_in_viewport(ratio=0.9)
    if screen == TABLET:
        sheet = page.locator("#rules").bounding_box()
        frame = place.bounding_box()
        assert frame["y"] + frame["height"] <= sheet["y"]


def test_corrections_are_made_and_taken_back_with_a_click_each(visit, world):
    faulty = NewProvision(
        Kind.PREAMBLE, "Tỉnh ủy, cấp ủy và cấp uỷ theo số 14-KL/TW ngày 22/9/2021."
    )
    made = factories.directive(world.office, world.committee, units=(faulty,))
    office = visit("office")
    page = office.page
    page.goto(f"{office.base}/directives/{made.pk}/check/")
    office.look()
    page.locator(".check-head button").click()
    office.reads("Lần sửa gần nhất của bạn đã đổi 1 điều khoản.")
    expect(page.locator(".check-finding")).to_have_count(0)
    office.press("Undo")
    expect(page.locator(".check-finding")).to_have_count(2)
    assert factories.provision(made, "cấp uỷ").text == faulty.text
