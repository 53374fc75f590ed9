"""A clerk keys in what came on paper: one page, by keyboard alone, one after the other."""

import re

import pytest
from django.utils.translation import gettext
from playwright.sync_api import expect

from comments.models import Comment, Delegate, Position, ProposalKind, Source, Status
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


# Faster than anybody types, but a hand: between its keys the browser comes to itself.
FAST_HAND_MS = 25


class Late:
    """The form that was sent lies on the network until the test lets it go."""

    def __init__(self, page) -> None:
        self.held = []
        page.route(re.compile("/record/"), self._hold)

    def _hold(self, route) -> None:
        if route.request.method == "POST":
            self.held.append(route)
        else:
            route.continue_()

    def go(self, page) -> None:
        for _wait in range(250):
            if not self.held:
                page.wait_for_timeout(20)
        self.held.pop().continue_()


@pytest.fixture
def keying(visit, world, consultation):
    """A clerk at the form for a delegate, whose forms are late."""
    clerk = visit("clerk")
    clerk.page.goto(
        f"{clerk.base}/consultations/{consultation.pk}/record/?author={world.delegate.pk}"
    )
    expect(clerk.page.locator("[name=at]")).to_be_focused()
    return clerk.page, Late(clerk.page)


def said() -> list[tuple[str, bool]]:
    comments = Comment.objects.filter(status=Status.SUBMITTED).order_by("number")
    return [(one.body, one.provision_key is not None) for one in comments]


def test_what_is_typed_while_a_comment_is_sent_is_the_next_one(keying):
    page, late = keying
    page.keyboard.press("Tab")
    page.keyboard.type("Nhất trí.", delay=FAST_HAND_MS)
    page.keyboard.press("Control+Enter")
    page.keyboard.type("1.a", delay=FAST_HAND_MS)
    page.keyboard.press("Tab")
    page.keyboard.type("Bảy ngày ", delay=FAST_HAND_MS)
    page.keyboard.press("Control+Enter")
    late.go(page)
    expect(page.locator(".recorded li")).to_have_count(1)
    expect(page.locator("[name=body]")).to_be_focused()
    page.keyboard.type("là quá lâu.", delay=FAST_HAND_MS)
    page.keyboard.press("Control+Enter")
    late.go(page)
    expect(page.locator(".recorded li")).to_have_count(2)
    assert said() == [("Nhất trí.", False), ("Bảy ngày là quá lâu.", True)]


def test_a_word_begun_in_a_choice_is_finished_on_the_next_page(keying, consultation):
    page, late = keying
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    page.clock.set_fixed_time("2026-06-01T08:00:00")  # no pause, however slow the machine
    page.keyboard.press("Tab")
    page.keyboard.type("Nhất trí.", delay=FAST_HAND_MS)
    page.keyboard.press("Control+Enter")
    page.keyboard.type("1.", delay=FAST_HAND_MS)
    late.go(page)
    expect(page.locator(".recorded li")).to_have_count(1)
    page.keyboard.type("a", delay=FAST_HAND_MS)
    expect(page.locator("[name=at]")).to_have_value(str(point.key))


def test_a_comment_that_comes_back_comes_before_what_was_typed_ahead(keying):
    page, late = keying
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Việc sau.", delay=FAST_HAND_MS)
    late.go(page)
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.locator("[name=body]").fill("Việc trước.")
    page.keyboard.press("Control+Enter")
    late.go(page)
    expect(page.locator(".recorded li")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    late.go(page)
    expect(page.locator(".recorded li")).to_have_count(2)
    assert [body for body, _place in said()] == ["Việc trước.", "Việc sau."]
