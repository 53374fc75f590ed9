"""Vietnamese letters as they are composed, and two windows on one comment."""

import pytest
from playwright.sync_api import Locator, Page, expect

from comments.models import Comment

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


@pytest.fixture
def address(consultation, point):
    return f"/consultations/{consultation.pk}/read/?at={point.key}"


def row_of(page: Page, point) -> Locator:
    return page.locator(f"[id='p-{point.key}']")


@pytest.mark.parametrize(
    "steps",
    [["d", "dd", "đ", "đu", "đuo", "đươ", "được"], ["d", "d9", "đ", "đu", "đu7o7", "đươ", "được"]],
    ids=["telex", "vni"],
)
def test_a_word_is_composed_before_anything_is_sent_or_previewed(visit, point, address, steps):
    member = visit("delegate")
    page, row = member.page, row_of(member.page, point)
    page.goto(f"{member.base}{address}&pane=write")
    row.locator("[name=proposal_kind][value=replace]").check()
    expect(row.locator(".kept-words--done")).to_be_visible()
    wording = row.locator("[name=wording]")
    wording.fill(point.text)
    expect(row.locator(".comment-preview .hint")).to_be_visible()
    page.wait_for_timeout(700)
    wording.press("Control+End")
    typing, sent = page.context.new_cdp_session(page), []
    page.on("request", lambda request: sent.append(request.url))
    for shown in steps:
        end = len(shown)
        composed = {"text": shown, "selectionStart": end, "selectionEnd": end}
        typing.send("Input.imeSetComposition", composed)
    page.wait_for_timeout(1000)
    assert not [url for url in sent if "preview" in url or "write" in url]
    typing.send("Input.insertText", {"text": "được"})
    expect(row.locator(".comment-preview ins")).to_contain_text("được")
    expect(row.locator(".comment-preview del")).to_have_count(0)
    expect(row.locator(".kept-words--done")).to_be_visible()
    assert Comment.objects.get().proposed_text == f"{point.text}được"
    member.look()


@pytest.fixture
def windows(visit, point, address):
    """Two windows of one person on one draft comment."""
    member = visit("delegate")
    first = member.page
    first.goto(f"{member.base}{address}&pane=write")
    row_of(first, point).locator("[name=body]").fill("Bảy")
    expect(row_of(first, point).locator(".kept-words--done")).to_be_visible()
    assert first.evaluate("Object.keys(localStorage)") == []
    second = first.context.new_page()
    second.goto(f"{member.base}/comments/{Comment.objects.get().pk}/edit/")
    expect(row_of(second, point).locator("[name=body]")).to_have_value("Bảy")
    return member, row_of(first, point), row_of(second, point)


def say(row: Locator, words: str) -> None:
    row.locator("[name=body]").fill(words)


def both_say_something(first: Locator, second: Locator) -> None:
    say(first, "Bảy ngày")
    expect(first.locator(".kept-words--done")).to_be_visible()
    say(second, "Mười ngày")
    expect(second.locator(".overtaken-texts")).to_contain_text("Bảy ngày")
    expect(second.locator(".overtaken-texts")).to_contain_text("Mười ngày")
    assert Comment.objects.get().body == "Bảy ngày"


def bodies() -> set[str]:
    return set(Comment.objects.values_list("body", flat=True))


def test_two_windows_keep_both_texts_as_two_comments(windows):
    member, first, second = windows
    both_say_something(first, second)
    member.look()
    second.locator("button[value=both]").click()
    expect(second.locator("[name=body]")).to_have_value("Mười ngày")
    expect(second.locator(".note-card--draft")).to_contain_text("Bảy ngày")
    say(first, "Bảy ngày làm việc")
    expect(first.locator(".kept-words--done")).to_be_visible()
    say(second, "Mười ngày làm việc")
    expect(second.locator(".kept-words--done")).to_be_visible()
    assert bodies() == {"Bảy ngày làm việc", "Mười ngày làm việc"}


def test_the_window_whose_text_stays_goes_on_and_the_other_is_asked(windows):
    _member, first, second = windows
    both_say_something(first, second)
    second.locator("button[value=mine]").click()
    expect(second.locator(".overtaken-texts")).to_have_count(0)
    assert bodies() == {"Mười ngày"}
    say(first, "Bảy ngày thôi")
    expect(first.locator(".overtaken-texts")).to_contain_text("Mười ngày")
    first.locator("button[value=theirs]").click()
    expect(first.locator("[name=body]")).to_have_value("Mười ngày")
    assert bodies() == {"Mười ngày"}


def test_both_windows_closed_without_network_lose_nothing(windows, point, address):
    member, first, second = windows
    context = first.page.context
    context.set_offline(True)
    for row, words in ((first, "Bảy ngày"), (second, "Mười ngày")):
        say(row, words)
        expect(row.locator(".kept-words--failed")).to_be_visible()
        row.page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{member.base}{address}")
    expect(row_of(again, point).locator(".note-card--draft")).to_have_count(2)
    assert bodies() == {"Bảy ngày", "Mười ngày"}
