"""A whole text is pasted, looked through, and written."""

import pytest
from django.urls import reverse

from directives import drafting
from directives.forms import MAX_PASTE

TEXT = """TỈNH ỦY LÂM ĐỒNG
CHỈ THỊ
về tăng cường kỷ luật
-----
Ban Thường vụ yêu cầu:
1. Siết chặt kỷ luật
a) Làm tốt việc một.
d) Số nhảy.
Chỉ thị này phổ biến đến chi bộ.
Nơi nhận:
- Ban Bí thư,
- Lưu.
T/M BAN THƯỜNG VỤ
"""


@pytest.fixture
def url(directive) -> str:
    return reverse("draft_paste", args=[directive.pk, 1])


@pytest.fixture
def browser(world, signed_in):
    return signed_in(world.office)


def units(*rows: dict) -> dict:
    said = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    for place, row in enumerate(rows):
        said |= {f"form-{place}-{name}": value for name, value in row.items()}
    return said


def sent_back(page) -> dict:
    """What a browser sends when nothing is corrected in the preview."""
    rows = [
        {
            name: form[name].value()
            for name in ("kind", "text", "headed", "doubt")
            if form[name].value()
        }
        for form in page.context["units"]
    ]
    return units(*rows)


def test_a_pasted_text_is_shown_in_provisions_before_anything_is_written(directive, url, browser):
    before = directive.latest_draft.provisions.count()
    page = browser.post(url, {"source": TEXT})
    assert page.status_code == 200
    kinds = [form["kind"].value() for form in page.context["units"]]
    assert kinds == ["subject", "preamble", "clause", "point", "point", "closing", "recipients"]
    assert page.context["doubts"] == 1
    assert "TỈNH ỦY LÂM ĐỒNG" in page.content.decode()
    assert directive.latest_draft.provisions.count() == before


def test_the_confirmed_provisions_replace_the_draft(directive, url, browser):
    page = browser.post(url, {"source": TEXT})
    answer = browser.post(url, sent_back(page))
    assert answer.url == reverse("draft_edit", args=[directive.pk, 1])
    directive.refresh_from_db()
    texts = [p.text for p in drafting.in_order(directive.latest_draft)]
    assert directive.subject == texts[0] == "về tăng cường kỷ luật"
    assert texts[3:5] == ["Làm tốt việc một.", "Số nhảy."]
    assert texts[-1] == "Ban Bí thư\nLưu"


def test_markup_from_word_is_taken_off(url, browser):
    source = "<p>1. Việc <b>một</b>.</p><p><span lang=VI>2. Việc hai.</span></p>"
    page = browser.post(url, {"source": source})
    assert [form["text"].value() for form in page.context["units"]] == ["Việc một.", "Việc hai."]


def test_kinds_texts_and_joins_are_corrected_in_the_preview(directive, url, browser):
    browser.post(
        url,
        units(
            {"kind": "clause", "text": "Tiêu đề", "headed": "on"},
            {"kind": "clause", "text": "Đoạn tiếp.", "joined": "on"},
            {"kind": "clause", "text": "nối câu.", "joined": "on"},
            {"kind": "point", "text": ""},
            {"kind": "point", "text": "Điểm."},
        ),
    )
    body = drafting.in_order(directive.latest_draft)[1:-1]
    assert [(p.kind, p.text, p.headed) for p in body] == [
        ("clause", "Tiêu đề\nĐoạn tiếp. nối câu.", True),
        ("point", "Điểm.", False),
    ]


def test_two_subjects_are_told_and_everything_typed_is_kept(directive, url, browser):
    said = units(
        {"kind": "subject", "text": "về việc một"},
        {"kind": "subject", "text": "về việc hai", "doubt": "number_gap"},
        {"kind": "clause", "text": "Việc đã sửa tay."},
    )
    page = browser.post(url, said)
    assert page.status_code == 422
    assert page.context["units"].non_form_errors()
    text = page.content.decode()
    assert "về việc hai" in text
    assert "Việc đã sửa tay." in text
    assert page.context["doubts"] == 1
    assert directive.latest_draft.provisions.filter(text__contains="07 ngày").exists()


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "no such", "text": "Lời."},
        {"kind": "subject", "text": "x" * 1001},
        {"kind": "clause", "text": "dài " * 6000},
    ],
)
def test_bad_units_come_back_with_what_is_wrong(directive, url, browser, row):
    page = browser.post(url, units(row))
    assert page.status_code == 422
    assert row["text"].strip() in page.content.decode()
    assert "data-error-summary" in page.content.decode()
    assert directive.latest_draft.provisions.filter(text__contains="07 ngày").exists()


@pytest.mark.parametrize("source", ["", "  \n \t", "\x00", "\u200b\u200b"])
def test_an_empty_paste_is_refused(url, browser, source):
    page = browser.post(url, {"source": source})
    assert page.status_code == 422
    assert page.context["form"].errors["source"]


def test_an_oversized_paste_is_refused_and_kept(url, browser):
    source = "a" * (MAX_PASTE + 1)
    page = browser.post(url, {"source": source})
    assert page.status_code == 422
    assert source in page.content.decode()


def test_too_many_provisions_are_refused_before_the_preview(url, browser):
    source = "\n".join(f"- Việc {n}." for n in range(drafting.MAX_PROVISIONS + 1))
    page = browser.post(url, {"source": source})
    assert page.status_code == 422
    assert page.context["form"].errors["source"]


def test_as_many_provisions_as_a_draft_may_have_go_through_the_preview(directive, url, browser):
    source = "\n".join(f"- Việc {n}." for n in range(drafting.MAX_PROVISIONS - 2))
    page = browser.post(url, {"source": source})
    assert browser.post(url, sent_back(page)).status_code == 302
    assert directive.latest_draft.provisions.count() == drafting.MAX_PROVISIONS


def test_the_text_is_put_in_one_form(directive, url, browser):
    browser.post(url, units({"kind": "clause", "text": "Kỷ luật\x07\u00a0Đảng."}))
    assert directive.latest_draft.provisions.filter(text="Kỷ luật Đảng.").exists()


@pytest.mark.parametrize("role", ["delegate", "chair", "clerk"])
def test_only_the_office_pastes(world, directive, url, role, signed_in):
    browser = signed_in(getattr(world, role))
    assert browser.get(url).status_code == 403
    assert browser.post(url, units({"kind": "clause", "text": "!"})).status_code == 403
    assert not directive.latest_draft.provisions.filter(text="!").exists()


def test_a_frozen_draft_takes_no_paste(consultation, browser):
    directive = consultation.draft.directive
    url = reverse("draft_paste", args=[directive.pk, 1])
    assert browser.get(url).status_code == 302
    assert browser.post(url, units({"kind": "clause", "text": "!"})).status_code == 302
    assert not consultation.draft.provisions.filter(text="!").exists()
