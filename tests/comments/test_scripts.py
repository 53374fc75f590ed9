"""What the scripts add to commenting: it saves itself, through dead networks and ended sessions."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from comments import services
from comments.models import Comment, Status

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WORDS = "Bảy ngày là quá lâu."


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-gpu", "--no-first-run"],
    }


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


@pytest.fixture
def sign_in(context: BrowserContext, client, live_server, world):
    def sign_in() -> None:
        client.force_login(world.delegate)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return sign_in


@pytest.fixture
def member(page: Page, live_server, consultation, sign_in) -> Page:
    sign_in()
    page.goto(f"{live_server.url}/consultations/{consultation.pk}/read/")
    return page


@pytest.fixture
def panel(member: Page, point) -> Page:
    row = member.locator(f"[id='p-{point.key}']")
    row.locator("[data-write]").click()
    expect(row.locator(".comment-panel")).to_be_visible()
    return row


def saved(panel) -> None:
    expect(panel.locator(".kept-words--done")).to_be_visible(timeout=10_000)


def test_what_is_typed_saves_itself_as_one_draft(panel) -> None:
    panel.locator("[name=body]").press_sequentially("Bảy ngày", delay=20)
    saved(panel)
    panel.locator("[name=body]").press_sequentially(" là quá lâu.", delay=20)
    panel.page.wait_for_timeout(1500)
    saved(panel)
    comment = Comment.objects.get()
    assert (comment.body, comment.status) == (WORDS, Status.DRAFT)


def test_nothing_is_sent_while_a_letter_is_being_composed(panel) -> None:
    body = panel.locator("[name=body]")
    body.focus()
    typing = panel.page.context.new_cdp_session(panel.page)
    sent: list[str] = []
    panel.page.on("request", lambda request: sent.append(request.url))
    for shown in ("a", "â", "ấ"):
        typing.send(
            "Input.imeSetComposition", {"text": shown, "selectionStart": 1, "selectionEnd": 1}
        )
    panel.page.wait_for_timeout(1200)
    assert not [url for url in sent if url.endswith(("/write/", "/preview/"))]
    typing.send("Input.insertText", {"text": "ấ"})
    saved(panel)
    assert Comment.objects.get().body == "ấ"


def test_selected_words_are_quoted(member: Page, point) -> None:
    text = member.locator(f"[id='p-{point.key}'] [data-quotable]")
    text.evaluate(
        """(element) => {
          const node = element.firstChild, at = node.data.indexOf("07 ngày");
          getSelection().setBaseAndExtent(node, at, node, at + 7);
        }"""
    )
    member.locator(".quote-offer").click()
    panel = member.locator(f"[id='p-{point.key}']")
    expect(panel.locator(".note-quote")).to_contain_text("07 ngày")
    panel.locator("[name=body]").fill(WORDS)
    panel.locator("button[value=submit]").click()
    expect(panel.locator(".note-card--submitted")).to_be_visible()
    comment = Comment.objects.get()
    assert (comment.quote, comment.quote_start) == ("07 ngày", point.text.index("07 ngày"))


def test_a_dead_network_loses_nothing_and_what_was_typed_is_sent_once(
    panel, context: BrowserContext
) -> None:
    context.set_offline(True)
    panel.locator("[name=body]").fill(WORDS)
    expect(panel.locator(".kept-words--failed")).to_be_visible()
    assert not Comment.objects.exists()
    context.set_offline(False)
    saved(panel)
    assert Comment.objects.get().body == WORDS


def test_a_page_closed_without_network_sends_its_words_when_it_is_opened_again(
    panel, context: BrowserContext, live_server, consultation
) -> None:
    context.set_offline(True)
    panel.locator("[name=body]").fill(WORDS)
    expect(panel.locator(".kept-words--failed")).to_be_visible()
    panel.page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{live_server.url}/consultations/{consultation.pk}/read/")
    expect(again.locator(".note-card--draft")).to_contain_text(WORDS)
    assert Comment.objects.get().body == WORDS


def test_an_ended_session_leaves_the_words_and_saves_them_after_a_new_sign_in(
    panel, sign_in
) -> None:
    Session.objects.all().delete()
    panel.locator("[name=body]").fill(WORDS)
    ask = panel.locator(".kept-words--failed a")
    expect(ask).to_be_visible()
    assert panel.locator("[name=body]").input_value() == WORDS
    sign_in()
    panel.locator("[name=body]").press("End")
    panel.locator("[name=body]").press_sequentially(" ")
    saved(panel)
    assert Comment.objects.get().body.strip() == WORDS


def test_words_that_come_too_late_are_shown_to_be_copied(
    panel, context: BrowserContext, live_server, world, consultation
) -> None:
    context.set_offline(True)
    panel.locator("[name=body]").fill(WORDS)
    expect(panel.locator(".kept-words--failed")).to_be_visible()
    panel.page.close(run_before_unload=False)
    services.close_round(consultation.pk, actor=world.office)
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{live_server.url}/consultations/{consultation.pk}/read/")
    expect(again.locator("main .unsent-words")).to_contain_text(WORDS)
    assert not Comment.objects.exists()
