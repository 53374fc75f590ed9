"""Every rule is held against a paper that keeps it, and against one that does not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from directives.rendering import geometry
from directives.rendering.forms_of_document import HD_05, HD_36, form_for
from directives.rendering.geometry import measure, picture
from directives.rendering.paper import Annex, Paper, Paragraph, Signature
from directives.rendering.pdf import compose_directive
from directives.rendering.typesetting import typeset
from directives.text.kinds import Kind

CREATED = datetime(2024, 2, 5, 1, 30, tzinfo=UTC)


def rendered(paper: Paper) -> bytes:
    return typeset(compose_directive(paper, created=CREATED))


@pytest.fixture
def paper(make_paper):
    return make_paper()


def broken(pdf, paper, form):
    return [one.name for one in measure(pdf, paper, form).broken]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"number": None, "issued_on": None, "draft_number": 2},
        {"secrecy": "MẬT", "urgency": "HỎA TỐC"},
        {"issued_on": date(2026, 6, 1), "number": 41},
        {"recipients": tuple(f"Đảng ủy xã thứ {n}" for n in range(40))},
        {"signature": Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", "K'Lũy")},
        {"signature": Signature("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Nguyễn Hoàng Thị Minh Phương")},
        {"signature": Signature("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Lâm Thị Quỳnh")},
        {"issued_on": date(2026, 2, 1), "secrecy": "TUYỆT MẬT", "urgency": "THƯỢNG KHẨN"},
        {"subject": "về " + "tăng cường kỷ luật, kỷ cương trong hệ thống chính trị, " * 12},
    ],
)
def test_our_papers_keep_every_rule(make_paper, changes):
    paper = make_paper(**changes)
    form = form_for(paper.issued_on or date(2024, 2, 5))
    assert broken(rendered(paper), paper, form) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"margin_left": "25mm"}, "Định lề"),
        ({"margin_right": "10mm"}, "Định lề"),
        ({"party_size": "13pt"}, "Quốc hiệu của Đảng"),
        ({"header_size": "12pt"}, "Số và ký hiệu"),
        ({"type_size": "18pt"}, "Tên loại văn bản"),
        ({"subject_size": "12pt"}, "Trích yếu"),
        ({"body_size": "13pt"}, "Lời văn"),
        ({"small_size": "13pt"}, "Các dòng nơi nhận"),
        ({"line_height": "16pt"}, "Giãn dòng"),
        ({"paragraph_gap": "2pt"}, "Cách đoạn"),
        ({"first_line_indent": "5mm"}, "Lùi đầu dòng"),
        ({"page_number_from_edge": "14mm"}, "Số trang"),
        ({"recipients_end": ";"}, "Dấu cuối nơi nhận"),
        ({"clause_end": "."}, "Đánh số"),
    ],
)
def test_a_paper_that_breaks_a_rule_is_told_which(monkeypatch, paper, changes, name):
    wrong = replace(HD_36, **changes)
    monkeypatch.setattr("directives.rendering.pdf.form_for", lambda day: wrong)
    assert name in broken(rendered(paper), paper, HD_36)


@pytest.mark.parametrize(
    ("css", "name"),
    [
        ("main p {font-family: 'DejaVu Sans', sans-serif}", "Phông chữ"),
        ("main {color: #404040}", "Màu chữ"),
        (".mark {color: black}", "Màu chữ"),
        (".mark span {border: none}", "Dấu độ mật"),
        (".recipients .label {text-decoration: none}", "Nơi nhận"),
        (".issuer p:nth-child(2) {text-align: left}", "Dấu sao"),
        (".party {display: flex; flex-direction: column-reverse}", "Thứ tự"),
        (".signer {margin-top: 18pt}", "Chỗ ký"),
        (".end > div {display: block}", "Vị trí nơi nhận"),
        (".end {break-before: page} main > * {break-after: auto !important}", "Khối chữ ký"),
        (".hyphens {text-align: left}", "Gạch dưới trích yếu"),
    ],
)
def test_a_sheet_that_is_set_otherwise_is_told_which_rule_it_breaks(make_paper, css, name):
    paper = make_paper(secrecy="MẬT")
    manuscript = compose_directive(paper, created=CREATED)
    pdf = typeset(replace(manuscript, rules=manuscript.rules + css))
    assert name in broken(pdf, paper, HD_36)


LONG = "Người đứng đầu chịu trách nhiệm trước Ban Thường vụ Tỉnh ủy về kết quả. "


@pytest.mark.parametrize("css", ["", "main > * {orphans: 1 !important; widows: 1 !important}"])
def test_a_line_left_alone_at_the_edge_of_a_page_is_told(make_paper, css):
    told = set()
    for lines in range(1, 5):
        body = tuple(Paragraph("", Kind.PREAMBLE, LONG * (3 if n else lines)) for n in range(20))
        paper = make_paper(paragraphs=body)
        manuscript = compose_directive(paper, created=CREATED)
        pdf = typeset(replace(manuscript, rules=manuscript.rules + css))
        told |= set(broken(pdf, paper, HD_36))
    assert told == ({"Dòng lẻ"} if css else set())


def test_a_long_place_and_words_said_twice_mislead_no_measure(make_paper):
    name = make_paper().signature.name
    said = Paragraph("", Kind.PREAMBLE, f"Đồng chí {name}, BÍ THƯ, thay mặt cấp ủy trình bày.")
    paper = make_paper(
        committee_name="TỈNH ỦY BÀ RỊA - VŨNG TÀU",
        place="Bà Rịa - Vũng Tàu",
        circulation_mark="TÀI LIỆU HỘI NGHỊ, XONG HỘI NGHỊ TRẢ LẠI",
        paragraphs=(said, *make_paper().paragraphs),
        number=None,
        issued_on=None,
        draft_number=12,
    )
    assert broken(rendered(paper), paper, HD_36) == []


def test_a_paper_without_recipients_lacks_nothing(make_paper):
    paper = make_paper(recipients=())
    assert broken(rendered(paper), paper, HD_36) == []


def test_the_rule_for_the_spacing_of_lines_is_that_of_the_day(make_paper):
    def asked(day):
        paper = make_paper(issued_on=day)
        found = measure(rendered(paper), paper, form_for(day))
        return next(one.rule for one in found.measures if one.name == "Giãn dòng")

    assert asked(date(2024, 2, 5)) == "Giãn dòng chính xác, ít nhất 18 pt."
    assert asked(date(2026, 6, 1)) == "Giãn dòng chính xác, từ 18 đến 22 pt."


def test_words_that_are_not_on_the_paper_are_told(paper):
    other = replace(paper, signature=replace(paper.signature, name="Lê Văn Khác"))
    assert broken(rendered(paper), other, HD_36) == ["Họ tên người ký"]


def test_places_lie_on_the_page_that_they_name(paper):
    found = measure(rendered(paper), paper, HD_36)
    boxes = [box for one in found.measures for box in one.boxes]
    assert boxes
    assert all(0 <= box.x0 < box.x1 <= 596 and 0 <= box.top < box.bottom <= 842 for box in boxes)
    assert {box.page for box in boxes} == {number for number, _width, _height in found.pages}


def test_of_a_long_paper_the_first_pages_and_the_last_two_are_measured(make_paper):
    paper = make_paper(paragraphs=make_paper().paragraphs * 6)
    found = measure(rendered(paper), paper, HD_36, most_pages=3)
    assert [number for number, _width, _height in found.pages] == [
        1,
        2,
        found.page_count - 1,
        found.page_count,
    ]
    assert found.broken == []


CLAUSES = tuple(Paragraph(f"{n}-", Kind.CLAUSE, "Rà soát thủ tục. " * 20) for n in range(1, 40))
ANNEXES = (
    Annex("PHỤ LỤC I", "Danh mục thủ tục phải rút ngắn", CLAUSES),
    Annex("PHỤ LỤC II", "Mẫu báo cáo", CLAUSES[:2]),
)


def test_annexes_keep_every_rule_and_are_counted_by_themselves(make_paper):
    paper = make_paper(annexes=ANNEXES, issuer="Ban Thường vụ Tỉnh ủy")
    found = measure(rendered(paper), paper, HD_36, most_pages=20)
    assert found.broken == []
    assert {"Phụ lục", "Tên phụ lục", "Văn bản kèm phụ lục"} <= {one.name for one in found.measures}
    numbers = next(one for one in found.measures if one.name == "Số trang")
    shown = {box.page for box in numbers.boxes}
    assert len(shown) == found.page_count - 3
    assert found.page_count not in shown


def test_of_a_long_paper_the_page_where_annexes_begin_is_measured(make_paper):
    paper = make_paper(
        annexes=ANNEXES, issuer="Ban Thường vụ Tỉnh ủy", paragraphs=make_paper().paragraphs * 4
    )
    found = measure(rendered(paper), paper, HD_36, most_pages=3)
    assert found.broken == []
    assert len(found.pages) == 7


def test_annexes_counted_on_from_the_text_break_the_rule(monkeypatch, make_paper):
    paper = make_paper(annexes=ANNEXES, issuer="Ban Thường vụ Tỉnh ủy")
    pdf = rendered(paper)
    monkeypatch.setattr(geometry, "_starts", lambda pdf, paper: [1])
    assert "Số trang" in broken(pdf, paper, HD_36)


def test_an_annex_that_is_not_on_the_paper_is_told(paper):
    other = replace(paper, annexes=ANNEXES)
    assert broken(rendered(paper), other, HD_36) == [
        "Phụ lục",
        "Tên phụ lục",
        "Văn bản kèm phụ lục",
    ]


def test_the_guidance_of_the_day_decides_what_is_asked(paper):
    assert broken(rendered(paper), paper, HD_05) == ["Đánh số", "Dấu cuối nơi nhận"]


def test_a_page_becomes_a_picture(paper):
    pdf = rendered(paper)
    assert picture(pdf, 1).startswith(b"\x89PNG")
    with pytest.raises(IndexError):
        picture(pdf, 99)
