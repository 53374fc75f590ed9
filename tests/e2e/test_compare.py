"""From change to change through two drafts, by keys and by buttons, in one column and in two."""

import pytest
from django.utils.translation import gettext
from playwright.sync_api import expect

from directives import drafting
from directives.text.kinds import Kind
from tests.e2e.conftest import TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def compared(world, consolidated) -> str:
    """The address of two drafts with two changes between them."""
    drafting.add_provision(
        consolidated.latest_draft.pk,
        actor=world.office,
        kind=Kind.CLAUSE,
        text="Ban Tuyên giáo tuyên truyền.",
        after=None,
    )
    return f"/directives/{consolidated.pk}/compare/"


def test_keys_lead_from_change_to_change(visit, compared):
    office = visit("office")
    page = office.page
    page.goto(office.base + compared)
    office.look()
    page.keyboard.press("n")
    expect(page.locator("#change-1")).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#change-2")).to_be_focused()
    expect(page.locator("#change-2")).to_be_in_viewport()
    page.keyboard.press("p")
    expect(page.locator("#change-1")).to_be_focused()
    assert page.url.endswith("#change-1")


def test_the_two_columns_stand_side_by_side_on_a_tablet(visit, compared):
    office = visit("office", TABLET)
    page = office.page
    page.goto(office.base + compared)
    office.press("Two columns")
    page.get_by_role("button", name=gettext("Next change")).click()
    expect(page.locator("#change-1")).to_be_focused()
    sides = page.locator("#change-1 .provision-text")
    old, new = (sides.nth(place).bounding_box() for place in range(2))
    assert old["y"] == new["y"]
    assert old["x"] + old["width"] <= new["x"]
    expect(sides.nth(0).locator("del")).to_contain_text("07")
    expect(sides.nth(1).locator("ins")).to_contain_text("05")
