"""A clerk keys in what came on paper: one page, by keyboard alone, one after the other."""

import pytest
from django.utils.translation import gettext
from playwright.sync_api import expect

from comments.models import Comment, Delegate, Position, ProposalKind, Source

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_papers_are_keyed_in_without_a_mouse(visit, world, consultation):
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    clerk = visit("clerk")
    page, keys = clerk.page, clerk.page.keyboard
    page.goto(f"{clerk.base}/consultations/{consultation.pk}/record/")
    clerk.look()
    expect(page.locator("[name=author]")).to_be_focused()
    keys.type(world.delegate.full_name)
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Tab")
    expect(page.locator("[name=at]")).to_be_focused()
    keys.type("1.a")
    expect(page.locator("[name=proposal_kind]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    keys.press("Tab")
    keys.type("Bảy ngày là quá lâu.")
    keys.press("Tab")
    # The panel may be drawn anew while one types on.
    page.locator("[name=proposal_kind]").first.focus()
    keys.press("ArrowDown")
    expect(page.locator("[name=wording]")).to_be_visible()
    keys.press("Tab")
    expect(page.locator("[name=wording]")).to_be_focused()
    page.wait_for_load_state("networkidle")
    keys.press("Control+A")
    keys.insert_text(point.text.replace("07", "05"))
    expect(page.locator(".comment-preview ins")).to_contain_text("05")
    keys.press("Control+Enter")
    expect(page.locator(".recorded")).to_contain_text("Bảy ngày là quá lâu.")
    comment = Comment.objects.get()
    assert (comment.author, comment.recorded_by) == (world.delegate, world.clerk)
    assert (comment.source, comment.provision_key) == (Source.PAPER, point.key)
    assert comment.proposal_kind == ProposalKind.REPLACE
    expect(page.locator("[name=at]")).to_be_focused()
    keys.press("Tab")
    keys.type("Nhất trí với các nội dung khác.")
    keys.press("Control+Enter")
    expect(page.locator(".recorded li")).to_have_count(2)
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    keys.type(world.delegate2.full_name)
    page.locator("[name=position]").focus()
    keys.type(gettext("Fully agrees"))
    keys.press("Control+Enter")
    clerk.reads(f"{world.delegate2}: ")
    clerk.look()
    assert Comment.objects.count() == 2
    assert Delegate.objects.get(person=world.delegate2).position == Position.AGREES
