"""What is not let in, and never unpacked."""

import io
import zipfile

import pytest

from directives.incoming import package
from directives.incoming.package import Package
from directives.incoming.shapes import Unreadable
from tests import wordfiles as made

TEXT = made.p(made.r("1. Việc một."))
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;">'
    '<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>'
)


def code_of(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        opened(content)
    return refused.value.code


def opened(content: bytes) -> None:
    found = Package(content)
    found.xml(found.document_name)


def test_a_word_file_is_opened():
    found = Package(made.docx(TEXT))
    assert found.format == "docx"
    assert found.xml(found.document_name) is not None
    assert found.xml("word/nothing.xml") is None


def test_a_strict_word_file_is_read_like_any_other():
    usual, strict = made.W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body>{TEXT}</w:body></w:document>'
    found = Package(made.docx("", more={"word/document.xml": body}))
    assert found.xml(found.document_name).find(f"{{{usual}}}body") is not None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"hello", "wrong_type"),
        (b"<html><body>1. A</body></html>", "wrong_type"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"{\\rtf1 ...}", "rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (made.zipped({"a.txt": "a"}), "wrong_type"),
        (made.docx(TEXT)[:900], "broken"),
    ],
)
def test_other_files_are_told_apart(content, code):
    assert code_of(content) == code


def test_a_sheet_and_a_file_with_macros_are_no_word_files():
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    for main, code in ((sheet, "wrong_type"), (macros, "macros")):
        assert code_of(made.docx(TEXT, more={"[Content_Types].xml": made.types(main)})) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("word/vbaProject.bin", "macros"),
        ("word/embeddings/oleObject1.bin", "embedded"),
        ("word/activeX/activeX1.xml", "embedded"),
        ("/etc/passwd", "broken"),
        ("../../outside.xml", "broken"),
        ("C:\\outside.xml", "broken"),
    ],
)
def test_what_could_run_or_lead_outside_is_refused(name, code):
    assert code_of(made.docx(TEXT, more={name: "<a/>"})) == code


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame"])
def test_what_word_would_fetch_is_refused(kind):
    outside = made.relations((kind, "http://example.org/x"), mode="External")
    content = made.docx(TEXT, more={"word/_rels/settings.xml.rels": outside})
    assert code_of(content) == "external"


def test_a_link_to_be_clicked_is_no_danger():
    outside = made.relations(("hyperlink", "http://example.org/x"), mode="External")
    assert Package(made.docx(TEXT, more={"word/_rels/document.xml.rels": outside})).names


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(code):
    document = f'<w:document xmlns:w="{made.W}"><w:body><w:p/>&lol3;</w:body></w:document>'
    content = f'<?xml version="1.0" encoding="{code}"?>{LAUGHS}{document}'.encode(code)
    assert code_of(made.docx(TEXT, more={"word/document.xml": content})) == "entities"


def test_an_external_entity_is_never_fetched():
    content = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{made.W}">&x;</w:document>'  # fmt: skip  # noqa: E501
    assert code_of(made.docx(TEXT, more={"word/document.xml": content})) == "entities"


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert code_of(made.docx(TEXT, more={"word/media/a.xml": b"\0" * 40_000_000})) == "bomb"


def test_too_many_parts_are_refused():
    many = {f"word/{n}.xml": "<a/>" for n in range(package.MAX_MEMBERS)}
    assert code_of(made.docx(TEXT, more=many)) == "bomb"


def test_a_part_that_lies_about_its_size_is_cut_off(monkeypatch):
    monkeypatch.setattr(package, "MAX_PART", 5_000)
    assert code_of(made.docx(TEXT * 500)) == "bomb"


def test_an_unknown_compression_and_a_doubled_name_are_refused():
    packed = made.zipped({"[Content_Types].xml": made.types(made.MAIN)}, zipfile.ZIP_BZIP2)
    assert code_of(packed) == "broken"
    file = io.BytesIO(made.docx(TEXT))
    with zipfile.ZipFile(file, "a") as parts, pytest.warns(UserWarning, match="Duplicate"):
        parts.writestr("word/document.xml", "<a/>")
    assert code_of(file.getvalue()) == "broken"


def test_an_opendocument_text_is_opened_and_its_macros_are_not():
    assert Package(made.odt("<text:p>1. A</text:p>")).format == "odt"
    for more, code in (
        ({"Basic/Standard/Module1.xml": "<a/>"}, "macros"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "wrong_type"),
    ):
        assert code_of(made.odt("<text:p/>", more=more)) == code
