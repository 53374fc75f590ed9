"""Whoever holds a paper asks whether it is genuine, without signing in."""

import io

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def changed(paper: bytes) -> bytes:
    """The paper with a blank page more."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def check(visitor, content: bytes, name: str = "chi-thi.pdf") -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    visitor.page.locator("#id_file").set_input_files(file)
    visitor.press("Check this file")


@pytest.mark.parametrize("screen", [DESKTOP, TABLET], ids=["desktop", "tablet"])
def test_a_file_is_checked_by_anybody(visit, issued, screen):
    paper = bytes(issued.issue.pdf.content)
    visitor = visit(viewport=screen)
    visitor.page.goto(f"{visitor.base}/verify/")
    visitor.look()

    check(visitor, paper)
    verdict = visitor.page.locator(".verdict")
    expect(verdict).to_be_focused()
    expect(verdict).to_contain_text("35-CT/TU")
    expect(verdict).to_contain_text("Còn hiệu lực")
    expect(verdict).not_to_contain_text(issued.subject)

    check(visitor, changed(paper))
    expect(verdict).to_contain_text("đã bị thay đổi sau khi ban hành")

    check(visitor, b"Day khong phai la PDF", "ghi-chu.txt")
    expect(verdict).to_have_count(0)
    summary = visitor.page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Không đọc được tệp này")
