"""The form check on whole texts: silent on a good one, and not deceived by other spellings of what
is wrong."""

from datetime import date

import pytest

from directives.formcheck.rules import check
from directives.formcheck.rules.document import apply, document
from directives.text.kinds import Kind

BEFORE, TODAY = date(2024, 4, 17), date(2026, 11, 24)
RECIPIENTS = """Ban Bí thư Trung ương Đảng (để báo cáo)
Văn phòng Trung ương Đảng, các ban đảng Trung ương
Các đồng chí Ủy viên Ban Chấp hành Đảng bộ tỉnh
Đảng ủy Ủy ban nhân dân tỉnh, Đảng ủy các cơ quan Đảng tỉnh
Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh
Các đảng ủy xã, phường, đặc khu
Công an tỉnh, các cơ quan tham mưu, giúp việc Tỉnh ủy
Lưu Văn phòng Tỉnh ủy"""

FIRST = (
    (Kind.BASIS, "Căn cứ Điều lệ Đảng Cộng sản Việt Nam;"),
    (Kind.BASIS, "Căn cứ Quy định số 399-QĐ/TW, ngày 09/01/2026 của Ban Chấp hành Trung ương;"),
    (Kind.BASIS, "Căn cứ Quy chế làm việc số 05-QC/TU, ngày 20 tháng 10 năm 2025;"),
    (Kind.PREAMBLE, "Thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị; Kết luận "
     "số 14-KL/TW, ngày 22/9/2021 và Quy định số 37-QĐ/TW, ngày 25/10/2021 của Ban Chấp hành Trung "
     "ương (điểm b khoản 3 Điều 5), các cấp ủy, tổ chức đảng đã chỉ đạo quyết liệt; chỉ số cải "
     "cách hành chính (CCHC), PAPI, SIPAS, DDCI và GRDP tăng; khai thác IUU giảm."),
    (Kind.PREAMBLE, "Tuy nhiên, việc xóa bỏ thủ tục hành chính (TTHC) rườm rà còn chậm; TTHC giải "
     "quyết đúng hạn đạt 98,5%. Sau khi kết thúc hoạt động của cấp huyện từ ngày 01/7/2025, khối "
     "lượng việc ở xã, phường, đặc khu tăng; hồ sơ của huyện Đức Trọng (cũ) mới bàn giao một phần; "
     "trước đây, các huyện ủy có quy chế riêng."),
    (Kind.PREAMBLE, "Hội đồng nhân dân, Ủy ban nhân dân (HĐND, UBND) các cấp, Bộ Chỉ huy Quân sự, "
     "Bộ đội Biên phòng (BCHQS, BĐBP) tỉnh đã phối hợp; đồng chí Ngô Minh Hoà trình bày báo cáo."),
    (Kind.PREAMBLE, "Để khắc phục hạn chế, Ban Thường vụ Tỉnh ủy yêu cầu:"),
    (Kind.CLAUSE, "Nâng cao nhận thức\nCác cấp ủy, tổ chức đảng thực hiện:", True),
    (Kind.POINT, "Quán triệt Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ; Quyết định "
     "số "
     "749/QĐ-TTg ngày 03/6/2020; khoản 7 Công điện số 12/CĐ-TTg ngày 05/3/2026 của Thủ tướng."),
    (Kind.POINT, "Ứng dụng công nghệ thông tin (CNTT), AI, internet vạn vật (IoT); hạ tầng CNTT "
     "dùng "
     "chung; mục III Nghị quyết số 57-NQ/TW, ngày 22/12/2024; danh mục 5 nhóm."),
    (Kind.POINT, "Thực hiện điểm a và điểm b khoản này; không để phát sinh khoản chi ngoài dự "
     "toán; "
     "các khoản 10 triệu đồng trở lên được công khai; điểm d khoản 7 nêu trên của Quy chế làm "
     "việc;"),
    (Kind.CLAUSE, "Siết chặt kỷ luật\nTập trung vào các việc:", True),
    (Kind.POINT, "Người đứng đầu chịu trách nhiệm về khoản 1 và từ điểm a đến điểm c khoản 1 Chỉ "
     "thị "
     "này:"),
    (Kind.DASH, "Giảm ít nhất 30% thời gian giải quyết; quý IV/2026 hoàn thành;"),
    (Kind.DASH, "Công khai số điện thoại 0263.3822.345:"),
    (Kind.PLUS, "Trên Cổng thông tin điện tử tỉnh;"),
    (Kind.PLUS, "Tại trụ sở."),
    (Kind.POINT, "Trả lời không quá 05 ngày làm việc, trừ khoản 2 của Điều 8 Quy chế làm việc."),
    (Kind.CLAUSE, "Tổ chức thực hiện\nBan Thường vụ Tỉnh ủy giao:", True),
    (Kind.POINT, "Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo UBND tỉnh cụ thể hóa; hằng quý báo cáo."),
    (Kind.POINT, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh "
     "giám sát, phản biện xã hội. Giao Công an tỉnh bảo đảm an ninh mạng."),
    (Kind.POINT, "Các đảng ủy xã, phường, đặc khu thực hiện theo mẫu tại Phụ lục II kèm theo, danh "
     "mục tại Phụ lục I, chậm nhất ngày 15/12/2026."),
    (Kind.POINT, "Văn phòng Tỉnh ủy theo dõi, đôn đốc."),
    (Kind.CLOSING, "Chỉ thị này thay thế Chỉ thị số 35-CT/TU, ngày 17/4/2024 của Ban Thường vụ "
     "Tỉnh "
     "ủy và phổ biến đến chi bộ."),
    (Kind.ANNEX, "Danh mục thủ tục phải rút ngắn thời hạn"),
    (Kind.CLAUSE, "Lĩnh vực đất đai"),
    (Kind.POINT, "Cấp giấy chứng nhận"),
    (Kind.POINT, "Chuyển mục đích sử dụng"),
    (Kind.CLAUSE, "Lĩnh vực đầu tư"),
    (Kind.ANNEX, "Mẫu báo cáo"),
    (Kind.CLAUSE, "Tình hình thực hiện khoản 1, khoản 2 Phụ lục I."),
)  # fmt: skip
SECOND = (
    (Kind.BASIS, "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025;"),
    (Kind.BASIS, "Căn cứ Hướng dẫn số 05-HD/VPTW, ngày 27/5/2026 của Văn phòng Trung ương "
     "Đảng về thể thức, kỹ thuật trình bày văn bản của Đảng;"),
    (Kind.PREAMBLE, "Những năm qua, dưới sự lãnh đạo của Tỉnh ủy, công tác phòng, chống tham "
     "nhũng, lãng phí, tiêu cực trên địa bàn tỉnh đạt nhiều kết quả; kinh tế - xã hội phát "
     "triển, quốc phòng - an ninh được giữ vững; GRDP bình quân đầu người đạt 98,6 triệu "
     "đồng; có 05 sản phẩm OCOP 5 sao; tỷ lệ hộ nghèo còn 1,2%."),
    (Kind.PREAMBLE, "Thực hiện Chỉ thị số 35-CT/TW, ngày 14/6/2024 của Bộ Chính trị về đại "
     "hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIV của Đảng; khoản 1, "
     "Điều 10, Quy định số 22-QĐ/TW, ngày 28/7/2021; mục 3, phần II, Kết luận số 121-KL/TW, "
     "ngày 24/01/2025; điểm a, khoản 2, mục IV, Nghị quyết số 66-NQ/TW, ngày 30/4/2025, Ban "
     "Thường vụ Tỉnh ủy yêu cầu các cấp ủy, tổ chức đảng, Mặt trận Tổ quốc Việt Nam và các tổ "
     "chức chính trị - xã hội, người đứng đầu các cơ quan, đơn vị tập trung thực hiện tốt một "
     "số nhiệm vụ trọng tâm sau đây:"),
    (Kind.PART, "MỤC TIÊU, YÊU CẦU CHUNG"),
    (Kind.CLAUSE, "Bảo đảm sự lãnh đạo toàn diện, trực tiếp của Đảng; kết hợp “xây” và "
     "“chống”, lấy “xây” là cơ bản, lâu dài."),
    (Kind.CLAUSE, "Phấn đấu đến hết quý III/2027: 100% văn bản điện tử được ký số; 95% hồ sơ "
     "công việc cấp tỉnh, 85% cấp xã được xử lý trên môi trường mạng (trừ văn bản mật)."),
    (Kind.PART, "NHIỆM VỤ, GIẢI PHÁP"),
    (Kind.CLAUSE, "Về công tác tư tưởng\nCác cấp ủy, trước hết là người đứng đầu, có trách "
     "nhiệm:", True),
    (Kind.POINT, "Tổ chức quán triệt Nghị quyết Đại hội Đảng bộ tỉnh lần thứ I, nhiệm kỳ 2025 "
     "- 2030; Nghị quyết số 57-NQ/TW, Nghị quyết số 59-NQ/TW, Nghị quyết số 66-NQ/TW và Nghị "
     "quyết số 68-NQ/TW của Bộ Chính trị."),
    (Kind.POINT, "Xử lý nghiêm các biểu hiện suy thoái quy định tại điểm a, b, c khoản 1 Điều "
     "3 Quy định số 144-QĐ/TW, ngày 09/5/2024 và các hành vi nêu tại Điều 4 của Quy định này; "
     "khen thưởng theo khoản 3 của Quy chế thi đua."),
    (Kind.POINT, "Kịp thời nắm bắt dư luận; đấu tranh, phản bác thông tin xấu độc trên "
     "Facebook, TikTok, YouTube và Zalo."),
    (Kind.CLAUSE, "Về thực hiện nhiệm vụ chính trị"),
    (Kind.DASH, "Khoản chi thường xuyên tiết kiệm tối thiểu 10%; không bố trí vốn cho dự án "
     "chưa đủ thủ tục; giải ngân đạt 100% kế hoạch;"),
    (Kind.DASH, "Điểm nghẽn về đất đai, đấu thầu được tháo gỡ dứt điểm trước ngày 31/12/2026; "
     "điểm sáng được nhân rộng."),
    (Kind.PART, "TỔ CHỨC THỰC HIỆN"),
    (Kind.CLAUSE, "Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo Ủy ban nhân dân (UBND) tỉnh, UBND "
     "các xã, phường, đặc khu cụ thể hóa phần II Chỉ thị này; định kỳ 6 tháng, 1 năm báo cáo "
     "Ban Thường vụ Tỉnh ủy (qua Văn phòng Tỉnh ủy)."),
    (Kind.CLAUSE, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội "
     "tỉnh tăng cường giám sát, phản biện xã hội."),
    (Kind.CLAUSE, "Các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy xây dựng kế hoạch thực hiện, "
     "hoàn thành trong quý I năm 2027."),
    (Kind.CLAUSE, "Cơ quan Ủy ban Kiểm tra Tỉnh ủy chủ trì, phối hợp với các cơ quan tham "
     "mưu, giúp việc Tỉnh ủy kiểm tra, giám sát."),
    (Kind.CLOSING, "Chỉ thị này thay thế Chỉ thị số 12-CT/TU, ngày 05 tháng 02 năm 2021 của "
     "Ban Thường vụ Tỉnh ủy (khóa X) và được phổ biến đến chi bộ."),
)  # fmt: skip
LAST = (Kind.CLOSING, "Chỉ thị này phổ biến đến chi bộ.")


def found(*units, dated=TODAY, recipients=RECIPIENTS):
    keyed = [(str(at), unit[0], unit[1], len(unit) > 2) for at, unit in enumerate(units)]
    return check(document([*keyed, ("r", Kind.RECIPIENTS, recipients, False)], dated))


def quotes(code, *units, **facts) -> list[str]:
    return [one.spot.quote for one in found(*units, **facts) if one.rule.code == code]


@pytest.mark.parametrize("text", [FIRST, SECOND], ids=["annexed", "in parts"])
def test_a_page_of_good_official_text_has_no_finding(text):
    assert [(one.rule.code, one.spot.quote) for one in found(*text)] == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Tỉnh ủy, cấp ủy; Nghị quyết Đại hội Khoá XI.", "oá"),
        ("Tỉnh ủy, cấp ủy; ĐỔI MỚI VĂN HOÁ CÔNG VỤ.", "OÁ"),
        ("Tỉnh ủy, cấp ủy; chăm lo sức khoẻ.", "oẻ"),
    ],
)
def test_mixed_tone_marks_are_found_in_capitals_and_beside_figures(text, quote):
    assert quotes("tone_marks", (Kind.PREAMBLE, text), LAST) == [quote]


@pytest.mark.parametrize(
    ("cited", "right"),
    [
        ("14-KL/TW ngày 22-9-2021", "14-KL/TW, ngày 22-9-2021"),
        ("14-KL/TW ngày 22.9.2021", "14-KL/TW, ngày 22.9.2021"),
        ("14 - KL/TW ngày 22/9/2021", "14 - KL/TW, ngày 22/9/2021"),
        ("14–KL/TW ngày 22/9/2021", "14–KL/TW, ngày 22/9/2021"),
        ("14-KL/TW , ngày 22/9/2021", "14-KL/TW, ngày 22/9/2021"),
        ("14-KL/TW,ngày 22/9/2021", "14-KL/TW, ngày 22/9/2021"),
    ],
)
def test_a_missing_comma_is_put_however_the_citation_is_typed(cited, right):
    items = found((Kind.PREAMBLE, f"Kết luận số {cited}."), LAST)
    assert [one.rule.code for one in items] == ["citation_comma"]
    assert apply(f"Kết luận số {cited}.", [items[0].spot.edit]) == f"Kết luận số {right}."


@pytest.mark.parametrize("short", ["KT-XH", "KT - XH", "KT–XH"])
def test_an_abbreviation_is_one_however_its_dash_is_typed(short):
    assert quotes("abbreviation", (Kind.PREAMBLE, f"Phát triển {short}."), LAST) == [short]


def test_a_heading_that_ends_with_a_full_stop_leads_nothing_in():
    point = (Kind.POINT, "Văn phòng theo dõi.")
    assert quotes("lead_in", (Kind.CLAUSE, "Tổ chức thực hiện."), point) == ["Tổ chức thực hiện."]
    sentence = "Các cấp ủy, tổ chức đảng thực hiện các việc sau."
    assert quotes("lead_in", (Kind.CLAUSE, sentence), point) == []


def test_a_heading_in_the_list_of_an_annex_needs_no_sentence():
    annex = [(Kind.ANNEX, "Danh mục"), (Kind.CLAUSE, "Đất đai"), (Kind.POINT, "Một")]
    assert found((Kind.CLOSING, "Chỉ thị này và phụ lục phổ biến đến chi bộ."), *annex) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Chấp hành giờ giấc..", "Chấp hành giờ giấc."),
        ("Chấp hành giờ giấc;.", "Chấp hành giờ giấc."),
        ("Chấp hành giờ giấc,;", "Chấp hành giờ giấc;"),
        ("Chấp hành nghiêm giờ giấc làm việc của cơ quan\nHết.",
         "Chấp hành nghiêm giờ giấc làm việc của cơ quan.\nHết."),
    ],
)  # fmt: skip
def test_two_marks_and_a_line_without_one_are_put_right(text, right):
    items = found((Kind.PREAMBLE, text), LAST)
    assert [one.rule.code for one in items] == ["end_mark"]
    assert apply(text, [items[0].spot.edit]) == right


@pytest.mark.parametrize("text", ["Còn nhiều việc...", "Còn nhiều việc…"])
def test_three_dots_are_one_mark(text):
    assert found((Kind.PREAMBLE, text), LAST) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Theo phần III Chỉ thị này.", "phần III"),
        ("Theo mục IV.", "phần IV"),
        ("Theo khoản 1 đến khoản 9.", "khoản 9"),
        ("Theo các khoản 1 - 9.", "khoản 9"),
        ("Theo các điểm a đến d khoản 1.", "điểm d khoản 1"),
        ("Theo điểm d) khoản 1.", "điểm d khoản 1"),
        ("Theo khoản 1, điểm d.", "điểm d khoản 1"),
        ("Tổng số 25 xã theo khoản 9.", "khoản 9"),
    ],
)
def test_a_dangling_reference_is_found_however_it_is_said(text, missing):
    units = [(Kind.CLAUSE, "Gồm:"), (Kind.POINT, "Một;"), (Kind.POINT, "Hai."), (Kind.CLAUSE, text)]
    items = [one for one in found(*units, LAST) if one.rule.code == "dangling_reference"]
    assert [one.spot.facts["missing"] for one in items] == [missing]


def test_a_part_that_is_there_and_those_of_other_papers_are_left():
    units = [(Kind.PART, "MỤC TIÊU"), (Kind.CLAUSE, "Theo phần I; phần II của Báo cáo chính trị.")]
    assert quotes("dangling_reference", *units, LAST) == []


ENDED = "Đảng đoàn, Sở Giao thông vận tải, thị trấn và Ban Dân vận Tỉnh ủy thực hiện."


def test_bodies_that_ended_are_found_from_their_day_on_and_named_by_what_took_their_place():
    units = (Kind.PREAMBLE, ENDED), LAST
    assert quotes("obsolete_body", *units, dated=BEFORE) == []
    spring = ["Đảng đoàn", "Sở Giao thông vận tải", "Ban Dân vận"]
    assert quotes("obsolete_body", *units, dated=date(2025, 3, 1)) == spring
    items = [one for one in found(*units) if one.rule.code == "obsolete_body"]
    edits = [one.spot.edit for one in items if one.spot.edit]
    assert [one.text for one in edits] == ["Sở Xây dựng", "Ban Tuyên giáo và Dân vận"]
    assert len(items) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Sở Xây dựng, Sở Giao thông vận tải rà soát.",
        "Ban Tuyên giáo Tỉnh ủy, Ban Dân vận Tỉnh ủy phối hợp.",
    ],
)
def test_no_body_is_put_for_two_or_where_it_stands_already(text):
    items = [one for one in found((Kind.PREAMBLE, text), LAST) if one.rule.code == "obsolete_body"]
    after = apply(text, [one.spot.edit for one in items if one.spot.edit])
    assert items
    assert after.count("Sở Xây dựng") < 2
    assert after.count("Ban Tuyên giáo và Dân vận") < 2


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("Giao Mặt trận Tổ quốc tỉnh giám sát.", ["Mặt trận Tổ quốc"]),
        ("Nội dung khác. Giao Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh chủ trì.",
         ["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh"]),
        ("Đề nghị Tòa án nhân dân tỉnh phối hợp.", ["Tòa án nhân dân tỉnh"]),
        ("Yêu cầu Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo.", ["Đảng ủy Ủy ban nhân dân tỉnh"]),
        ("Giao dịch của Công an tỉnh; giao ban với Công an tỉnh.", []),
    ],
)  # fmt: skip
def test_whoever_is_given_a_task_by_a_sentence_anywhere_is_a_recipient(task, names):
    recipients = "Các đảng ủy xã, phường\nLưu Văn phòng Tỉnh ủy"
    units = (Kind.CLAUSE, task), LAST
    assert quotes("unlisted_recipient", *units, recipients=recipients) == names


def test_no_recipient_is_asked_for_that_had_ended_on_the_day():
    units = (Kind.CLAUSE, "Giao ban cán sự đảng và Công an tỉnh phối hợp."), LAST
    listed = {"recipients": "Lưu Văn phòng Tỉnh ủy"}
    both = quotes("unlisted_recipient", *units, dated=BEFORE, **listed)
    assert both == ["ban cán sự đảng", "Công an tỉnh"]
    assert quotes("unlisted_recipient", *units, **listed) == ["Công an tỉnh"]


def test_recipients_end_with_the_archive():
    items = found(LAST, recipients="Ban Bí thư\nCác sở")
    assert [(one.rule.code, one.spot.quote) for one in items] == [("archive", "Các sở")]
    mended = apply("Ban Bí thư\nCác sở", [items[0].spot.edit])
    assert mended == "Ban Bí thư\nCác sở\nLưu Văn phòng Tỉnh ủy"
    assert found(LAST, recipients=mended) == []


def test_an_archive_that_stands_too_high_is_told_and_left_to_the_office():
    (item,) = found(LAST, recipients="Lưu Văn phòng Tỉnh ủy\nCác sở")
    assert (item.rule.code, item.spot.edit) == ("archive", None)
