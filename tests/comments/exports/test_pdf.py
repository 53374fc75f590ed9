import io
import re
import time
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pdfplumber
import pytest
from pypdf import PdfReader

from comments.exports.reply_table import ReplyRow, ReplyTable
from directives.rendering.tables import compose_table
from directives.rendering.typesetting import typeset

CREATED = datetime(2024, 4, 17, 8, tzinfo=timezone(timedelta(hours=7)))
ROWS = tuple(
    ReplyRow(
        f"Khoản {place // 3 + 1}",
        f"Đại biểu {place}",
        f"Đề nghị sửa thời hạn {place}.\nLý do thứ nhất.",
        f"Tiếp thu {place}.",
    )
    for place in range(30)
)
TABLE = ReplyTable(
    committee_name="TỈNH ỦY LÂM ĐỒNG",
    draft_number=1,
    subject="về phát huy tinh thần trách nhiệm",
    consulted=12,
    comments=30,
    agreed_fully=("Trần Quốc Ân",),
    agreed_with_comments=("Lê Đăng Ơn", "K'Lũy"),
    disagreed=(),
    no_reply=("Hồ Văn Ước",),
    rows=ROWS,
)


def texts(table: ReplyTable) -> list[str]:
    reader = PdfReader(io.BytesIO(typeset(compose_table(table.paper, created=CREATED))))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_the_table_is_headed_and_the_answers_are_counted_by_name():
    text = texts(TABLE)[0]
    assert "BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý" in text
    assert "vào dự thảo lần 1 Chỉ thị về phát huy tinh thần trách nhiệm" in text
    assert "Số đồng chí được lấy ý kiến: 12; số ý kiến góp ý: 30." in text
    assert "Thống nhất hoàn toàn: 1 (Trần Quốc Ân)." in text
    assert "Cơ bản thống nhất, có ý kiến: 2 (Lê Đăng Ơn; K'Lũy)." in text
    assert "Không thống nhất: 0." in text
    assert "Chưa trả lời: 1 (Hồ Văn Ước)." in text
    assert unicodedata.is_normalized("NFC", text)


def test_every_row_appears_once_and_in_order():
    text = " ".join(texts(TABLE))
    for words in ("Đại biểu", "sửa thời hạn", "Tiếp thu"):
        assert re.findall(rf"{words} (\d+)", text) == [str(place) for place in range(30)]


def test_the_four_columns_are_headed_on_every_page():
    pages = texts(TABLE)
    assert len(pages) > 1
    for page in pages:
        assert (
            "Nhóm vấn đề, điều, khoản Chủ thể góp ý Nội dung góp ý Nội dung tiếp thu, giải trình"
            in page
        )


def test_pages_lie_across_and_are_numbered_from_the_second():
    pdf = typeset(compose_table(TABLE.paper, created=CREATED))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, start=1):
            assert page.width > page.height
            above = "".join(char["text"] for char in page.chars if char["top"] < 50)
            assert above == ("" if number == 1 else str(number))


def test_short_rows_are_never_cut_by_the_end_of_a_page():
    for page in texts(TABLE):
        started = re.findall(r"sửa thời hạn (\d+)", page)
        answered = re.findall(r"Tiếp thu (\d+)", page)
        assert started == answered
        assert page.count("Lý do thứ nhất.") == len(started)


def test_a_comment_longer_than_a_page_runs_on_without_loss():
    long = ReplyRow("Khoản 1", "Đại biểu", "\n".join(f"(câu {n})" for n in range(200)), "Ghi nhận.")
    pages = texts(replace(TABLE, rows=(long,)))
    assert len(pages) > 2
    assert re.findall(r"\(câu (\d+)\)", " ".join(pages)) == [str(n) for n in range(200)]


def test_the_first_row_of_a_provision_stands_out():
    pdf = typeset(compose_table(TABLE.paper, created=CREATED))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        lines = [line for page in document.pages for line in page.extract_text_lines()]
    bold = [
        line["chars"][0]["fontname"].endswith("Bold")
        for line in lines
        if line["text"].startswith("Khoản ")
    ]
    assert bold == [True, False, False] * 10


def test_an_empty_table_says_so():
    assert "Không có ý kiến góp ý." in texts(replace(TABLE, rows=(), comments=0))[0]


def test_an_emoji_does_not_hold_up_the_table():
    row = ReplyRow("Khoản 1", "Đại biểu", "Đồng ý 😀", "Ghi nhận.")
    assert "Đồng ý □" in texts(replace(TABLE, rows=(row,)))[0]


def test_only_our_typeface_is_in_the_file():
    reader = PdfReader(io.BytesIO(typeset(compose_table(TABLE.paper, created=CREATED))))
    names = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("+Liberation-Serif-on-Paper" in name for name in names)


def test_the_same_table_gives_the_same_bytes():
    assert typeset(compose_table(TABLE.paper, created=CREATED)) == typeset(
        compose_table(TABLE.paper, created=CREATED)
    )


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="naive"):
        compose_table(TABLE.paper, created=datetime(2024, 4, 17, 8))


def test_five_hundred_rows_with_long_cells_are_typeset_whole_and_in_bounded_time(table):
    began = time.process_time()
    pages = texts(table)
    assert time.process_time() - began < 60
    assert re.findall(r"Tiếp thu (\d+)", " ".join(pages)) == [str(n) for n in range(500)]
    assert all("Nhóm vấn đề, điều, khoản" in page for page in pages)
