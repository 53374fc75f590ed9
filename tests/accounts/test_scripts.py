"""What the scripts of static/js add in a browser to pages that work without them."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts import tasks
from tests import factories

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-gpu", "--no-first-run"],
    }


@pytest.fixture
def watched(page: Page) -> Page:
    """A page that fails its test on a script error or a breach of the content policy."""
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on(
        "console",
        lambda message: told.append(message.text) if "Content Security" in message.text else None,
    )
    yield page
    assert told == []


@pytest.fixture
def signed_in(watched: Page, live_server, world, monkeypatch) -> Page:
    deadline = timezone.now() + timedelta(hours=5, minutes=30, seconds=30)
    shown = [tasks.Task(title="Chỉ thị", url="/", action="Góp ý", deadline=deadline)]
    monkeypatch.setattr(tasks, "_providers", [lambda person: shown])
    watched.goto(f"{live_server.url}/accounts/login/")
    watched.fill("#id_login", "delegate")
    watched.fill("#id_password", factories.PASSWORD)
    watched.click("main button[type=submit]")
    expect(watched.locator("h1")).to_have_text("Việc của tôi")
    return watched


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


def test_a_refused_sign_in_takes_the_focus_to_its_reason(watched: Page, live_server, world) -> None:
    watched.goto(f"{live_server.url}/accounts/login/")
    assert serious(watched) == []
    watched.fill("#id_login", "delegate")
    watched.click("main button[type=submit]")
    expect(watched.locator("#id_password_error")).to_be_visible()
    watched.fill("#id_password", "sai")
    watched.click("main button[type=submit]")
    expect(watched.locator("[data-error-summary]")).to_be_focused()
    assert serious(watched) == []


def test_a_deadline_counts_down_in_the_words_of_the_server(signed_in: Page) -> None:
    expect(signed_in.locator("[data-remaining]")).to_have_text("còn 5 giờ 30 phút")
    assert serious(signed_in) == []


def test_the_menu_of_the_person_closes_with_escape(signed_in: Page) -> None:
    signed_in.click(".person-menu summary")
    expect(signed_in.get_by_role("button", name="Đăng xuất")).to_be_visible()
    signed_in.keyboard.press("Escape")
    expect(signed_in.get_by_role("button", name="Đăng xuất")).to_be_hidden()
    expect(signed_in.locator(".person-menu summary")).to_be_focused()


def test_a_piece_that_comes_by_the_clock_takes_no_focus(signed_in: Page) -> None:
    signed_in.evaluate(
        """() => {
            const piece = document.createElement("div");
            piece.setAttribute("hx-get", "/help/");
            piece.setAttribute("hx-trigger", "every 200ms");
            document.querySelector("main").append(piece);
            htmx.process(piece);
        }"""
    )
    for _time in range(3):  # the last comes when the one before has settled
        signed_in.wait_for_event("requestfinished")
    assert signed_in.evaluate("document.activeElement === document.body")


def test_leaving_with_unsaved_typing_asks_first(signed_in: Page, live_server) -> None:
    asked: list[str] = []
    signed_in.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    signed_in.goto(f"{live_server.url}/accounts/password/")
    signed_in.goto(f"{live_server.url}/")
    assert asked == []
    signed_in.goto(f"{live_server.url}/accounts/password/")
    signed_in.locator("#id_oldpassword").press_sequentially("chưa")
    signed_in.goto(f"{live_server.url}/")
    assert asked == ["beforeunload"]


CLICK_TWICE = """async (button) => {
  const moment = () => new Promise((done) => setTimeout(done, 100));
  button.click();
  await moment();
  button.click();
  await moment();
  return [button.textContent, button.disabled];
}"""


def test_a_second_click_sends_nothing(signed_in: Page, live_server) -> None:
    signed_in.goto(f"{live_server.url}/accounts/password/")
    sent: list[str] = []
    signed_in.on("request", lambda request: sent.append(request.method))
    # The answer is held back, so that the page is still there when the second click comes.
    signed_in.route("**/accounts/password/", lambda route: None)
    button = signed_in.locator("main button[type=submit]")
    assert button.evaluate(CLICK_TWICE) == ["Đang xử lý…", True]
    assert sent.count("POST") == 1
    signed_in.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize("width", [390, 820, 1366])
def test_no_page_of_the_frame_is_wider_than_its_window(
    signed_in: Page, live_server, width: int
) -> None:
    signed_in.set_viewport_size({"width": width, "height": 900})
    for address in ("/", "/accounts/password/", "/accounts/logout/", "/khong-co/"):
        signed_in.goto(f"{live_server.url}{address}")
        assert signed_in.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert serious(signed_in) == []
