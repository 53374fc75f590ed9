"""Each rule finds what is wrong, and leaves alone what only looks so."""

import time
from datetime import date

import pytest

from directives.formcheck.rules import RULES, check
from directives.formcheck.rules.document import Edit, Finding, Severity, apply, document
from directives.formcheck.rules.references import resolved
from directives.text.kinds import Kind

BEFORE_JULY_2025, TODAY = date(2024, 4, 17), date(2026, 11, 24)
RECIPIENTS = "Ban Bí thư Trung ương Đảng (để báo cáo)\nLưu Văn phòng Tỉnh ủy"


def paper(*units, dated=TODAY, recipients=RECIPIENTS):
    """(kind, text) or (kind, text, headed) in order; each gets its place as its key."""
    keyed = [(str(at), unit[0], unit[1], len(unit) > 2) for at, unit in enumerate(units)]
    return document([*keyed, ("recipients", Kind.RECIPIENTS, recipients, False)], dated)


def found(code, *units, **facts) -> list[Finding]:
    return [one for one in check(paper(*units, **facts)) if one.rule.code == code]


def quotes(code, *units, **facts) -> list[str]:
    return [one.spot.quote for one in found(code, *units, **facts)]


def corrected(code, text: str, kind: Kind = Kind.PREAMBLE) -> str:
    """The text of one paragraph after every correction of a rule."""
    return apply(text, [one.spot.edit for one in found(code, (kind, text))])


def mixed(text: str) -> list[str]:
    return quotes("tone_marks", (Kind.PREAMBLE, text), recipients="")


def test_the_rarer_placing_of_tone_marks_is_found_and_the_other_put_for_it():
    text = "Các cấp ủy, tổ chức đảng; người đứng đầu cấp uỷ; Tỉnh ủy."
    assert mixed(text) == ["uỷ"]
    assert corrected("tone_marks", text) == text.replace("uỷ", "ủy")


def test_where_the_newer_placing_prevails_the_older_one_is_found():
    assert mixed("Uỷ ban, Tỉnh uỷ, hoà giải, cấp ủy.") == ["ủy"]


def test_where_both_placings_are_as_frequent_the_older_one_stays():
    assert mixed("Tỉnh ủy, cấp uỷ.") == ["uỷ"]


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh ủy; quý II; quỹ; quỳ; quỷ; Quý Mão; QUÝ I.",
        "Tỉnh ủy; hoàn toàn; khuỷu tay; ngoài; thuở; khoảng; huỳnh quang; toán.",
        "Tỉnh ủy do đồng chí Ngô Minh Hoà trình bày.",
        "Tỉnh ủy Khánh Hoà; đồng chí Trịnh Thuỳ Dung; K'Luỹ.",
        "Tỉnh uỷ, cấp uỷ, Uỷ ban tỉnh Khánh Hòa.",
        "TỈNH ỦY; Tòa án; hủy bỏ; thủy lợi; Ủy viên.",
    ],
)
def test_syllables_with_one_spelling_and_names_are_no_mixture(text):
    assert mixed(text) == []


def test_ủy_is_no_name_though_it_stands_among_capitals():
    assert mixed("Tỉnh ủy, cấp ủy; Ban Chấp hành Tỉnh Uỷ; UỶ BAN.") == ["Uỷ", "UỶ"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Kết luận số 14-KL/TW ngày 22/9/2021", "Kết luận số 14-KL/TW, ngày 22/9/2021"),
        ("số 08-QĐi/TW ngày 25 tháng 10", "số 08-QĐi/TW, ngày 25 tháng 10"),
        ("số 36-HD/VPTW ngày 03/4/2018", "số 36-HD/VPTW, ngày 03/4/2018"),
    ],
)
def test_a_comma_is_put_before_the_date_of_a_cited_document(text, right):
    assert corrected("citation_comma", f"Thực hiện {text}.") == f"Thực hiện {right}."


@pytest.mark.parametrize(
    "text",
    [
        "Quy định số 08-QĐi/TW, ngày 25/10/2018.",
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ.",
        "Thực hiện Kết luận số 14-KL/TW ngày càng tốt.",
        "Thực hiện Kết luận số 14-KL/TW ngày 3 lần.",
        "Kết luận số 14-KL/TW của Bộ Chính trị ngày 22/9/2021.",
        "Giai đoạn 2021-2025 ngày 01/01/2021.",
    ],
)
def test_a_citation_in_its_form_needs_no_comma(text):
    assert quotes("citation_comma", (Kind.PREAMBLE, text)) == []


def test_an_abbreviation_is_written_out_where_it_stands_alone():
    text = "Ban cán sự đảng UBND tỉnh chỉ đạo."
    assert corrected("abbreviation", text) == "Ban cán sự đảng Ủy ban nhân dân tỉnh chỉ đạo."


def test_an_abbreviation_used_again_is_kept_behind_its_words():
    text = "CNTT là nền tảng. Đầu tư CNTT đúng mức."
    right = "Công nghệ thông tin (CNTT) là nền tảng. Đầu tư CNTT đúng mức."
    assert corrected("abbreviation", text) == right
    assert corrected("abbreviation", right) == right


def test_words_written_out_take_the_placing_of_the_draft():
    units = [(Kind.PREAMBLE, "Tỉnh uỷ, cấp uỷ và UBND tỉnh.")]
    edits = [one.spot.edit.text for one in found("abbreviation", *units, recipients="")]
    assert edits == ["Uỷ ban nhân dân"]


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân (UBND) tỉnh; UBND xã.",
        "Uỷ ban nhân dân tỉnh (sau đây viết tắt là UBND tỉnh và xã); UBND xã.",
        "Ủy ban nhân dân tỉnh báo cáo; UBND xã thực hiện.",
        "Ban Chỉ đạo phòng, chống tội phạm (gọi tắt là “BCĐTP”); BCĐTP họp.",
        "Đại hội XI, XIII; quý II, IV; Chương XIX.",
        "Chỉ thị số 35-CT/TU; Nghị định 30/2020/NĐ-CP; QĐ-TTg; CT/TU; T/M Ban Thường vụ.",
        "Dịch COVID-19; các nước ASEAN; tăng trưởng GRDP; chương trình OCOP.",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM; THÔNG BÁO; NGHỊ QUYẾT; KẾT LUẬN.",
        "Điểm A, nhóm B; V.I. Lênin; VNeID; K'Lũy.",
    ],
)
def test_what_is_explained_or_no_abbreviation_is_left(text):
    units = [(Kind.PREAMBLE, text)]
    assert quotes("abbreviation", *units) + quotes("unknown_abbreviation", *units) == []


def test_recipients_are_listed_in_short():
    recipients = "UBND tỉnh\nLưu VT"
    assert quotes("abbreviation", recipients=recipients) == []
    assert quotes("unknown_abbreviation", recipients=recipients) == []


def test_an_abbreviation_in_a_heading_is_its_first_use():
    units = [(Kind.CLAUSE, "Công tác PCTN\nTăng cường phòng, chống tham nhũng.", True)]
    assert quotes("abbreviation", *units) == ["PCTN"]


def test_letters_that_nobody_knows_are_found_once_and_without_a_correction():
    units = [(Kind.PREAMBLE, "Chương trình KHXT và BCH Quân sự; KHXT.")]
    items = found("unknown_abbreviation", *units)
    assert [one.spot.quote for one in items] == ["KHXT", "BCH"]
    assert not any(one.spot.edit for one in items)


CLAUSES = (
    (Kind.CLAUSE, "Một.\nNội dung.", True),
    (Kind.CLAUSE, "Hai.\nNội dung:", True),
    (Kind.POINT, "Điểm a;"),
    (Kind.POINT, "Điểm b."),
)


def missing(text: str) -> list[str]:
    return [
        one.spot.facts["missing"]
        for one in found("dangling_reference", *CLAUSES, (Kind.CLAUSE, text))
    ]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Thực hiện theo điểm b khoản 9.", "khoản 9"),
        ("Thực hiện theo điểm c khoản 2.", "điểm c khoản 2"),
        ("Thực hiện theo điểm a, b và đ, khoản 2.", "điểm đ khoản 2"),
        ("Các nội dung tại khoản 1, 2 và 7.", "khoản 7"),
        ("Nêu tại điểm b khoản 1 Chỉ thị này.", "điểm b khoản 1"),
        ("Thực hiện Kết luận số 14-KL/TW, theo khoản 8 Chỉ thị này.", "khoản 8"),
        ("Nêu tại điểm f khoản 2.", "điểm f khoản 2"),
        ("Như điểm a trên đây.", "điểm a khoản 3"),
        ("Khoản 5 có hiệu lực.", "khoản 5"),
    ],
)
def test_a_reference_to_what_is_not_there_is_found(text, absent):
    assert missing(text) == [absent]


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện theo điểm b khoản 2, khoản 1 và khoản 3.",
        "Theo điểm b khoản 3 Điều 5 Quy định số 37-QĐ/TW, ngày 25/10/2021.",
        "Theo khoản 9, Điều 4 của Luật Cán bộ, công chức.",
        "Theo điểm d khoản 7 Nghị quyết số 18-NQ/TW; tại khoản 8 của Quy định này.",
        "Quy định số 37-QĐ/TW, ngày 25/10/2021, tại điểm b khoản 9, nêu rõ trách nhiệm.",
        "Nộp vào tài khoản 9; các khoản 500 triệu đồng; khoản 12 tỷ đồng; khoản 20% thu nhập.",
        "Xây dựng điểm y tế lưu động; tại thời điểm a; quan điểm e ngại; điểm số; điều khoản 7.",
        "Tăng các khoản thu; khoản chi 9 tháng.",
    ],
)
def test_references_that_hold_or_mean_something_else_are_left(text):
    assert missing(text) == []


def test_a_point_named_without_its_clause_is_one_of_the_same_clause():
    point = (Kind.POINT, "Tiếp tục như điểm a và điểm d.")
    items = found("dangling_reference", *CLAUSES, point)
    assert [one.spot.facts["missing"] for one in items] == ["điểm d khoản 2"]


@pytest.mark.parametrize(("part", "absent"), [("I", []), ("II", ["khoản 2 phần II"])])
def test_clauses_are_looked_for_in_the_part_that_is_named(part, absent):
    second = (Kind.PART, "Hai"), (Kind.CLAUSE, f"Như khoản 2 phần {part}.")
    assert quotes("dangling_reference", (Kind.PART, "Một"), *CLAUSES, *second) == absent


HEADED = (Kind.CLAUSE, "Tổ chức thực hiện", True)


def test_a_heading_that_goes_straight_into_points_is_found():
    points = ((Kind.POINT, "Điểm a;"), (Kind.POINT, "Điểm b."))
    assert quotes("lead_in", HEADED, *points) == ["Tổ chức thực hiện"]
    assert quotes("lead_in", HEADED[:2], *points) == ["Tổ chức thực hiện"]


@pytest.mark.parametrize(
    "units",
    [
        [(Kind.CLAUSE, "Tổ chức thực hiện\nPhân công như sau:", True), (Kind.POINT, "Điểm a.")],
        [(Kind.CLAUSE, "Các cấp ủy có nhiệm vụ:"), (Kind.POINT, "Điểm a.")],
        [(Kind.PART, "Nhiệm vụ"), (Kind.CLAUSE, "Quán triệt Chỉ thị.")],
        [HEADED, (Kind.DASH, "Văn phòng theo dõi.")],
    ],
)
def test_a_clause_with_a_sentence_or_a_part_needs_no_more(units):
    assert quotes("lead_in", *units) + quotes("end_mark", *units) == []


def test_a_number_with_nothing_under_it_is_found():
    units = [(Kind.CLAUSE, ""), HEADED, (Kind.CLAUSE, "Chỉ thị được phổ biến."), (Kind.POINT, "")]
    assert [one.spot.passage.key for one in found("empty", *units)] == ["0", "1", "3"]


@pytest.mark.parametrize(
    ("kind", "text", "right"),
    [
        (Kind.POINT, "Chấp hành giờ giấc", "Chấp hành giờ giấc."),
        (Kind.POINT, "Chấp hành giờ giấc./.", "Chấp hành giờ giấc."),
        (Kind.POINT, "Chấp hành giờ giấc/.", "Chấp hành giờ giấc."),
        (Kind.POINT, "Chấp hành giờ giấc ./.", "Chấp hành giờ giấc."),
        (Kind.POINT, "Chấp hành giờ giấc. /.", "Chấp hành giờ giấc."),
        (Kind.CLOSING, "Chỉ thị phổ biến đến chi bộ;", "Chỉ thị phổ biến đến chi bộ."),
        (Kind.CLOSING, "Chỉ thị phổ biến (đến chi bộ)", "Chỉ thị phổ biến (đến chi bộ)."),
        (Kind.BASIS, "Căn cứ Điều lệ Đảng.", "Căn cứ Điều lệ Đảng;"),
        (Kind.BASIS, "Căn cứ Điều lệ Đảng", "Căn cứ Điều lệ Đảng;"),
    ],
)
def test_an_end_is_given_the_mark_it_needs(kind, text, right):
    assert corrected("end_mark", text, kind) == right


def test_a_comma_between_points_becomes_a_semicolon():
    units = [(Kind.CLAUSE, "Gồm:"), (Kind.POINT, "Một,"), (Kind.POINT, "Hai.")]
    (item,) = found("end_mark", *units)
    assert apply("Một,", [item.spot.edit]) == "Một;"


@pytest.mark.parametrize(
    "units",
    [
        [(Kind.BASIS, "Căn cứ Điều lệ Đảng;"), (Kind.PREAMBLE, "Ban Thường vụ yêu cầu:")],
        [(Kind.CLAUSE, "Gồm:"), (Kind.POINT, "Một;"), (Kind.POINT, "Hai:"), (Kind.DASH, "Ba;")],
        [(Kind.PREAMBLE, "Người xưa dạy: “Việc hôm nay chớ để ngày mai.”")],
        [(Kind.PREAMBLE, "Vì sao chậm?"), (Kind.PART, "NHIỆM VỤ"), (Kind.SUBJECT, "về một việc")],
    ],
)
def test_ends_that_are_right_are_left(units):
    assert quotes("end_mark", *units, (Kind.CLOSING, "Chỉ thị này phổ biến đến chi bộ.")) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.CLAUSE, "3. Siết chặt kỷ luật."),
        (Kind.POINT, "đ) Siết chặt kỷ luật."),
        (Kind.DASH, "- Siết chặt kỷ luật."),
        (Kind.PART, "II- Siết chặt kỷ luật."),
    ],
)
def test_a_number_typed_into_the_text_is_taken_out(kind, text):
    assert corrected("typed_number", text, kind) == "Siết chặt kỷ luật."


@pytest.mark.parametrize(
    "text", ["05 ngày làm việc.", "14-KL/TW được thực hiện.", "20 - 30% số xã.", "C. Mác viết."]
)
def test_figures_at_the_start_of_a_text_are_no_number(text):
    assert quotes("typed_number", (Kind.CLAUSE, text)) == []


def test_a_number_left_out_in_lines_numbered_by_hand_is_found():
    assert quotes("number_gap", (Kind.CLAUSE, "Gồm:\na) Một;\nb) Hai;\nd) Ba.")) == ["d"]
    assert quotes("number_gap", (Kind.CLAUSE, "Gồm:\n1. Một;\n3. Hai.")) == ["3"]
    assert quotes("number_gap", (Kind.CLAUSE, "Gồm:\n1- Một;\n3- Hai.")) == ["3"]
    assert quotes("number_gap", (Kind.CLAUSE, "Gồm: a) Một; b) Hai; d) Ba.")) == ["d"]
    assert quotes("number_gap", (Kind.CLAUSE, "Gồm:\nb) Một;\nc) Hai.")) == ["b"]


def test_lines_that_count_on_or_begin_again_have_no_gap():
    text = "Gồm:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu.\nVà:\na) Bảy;\nb) Tám."
    assert quotes("number_gap", (Kind.CLAUSE, text)) == []


@pytest.mark.parametrize(
    ("units", "needed"),
    [
        ([(Kind.POINT, "Điểm.")], Kind.CLAUSE),
        ([(Kind.CLAUSE, "Khoản:"), (Kind.PLUS, "Cộng.")], Kind.DASH),
        ([(Kind.CLAUSE, "Khoản."), (Kind.PART, "Phần")], Kind.PART),
    ],
)
def test_a_level_that_is_left_out_is_found(units, needed):
    assert [one.spot.facts["needed"] for one in found("missing_level", *units)] == [needed]


def test_dashes_may_stand_directly_under_a_clause():
    units = [(Kind.PART, "Phần"), (Kind.CLAUSE, "Khoản:"), (Kind.DASH, "Một:"), (Kind.PLUS, "Hai.")]
    assert quotes("missing_level", *units) == []


DISTRICTS = "Lãnh đạo cấp tỉnh, cấp huyện; các huyện uỷ, thành ủy; huyện Đức Trọng; thị xã."


def test_the_district_level_is_found_in_a_document_of_today():
    expected = ["cấp huyện", "huyện uỷ, thành ủy", "huyện", "thị xã"]
    assert quotes("obsolete_body", (Kind.PREAMBLE, DISTRICTS)) == expected
    assert quotes("obsolete_body", (Kind.PREAMBLE, DISTRICTS), dated=date(2025, 7, 1)) == expected


def test_the_district_level_stands_in_a_document_from_before_its_end():
    assert quotes("obsolete_body", (Kind.PREAMBLE, DISTRICTS), dated=date(2025, 6, 30)) == []


def test_bodies_that_go_on_are_not_taken_for_ended_ones():
    text = "Tỉnh ủy, Thành ủy Hà Nội, đảng ủy xã, phường, đặc khu; hội quân; uyển chuyển."
    assert quotes("obsolete_body", (Kind.PREAMBLE, text)) == []


def unlisted(task: str, *listed: str) -> list[str]:
    recipients = "\n".join([*listed, "Lưu Văn phòng Tỉnh ủy"])
    return quotes("unlisted_recipient", HEADED, (Kind.POINT, task), recipients=recipients)


def test_bodies_with_a_task_that_are_no_recipients_are_found():
    task = "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội tỉnh giám sát việc thực hiện."
    assert unlisted(task) == ["Mặt trận Tổ quốc", "các tổ chức chính trị - xã hội"]
    assert unlisted(task, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh") == [
        "các tổ chức chính trị - xã hội"
    ]


def test_the_recipient_is_added_ahead_of_the_archive():
    units = [HEADED, (Kind.POINT, "Mặt trận Tổ quốc tỉnh giám sát.")]
    (item,) = found("unlisted_recipient", *units)
    assert item.spot.edit.key == "recipients"
    lines = apply(RECIPIENTS, [item.spot.edit]).splitlines()
    assert lines[-2:] == ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Lưu Văn phòng Tỉnh ủy"]


@pytest.mark.parametrize(
    ("task", "listed"),
    [
        ("Ban Tuyên giáo Tỉnh ủy xây dựng kế hoạch.", "Các cơ quan tham mưu, giúp việc Tỉnh ủy"),
        ("Các cấp uỷ trực thuộc Tỉnh ủy xây dựng kế hoạch.", "Các đảng ủy trực thuộc Tỉnh ủy"),
        ("Ban cán sự đảng UBND tỉnh chỉ đạo.", "Các ban cán sự đảng, đảng đoàn"),
        ("Các đồng chí Ủy viên Ban Thường vụ theo dõi.", "Các đồng chí Ủy viên Ban Chấp hành"),
        ("Văn phòng Tỉnh ủy theo dõi.", ""),
        ("Theo dõi việc Mặt trận Tổ quốc giám sát.", ""),
        ("Ủy ban nhân dân tỉnh chỉ đạo.", "UBND tỉnh"),
    ],
)
def test_a_body_covered_by_a_line_or_not_given_the_task_is_left(task, listed):
    assert unlisted(task, listed) == []


def test_only_the_clause_on_execution_gives_tasks():
    units = [(Kind.CLAUSE, "Nội dung\nGồm:", True), (Kind.POINT, "Mặt trận Tổ quốc giám sát.")]
    assert quotes("unlisted_recipient", *units) == []


TANGLE = (
    (Kind.BASIS, "Căn cứ Kết luận số 14-KL/TW ngày 22/9/2021."),
    (Kind.PREAMBLE, "UBND tỉnh, cấp uỷ, Tỉnh ủy, cấp ủy và HĐND yêu cầu; UBND xã:"),
    (Kind.CLAUSE, "Tổ chức thực hiện", True),
    (Kind.POINT, "Mặt trận Tổ quốc, các tổ chức chính trị - xã hội và các sở, ngành thực hiện"),
    (Kind.POINT, "b) Hoàn thành theo Chỉ thị số 12-CT/TU ngày 01/02/2020, KT-XH./."),
)


def test_after_all_corrections_nothing_is_left_that_has_one():
    edits = [one.spot.edit for one in check(paper(*TANGLE)) if one.spot.edit]
    after = [
        (kind, apply(text, [e for e in edits if e.key == str(at)]), *headed)
        for at, (kind, text, *headed) in enumerate(TANGLE)
    ]
    recipients = apply(RECIPIENTS, [e for e in edits if e.key == "recipients"])
    assert len(edits) >= 10
    left = check(paper(*after, recipients=recipients))
    assert [one.rule.code for one in left if one.spot.edit] == []


def test_of_two_edits_that_overlap_the_first_is_made():
    assert (
        apply("abcdef", [Edit("", 1, 4, "X"), Edit("", 3, 5, "Y"), Edit("", 6, 6, "!")]) == "aXef!"
    )


def test_a_key_stays_while_other_words_of_the_provision_change():
    before = found("unknown_abbreviation", (Kind.CLAUSE, "Chương trình KHXT."))
    after = found("unknown_abbreviation", (Kind.CLAUSE, "Thực hiện tốt chương trình KHXT."))
    assert [one.key for one in before] == [one.key for one in after]


def test_the_same_words_twice_in_a_provision_are_two_findings():
    keys = [one.key for one in found("obsolete_body", (Kind.CLAUSE, "Cấp huyện và cấp huyện."))]
    assert len(set(keys)) == len(keys) == 2


def test_every_rule_says_in_its_docstring_where_it_comes_from():
    assert all("Source:" in rule.find.__doc__ for rule in RULES)
    assert {rule.severity for rule in RULES} == set(Severity)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 20_000,
        "A'" * 10_000,
        "AB-" * 6_000,
        "khoản " + "1, " * 6_000,
        "điểm " + "a, " * 6_000,
        "khoản 9; " * 2_000,
        "14-KL/TW" + "/A" * 9_000,
        "Mặt trận Tổ quốc, " * 1_000,
        "huyện ủy, " * 2_000,
        "uỷ" * 10_000,
        "1) \n" * 5_000,
        "(" * 20_000,
    ],
)
def test_a_hostile_provision_is_read_in_bounded_time(text):
    start = time.process_time()
    check(paper(HEADED, (Kind.POINT, text)))
    assert time.process_time() - start < 1


def test_three_hundred_provisions_are_checked_in_a_second():
    text = "Người đứng đầu cấp ủy chịu trách nhiệm theo điểm a khoản 2 Chỉ thị này." * 12
    units = [(Kind.CLAUSE, f"Nội dung.\n{text}"), (Kind.POINT, text), (Kind.POINT, text)] * 100
    start = time.process_time()
    assert check(paper(*units)) == []
    assert time.process_time() - start < 1


def with_annexes(main: str, *annexes: tuple, titles=("Danh mục", "Mẫu báo cáo")):
    """The text, its recipients, and behind them annexes with their provisions."""
    units = [(Kind.CLAUSE, "Một."), (Kind.CLAUSE, main), (Kind.RECIPIENTS, RECIPIENTS)]
    for title, annex in zip(titles, annexes, strict=False):
        units += [(Kind.ANNEX, title), *annex]
    return document([(str(at), kind, text, False) for at, (kind, text) in enumerate(units)], TODAY)


FIRST = ((Kind.CLAUSE, "Một:"), (Kind.POINT, "Hai;"), (Kind.POINT, "Ba."), (Kind.CLAUSE, "Bốn."))
SECOND = ((Kind.CLAUSE, "Năm."),)


def facts(code, made, name):
    return [one.spot.facts[name] for one in check(made) if one.rule.code == code]


@pytest.mark.parametrize(
    ("main", "unmentioned"),
    [
        ("Thực hiện theo quy định.", ["Phụ lục I", "Phụ lục II"]),
        ("Thực hiện theo Phụ lục I.", ["Phụ lục II"]),
        ("Thực hiện theo phụ lục số 2.", ["Phụ lục I"]),
        ("Thực hiện theo Phụ lục I và II kèm theo.", []),
        ("Thực hiện theo các phụ lục kèm theo.", []),
    ],
)
def test_an_annex_that_the_text_does_not_mention_is_found(main, unmentioned):
    assert facts("unmentioned_annex", with_annexes(main, FIRST, SECOND), "annex") == unmentioned


def test_an_annex_that_only_another_annex_mentions_is_found():
    made = with_annexes("Theo Phụ lục I.", ((Kind.CLAUSE, "Theo Phụ lục II."),), SECOND)
    assert facts("unmentioned_annex", made, "annex") == ["Phụ lục II"]


@pytest.mark.parametrize(
    ("main", "missing"),
    [
        ("Theo Phụ lục III.", ["Phụ lục III"]),
        ("Theo Phụ lục II, III và IV.", ["Phụ lục III, Phụ lục IV"]),
        ("Theo Phụ lục số 5 ban hành kèm theo Chỉ thị này.", ["Phụ lục 5"]),
        ("Theo khoản 1 Phụ lục III.", ["Phụ lục III"]),
        ("Theo Phụ lục III ban hành kèm theo Nghị định số 30/2020/NĐ-CP.", []),
        ("Theo Phụ lục I và các phụ lục.", []),
    ],
)
def test_a_mention_of_an_annex_that_is_not_there_is_found(main, missing):
    made = with_annexes(main, FIRST, SECOND)
    assert facts("missing_annex", made, "missing") == missing
    assert facts("dangling_reference", made, "missing") == []


def test_an_annex_without_a_number_is_missed_only_where_it_is_said_to_be_attached():
    assert facts("missing_annex", with_annexes("Theo Phụ lục kèm theo."), "missing") == ["Phụ lục"]
    assert facts("missing_annex", with_annexes("Gửi báo cáo và phụ lục."), "missing") == []
    assert facts("missing_annex", with_annexes("Theo Phụ lục kèm theo.", FIRST), "missing") == []


@pytest.mark.parametrize(
    ("main", "dangling"),
    [
        ("Theo điểm b khoản 1 Phụ lục I.", []),
        ("Theo điểm c khoản 1 Phụ lục I.", ["điểm c khoản 1 Phụ lục I"]),
        ("Theo khoản 2 Phụ lục II.", ["khoản 2 Phụ lục II"]),
        ("Theo điểm a khoản 1.", ["điểm a khoản 1"]),
    ],
)
def test_provisions_of_an_annex_are_looked_for_there(main, dangling):
    assert facts("dangling_reference", with_annexes(main, FIRST, SECOND), "missing") == dangling


@pytest.mark.parametrize(
    ("inside", "dangling"),
    [
        ("Theo khoản 2.", ["khoản 2 Phụ lục II"]),
        ("Theo khoản 2 Phụ lục này.", ["khoản 2 Phụ lục II"]),
        ("Theo khoản 2 Chỉ thị này.", []),
        ("Theo khoản 2 Phụ lục I.", []),
        ("Theo khoản 3 Chỉ thị này.", ["khoản 3"]),
    ],
)
def test_inside_an_annex_a_reference_is_to_the_annex_itself(inside, dangling):
    made = with_annexes("Theo các phụ lục.", FIRST, ((Kind.CLAUSE, inside),))
    assert facts("dangling_reference", made, "missing") == dangling


def test_references_to_annexes_and_into_them_are_resolved_once_each():
    made = with_annexes("Theo Phụ lục II, khoản 2 Phụ lục I và khoản 1.", FIRST, SECOND)
    found = [(p.text[start:end], target.text) for p, start, end, target in resolved(made)]
    assert found == [
        ("Phụ lục II", "Mẫu báo cáo"),
        ("khoản 2 Phụ lục I", "Bốn."),
        ("khoản 1", "Một."),
    ]


def test_parts_in_one_annex_ask_for_none_elsewhere():
    parted = ((Kind.PART, "PHẦN"), (Kind.CLAUSE, "Một."))
    assert facts("missing_level", with_annexes("Theo các phụ lục.", parted, SECOND), "needed") == []
    late = ((Kind.CLAUSE, "Một."), (Kind.PART, "PHẦN"))
    made = with_annexes("Theo các phụ lục.", late, SECOND)
    assert facts("missing_level", made, "needed") == [Kind.PART]


def test_text_and_annex_each_end_with_a_full_stop_and_titles_with_nothing():
    made = with_annexes("Theo các phụ lục;", ((Kind.CLAUSE, "Một;"),), ((Kind.CLAUSE, "Hai;"),))
    ends = [one.spot.passage.text for one in check(made) if one.rule.code == "end_mark"]
    assert ends == ["Theo các phụ lục;", "Một;", "Hai;"]


def test_an_annex_with_nothing_in_it_is_found():
    made = with_annexes("Theo các phụ lục.", (), (), titles=("", "Mẫu báo cáo"))
    assert [one.spot.passage.key for one in check(made) if one.rule.code == "empty"] == ["3"]
