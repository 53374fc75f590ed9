"""A Word file becomes a draft: read apart, looked through, written."""

from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directives import drafting
from tests import wordfiles as made
from tests.wordfiles import dele, ins, level, listed, p, r

BODY = (
    p(r("CHỈ THỊ"))
    + p(r("về tăng cường kỷ luật"))
    + p(r("-----"))
    + p(r("Ban Thường vụ yêu cầu:"))
    + p(r("Siết chặt kỷ luật trong "), dele("07"), ins("05"), r(" ngày."), properties=listed(1))
    + p(r("Việc hai."), properties=listed(1))
)
NUMBERS = made.numbering(level(0, "decimal", "%1."))


@pytest.fixture
def url(directive) -> str:
    return reverse("draft_upload", args=[directive.pk, 1])


@pytest.fixture
def browser(world, signed_in):
    return signed_in(world.office)


def file(content: bytes, name: str = "du-thao.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(browser, url, content: bytes, **said):
    return browser.post(url, {"file": file(content), "state": "accepted"} | said)


def found(page) -> list[tuple[str, str, bool]]:
    forms = page.context["units"]
    return [(f["kind"].value(), f["text"].value(), bool(f["headed"].value())) for f in forms]


class _Fields(HTMLParser):
    """What a browser would send of a page's forms, by the address they are sent to."""

    def __init__(self) -> None:
        super().__init__()
        self.forms = []

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "form":
            self.forms.append((said.get("action", ""), []))
        elif tag == "input" and self.forms and said.get("type") == "hidden":
            self.forms[-1][1].append((said["name"], said.get("value", "")))


def forms_of(page) -> list[tuple[str, list[tuple[str, str]]]]:
    fields = _Fields()
    fields.feed(page.content.decode())
    return fields.forms


def said(hidden) -> dict[str, list[str]]:
    fields = {}
    for name, value in hidden:
        fields.setdefault(name, []).append(value)
    return fields


def test_the_page_says_what_it_takes(url, browser):
    page = browser.get(url)
    assert page.status_code == 200
    assert 'accept=".docx,.odt"' in page.content.decode()
    assert 'enctype="multipart/form-data"' in page.content.decode()


def test_a_word_file_is_shown_in_provisions_before_anything_is_written(directive, url, browser):
    page = send(browser, url, made.docx(BODY, numbering=NUMBERS))
    assert page.status_code == 200
    assert found(page) == [
        ("subject", "về tăng cường kỷ luật", False),
        ("preamble", "Ban Thường vụ yêu cầu:", False),
        ("clause", "Siết chặt kỷ luật trong 05 ngày.", False),
        ("clause", "Việc hai.", False),
    ]
    assert directive.latest_draft.provisions.filter(text__contains="07 ngày").exists()


def test_the_preview_is_written_where_a_pasted_one_is(directive, url, browser):
    page = send(browser, url, made.docx(BODY, numbering=NUMBERS))
    action, hidden = forms_of(page)[-1]
    assert action == reverse("draft_paste", args=[directive.pk, 1])
    units = {f"form-{n}-kind": kind for n, (kind, _, _) in enumerate(found(page))}
    units |= {f"form-{n}-text": text for n, (_, text, _) in enumerate(found(page))}
    answer = browser.post(action, dict(hidden) | units)
    assert answer.url == reverse("draft_edit", args=[directive.pk, 1])
    texts = [provision.text for provision in drafting.in_order(directive.latest_draft)]
    assert texts[2:4] == ["Siết chặt kỷ luật trong 05 ngày.", "Việc hai."]


def test_tracked_changes_are_told_and_the_other_text_is_one_press_away(url, browser):
    content = made.docx(BODY, numbering=NUMBERS)
    page = send(browser, url, content)
    assert "của Đại biểu" in page.content.decode()
    action, hidden = next(form for form in forms_of(page) if dict(form[1]).get("source"))
    other = browser.post(action, dict(hidden))
    assert found(other)[2] == ("clause", "Siết chặt kỷ luật trong 07 ngày.", False)
    original = send(browser, url, content, state="original")
    assert found(original) == found(other)


def test_what_is_not_kept_is_listed_and_stays_listed(directive, url, browser):
    notes = made.comments((0, "Lê Văn A", "Quá dài."))
    picture = "<w:r><w:drawing><a:blip xmlns:a='x'/></w:drawing></w:r>"
    page = send(browser, url, made.docx(BODY + p(picture), numbering=NUMBERS, comments=notes))
    assert page.context["brought"].lost == [
        "Hình ảnh (1)", "Nhận xét bên lề (1): “Lê Văn A: Quá dài.”",
    ]  # fmt: skip
    action, hidden = forms_of(page)[-1]
    again = browser.post(action, said(hidden) | {"form-0-kind": "nothing", "form-0-text": "x"})
    assert again.status_code == 422
    assert "Lê Văn A: Quá dài." in again.content.decode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "rỗng"),
        (b"hello", "không phải tệp Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "lưu lại dạng “Word Document (.docx)”"),
        (made.docx(BODY, more={"word/vbaProject.bin": b"x"}), "macro"),
        (made.docx(BODY, more={"word/media/a.xml": b"\0" * 40_000_000}), "lớn bất thường"),
        (made.docx(BODY)[:900], "bị hỏng"),
        (made.docx(p(r("")) * 3), "Không tìm thấy điều khoản"),
        (made.docx(p(r("x" * 350_000))), "350000 ký tự"),
    ],
)
def test_a_refused_file_says_why_and_what_to_do(directive, url, browser, content, says):
    page = send(browser, url, content)
    assert page.status_code == 422
    assert says in str(page.context["form"].errors["file"])
    assert directive.latest_draft.provisions.filter(text__contains="07 ngày").exists()


def test_a_file_that_is_too_large_is_refused_unread(settings, url, browser):
    settings.WORD_FILE_LIMIT = 1024
    page = send(browser, url, b"PK\x03\x04" + b"x" * 2000)
    assert "lớn hơn" in str(page.context["form"].errors["file"])


def test_no_file_is_told(url, browser):
    page = browser.post(url, {"state": "accepted"})
    assert page.status_code == 422
    assert page.context["form"].errors["file"]


@pytest.mark.parametrize("role", ["delegate", "chair", "clerk", "administrator"])
def test_only_the_office_uploads(world, url, role, signed_in):
    browser = signed_in(getattr(world, role))
    assert browser.get(url).status_code == 403
    assert send(browser, url, made.docx(BODY)).status_code == 403


def test_a_frozen_draft_takes_no_file(consultation, browser):
    url = reverse("draft_upload", args=[consultation.draft.directive_id, 1])
    assert send(browser, url, made.docx(BODY)).status_code == 302
