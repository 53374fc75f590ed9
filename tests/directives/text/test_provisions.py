import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.text import numbering
from directives.text.provisions import LEVELS, CutUnit, Kind, cut, indent, outdent

DEMO = pathlib.Path(__file__).parents[3] / "meetings/demo/draft_directive.json"
KINDS = {
    "mo_dau": Kind.PREAMBLE,
    "khoan": Kind.CLAUSE,
    "diem": Kind.POINT,
    "ket_thuc": Kind.CLOSING,
}


def kinds_and_texts(text: str) -> list[tuple[str, str]]:
    return [(unit.kind.value, unit.text) for unit in cut(text).units]


def only(text: str) -> CutUnit:
    (unit,) = cut(text).units
    return unit


def demo_units(demo) -> list[tuple[Kind, str, bool]]:
    return [
        (
            KINDS[provision["kind"]],
            "\n".join(filter(None, (provision["heading"], provision["text"]))),
            bool(provision["heading"]),
        )
        for provision in demo["provisions"]
    ]


def printed(demo) -> str:
    meta, units = demo["meta"], demo_units(demo)
    labels = numbering.numbers([kind for kind, _, _ in units])
    return "\r\n".join(
        (
            f"{meta['issuer_left'][0]}\t{meta['header_right']}",
            "*",
            "Số     -CT/TU\tLâm Đồng, ngày     tháng 4 năm 2024",
            "Dự thảo lần 1",
            "TÀI LIỆU HỘI NGHỊ",
            "CHỈ THỊ",
            meta["trich_yeu"],
            "-----",
            *(f"{label} {text}" for label, (_, text, _) in zip(labels, units, strict=True)),
            "Nơi nhận:\tT/M BAN THƯỜNG VỤ",
            *(f"- {name};" for name in meta["noi_nhan"]),
            "Nguyễn Văn A",
        )
    )


def test_the_printed_demo_draft_is_cut_back_into_its_provisions():
    demo = json.loads(DEMO.read_text())
    subject, *body, recipients = cut(printed(demo)).units
    assert (subject.kind, subject.text) == (Kind.SUBJECT, demo["meta"]["trich_yeu"])
    assert [(unit.kind, unit.text, unit.headed) for unit in body] == demo_units(demo)
    assert recipients.text.split("\n") == demo["meta"]["noi_nhan"]
    assert not any(unit.doubt for unit in body)


def test_the_header_and_the_signature_are_dropped_and_listed():
    dropped = [line.text for line in cut(printed(json.loads(DEMO.read_text()))).dropped]
    assert dropped == [
        "TỈNH ỦY LÂM ĐỒNG\tĐẢNG CỘNG SẢN VIỆT NAM",
        "*",
        "Số     -CT/TU\tLâm Đồng, ngày     tháng 4 năm 2024",
        "Dự thảo lần 1",
        "TÀI LIỆU HỘI NGHỊ",
        "CHỈ THỊ",
        "-----",
        "Nơi nhận:\tT/M BAN THƯỜNG VỤ",
        "Nguyễn Văn A",
    ]


def test_points_are_followed_through_đ_and_past_y():
    labels = numbering.numbers([Kind.CLAUSE, *[Kind.POINT] * 30])
    result = cut("\n".join(f"{label} Việc cần làm ngay." for label in labels))
    assert [unit.mark for unit in result.units] == labels
    assert not any(unit.doubt for unit in result.units)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("I- Đánh giá", Kind.PART),
        ("II. Đánh giá", Kind.PART),
        ("I - Đánh giá", Kind.PART),
        ("Phần I Đánh giá", Kind.PART),
        ("1. Đánh giá", Kind.CLAUSE),
        ("1- Đánh giá", Kind.CLAUSE),
        ("1-Đánh giá", Kind.CLAUSE),
        ("1)\tĐánh giá", Kind.CLAUSE),
        ("đ) Đánh giá", Kind.POINT),
        ("a. Đánh giá", Kind.POINT),
        ("a/ Đánh giá", Kind.POINT),
        ("- Đánh giá", Kind.DASH),
        ("–Đánh giá", Kind.DASH),
        ("+ Đánh giá", Kind.PLUS),
    ],
)
def test_a_number_tells_the_kind_and_is_not_in_the_text(line, kind):
    unit = only(line)
    assert (unit.kind, unit.text) == (kind, "Đánh giá")


@pytest.mark.parametrize(
    "line",
    [
        "14-KL/TW ngày 22/9/2021 của Bộ Chính trị.",
        "1.500 đồng chí dự hội nghị.",
        "22/9/2021 là ngày ban hành.",
        "15 - 20 cuộc họp mỗi năm.",
        "v.v. và những việc khác.",
        "V.I. Lênin dạy rằng.",
    ],
)
def test_references_and_figures_are_no_numbers(line):
    unit = only(line)
    assert (unit.kind, unit.text) == (Kind.PREAMBLE, line)


@pytest.mark.parametrize("line", ["Điều 1. Phạm vi", "1.1. Phạm vi", "(a) Phạm vi", "A. Phạm vi"])
def test_a_numbering_of_another_kind_is_marked_for_a_look(line):
    unit = only(line)
    assert (unit.text, unit.doubt) == ("Phạm vi", "unknown_numbering")


def test_only_the_number_after_a_gap_is_in_doubt():
    units = cut("1. Một\n2. Hai\n4. Bốn\n5. Năm\na) A\ne) E\ng) G").units
    assert [unit.mark for unit in units if unit.doubt == "number_gap"] == ["4.", "e)"]


def test_letters_of_the_latin_alphabet_are_in_doubt_where_ours_has_none():
    units = cut("1. Một\na) A\nb) B\nc) C\nd) D\nđ) Đ\ne) E\nf) F\ng) G").units
    assert [unit.mark for unit in units if unit.doubt] == ["f)"]


def test_clauses_start_again_in_each_part():
    assert not any(unit.doubt for unit in cut("I- Một\n1. A\n2. B\nII- Hai\n1. C").units)


def test_a_heading_is_a_first_line_that_ends_no_sentence_with_something_under_it():
    text = (
        "1. Tổ chức thực hiện\na) Việc\n2. Đổi mới\nCải tiến cách họp.\n3. Làm ngay các việc:\na) A"
    )
    headed = [unit.headed for unit in cut(text).units if unit.kind is Kind.CLAUSE]
    assert headed == [True, True, False]


def test_a_clause_alone_on_its_line_has_no_heading():
    assert not only("1. Thi hành Chỉ thị này").headed


def test_a_second_paragraph_under_a_point_is_kept_there_and_in_doubt():
    unit = cut("1. Một\na) Việc thứ nhất.\nCác cấp ủy chịu trách nhiệm.").units[1]
    assert unit.text == "Việc thứ nhất.\nCác cấp ủy chịu trách nhiệm."
    assert unit.doubt == "paragraph_in_doubt"


def test_a_row_of_a_table_is_a_line_of_its_own():
    (unit,) = cut("1. Phân công\nviệc | hạn\nrà soát | quý I\nvà báo cáo.").units
    assert unit.text == "Phân công\nviệc | hạn\nrà soát | quý I\nvà báo cáo."


def test_a_line_broken_by_the_width_of_the_page_is_joined():
    unit = only("1. Nâng cao nhận thức,\ntrách nhiệm của cấp ủy.")
    assert (unit.text, unit.lines) == ("Nâng cao nhận thức, trách nhiệm của cấp ủy.", (1, 2))


def test_a_number_alone_on_its_line_takes_the_next_one():
    assert kinds_and_texts("1.\nNâng cao\na)\nViệc") == [("clause", "Nâng cao"), ("point", "Việc")]


def test_legal_bases_come_before_the_preamble():
    text = (
        "CHỈ THỊ\nvề việc A\n- Căn cứ Quy định số 37-QĐ/TW;\nCăn cứ Điều lệ;\nTừ sau Đại hội.\n1. B"
    )
    assert kinds_and_texts(text) == [
        ("subject", "về việc A"),
        ("basis", "Căn cứ Quy định số 37-QĐ/TW;"),
        ("basis", "Căn cứ Điều lệ;"),
        ("preamble", "Từ sau Đại hội."),
        ("clause", "B"),
    ]


def test_a_subject_on_several_lines_is_one():
    text = "CHỈ THỊ\nvề phát huy tinh thần trách nhiệm,\nQuyết tâm hoàn thành\n-----\nMở đầu."
    assert kinds_and_texts(text) == [
        ("subject", "về phát huy tinh thần trách nhiệm, Quyết tâm hoàn thành"),
        ("preamble", "Mở đầu."),
    ]


def test_the_committee_under_the_title_is_no_part_of_the_subject():
    result = cut("CHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề việc A\n-----\n1. B")
    assert result.units[0].text == "về việc A"
    assert "CỦA BAN THƯỜNG VỤ TỈNH ỦY" in [line.text for line in result.dropped]


def test_a_sentence_above_the_title_is_kept_and_in_doubt():
    first = cut("TỈNH ỦY\nKính gửi các đồng chí.\nCHỈ THỊ\nvề việc A\n1. B").units[0]
    assert (first.text, first.doubt) == ("Kính gửi các đồng chí.", "paragraph_in_doubt")


def test_chỉ_thị_này_closes_only_after_the_last_number():
    text = "1. A\nChỉ thị này có nơi chưa rõ.\n2. B.\nChỉ thị này phổ biến đến chi bộ."
    assert kinds_and_texts(text) == [
        ("clause", "A\nChỉ thị này có nơi chưa rõ."),
        ("clause", "B."),
        ("closing", "Chỉ thị này phổ biến đến chi bộ."),
    ]


def test_recipients_may_come_after_the_signature_and_without_dashes():
    text = (
        "1. A.\nT/M BAN THƯỜNG VỤ\nQ. BÍ THƯ\nTrần B\nNơi nhận:\nBan Bí thư,\nVăn phòng\nTỉnh ủy."
    )
    result = cut(text)
    assert (result.units[-1].kind, result.units[-1].text) == (
        Kind.RECIPIENTS,
        "Ban Bí thư\nVăn phòng\nTỉnh ủy",
    )
    assert [line.number for line in result.dropped] == [2, 3, 4, 5]


def test_a_provision_after_the_signature_is_not_lost():
    units = cut("1. A.\nT/M BAN THƯỜNG VỤ\nTrần B\n2. C.").units
    assert [unit.text for unit in units] == ["A.", "C."]


def test_a_text_without_numbers_is_paragraphs():
    assert kinds_and_texts("Đoạn một.\n\nĐoạn hai.") == [
        ("preamble", "Đoạn một."),
        ("preamble", "Đoạn hai."),
    ]


ATTACHED = "(Kèm theo Chỉ thị số 35-CT/TU, ngày 17 tháng 4 năm 2024 của Ban Thường vụ Tỉnh ủy)"


def test_annexes_stand_behind_the_signature():
    result = cut(
        "1. Theo Phụ lục I.\nPhụ lục II để sau.\nNơi nhận:\tT/M BAN THƯỜNG VỤ\n- Lưu.\nTrần B\n"
        f"PHỤ LỤC I\nDanh mục\n{ATTACHED}\n-----\nMở đầu:\nI- PHẦN\n1. Một.\n"
        "Phụ lục số 2\nMẪU BÁO CÁO\nKẾT QUẢ\n1. Hai."
    )
    assert [(unit.kind.value, unit.text) for unit in result.units] == [
        ("clause", "Theo Phụ lục I.\nPhụ lục II để sau."),
        ("recipients", "Lưu"),
        ("annex", "Danh mục"),
        ("preamble", "Mở đầu:"),
        ("part", "PHẦN"),
        ("clause", "Một."),
        ("annex", "MẪU BÁO CÁO KẾT QUẢ"),
        ("clause", "Hai."),
    ]
    assert not any(unit.doubt for unit in result.units)
    assert [line.text for line in result.dropped][-2:] == [ATTACHED, "-----"]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("PHỤ LỤC\nDanh mục", "Danh mục"),
        ("Phụ lục\nDanh mục\nthủ tục", "Danh mục thủ tục"),
        ("PHỤ LỤC I: Danh mục", "Danh mục"),
        ("PHỤ LỤC 01 - DANH MỤC\nTHỦ TỤC", "DANH MỤC THỦ TỤC"),
        ("PHỤ LỤC DANH MỤC", "DANH MỤC"),
        (f"PHỤ LỤC\n{ATTACHED}\nDanh mục", "Danh mục"),
        (f"PHỤ LỤC I\nDanh mục\nThủ tục\n{ATTACHED[:40]}\n{ATTACHED[40:]}", "Danh mục Thủ tục"),
        ("PHỤ LỤC\nCác cơ quan rà soát như sau:", ""),
        ("PHỤ LỤC", ""),
    ],
)
def test_the_title_of_an_annex_stands_beside_or_under_its_number(heading, title):
    first, *_rest, last = cut(f"{heading}\n1. Một.").units
    assert (first.kind, first.text, last.text) == (Kind.ANNEX, title, "Một.")


@pytest.mark.parametrize(
    "line",
    ["Phụ lục I kèm theo Chỉ thị này.", "Phụ lục II: Mẫu báo cáo", "Các phụ lục", "PHỤ LỤCS"],
)
def test_a_sentence_about_an_annex_begins_none(line):
    assert all(unit.kind is not Kind.ANNEX for unit in cut(f"1. Một:\n{line}").units)


def test_an_annex_has_neither_bases_nor_a_closing_nor_recipients():
    lines = "Căn cứ A;\n- Căn cứ B;\n1. Một.\nNơi nhận: Văn phòng.\nChỉ thị này hết."
    kinds = {unit.kind for unit in cut(f"PHỤ LỤC\nDanh mục\n{lines}").units[1:]}
    assert kinds == {Kind.PREAMBLE, Kind.DASH, Kind.CLAUSE}


def test_an_annex_out_of_turn_is_in_doubt():
    doubts = [unit.doubt for unit in cut("PHỤ LỤC I\nA\nPHỤ LỤC III\nB").units]
    assert doubts == ["", "number_gap"]


numbered = st.lists(st.sampled_from(LEVELS), min_size=1, max_size=8)


@given(st.lists(numbered, min_size=1, max_size=4))
def test_annexes_as_they_are_printed_are_cut_back_into_their_provisions(annexes):
    kinds = [kind for annex in annexes for kind in (Kind.ANNEX, *annex)]
    lines = zip(numbering.numbers([Kind.CLAUSE, *kinds])[1:], kinds, strict=True)
    source = [
        f"{label}\nDanh mục\n{ATTACHED}" if kind is Kind.ANNEX else f"{label} Việc;"
        for label, kind in lines
    ]
    assert [unit.kind for unit in cut("\n".join(["1. Một.", *source])).units][1:] == kinds


def test_an_empty_text_has_no_units():
    assert cut("").units == []
    assert cut(" \n\t\n").units == []


PIECES = ["I-", "1.", "2.", "a)", "đ)", "aa)", "-", "+", "*", "1.1.", "Điều 2.", "CHỈ THỊ", "-----"]
WORDS = [
    "PHỤ LỤC",
    "Phụ lục số 1",
    "(Kèm theo Chỉ thị)",
    "Nơi nhận:",
    "T/M BAN THƯỜNG VỤ",
    "Chỉ thị này",
    "Căn cứ",
    "việc;",
    "Việc.",
    "về",
    "\t",
    "7",
]


@given(st.lists(st.lists(st.sampled_from(PIECES + WORDS), max_size=5), max_size=25))
def test_every_line_that_says_something_is_in_a_unit_or_among_the_dropped(rows):
    source = "\n".join(" ".join(row) for row in rows)
    result = cut(source)
    kept = {line.number for line in result.dropped}
    for unit in result.units:
        kept |= set(range(unit.lines[0], unit.lines[1] + 1))
    said = {number for number, row in enumerate(source.split("\n"), 1) if row.strip()}
    assert said <= kept


@given(st.text())
def test_no_text_makes_cutting_fail(text):
    assert all(unit.kind in Kind for unit in cut(text).units)


def test_levels_lead_one_down_and_one_up():
    assert [indent(kind) for kind in LEVELS] == [*LEVELS[1:], None]
    assert [outdent(kind) for kind in LEVELS] == [None, *LEVELS[:-1]]
    assert indent(Kind.PREAMBLE) is None
