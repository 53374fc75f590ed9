"""A browser that watches what a person would not: scripts' errors, the content policy, the network,
and what axe says of every page it is shown."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests import factories

DESKTOP = {"width": 1366, "height": 768}
TABLET = {"width": 820, "height": 1180}
# What is said of a refusal that was meant, of a network that a test took away, and of one that
# changed under the whole machine. htmx adds its own words; of any other cause the browser tells.
NO_FAULT = re.compile(
    r"status of (409|422)\b|net::ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED)$"
    r"|^htmx:(sendError|afterRequest)\b"
)
# Whoever asked for less movement, as every person here does, sees none.
TELLS_OF_MOVEMENT = """
for (const movement of ["animationstart", "transitionrun"]) {
  addEventListener(movement, ({ target }) => {
    console.error(`${movement}: ${target.outerHTML.slice(0, 120)}`);
  }, true);
}
"""


class Visit:
    """One person at one screen."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message) -> None:
        if message.type == "error" and not NO_FAULT.search(message.text):
            self.faults.append(f"console: {message.text}")

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.base:
            self.faults.append(f"off the host: {request.url}")

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.base}/accounts/login/")
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(factories.PASSWORD)
        self.page.locator("main button[type=submit]").click()
        expect(self.page.locator("h1")).to_have_text("Việc của tôi")

    def press(self, msgid: str, within: str = "body") -> None:
        """Click the button or link that reads so in Vietnamese, then look at what comes."""
        self._act(msgid, within).click()
        self.look()

    def tap(self, msgid: str, within: str = "body") -> None:
        """With a finger, on a screen that has touch; nobody waits for what comes of it."""
        self._act(msgid, within).tap()

    def _act(self, msgid: str, within: str) -> Locator:
        words = re.compile(rf"^\s*{re.escape(gettext(msgid))}\s*$")
        acts = self.page.locator(within).locator("a:visible, button:visible, summary:visible")
        return acts.filter(has_text=words).first

    def reads(self, words: str) -> None:
        """The page holds the words."""
        expect(self.page.locator("main")).to_contain_text(words)

    def look(self) -> None:
        """Nothing serious for axe on the page as it stands now."""
        self.page.wait_for_load_state("networkidle")
        # A sheet on its way in or out is neither here nor gone.
        expect(self.page.locator(".showing, .hiding")).to_have_count(0)
        found = Axe().run(self.page).response["violations"]
        serious = [one for one in found if one["impact"] in ("serious", "critical")]
        for one in serious:
            where = one["nodes"][0]["html"][:120]
            self.faults.append(f"axe on {self.page.url}: {one['id']} {where}")


class Slow:
    """What scripts ask the server for is on its way until the test lets it arrive."""

    def __init__(self, page: Page) -> None:
        self.held, self.is_waiting = [], True
        page.route("**/*", self._hold)

    def _hold(self, route: Route) -> None:
        if self.is_waiting and "hx-request" in route.request.headers:
            self.held.append(route)
        else:
            route.continue_()

    def arrive(self) -> None:
        assert self.held
        self.is_waiting = False
        for route in self.held:
            route.continue_()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {
        "executable_path": "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
        ],
    }


@pytest.fixture
def visit(browser: Browser, live_server) -> Callable[..., Visit]:
    """Sign a person in at a screen of their own; every fault that was seen fails the test.

    Without a user name nobody is signed in.
    """
    visits: list[Visit] = []

    def visit(username: str = "", viewport: dict[str, int] = DESKTOP, **screen: bool) -> Visit:
        context = browser.new_context(
            viewport=viewport, locale="vi-VN", reduced_motion="reduce", **screen
        )
        context.add_init_script(TELLS_OF_MOVEMENT)
        context.set_default_timeout(15_000)
        made = Visit(context.new_page(), live_server.url)
        visits.append(made)
        if username:
            made.sign_in(username)
        return made

    yield visit
    # Before the windows close, for a request that is under way then fails.
    faults = [fault for one in visits for fault in one.faults]
    for one in visits:
        one.page.context.close()
    assert not faults, "\n".join(faults)
