"""An annex is written in the editor and read below the signature, also on a tablet."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("screen", [DESKTOP, TABLET], ids=["desktop", "tablet"])
def test_an_annex_is_added_and_filled(visit, world, directive, screen):
    office = visit("office", screen)
    page = office.page
    page.goto(f"{office.base}/directives/{directive.pk}/drafts/1/edit/")
    office.press("Add an annex")
    page.locator("#editor-end textarea").fill("Danh mục thủ tục")
    office.press("Add, and write what stands in it")
    page.locator(".editor-row--open textarea").fill("Cho ý kiến về nhân sự: 10 ngày.")
    office.press("Add", ".editor-row--open")
    rows = page.locator(".editor-row.provision")
    expect(rows.nth(-2)).to_contain_text("PHỤ LỤC")
    expect(rows.last).to_contain_text("1.")
    page.goto(f"{office.base}/directives/{directive.pk}/drafts/1/")
    office.look()
    expect(page.locator(".paper-annex h3")).to_contain_text("Danh mục thủ tục")
    office.reads("(Kèm theo Chỉ thị số")
