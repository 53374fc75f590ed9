"""The pictures of README and docs/huong-dan/, made again by `make screenshots`.

Each stage of the demo is loaded into a database of its own, served, and visited by its people.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.serving import free_address, running

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
COLOURS = 256
DESKTOP = {"width": 1366, "height": 768}
TABLET = {"width": 820, "height": 1180}
CHROMIUM = ["--no-sandbox", "--disable-gpu"]


class Desk:
    """A server at one stage of the demo, and the people who come to it."""

    def __init__(self, browser: Browser, base: str, password: str) -> None:
        self.browser, self.base, self.password = browser, base, password

    @contextmanager
    def visit(self, username: str, path: str, size: dict[str, int] = DESKTOP) -> Iterator[Page]:
        context = self.browser.new_context(
            viewport=size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
        )
        with closing(context):
            page = context.new_page()
            page.goto(f"{self.base}/accounts/login/")
            page.locator("#id_login").fill(username)
            page.locator("#id_password").fill(self.password)
            page.locator("main button[type=submit]").click()
            page.goto(self.base + path)
            yield page

    def picture(self, name: str, *visit: object) -> None:
        with self.visit(*visit) as page:
            keep(name, page)


def keep(name: str, page: Page) -> None:
    page.wait_for_load_state("networkidle")
    taken = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    few = taken.quantize(palette=commonest_colours(taken), dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)
    print(f"docs/images/{name}.png")


def commonest_colours(image: Image.Image) -> Image.Image:
    """A palette in which flat surfaces keep their colour exactly."""
    counted = sorted(image.getcolors(image.width * image.height), reverse=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _count, colour in counted[:COLOURS] for part in colour])
    return palette


def drafting(desk: Desk) -> None:
    with desk.visit("vanphong", "/directives/1/drafts/1/edit/") as page:
        row = page.locator(".editor-row", has_text="07 ngày làm việc")
        row.get_by_role("link", name=re.compile("Sửa")).first.click()
        page.locator("textarea[name=text]").wait_for()
        keep("soan-thao", page)
    desk.picture("gui-lay-y-kien", "vanphong", "/directives/1/consult/")


def consultation(desk: Desk) -> None:
    desk.picture("theo-doi", "vanphong", "/consultations/1/")
    desk.picture("viec-cua-toi", "chutri", "/", TABLET)
    with desk.visit("tran.quoc.an", "/consultations/1/read/", TABLET) as page:
        row = page.locator(".reading-row", has_text="07 ngày làm việc")
        row.locator("[data-write]").click()
        page.locator("[name=body]").fill("Bảy ngày là quá lâu.")
        page.locator("[name=proposal_kind][value=replace]").check()
        wording = page.locator("[name=wording]")
        wording.fill(wording.input_value().replace("07 ngày", "05 ngày"))
        page.locator(".comment-preview ins").wait_for()
        keep("gop-y", page)
    desk.picture("ghi-thay", "vanthu", "/consultations/1/record/")
    desk.picture("chuong-trinh", "vanphong", "/meetings/1/")
    meeting(desk)


def meeting(desk: Desk) -> None:
    """The meeting of the round is held: the roll, the first item, a speaker, a vote."""
    with desk.visit("vanphong", "/meetings/1/room/") as page:
        page.locator("form[action$='/rest/'] button").click()
        page.goto(f"{desk.base}/meetings/1/room/open/")
        page.locator(".confirm-sheet button[type=submit]").click()
        page.goto(f"{desk.base}/meetings/1/room/")
        page.locator("#room-matter form[action$='/open/'] button").click()
        for nth in (4, 6):
            page.locator("#call-attendee").select_option(index=nth)
            page.locator(".call-form button[value=register]").click()
            page.wait_for_timeout(1_500)
        page.locator("#room-floor .waiting .btn-primary").click()
        page.locator("[data-speaks]").wait_for()
        page.locator("#show").select_option(index=6)
        page.locator(".matter-show button").click()
        page.locator("#remark-text").fill("Tôi cơ bản thống nhất, đề nghị quy định rõ thời hạn.")
        page.evaluate("scrollTo(0, 0)")
        keep("dieu-hanh", page)
    desk.picture("chu-tri", "chutri", "/meetings/1/chair/", TABLET)
    with desk.visit("vanphong", "/meetings/1/items/1/ballots/open/") as page:
        page.locator("[name=question]").fill("Thông qua chủ trương ban hành Chỉ thị")
        page.locator(".form-buttons button[type=submit]").click()
    desk.picture("bieu-quyet", "tran.quoc.an", "/meetings/1/ballots/1/vote/", TABLET)


def consolidation(desk: Desk) -> None:
    with desk.visit("vanphong", "/consultations/1/workbench/") as page:
        piece = page.locator(".columns-rail a", has_text="Khi được hỏi ý kiến").first
        page.goto(desk.base + (piece.get_attribute("href") or ""))
        page.locator(".bench-card--waiting").first.locator("button[value=accepted]").click()
        page.locator("#bench-main ins").first.wait_for()
        keep("workbench", page)


def approval(desk: Desk) -> None:
    desk.picture("so-sanh", "vanphong", "/directives/1/compare/?columns=2#change-5")
    with desk.visit("tran.quoc.an", "/consultations/1/read/", TABLET) as page:
        page.locator(".note-card").first.evaluate("note => note.scrollIntoView({block: 'center'})")
        keep("tra-loi", page)
    desk.picture("cho-duyet", "chutri", "/", TABLET)
    with desk.visit("chutri", "/directives/1/approve/", TABLET) as page:
        keep("duyet", page)
        page.get_by_role("button", name="Duyệt văn bản này").click()
    with desk.visit("vanthu", "/register/open/") as page:
        page.locator("[name=first_number]").fill("35")
        keep("mo-so", page)
        page.locator(".form-buttons button[type=submit]").click()
        page.goto(f"{desk.base}/directives/1/issue/")
        keep("ban-hanh", page)


def issued(desk: Desk) -> None:
    desk.picture("da-ban-hanh", "vanthu", "/directives/1/issuing/")
    desk.picture("van-ban-hoi-nghi", "vanphong", "/meetings/1/papers/")


SCENES = (drafting, consultation, consolidation, approval, issued)


@contextmanager
def served(stage: str, folder: str) -> Iterator[str]:
    """The address of a server with the demo at the stage."""
    settings = {"DATABASE_URL": f"sqlite:///{folder}/{stage}.sqlite3", "DEBUG": "1"}
    manage, environment = [sys.executable, "manage.py"], os.environ | settings
    quiet = {"cwd": ROOT, "env": environment, "stdout": subprocess.DEVNULL}
    subprocess.run([*manage, "migrate"], check=True, **quiet)
    subprocess.run([*manage, "demo", "--stage", stage], check=True, **quiet)
    address = free_address()
    command = [*manage, "runserver", "--noreload", address]
    with running(command, address, stderr=subprocess.DEVNULL, **quiet):
        yield f"http://{address}"


def main(scenes: tuple[Callable[[Desk], None], ...]) -> None:
    django.setup()
    from meetings.demo.people import PASSWORD as password

    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium
        with closing(chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)) as one:
            for scene in scenes:
                with served(scene.__name__, folder) as base:
                    scene(Desk(one, base, password))


if __name__ == "__main__":
    wanted = sys.argv[1:]
    main(tuple(scene for scene in SCENES if not wanted or scene.__name__ in wanted))
