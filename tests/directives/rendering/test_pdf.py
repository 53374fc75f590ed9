import io
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise

import pdfplumber
import pytest
from pypdf import PdfReader

from directives.rendering import typeface
from directives.rendering.forms_of_document import UnsupportedDate
from directives.rendering.paper import Paper, Paragraph
from directives.rendering.pdf import compose_directive, date_in_words, kept_whole, punctuated
from directives.rendering.typeface import UnprintableText
from directives.rendering.typesetting import typeset
from directives.text.kinds import Kind

CREATED = datetime(2024, 2, 5, 8, 30, tzinfo=timezone(timedelta(hours=7)))
DRAFT = {"number": None, "issued_on": None, "draft_number": 2}
MM = 72 / 25.4


def texts(pdf: bytes) -> list[str]:
    """The text of each page, its lines joined."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def whole(pdf: bytes) -> str:
    return " ".join(re.sub(r"^\d+ ", "", text) for text in texts(pdf))


def line_of(page, words: str) -> list[dict]:
    """The characters, without spaces, of the first line on the page that holds the words."""
    for line in page.extract_text_lines():
        if words in line["text"]:
            return line["chars"]
    raise AssertionError(f"{words!r} is not on the page")


@cache
def render_once(paper: Paper, created: datetime) -> bytes:
    return typeset(compose_directive(paper, created=created))


@pytest.fixture
def demo(make_paper):
    return make_paper()


@pytest.fixture
def rendered(make_paper):
    def render(created=CREATED, **changes):
        return render_once(make_paper(**changes), created)

    return render


@pytest.fixture
def opened(rendered):
    documents = []

    def open_pages(**changes):
        document = pdfplumber.open(io.BytesIO(rendered(**changes)))
        documents.append(document)
        return document.pages

    yield open_pages
    for document in documents:
        document.close()


def test_the_whole_text_stands_in_order(demo, rendered):
    text = whole(rendered())
    expected = [
        "TỈNH ỦY LÂM ĐỒNG * Số 05-CT/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Lâm Đồng, ngày 05 tháng 02 năm 2024",
        "CHỈ THỊ",
        demo.subject,
        "-----",
        *(line for item in demo.paragraphs for line in item.text.splitlines()),
        "Nơi nhận:",
        *demo.recipients,
        "T/M BAN THƯỜNG VỤ",
        "Q. BÍ THƯ",
        "Nguyễn Văn Thụ",
    ]
    places = [text.find(piece) for piece in expected]
    assert -1 not in places
    assert all(before < after for before, after in pairwise(places))


def test_points_carry_the_numbers_they_are_given(rendered):
    text = whole(rendered())
    assert "d) Mặt trận Tổ quốc" in text
    assert "đ) Các đồng chí Ủy viên" in text
    assert "e) Văn phòng Tỉnh ủy" in text


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2024, 2, 5), "1-"), (date(2026, 1, 9), "1."), (date(2026, 6, 1), "1.")],
)
def test_clauses_are_numbered_as_the_regulation_of_the_day_says(rendered, day, number):
    assert f"{number} Nâng cao nhận thức" in whole(rendered(issued_on=day))


def test_the_text_is_composed_unicode_even_where_the_input_was_not(rendered):
    text = whole(rendered(place=unicodedata.normalize("NFD", "Lâm Đồng")))
    assert "Lâm Đồng, ngày" in text
    assert unicodedata.is_normalized("NFC", text)


def test_only_our_typeface_is_in_the_file_and_it_is_embedded(rendered):
    fonts = {}
    for page in PdfReader(io.BytesIO(rendered(**DRAFT))).pages:
        fonts |= {name: font.get_object() for name, font in page["/Resources"]["/Font"].items()}
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts.values()}
    assert names == {f"Liberation-Serif-on-Paper{style}" for style in ("", "-Bold", "-Italic")}
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "/FontFile2" in descriptor
        assert "/ToUnicode" in font


def test_the_language_the_title_and_the_time_are_in_the_file(demo, rendered):
    reader = PdfReader(io.BytesIO(rendered()))
    assert reader.root_object["/Lang"] == "vi"
    assert reader.metadata.title == f"Chỉ thị số 05-CT/TU {demo.subject}"
    assert reader.metadata.creation_date == CREATED
    draft = PdfReader(io.BytesIO(rendered(**DRAFT)))
    assert draft.metadata.title == f"Dự thảo lần 2 Chỉ thị {demo.subject}"


def test_the_same_paper_gives_the_same_bytes(demo):
    first, second, other_zone, later = (
        typeset(compose_directive(demo, created=created))
        for created in (CREATED, CREATED, CREATED.astimezone(UTC), CREATED + timedelta(hours=1))
    )
    assert first == second == other_zone
    assert first != later


def test_threads_of_a_cold_process_render_the_same_bytes(demo):
    for cached in (typeface._characters, typeface._bold_advances):
        cached.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        papers = set(
            threads.map(lambda _: typeset(compose_directive(demo, created=CREATED)), range(8))
        )
    assert papers == {typeset(compose_directive(demo, created=CREATED))}


def test_a_naive_time_is_refused(rendered):
    with pytest.raises(ValueError, match="naive"):
        rendered(created=datetime(2024, 2, 5, 8))


def test_the_page_is_a4_with_the_margins_of_the_guidance(opened):
    for page in opened():
        assert (page.width, page.height) == pytest.approx((210 * MM, 297 * MM), abs=0.1)
        body = [char for char in page.chars if char["top"] > 20 * MM - 1]
        assert min(char["x0"] for char in body) == pytest.approx(30 * MM, abs=1)
        assert max(char["x1"] for char in body if char["text"] != " ") <= 195 * MM + 0.5
        assert max(char["bottom"] for char in body) <= 277 * MM + 0.5


def test_page_numbers_start_on_the_second_page(opened):
    first, second, third = opened()
    assert not [char for char in first.chars if char["top"] < 19 * MM]
    for page, number in ((second, "2"), (third, "3")):
        (mark,) = [char for char in page.chars if char["top"] < 19 * MM]
        assert mark["text"] == number
        assert mark["size"] == pytest.approx(14, abs=0.01)
        assert mark["top"] == pytest.approx(10 * MM, abs=1.5)
        # Centred over the text, which stands 7.5 mm right of the middle of the page.
        assert (mark["x0"] + mark["x1"]) / 2 == pytest.approx((30 + 165 / 2) * MM, abs=1)


def test_the_rule_is_as_long_as_the_name_of_the_party(opened):
    page = opened()[0]
    (rule,) = page.rects + page.lines
    line = line_of(page, "ĐẢNG CỘNG SẢN VIỆT NAM")
    letters = [char for char in line if char["x0"] > rule["x0"] - 5]
    assert "".join(char["text"] for char in letters) == "ĐẢNGCỘNGSẢNVIỆTNAM"
    assert letters[0]["size"] == pytest.approx(15, abs=0.01)
    assert rule["x0"] == pytest.approx(letters[0]["x0"], abs=0.5)
    assert rule["x1"] == pytest.approx(letters[-1]["x1"], abs=0.5)
    assert 0 < rule["top"] - letters[0]["bottom"] < 6


@pytest.mark.parametrize(
    ("words", "size", "style"),
    [
        ("TỈNH ỦY LÂM ĐỒNG", 14, "Paper-Bold"),
        ("Số 05-CT/TU", 14, "Paper"),
        ("CHỈ THỊ", 16, "Paper-Bold"),
        ("về phát huy", 14, "Paper-Bold"),
        ("Từ sau Đại hội", 14, "Paper"),
        ("Nâng cao nhận thức", 14, "Paper-Bold"),
    ],
)
def test_each_element_has_its_size_and_weight(opened, words, size, style):
    first = line_of(opened()[0], words)[0]
    assert first["size"] == pytest.approx(size, abs=0.01)
    assert first["fontname"].endswith(style.replace("Paper", "on-Paper"))


def test_number_and_date_stand_on_one_line_and_the_date_is_italic(opened):
    line = line_of(opened()[0], "Số 05-CT/TU")
    assert "".join(char["text"] for char in line).endswith("ngày05tháng02năm2024")
    assert line[-1]["fontname"].endswith("Italic")


def test_paragraphs_are_indented_justified_and_spaced(opened):
    page = opened()[0]
    lines = [line for line in page.extract_text_lines() if line["top"] > 240]
    opening = lines[0]
    assert opening["text"].startswith("Từ sau Đại hội")
    assert opening["x0"] == pytest.approx(40 * MM, abs=1)
    assert opening["x1"] == pytest.approx(195 * MM, abs=1)
    assert lines[1]["top"] - opening["top"] == pytest.approx(18, abs=0.1)
    next_paragraph = next(line for line in lines if line["text"].startswith("Tuy nhiên"))
    last = lines[lines.index(next_paragraph) - 1]
    assert next_paragraph["top"] - last["top"] == pytest.approx(18 + 6, abs=0.1)


def test_a_draft_says_which_it_is_and_has_neither_number_nor_date(rendered):
    text = PdfReader(io.BytesIO(rendered(**DRAFT))).pages[0].extract_text()
    assert "Dự thảo lần 2" in text
    assert "TÀI LIỆU HỘI NGHỊ" in text
    assert re.search(r"Số {2,}-CT/TU", text)
    assert re.search(r"Lâm Đồng, ngày {2,}tháng {2,}năm 2024", text)


def test_two_circulation_marks_stand_below_each_other(rendered):
    marks = "TÀI LIỆU HỘI NGHỊ, XONG HỘI NGHỊ TRẢ LẠI"
    page = PdfReader(io.BytesIO(rendered(**DRAFT, circulation_mark=marks))).pages[0]
    lines = [line.strip() for line in page.extract_text().splitlines()]
    first = lines.index("TÀI LIỆU HỘI NGHỊ,")
    assert lines[first + 1] == "XONG HỘI NGHỊ TRẢ LẠI"


@pytest.mark.parametrize("lines", range(18, 34, 3))
def test_a_heading_is_never_the_last_line_of_a_page(opened, lines):
    clause = Paragraph("1.", Kind.CLAUSE, "Nâng cao nhận thức\nNội dung thứ nhất.", headed=True)
    pages = opened(paragraphs=(*short_paper(lines)[:-1], clause, *short_paper(20)))
    (page,) = [page for page in pages if "Nâng cao nhận thức" in page.extract_text()]
    assert "Nội dung thứ nhất." in page.extract_text()


def test_an_issued_paper_carries_no_mark_of_a_draft(rendered):
    text = whole(rendered())
    assert "Dự thảo" not in text
    assert "TÀI LIỆU HỘI NGHỊ" not in text


def test_marks_of_secrecy_and_urgency_are_red_and_framed_under_the_number(opened):
    page = opened(secrecy="MẬT", urgency="HỎA TỐC")[0]
    number, secrecy, urgency = (
        line_of(page, words)[0] for words in ("Số 05-CT/TU", "MẬT", "HỎA TỐC")
    )
    assert number["top"] < secrecy["top"] < urgency["top"]
    for mark in (secrecy, urgency):
        red, green, blue = mark["non_stroking_color"]
        assert red > 0.7
        assert green == blue == 0
        assert mark["size"] == pytest.approx(14, abs=0.01)
    framed = [rect for rect in page.rects + page.curves if rect["top"] > number["bottom"]]
    assert framed


@pytest.mark.parametrize(
    ("day", "end"), [(date(2024, 2, 5), ","), (date(2026, 5, 26), ","), (date(2026, 5, 27), ";")]
)
def test_recipients_end_as_the_guidance_of_the_day_says(rendered, day, end):
    text = whole(rendered(issued_on=day))
    assert f"- Các huyện ủy, thành ủy{end} - Lưu Văn phòng Tỉnh ủy." in text


def test_a_draft_takes_the_form_of_the_day_it_is_made(rendered):
    made = datetime(2026, 10, 12, 1, tzinfo=UTC)
    assert "thành ủy; - Lưu" in whole(rendered(created=made, **DRAFT))
    assert "thành ủy, - Lưu" in whole(rendered(**DRAFT))


def test_a_day_without_known_rules_is_refused(rendered):
    with pytest.raises(UnsupportedDate):
        rendered(issued_on=date(2017, 12, 31))


def test_a_character_that_cannot_be_printed_is_refused(rendered):
    with pytest.raises(UnprintableText):
        rendered(subject="về việc 漢")


def test_markup_in_a_text_is_printed_as_it_was_typed(rendered):
    typed = Paragraph("", Kind.PREAMBLE, "Nếu a < b & c thì <b>không</b> in đậm.")
    assert typed.text in whole(rendered(paragraphs=(typed,)))


def test_legal_bases_have_a_hyphen_and_a_semicolon(rendered):
    bases = (
        Paragraph("", Kind.BASIS, "Căn cứ Điều lệ Đảng."),
        Paragraph("", Kind.BASIS, "- Căn cứ Quy chế làm việc;\nCăn cứ Kết luận số 14-KL/TW,"),
    )
    assert (
        "- Căn cứ Điều lệ Đảng; - Căn cứ Quy chế làm việc; - Căn cứ Kết luận số 14-KL/TW;"
        in whole(rendered(paragraphs=bases))
    )


def test_a_provision_without_text_still_shows_its_number(rendered):
    assert "7-" in whole(rendered(paragraphs=(Paragraph("7.", Kind.CLAUSE, "", headed=True),)))


def short_paper(lines: int) -> tuple[Paragraph, ...]:
    body = (Paragraph("", Kind.PREAMBLE, f"Đoạn thứ {place}.") for place in range(lines))
    return (*body, Paragraph("", Kind.CLOSING, "Chỉ thị này phổ biến đến chi bộ."))


@pytest.mark.parametrize("lines", range(12, 34, 3))
def test_the_signature_never_stands_alone_on_a_page(rendered, lines):
    pages = texts(rendered(subject="về việc thử", paragraphs=short_paper(lines)))
    (signed,) = [page for page in pages if "T/M BAN THƯỜNG VỤ" in page]
    assert "Chỉ thị này phổ biến đến chi bộ." in signed
    assert f"Đoạn thứ {lines - 1}." in signed
    assert "Nơi nhận:" in signed
    assert "Nguyễn Văn Thụ" in signed


def test_recipients_stand_left_of_the_signature(opened):
    page = opened()[-1]
    label, authority = line_of(page, "Nơi nhận:"), line_of(page, "T/M BAN THƯỜNG VỤ")
    assert label[0]["x0"] == pytest.approx(30 * MM, abs=1)
    assert authority[0]["top"] == pytest.approx(label[0]["top"], abs=1)
    title, name = line_of(page, "Q. BÍ THƯ")[-1], line_of(page, "Nguyễn Văn Thụ")[-1]
    assert title["fontname"].endswith("on-Paper")
    assert name["fontname"].endswith("Bold")
    assert name["top"] - title["top"] == pytest.approx(5 * 18, abs=0.5)


def test_forty_recipients_all_appear_once_in_order(rendered):
    recipients = (*(f"Đảng ủy xã thứ {place}" for place in range(40)), "Lưu Văn phòng Tỉnh ủy")
    text = whole(rendered(recipients=recipients))
    found = re.findall(r"- (Đảng ủy xã thứ \d+|Lưu Văn phòng Tỉnh ủy)[,.]", text)
    assert found == list(recipients)


def test_a_long_list_of_recipients_goes_on_in_two_columns(opened):
    names = (*(f"Đảng ủy xã thứ {place:02}" for place in range(20)), "Lưu Văn phòng Tỉnh ủy")
    (page,) = opened(subject="về việc thử", paragraphs=short_paper(3), recipients=names)
    places = [page.search(f"- Đảng ủy xã thứ {place:02}", regex=False)[0] for place in range(20)]
    assert {round(one["x0"] / MM) for one in places[:7]} == {30}
    right = 30 + (165 - 8) / 2 + 8
    starts = [one["x0"] / MM for one in places[7:]]
    assert all(min(abs(x - 30), abs(x - right)) < 1 for x in starts)
    assert max(starts) == pytest.approx(right, abs=1)
    columns = [
        [one["top"] for one in places[7:] if (one["x0"] / MM > 60) is beside]
        for beside in (False, True)
    ]
    assert [one == sorted(one) for one in columns] == [True, True]


def test_recipients_of_many_lines_each_leave_the_signature_with_the_text(rendered):
    names = tuple(f"Đảng ủy thứ {n:02} " + "của các cơ quan trong tỉnh " * 6 for n in range(14))
    pages = texts(rendered(subject="về việc thử", paragraphs=short_paper(12), recipients=names))
    assert "Nguyễn Văn Thụ" in pages[0]
    assert "Chỉ thị này phổ biến đến chi bộ." in pages[0]
    assert re.findall(r"Đảng ủy thứ (\d\d)", " ".join(pages)) == [f"{n:02}" for n in range(14)]


def test_lines_in_capitals_end_at_the_margin(opened):
    part = "I- NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU CỦA CÁC CẤP ỦY, TỔ CHỨC ĐẢNG, CHÍNH QUYỀN, MẶT TRẬN "
    page = opened(paragraphs=(Paragraph("", Kind.PREAMBLE, part * 3),))[0]
    assert max(one["x1"] for one in page.chars) == pytest.approx(195 * MM, abs=0.3)


def test_a_subject_of_twenty_lines_is_printed_whole(demo, rendered):
    subject = f"{demo.subject}, " * 5
    assert subject.strip() in texts(rendered(subject=subject))[0]


def test_three_hundred_provisions_are_printed_without_loss(demo, rendered):
    body = demo.paragraphs
    marked = [
        replace(item, text=f"{item.text} (mục {place})")
        for place, item in enumerate(body[3:-1] * 12)
    ]
    text = whole(rendered(paragraphs=(*body[:3], *marked, body[-1])))
    assert re.findall(r"\(mục (\d+)\)", text) == [str(place) for place in range(len(marked))]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 4, 17), "ngày 17 tháng 4 năm 2024"),
        (date(2024, 2, 5), "ngày 05 tháng 02 năm 2024"),
        (date(2024, 12, 9), "ngày 09 tháng 12 năm 2024"),
        (date(2025, 1, 10), "ngày 10 tháng 01 năm 2025"),
    ],
)
def test_days_under_ten_and_the_first_two_months_are_padded(day, words):
    assert date_in_words(day) == words


def test_a_number_of_two_figures_is_not_padded(rendered):
    assert "Số 135-CT/TU" in whole(rendered(number=135))


def test_end_marks_that_were_typed_are_not_doubled():
    assert punctuated(("Ban Bí thư,", "Các sở;", "Lưu Văn phòng."), ";") == [
        "Ban Bí thư;",
        "Các sở;",
        "Lưu Văn phòng.",
    ]


def test_references_and_dashes_are_kept_whole_and_escaped():
    html = kept_whole("Kết luận 14-KL/TW, ngày 22/9/2021 về kinh tế - xã hội và/hoặc <b>")
    assert html == (
        'Kết luận <span class="whole">14-KL/TW,</span> ngày <span class="whole">22/9/2021</span> '
        'về kinh <span class="whole">tế -</span> xã hội và/hoặc &lt;b&gt;'
    )
