"""Annexes in the editor, on the reading page and in the preview of a pasted text."""

import re

import pytest
from django.urls import reverse

from directives import drafting
from directives.text.kinds import Kind
from tests import factories


@pytest.fixture
def browser(world, signed_in):
    return signed_in(world.office)


@pytest.fixture
def annexed(world):
    units = [*factories.UNITS, *factories.ANNEXES]
    return factories.directive(world.office, world.committee, units=units)


def url(name: str, made, *more) -> str:
    return reverse(name, args=[made.pk, 1, *more])


def kinds_offered(page) -> set[str]:
    return set(re.findall(r'<option value="(\w+)"', page.content.decode()))


def opened(browser, made, pane: str, words: str):
    at = factories.provision(made, words).pk
    return browser.get(url("draft_edit", made), {"pane": pane, "at": at})


def test_an_annex_is_added_with_its_first_provision(directive, browser):
    page = browser.get(url("draft_edit", directive), {"pane": "annex"})
    assert 'name="kind" value="annex"' in page.content.decode()
    said = {"kind": "annex", "text": "Biểu số liệu", "more": "1"}
    page = browser.post(url("provision_add", directive), said, follow=True)
    assert page.context["rows"][-1].number == "PHỤ LỤC"
    assert page.context["pane"].name == "add"
    after = page.context["pane"].form["after"].value()
    said = {"kind": "clause", "text": "Số việc.", "after": after}
    page = browser.post(url("provision_add", directive), said, follow=True)
    assert page.context["rows"][-1].citation == "khoản 1 Phụ lục"


def test_an_annex_without_a_title_is_refused_with_its_form(directive, browser):
    page = browser.post(url("provision_add", directive), {"kind": "annex", "text": ""})
    assert page.status_code == 422
    assert 'name="kind" value="annex"' in page.content.decode()


def test_what_is_added_at_the_end_goes_into_the_last_annex(annexed, browser):
    page = browser.get(url("draft_edit", annexed), {"pane": "add"})
    assert kinds_offered(page) == {"preamble", "part", "clause", "point", "dash", "plus"}
    after = page.context["pane"].form["after"].value()
    said = {"kind": "clause", "text": "Số việc còn lại.", "after": after}
    page = browser.post(url("provision_add", annexed), said, follow=True)
    assert page.context["rows"][-1].citation == "khoản 2 Phụ lục II"


def test_in_the_main_text_no_annex_is_offered(annexed, browser):
    page = opened(browser, annexed, "add", "theo dõi")
    assert "closing" in kinds_offered(page)
    assert "annex" not in kinds_offered(page)
    page = opened(browser, annexed, "kind", "Trả lời kiến nghị")
    assert kinds_offered(page) == {"preamble", "part", "clause", "point", "dash", "plus"}


def test_the_acts_of_a_title_leave_it_a_title(annexed, browser):
    page = opened(browser, annexed, "acts", "Mẫu báo cáo")
    acts = page.context["pane"].facts["possible"]
    assert (acts["up"], acts["down"], acts["change"], acts["join"]) == (True, False, False, False)
    assert not opened(browser, annexed, "acts", "Số việc").context["pane"].facts["possible"]["join"]


def test_an_annex_is_deleted_whole_and_brought_back(annexed, browser):
    title = factories.provision(annexed, "Danh mục")
    page = browser.post(url("provision_delete", annexed, title.pk), follow=True)
    assert [row.number for row in page.context["rows"]][-2:] == ["PHỤ LỤC", "1."]
    page = browser.post(url("provision_restore", annexed), {"key": str(title.key)}, follow=True)
    assert page.context["rows"][-1].citation == "khoản 1 Phụ lục II"
    assert len(page.context["rows"]) == 2 + len(factories.UNITS) + len(factories.ANNEXES)


def test_places_in_an_annex_are_named_with_it(annexed, browser):
    page = opened(browser, annexed, "move", "07 ngày")
    labels = [label for _pk, label in page.context["pane"].form.fields["after"].choices]
    assert "PHỤ LỤC II: 1. Số việc đã giải quyết." in labels


def test_annexes_stand_below_the_signature_on_the_reading_page(annexed, browser):
    page = browser.get(url("draft_view", annexed)).content.decode()
    places = [page.index(words) for words in
              ("Hoàng Minh Trực", "PHỤ LỤC I<", "(Kèm theo Chỉ thị số", "Trả lời kiến nghị",
               "PHỤ LỤC II<", "Số việc đã")]  # fmt: skip
    assert places == sorted(places)
    assert f"của {annexed.committee.name})" in page


def test_a_pasted_text_brings_its_annexes(directive, browser):
    source = "1. Theo Phụ lục.\nNơi nhận:\n- Lưu.\nPHỤ LỤC\nDanh mục\n1. Một.\nPHỤ LỤC II\n1. Hai."
    page = browser.post(url("draft_paste", directive), {"source": source})
    units = page.context["units"]
    said = units.management_form.initial | {
        f"{form.prefix}-{name}": form[name].value() or ""
        for form in units
        for name in ("kind", "text")
    }
    said = {key if key.startswith("form-") else f"form-{key}": said[key] for key in said}
    browser.post(url("draft_paste", directive), said)
    ordered = drafting.in_order(directive.latest_draft)
    found = [(provision.kind, provision.text) for provision in ordered][1:]
    assert found == [
        (Kind.CLAUSE, "Theo Phụ lục."),
        (Kind.RECIPIENTS, "Lưu"),
        (Kind.ANNEX, "Danh mục"),
        (Kind.CLAUSE, "Một."),
        (Kind.ANNEX, ""),
        (Kind.CLAUSE, "Hai."),
    ]
