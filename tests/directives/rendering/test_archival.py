"""What makes a paper fit to be kept: PDF/A-3a, PDF/UA, the files it encloses.

These tests read it out of the file; test_standards.py asks veraPDF whether the file breaks a rule.
"""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from unicodedata import is_normalized

import pikepdf
import pytest
from lxml import etree

from directives.rendering.archival import Enclosure
from directives.rendering.paper import Paper, Paragraph
from directives.rendering.pdf import compose_directive
from directives.rendering.typesetting import compose, typeset
from directives.text.kinds import Kind

CREATED = datetime(2024, 2, 5, tzinfo=timezone(timedelta(hours=7)))
ENCLOSURES = (
    Enclosure("05-CT-TU.json", "Nội dung", '{"text":"Chỉ thị"}'.encode(), CREATED),
    Enclosure("05-CT-TU.akn.xml", "Akoma Ntoso", "<akomaNtoso>ỡ</akomaNtoso>".encode(), CREATED),
)
TABLE = """<!doctype html><html lang="vi"><title>Bảng</title><body>
<table><thead><tr><th>Điều khoản</th><th>Ý kiến</th></tr></thead>
<tbody><tr><td>Khoản 1</td><td>Đồng ý</td></tr></tbody></table></body></html>"""


@pytest.fixture(scope="module")
def opened():
    documents = []

    def read(content: bytes) -> pikepdf.Pdf:
        documents.append(pikepdf.open(io.BytesIO(content)))
        return documents[-1]

    yield read
    for document in documents:
        document.close()


def printed(paper: Paper) -> bytes:
    return typeset(compose_directive(paper, created=CREATED), ENCLOSURES)


@pytest.fixture
def paper(make_paper):
    return make_paper()


@pytest.fixture
def issued(paper, opened) -> pikepdf.Pdf:
    return opened(printed(paper))


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The tags under one, in reading order."""
    for kid in parent.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary):
            yield kid
            yield from elements(kid)


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]


def xmp(pdf: pikepdf.Pdf) -> etree._Element:
    return etree.fromstring(pdf.Root.Metadata.read_bytes())


def said(pdf: pikepdf.Pdf, name: str) -> str:
    """A property of the metadata, however it is written."""
    tree = xmp(pdf)
    (found,) = tree.xpath(
        f"//@*[name()='{name}'] | //*[name()='{name}']//text()[normalize-space()]"
    )
    return str(found)


def test_the_metadata_claims_both_standards(issued):
    assert said(issued, "pdfaid:part") == "3"
    assert said(issued, "pdfaid:conformance") == "A"
    assert said(issued, "pdfuaid:part") == "1"


def test_the_schema_of_the_second_standard_is_described_as_the_first_one_asks(issued):
    assert said(issued, "pdfaSchema:prefix") == "pdfuaid"
    assert said(issued, "pdfaSchema:namespaceURI") == "http://www.aiim.org/pdfua/ns/id/"
    assert said(issued, "pdfaProperty:name") == "part"
    assert said(issued, "pdfaProperty:category") == "internal"
    assert len(xmp(issued)) == 1


def test_the_file_says_its_language_and_title(paper, issued):
    title = f"Chỉ thị số 05-CT/TU {paper.subject}"
    assert issued.Root.Lang == "vi"
    assert issued.Root.ViewerPreferences.DisplayDocTitle
    assert said(issued, "dc:title") == str(issued.docinfo.Title) == title
    assert said(issued, "xmp:CreateDate") == "2024-02-05T00:00:00+07:00"
    assert issued.docinfo.CreationDate == "D:20240205000000+07'00"


def test_the_enclosed_files_are_there_byte_for_byte_as_sources(issued):
    assert {one.name: one.content for one in ENCLOSURES} == {
        name: spec.get_file().read_bytes() for name, spec in issued.attachments.items()
    }
    listed = list(issued.Root.AF)
    assert [str(spec.F) for spec in listed] == ["05-CT-TU.akn.xml", "05-CT-TU.json"]
    for spec in listed:
        assert spec.AFRelationship == "/Source"
        assert spec.EF.F.Params.ModDate == "D:20240204170000Z"
        assert spec.EF.F.Subtype in ("/text/xml", "/application/json")


def test_the_list_of_files_is_sorted_as_a_name_tree_is(issued):
    names = [str(name) for name in issued.Root.Names.EmbeddedFiles.Names][::2]
    assert names == sorted(names)


def test_colours_are_those_of_a_profile_in_the_file(issued):
    (intent,) = issued.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_nothing_is_in_the_file_that_the_standards_forbid(issued):
    assert "/Encrypt" not in issued.trailer
    assert "/ID" in issued.trailer
    for name in ("/OpenAction", "/AA", "/AcroForm"):
        assert name not in issued.Root
    for each in issued.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            assert "/JS" not in each
            assert str(each.get("/Filter", "")) != "/LZWDecode"


def test_one_family_is_embedded_and_can_be_read_as_text(issued):
    fonts = [each for each in issued.objects if _is(each, "/Font") and "/DescendantFonts" in each]
    families = {str(font.BaseFont).partition("+")[2].partition("-Bold")[0] for font in fonts}
    assert {family.removesuffix("-Italic") for family in families} == {"Liberation-Serif-on-Paper"}
    for font in fonts:
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        assert "/ToUnicode" in font


def _is(each: pikepdf.Object, kind: str) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == kind


def test_the_tags_tell_headings_from_text(paper, issued):
    assert issued.Root.MarkInfo.Marked
    found = tags(issued)
    assert found[0] == "/Document"
    assert found.count("/H1") == 1
    assert found.count("/H2") == sum(one.headed for one in paper.paragraphs)
    assert "/P" in found
    levels = [int(tag[2]) for tag in found if tag[:2] == "/H"]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_a_heading_stands_one_level_below_the_one_over_it(make_paper, opened):
    body = (
        Paragraph("I-", Kind.PART, "Mục đích", headed=True),
        Paragraph("1.", Kind.CLAUSE, "Siết chặt kỷ luật\nRõ người, rõ việc.", headed=True),
        Paragraph("a)", Kind.POINT, "Không có đề mục."),
        Paragraph("2.", Kind.CLAUSE, "Nêu gương", headed=True),
        Paragraph("II-", Kind.PART, "Không có đề mục."),
        Paragraph("1.", Kind.CLAUSE, "Thực hiện", headed=True),
        Paragraph("", Kind.CLOSING, "Chỉ thị này phổ biến đến chi bộ."),
    )
    found = tags(opened(printed(make_paper(paragraphs=body))))
    assert [tag for tag in found if tag[:2] == "/H"] == ["/H1", "/H2", "/H3", "/H3", "/H2"]


def test_headings_are_bookmarks(paper, issued):
    with issued.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert all(is_normalized("NFC", title) for title in titles)
    assert titles == [
        f"{one.number.rstrip('.')}- {one.text.splitlines()[0]}"
        for one in paper.paragraphs
        if one.headed
    ]


def test_a_table_names_its_headers(opened):
    table = opened(typeset(compose(TABLE, stylesheet="table.css")))
    found = list(elements(table.Root.StructTreeRoot))
    headers = [element for element in found if element.S == "/TH"]
    assert [header.A.Scope for header in headers] == ["/Column", "/Column"]
    known = [bytes(name) for name in list(table.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert known == sorted(bytes(header.ID) for header in headers)
    cells = [element for element in found if element.S == "/TD"]
    assert [[bytes(name) for name in cell.A.Headers] for cell in cells] == [[id] for id in known]


def test_all_that_is_drawn_is_tagged_or_set_apart(issued):
    """A page number is no part of the text: read aloud, it would cut a sentence in two."""
    parents = list(issued.Root.StructTreeRoot.ParentTree.Nums)[1::2]
    held = {element.objgen for element in elements(issued.Root.StructTreeRoot)}
    for page, owners in zip(issued.pages, parents, strict=True):
        marks, apart, open_marks = set(), 0, 0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BMC", "BDC"):
                open_marks += 1
                apart += operands[0] == "/Artifact"
                if operands[0] == "/Span":
                    marks.add(int(operands[1].MCID))
            if str(operator) == "EMC":
                open_marks -= 1
            if str(operator) in ("Tj", "TJ"):
                assert open_marks
        assert marks == {mark for mark, owner in enumerate(owners) if owner is not None}
        assert {owners[mark].objgen for mark in marks} <= held
        assert apart >= (page.index > 0)


def test_the_same_paper_with_the_same_files_gives_the_same_bytes(paper):
    assert printed(paper) == printed(paper)
    assert printed(paper) != typeset(compose_directive(paper, created=CREATED))
