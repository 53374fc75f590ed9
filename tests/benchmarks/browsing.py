"""The longest tasks of Chromium's main thread on the pages of a large round, as people use them.

A task of the main thread is a time in which the page does not answer; the browser reports those
over 50 ms. They are times by the clock: on a machine with other work they are longer.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.measuring import Row
from tests.serving import free_address, running

CHROMIUM = "/usr/bin/chromium"
MOST_MS = 200
PATIENCE_MS = 120_000
# The place in the rail of the provision with sixty comments (tests/large.py).
CROWDED = 1
REPORTED_MS = 50
WATCH = """
window.longTasks = [];
new PerformanceObserver(list => longTasks.push(...list.getEntries().map(one => one.duration)))
  .observe({type: "longtask", buffered: true});
"""


def run(pages: dict[str, tuple[tuple[str, str], Callable[[Page], None]]]) -> list[Row]:
    """`pages`: by name the key of a session with a path, and what a person does there."""
    with _server() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        rows = []
        for name, ((session, path), act) in pages.items():
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
            context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
            context.add_init_script(WATCH)
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.goto(base + path, wait_until="networkidle")
            rows.append(_row(f"{name}: opening", page))
            act(page)
            page.wait_for_load_state("networkidle")
            rows.append(_row(f"{name}: use", page) | {"most_ms": MOST_MS})
            context.close()
        browser.close()
    return rows


def _row(case: str, page: Page) -> Row:
    """The longest task since the last row."""
    tasks = page.evaluate("longTasks.splice(0)")
    longest = max(tasks, default=REPORTED_MS)
    row = {"case": case, "tool": "longest task in Chromium", "seconds": longest / 1000}
    return row if tasks else row | {"note": "or less"}


@contextmanager
def _server() -> Iterator[str]:
    address = free_address()
    command = [sys.executable, "manage.py", "runserver", address, "--noreload", "--skip-checks"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with running(command, address, seconds=120, env=os.environ | {"DEBUG": "1"}, **quiet):
        yield f"http://{address}"


def work_at_the_workbench(page: Page) -> None:
    """Two provisions chosen, a reply typed, an answer given among sixty."""
    for place in (40, CROWDED):
        page.locator("#bench-rail a").nth(place).click()
        current = page.locator("#bench-rail li").nth(place).locator("a[aria-current]")
        current.wait_for()
    card = page.locator(".bench-card--waiting").first
    card.locator("textarea[name=reply]").press_sequentially("Xin giữ như dự thảo.", delay=20)
    card.locator("button[value=noted]").click()
    page.locator(f"#{card.get_attribute('id')} > .answer").wait_for()


def read_and_write(page: Page) -> None:
    """The contents, the form of a provision in the middle, a comment typed, the form closed."""
    page.locator("#reading-contents a").nth(150).click()
    page.locator("[data-write]").nth(150).click()
    form = page.locator("form.comment-panel")
    form.locator("textarea[name=body]").press_sequentially("Đề nghị nêu rõ thời hạn.", delay=20)
    form.locator("[name=proposal_kind][value=replace]").check()
    form.locator("textarea[name=wording]").press_sequentially(" Trong năm 2026.", delay=20)
    form.locator(".comment-preview ins").first.wait_for()
