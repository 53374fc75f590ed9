"""A member's whole visit: by touch, by keyboard alone, and without scripts."""

import re

import pytest
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from comments.models import Comment, Delegate, Position, ProposalKind, ReadMark, Status
from directives.drafting import NewProvision
from directives.text.kinds import Kind
from tests import factories
from tests.e2e.conftest import DESKTOP, TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORDS = "Bảy ngày là quá lâu."
MOST_TABS = 60


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


def row_of(page: Page, point) -> Locator:
    return page.locator(f"[id='p-{point.key}']")


def is_said(world, point) -> None:
    comment = Comment.objects.get()
    assert (comment.author, comment.provision_key) == (world.delegate, point.key)
    assert (comment.body, comment.status) == (WORDS, Status.SUBMITTED)
    assert comment.proposal_kind == ProposalKind.REPLACE
    assert comment.proposed_text == point.text.replace("07", "05")


def position_of(world) -> str:
    return Delegate.objects.get(person=world.delegate).position


def test_a_whole_visit_by_touch(visit, world, point):
    member = visit("delegate", TABLET, has_touch=True)
    page = member.page
    page.locator("main .task-row a.btn").first.tap()
    expect(page.locator(".read-piece--unread").first).to_be_attached()
    member.look()
    page.locator(".sheet-opener").first.tap()
    member.look()
    page.locator(f"#contents a[href='#p-{point.key}']").tap()
    page.locator("#contents .sheet-close").tap()
    expect(page.locator(".offcanvas-backdrop")).to_have_count(0)
    row = row_of(page, point)
    row.locator("[data-write]").tap()
    page.locator("[name=body]").tap()
    page.keyboard.type(WORDS)
    row.locator("label", has_text=gettext("Change the wording")).first.tap()
    page.locator("[name=wording]").fill(point.text.replace("07", "05"))
    expect(row.locator(".comment-preview ins")).to_contain_text("05")
    expect(row.locator(".kept-words--done")).to_be_visible()
    member.look()
    row.locator("button[value=submit]").tap()
    expect(row.locator(".note-card--submitted")).to_be_visible()
    is_said(world, point)
    assert position_of(world) == Position.NO_REPLY
    page.locator(".foot-choice > summary").tap()
    member.look()
    page.locator(".foot-choice label", has_text=gettext("Agrees in the main, with comments")).tap()
    page.locator(".foot-choice button[type=submit]").tap()
    expect(page.locator("#reading-foot")).to_contain_text(
        gettext("Agrees in the main, with comments")
    )
    assert position_of(world) == Position.AGREES_WITH_COMMENTS
    # Down to the end and back to the beginning, as long at each as reading it takes.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(2_000)
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".read-piece--unread")).to_have_count(0)
    page.wait_for_timeout(3500)
    assert ReadMark.objects.count() >= 5


LONG = [NewProvision(Kind.CLAUSE, f"Điều {n}. " + "Lời văn dài. " * 90) for n in range(6)]


def test_contents_and_bar_follow_the_reading_and_come_back_with_the_reader(visit, world):
    made = factories.directive(world.office, world.committee, LONG)
    factories.consultation(world.office, made, world.delegates)
    member = visit("delegate")
    page = member.page
    page.locator("main .task-row a.btn").first.click()
    current = page.locator("#reading-contents a[aria-current]")
    expect(page.locator(".read-piece--read").first).to_be_attached()
    expect(page.locator(".read-piece--unread").last).to_be_attached()
    expect(page.locator("[data-read-count]")).not_to_contain_text("8/8")
    for piece in range(2, 8):
        page.locator(".reading-row").nth(piece).evaluate("(row) => row.scrollIntoView()")
        expect(page.locator(".read-piece").nth(piece - 1)).to_have_class(re.compile("--read"))
        if piece == 5:
            expect(current).to_contain_text("4. ")
            page.mouse.wheel(0, -900)
            expect(current).not_to_contain_text("4. ")
    expect(page.locator(".read-piece--unread")).to_have_count(0)
    page.wait_for_timeout(3500)
    page.reload()
    expect(page.locator("[data-read-count]")).to_contain_text("8/8")
    member.look()


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, as a person without a mouse does."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"not reached by {MOST_TABS} tabs: {wanted}")


def test_a_whole_visit_by_keyboard_alone(visit, world, point):
    member = visit("delegate", DESKTOP)
    page = member.page
    page.keyboard.press("Tab")
    reach(page, page.locator("main .task-row a.btn").first)
    page.keyboard.press("Enter")
    row = row_of(page, point)
    page.wait_for_url("**/read/**")
    reach(page, row.locator("[data-write]"))
    page.keyboard.press("Enter")
    expect(row.locator(".comment-panel h2")).to_be_focused()
    reach(page, row.locator("[name=body]"))
    page.keyboard.type(WORDS)
    reach(page, row.locator("[name=proposal_kind]").first)
    page.keyboard.press("ArrowDown")
    reach(page, row.locator("[name=wording]"))
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(point.text.replace("07", "05"))
    expect(row.locator(".comment-preview ins")).to_contain_text("05")
    member.look()
    page.keyboard.press("Control+Enter")
    expect(row.locator(".note-card--submitted")).to_be_visible()
    is_said(world, point)
    expect(row).to_be_focused()
    reach(page, page.locator(".foot-bar-inner .btn-row button").first)
    page.keyboard.press("Enter")
    expect(page.locator("#reading-foot")).to_contain_text(gettext("Fully agrees"))
    member.look()
    assert position_of(world) == Position.AGREES


def test_a_whole_visit_without_scripts(visit, world, point):
    member = visit("delegate", TABLET, java_script_enabled=False)
    page = member.page
    page.locator("main .task-row a.btn").first.click()
    row = row_of(page, point)
    row.locator("[data-write]").click()
    row.locator("[name=body]").fill(WORDS)
    row.locator("[name=proposal_kind][value=replace]").check()
    row.locator("[name=wording]").fill(point.text.replace("07", "05"))
    row.locator("button[value=submit]").click()
    expect(row.locator(".comment-preview ins")).to_contain_text("05")
    row.locator("button[value=submit]").click()
    expect(row.locator(".note-card--submitted")).to_be_visible()
    is_said(world, point)
    expect(page.locator(".read-piece--commented")).to_have_count(1)
    page.locator(".foot-choice > summary").click()
    page.locator(".foot-choice [value=disagrees]").check()
    page.locator(".foot-choice button[type=submit]").click()
    expect(page.locator(".foot-choice .error-summary")).to_be_visible()
    page.locator(".foot-choice [name=reason]").fill("Chưa đủ căn cứ.")
    page.locator(".foot-choice button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/read/$"))
    assert position_of(world) == Position.DISAGREES
