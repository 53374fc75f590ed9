"""A clerk keys in what came on paper: one page, by keyboard alone, one after the other."""

import pytest
from django.utils.translation import gettext
from playwright.sync_api import expect

from comments.models import Comment, Delegate, Position, ProposalKind, Source
from tests.e2e.conftest import Slow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("is_slow", [False, True])
def test_papers_are_keyed_in_without_a_mouse(visit, world, consultation, is_slow):
    """Nothing is waited for: whoever keys in does not look at the screen."""
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    clerk = visit("clerk")
    page, keys = clerk.page, clerk.page.keyboard
    network = Slow(page) if is_slow else None
    page.goto(f"{clerk.base}/consultations/{consultation.pk}/record/")
    clerk.look()
    expect(page.locator("[name=author]")).to_be_focused()
    keys.type(world.delegate.full_name)
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.type("1.a")
    keys.press("Tab")
    keys.type("Bảy ngày là quá lâu.")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Control+A")
    keys.type(point.text.replace("07", "05"))
    keys.press("Tab")
    keys.type("Dân chờ lâu.")
    if network:
        network.arrive()
    expect(page.locator("[name=wording]")).to_have_value(point.text.replace("07", "05"))
    expect(page.locator("[name=body]")).to_have_value("Bảy ngày là quá lâu.")
    expect(page.locator("[name=reason]")).to_be_focused()
    expect(page.locator(".comment-preview ins")).to_contain_text("05")
    keys.press("Control+Enter")
    expect(page.locator(".recorded")).to_contain_text("Bảy ngày là quá lâu.")
    comment = Comment.objects.get()
    assert (comment.author, comment.recorded_by) == (world.delegate, world.clerk)
    assert (comment.source, comment.provision_key) == (Source.PAPER, point.key)
    assert comment.proposal_kind == ProposalKind.REPLACE
    assert comment.proposed_text == point.text.replace("07", "05")
    assert comment.reason == "Dân chờ lâu."
    expect(page.locator("[name=at]")).to_be_focused()
    keys.press("Tab")
    keys.type("Nhất trí với các nội dung khác.")
    keys.press("Control+Enter")
    expect(page.locator(".recorded li")).to_have_count(2)
    expect(page.locator("[name=at]")).to_be_focused()
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    keys.type(world.delegate2.full_name)
    for _field in ("source", "at", "body", "reason", "category", "position"):
        keys.press("Tab")
    keys.type(gettext("Fully agrees"))
    keys.press("Control+Enter")
    clerk.reads(f"{world.delegate2}: ")
    clerk.look()
    assert Comment.objects.count() == 2
    assert Delegate.objects.get(person=world.delegate2).position == Position.AGREES
