import io
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import docx
import pdfplumber
import pytest
from pypdf import PdfReader

from directives.rendering.docx.letters import letter_docx
from directives.rendering.letters import Grid, Letter, compose_letter, numbered
from directives.rendering.paper import Signature
from directives.rendering.pdf import compose_directive
from directives.rendering.tables import Column
from directives.rendering.typesetting import typeset
from directives.text.kinds import Kind

CREATED = datetime(2024, 2, 5, 8, 30, tzinfo=timezone(timedelta(hours=7)))
MM = 72 / 25.4
GRID = Grid(
    (Column("STT", 15), Column("Lựa chọn", 110), Column("Số phiếu", 40)),
    (("1", "Tán thành", "10"), ("2", "Không tán thành", "1")),
)


@pytest.fixture
def letter() -> Letter:
    return Letter(
        committee_name="TỈNH ỦY LÂM ĐỒNG",
        kind="BIÊN BẢN",
        subject="Hội nghị Ban Thường vụ lần thứ 42",
        body=(
            *numbered(
                [
                    (Kind.PART, "THÀNH PHẦN", True),
                    (Kind.CLAUSE, "Có mặt", True),
                    (Kind.DASH, "Đồng chí Hoàng Minh Trực", False),
                ]
            ),
            GRID,
            *numbered([(Kind.PREAMBLE, "Hội nghị kết thúc lúc 11 giờ 30.", False)]),
        ),
        place="Lâm Đồng",
        dated=date(2024, 2, 5),
        left=Signature("NGƯỜI GHI BIÊN BẢN", "", "Lê Thị Ghi"),
        right=Signature("CHỦ TRÌ HỘI NGHỊ", "", "Hoàng Minh Trực"),
    )


def printed(letter: Letter) -> bytes:
    return typeset(compose_letter(letter, created=CREATED))


def words(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_head_text_table_and_two_signatures_stand_on_the_paper(letter):
    (text,) = words(printed(letter))
    for piece in (
        "TỈNH ỦY LÂM ĐỒNG",
        "Lâm Đồng, ngày 05 tháng 02 năm 2024",
        "BIÊN BẢN",
        "I- THÀNH PHẦN 1- Có mặt - Đồng chí Hoàng Minh Trực",
        "Không tán thành 1",
        "NGƯỜI GHI BIÊN BẢN Lê Thị Ghi",
    ):
        assert piece in text
    assert "Nơi nhận" not in text
    assert "Dự thảo" not in text


def test_a_letter_without_a_day_yet_leaves_gaps_and_says_that_it_is_a_draft(letter):
    (text,) = words(printed(replace(letter, dated=None, year=2024, is_draft=True)))
    assert "Lâm Đồng, ngày tháng năm 2024 Dự thảo" in text


def test_the_head_stands_where_that_of_a_directive_stands(letter, make_paper):
    directive = typeset(compose_directive(make_paper(), created=CREATED))
    assert _head(printed(letter)) == pytest.approx(_head(directive))


def _head(pdf: bytes) -> list[float]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        found = [document.pages[0].search(word)[0] for word in ("TỈNH ỦY", "ĐẢNG CỘNG SẢN", "ngày")]
    return [edge for one in found for edge in (one["x0"], one["top"])]


def test_a_table_keeps_between_the_margins(letter):
    with pdfplumber.open(io.BytesIO(printed(letter))) as document:
        rules = document.pages[0].rects + document.pages[0].lines
    assert min(rule["x0"] for rule in rules) >= 30 * MM - 1
    assert max(rule["x1"] for rule in rules) <= 195 * MM + 1


@pytest.mark.parametrize("lines", range(19, 24))
def test_signatures_never_stand_alone_on_a_page(letter, lines):
    body = numbered((Kind.DASH, f"Đồng chí số {n}", False) for n in range(lines))
    pages = words(printed(replace(letter, body=body)))
    assert f"Đồng chí số {lines - 1}" in pages[-1]
    assert "CHỦ TRÌ HỘI NGHỊ" in pages[-1]


def test_word_has_the_same_words_in_the_same_order(letter):
    document = docx.Document(io.BytesIO(letter_docx(letter, created=CREATED)))
    head, grid, end = document.tables
    assert [cell.text for cell in grid.rows[2].cells] == ["2", "Không tán thành", "1"]
    assert "ngày 05 tháng 02 năm 2024" in head.rows[0].cells[1].text
    assert end.rows[0].cells[0].text == "NGƯỜI GHI BIÊN BẢN\nLê Thị Ghi"
    body = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert body == [
        "BIÊN BẢN",
        "Hội nghị Ban Thường vụ lần thứ 42",
        "-----",
        "I- THÀNH PHẦN",
        "1- Có mặt",
        "- Đồng chí Hoàng Minh Trực",
        "Hội nghị kết thúc lúc 11 giờ 30.",
    ]
    assert letter_docx(letter, created=CREATED) == letter_docx(letter, created=CREATED)


def test_recipients_stand_left_where_there_is_one_signature(letter):
    notice = replace(letter, left=None, recipients=("Các chi bộ", "Lưu Văn phòng Tỉnh ủy"))
    (text,) = words(printed(notice))
    assert "Nơi nhận:" in text
    assert "- Lưu Văn phòng Tỉnh ủy." in text
    end = docx.Document(io.BytesIO(letter_docx(notice, created=CREATED))).tables[-1]
    assert end.rows[0].cells[0].text.splitlines()[0] == "Nơi nhận:"
