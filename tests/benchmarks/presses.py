"""One directive of 3, 12 and 60 pages on several presses, turn by turn; and what it costs to send
the stored file. Prints rows as JSON. Run by bench_pdf in a process whose DATABASE_URL is an empty
file; `python -m tests.benchmarks.presses PAPER` typesets one pickled paper, as a cold process.
"""

import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from zoneinfo import ZoneInfo

import django
from weasyprint import HTML

django.setup()

from directives.comparison import Numbered  # noqa: E402
from directives.models import Provision  # noqa: E402
from directives.rendering import typesetting  # noqa: E402
from directives.rendering.docx import drafts  # noqa: E402
from directives.rendering.paper import Paper, Paragraph, Signature  # noqa: E402
from directives.rendering.pdf import compose_directive  # noqa: E402
from directives.rendering.typesetting import Manuscript, typeset  # noqa: E402
from directives.text.kinds import Kind  # noqa: E402
from tests.benchmarks.measuring import Row, Work, timed  # noqa: E402
from tests.benchmarks.vietnamese import provision  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
DAY = date(2026, 10, 12)
CREATED = datetime(2026, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
# Provisions that fill so many pages, and how often each press takes its turn.
SIZES = {3: (24, 5), 12: (101, 2), 60: (534, 1)}

OWN, COLD, PLAIN = "directives, warm", "directives, cold process", "directives, plain PDF"
PRINT, OFFICE, TYPST = "Chromium print, warm", "LibreOffice from DOCX", "Typst"
# How many times the seconds of ours the others take, at least: a cold process six times, plain PDF
# and Chromium no less than a 1.2th. Seconds are those of the processor, of Chromium's processes all
# together; what a clock says is printed beside them, and means something on an idle machine only.
GOALS = {3: {COLD: 6, PLAIN: 0.83, PRINT: 0.83}, 12: {PLAIN: 0.83}, 60: {PLAIN: 0.83}}


def paper_of(provisions: int) -> Paper:
    chance = random.Random(provisions)
    body = [Paragraph(f"{n}.", Kind.CLAUSE, provision(chance)) for n in range(1, provisions)]
    return Paper(
        committee_name="TỈNH ỦY LÂM ĐỒNG",
        place="Lâm Đồng",
        symbol="CT/TU",
        number=35,
        issued_on=DAY,
        draft_number=None,
        circulation_mark="",
        secrecy="",
        urgency="",
        subject="về siết chặt kỷ luật, kỷ cương trong giải quyết công việc",
        paragraphs=(*body, Paragraph("", Kind.CLOSING, "Chỉ thị này phổ biến đến chi bộ.")),
        recipients=("Ban Bí thư Trung ương Đảng (để báo cáo)", "Lưu Văn phòng Tỉnh ủy"),
        signature=Signature("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Hoàng Minh Trực"),
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        rows = [
            row
            for pages, (provisions, rounds) in SIZES.items()
            for row in Desk(Path(folder), paper_of(provisions), pages).measured(browser, rounds)
        ]
    json.dump(rows, sys.stdout)


class Taken(NamedTuple):
    """Seconds of the processor, of all processes that had a hand in it, and of a clock."""

    seconds: float
    clock: float


@contextmanager
def chromium() -> Iterator[object | None]:
    if not Path(CHROMIUM).exists():
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@dataclass
class Desk:
    """A paper in all the forms that the presses take."""

    folder: Path
    paper: Paper
    pages: int

    def measured(self, browser: object | None, rounds: int) -> list[Row]:
        presses: dict[str, Work | None] = {
            OWN: partial(self.ours),
            PLAIN: self.plain,
            COLD: self.cold,
            PRINT: self.printed_by(browser) if browser else None,
            OFFICE: self.office() if shutil.which("soffice") else None,
            TYPST: self.typst() if shutil.which("typst") else None,
        }
        taken = turns({name: work for name, work in presses.items() if work}, rounds)
        return [self.row(name, taken) for name in presses]

    def row(self, name: str, taken: dict[str, Taken]) -> Row:
        row: Row = {"case": f"a directive of {self.pages} pages", "tool": name}
        if name not in taken:
            return row | {"skipped": "not installed"}
        ours, others = taken[OWN], taken[name]
        row |= {"seconds": others.seconds, "clock_ms": round(others.clock * 1000)}
        if name != OWN:
            row["ratio"] = others.seconds / ours.seconds
        if name in GOALS[self.pages]:
            row["goal"] = GOALS[self.pages][name]
        return row

    @property
    def manuscript(self) -> Manuscript:
        return compose_directive(self.paper, created=CREATED)

    def ours(self) -> bytes:
        return typeset(self.manuscript)

    def plain(self) -> bytes:
        """The same page by the same renderer, without tags and without PDF/A."""
        page = self.manuscript
        sheets = [typesetting._stylesheet("paper.css"), typesetting._stylesheet(page.stylesheet)]
        html = HTML(string=page.html, url_fetcher=typesetting._fetcher)
        sheets.append(typesetting._rules(page.rules))
        return html.write_pdf(stylesheets=sheets, font_config=typesetting._fonts())

    def cold(self) -> None:
        file = self.folder / "paper.pickle"
        file.write_bytes(pickle.dumps(self.paper))
        subprocess.run([sys.executable, "-m", "tests.benchmarks.presses", file], check=True)

    def printed_by(self, browser: object) -> Work:
        page = self.manuscript
        styles = "".join(
            f'<link rel="stylesheet" href="{(typesetting.STYLES / name).as_uri()}">'
            for name in ("paper.css", page.stylesheet)
        )
        styles += f"<style>{page.rules}</style></head>"
        file = self.folder / f"{self.pages}.html"
        file.write_text(page.html.replace("</head>", styles), encoding="utf-8")
        return partial(_print, browser, file.as_uri())

    def office(self) -> Work:
        file = self.folder / f"{self.pages}.docx"
        file.write_bytes(drafts._alone(drafts.Side(self.paper, CREATED, list(self.numbered()))))
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return partial(subprocess.run, [*command, self.folder, file], check=True, **quiet)

    def numbered(self) -> Iterator[Numbered]:
        for one in self.paper.paragraphs:
            yield Numbered(Provision(kind=one.kind, text=one.text), one.number, "")

    def typst(self) -> Work:
        file = self.folder / f"{self.pages}.typ"
        lines = (f"{one.number} {one.text}" for one in self.paper.paragraphs)
        file.write_text("\n\n".join(line.replace("-", "\\-") for line in lines), encoding="utf-8")
        return partial(subprocess.run, ["typst", "compile", file], check=True)


def _print(browser, address: str) -> bytes:
    browser.goto(address)
    return browser.pdf(prefer_css_page_size=True, tagged=True)


def turns(presses: dict[str, Work], rounds: int) -> dict[str, Taken]:
    """The least of each; the first turn warms up."""
    taken: dict[str, list[Taken]] = {name: [] for name in presses}
    for _ in range(rounds + 1):
        for name, work in presses.items():
            taken[name].append(_taken(work))
    return {
        name: Taken(min(one.seconds for one in times[1:]), min(one.clock for one in times[1:]))
        for name, times in taken.items()
    }


def _taken(work: Work) -> Taken:
    living, started = _living_seconds(), perf_counter()
    seconds = timed(work)
    return Taken(seconds + _living_seconds() - living, perf_counter() - started)


def _living_seconds() -> float:
    """Of the processes below this one that are still alive, such as a browser's."""
    ticks = {}
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(facts[1])
        ticks[int(stat.parent.name)] = sum(map(int, facts[11:15]))
    return sum(
        spent for pid, spent in ticks.items() if pid != os.getpid() and _is_ours(pid, parents)
    ) / os.sysconf("SC_CLK_TCK")


def _is_ours(pid: int, parents: dict[int, int]) -> bool:
    while pid in parents and pid != os.getpid():
        pid = parents[pid]
    return pid == os.getpid()


if __name__ == "__main__":
    typeset(compose_directive(pickle.loads(Path(sys.argv[1]).read_bytes()), created=CREATED))
