"""What a Word file says, line by line, and what is told about the rest."""

import pytest

from directives.incoming import docx
from directives.incoming.package import Package
from directives.incoming.shapes import Document, Unreadable
from tests import wordfiles as made
from tests.wordfiles import SPACES, dele, gone, ins, level, listed, p, r

LEVELS = (
    level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + level(3, "bullet", "\uf0b7")
    + level(4, "bullet", "o")
)


def read(body: str, **parts: str) -> Document:
    return docx.read(Package(made.docx(body, **parts)))


def texts(body: str, **parts: str) -> list[str]:
    return [line.text for line in read(body, **parts).accepted]


def notes(body: str, **parts: str) -> dict[str, tuple[int, list[str]]]:
    return {note.what: (note.count, note.words) for note in read(body, **parts).notes}


def test_automatic_numbers_are_written_out():
    rows = [(0, "A"), (1, "B"), (2, "C"), (2, "D"), (3, "E"), (4, "F"), (1, "G"), (2, "H"), (0, "I"), (1, "K")]  # fmt: skip  # noqa: E501
    body = "".join(p(r(words), properties=listed(1, at)) for at, words in rows)
    assert texts(body, numbering=made.numbering(LEVELS)) == [
        "I. A", "1. B", "a) C", "b) D", "- E", "+ F", "2. G", "a) H", "II. I", "1. K",
    ]  # fmt: skip


def test_points_follow_our_alphabet_and_that_is_told():
    body = "".join(p(r(f"Việc {n}."), properties=listed(1)) for n in range(7))
    numbers = made.numbering(level(0, "lowerLetter", "%1)"))
    assert [text[:2] for text in texts(body, numbering=numbers)] == [
        "a)", "b)", "c)", "d)", "đ)", "e)", "g)",
    ]  # fmt: skip
    assert notes(body, numbering=numbers)["relettered"][0] == 3


def test_a_number_may_begin_again_and_lists_of_one_kind_go_on():
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(p(r("x"), properties=listed(number)) for number in (1, 1, 2, 3, 3))
    numbers = made.numbering(level(0, "decimal", "%1."), nums)
    assert texts(body, numbering=numbers) == ["1. x", "2. x", "3. x", "1. x", "2. x"]


def test_a_style_numbers_its_paragraphs():
    styles = (
        f'<w:styles {SPACES}><w:style w:type="paragraph" w:styleId="Khoan"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="KhoanCon"><w:basedOn w:val="Khoan"/></w:style>'
        "</w:styles>"
    )
    numbers = made.numbering(
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%2", '<w:pStyle w:val="Khoan"/>')
    )
    body = p(r("A"), properties='<w:pStyle w:val="Khoan"/>') + p(
        r("B"), properties='<w:pStyle w:val="Khoan"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert texts(body, styles=styles, numbering=numbers) == ["1. A", "B"]


def test_typed_numbers_tabs_and_breaks_stay():
    body = p(r("1."), "<w:r><w:tab/></w:r>", r("Việc"), "<w:r><w:br/></w:r>", r("tiếp"))
    assert texts(body) == ["1.\tViệc", "tiếp"]


def test_both_states_of_tracked_changes():
    body = (
        p(r("1. Trả lời trong "), dele("07"), ins("05"), r(" ngày."))
        + p(ins("2. Mới."), properties=gone("ins"))
        + p(dele("3. Cũ."), properties=gone("del"))
        + p(r("4. Hết."))
    )
    found = read(body)
    assert [line.text for line in found.accepted] == [
        "1. Trả lời trong 05 ngày.", "2. Mới.", "4. Hết.",
    ]  # fmt: skip
    assert [line.text for line in found.original] == [
        "1. Trả lời trong 07 ngày.", "3. Cũ.", "4. Hết.",
    ]  # fmt: skip
    assert found.authors == ["Đại biểu"]
    assert found.changes == 4
    assert found.accepted[0].paragraphs == found.original[0].paragraphs == (0,)
    assert found.original[2].paragraphs[0] == 3


def test_numbers_are_counted_for_each_state():
    body = (
        p(r("A"), properties=listed(1))
        + p(dele("B"), properties=listed(1) + gone("del"))
        + p(r("C"), properties=listed(1))
    )
    found = read(body, numbering=made.numbering(level(0, "decimal", "%1.")))
    assert [line.text for line in found.accepted] == ["1. A", "2. C"]
    assert [line.text for line in found.original] == ["1. A", "2. B", "3. C"]


def test_what_was_inserted_and_deleted_again_is_in_no_state():
    body = p(r("Việc"), f'<w:ins w:author="A">{dele(" thừa")}</w:ins>', r("."))
    found = read(body)
    assert found.accepted[0].text == found.original[0].text == "Việc."


def test_moved_words_are_deleted_here_and_inserted_there():
    body = p(r("Một "), '<w:moveFrom w:author="A"><w:r><w:t>hai</w:t></w:r></w:moveFrom>') + p(
        '<w:moveTo w:author="A"><w:r><w:t>hai</w:t></w:r></w:moveTo>', r(" ba")
    )
    found = read(body)
    assert [line.text.strip() for line in found.original] == ["Một hai", "ba"]
    assert [line.text.strip() for line in found.accepted] == ["Một", "hai ba"]


def test_a_header_of_two_columns_is_one_line_and_rows_of_facts_are_lines():
    cell = lambda *words: f"<w:tc>{''.join(p(r(word)) for word in words)}</w:tc>"  # noqa: E731
    row = lambda *cells: f"<w:tr>{''.join(cells)}</w:tr>"  # noqa: E731
    head = f"<w:tbl>{row(cell('TỈNH ỦY'), cell('ĐẢNG CỘNG SẢN VIỆT NAM'))}</w:tbl>"
    facts = f"<w:tbl>{row(cell('TT'), cell('Việc'), cell('Hạn'))}{row(cell('1'), cell('Rà soát'), cell('Quý I'))}</w:tbl>"  # fmt: skip  # noqa: E501
    assert texts(head + facts) == [
        "TỈNH ỦY\tĐẢNG CỘNG SẢN VIỆT NAM", "TT | Việc | Hạn", "1 | Rà soát | Quý I",
    ]  # fmt: skip
    assert notes(head + facts) == {"table": (1, ["TT Việc Hạn"])}


def test_a_table_of_two_columns_is_told_where_lines_are_drawn_around_its_cells():
    grid = '<w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
    nothing = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblBorders><w:top w:val="nil"/></w:tblBorders></w:tblPr>'  # noqa: E501
    row = f"<w:tr><w:tc>{p(r('Việc'))}</w:tc><w:tc>{p(r('Hạn'))}</w:tc></w:tr>"
    assert notes(f"<w:tbl>{grid}{row}</w:tbl>") == {"table": (1, ["Việc Hạn"])}
    assert notes(f"<w:tbl>{nothing}{row}</w:tbl>") == notes(f"<w:tbl>{row}</w:tbl>") == {}


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}"
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    "<w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_words_of_a_text_box_are_kept_once():
    body = p(r("1. Việc."), BOX.format(p(r("Trong khung."))))
    assert texts(body) == ["1. Việc.", "Trong khung."]
    assert notes(body) == {"box": (1, ["Trong khung."])}


def test_what_cannot_be_kept_is_listed_with_its_first_words():
    footnotes = (
        f'<w:footnotes {SPACES}><w:footnote w:id="2">{p(r("Nghị quyết số 1."))}</w:footnote>'
        "</w:footnotes>"
    )
    header = f"<w:hdr {SPACES}>{p(r('Tài liệu mật'))}</w:hdr>"
    body = (
        p(r("1. Việc"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + p(r("ẩn", "<w:vanish/>"), "<w:r><w:drawing><a:blip xmlns:a='x'/></w:drawing></w:r>")
        + p("<w:r><w:pict><v:line/></w:pict></w:r>")
        + p('<w:hyperlink r:id="r9">' + r("tỉnh") + "</w:hyperlink>", properties="<w:pPrChange/>")
    )
    assert notes(body, footnotes=footnotes, header1=header) == {
        "footnote": (1, ["Nghị quyết số 1."]),
        "hidden": (1, ["ẩn"]),
        "picture": (1, []),
        "shape": (1, []),
        "link": (1, ["tỉnh"]),
        "header": (1, ["Tài liệu mật"]),
        "format": (1, []),
    }
    assert texts(body, footnotes=footnotes) == ["1. Việc", "tỉnh"]


CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, MIDDLE, END = CHAR.format("begin"), CHAR.format("separate"), CHAR.format("end")


def told(instruction: str) -> str:
    return f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"


def test_fields_show_what_they_show_and_not_how_it_is_made():
    body = p(r("Ngày "), BEGIN, told(" DATE \\@ "), MIDDLE, r("01/6"), END, r("."))
    assert texts(body) == ["Ngày 01/6."]
    assert notes(body) == {"field": (1, ["DATE"])}


@pytest.mark.parametrize(
    "body",
    [
        p(BEGIN, told(" DDE"), told("AUTO excel a.xls r1c1 "), MIDDLE, r("5"), END),
        p(BEGIN, told(' INCLUDETEXT "\\\\may\\tep.docx" '), END),
        p(f'<w:fldSimple w:instr="link Word.Document a">{r("5")}</w:fldSimple>'),
        p(BEGIN, told("INCLUDEPICTURE http://noi-khac/a.png")),
    ],
)
def test_a_field_that_fetches_something_is_refused(body):
    with pytest.raises(Unreadable) as refused:
        read(body)
    assert refused.value.code == "external"


def test_behind_a_field_without_an_end_no_word_is_lost():
    body = p(r("1. Một "), BEGIN, told(" REF a ")) + p(r("2. Hai"), BEGIN, told("REF"), END)
    assert texts(body + p(r("3. Ba"))) == ["1. Một ", "2. Hai", "3. Ba"]


def test_numbers_that_fields_count_are_written_out_in_each_state():
    counted = BEGIN + told(" AUTONUM ") + END
    body = p(counted, r("Một")) + p(counted, dele("Hai"), properties=gone("del"))
    body += p(counted, r("Ba")) + p(BEGIN, told(" LISTNUM NumberDefault \\l 2 "), END, r("Bốn"))
    assert texts(body) == ["1. Một", "2. Ba", "a) Bốn"]
    assert [line.text for line in read(body).original][1:3] == ["2. Hai", "3. Ba"]


def test_a_number_that_a_field_counts_within_a_line_is_told():
    body = p(r("gồm: "), BEGIN, told("LISTNUM"), END, r(" một"))
    assert texts(body) == ["gồm:  một"]
    assert notes(body) == {"field": (1, ["LISTNUM"])}


def test_cells_put_in_and_taken_out_stand_each_in_one_state():
    cell = '<w:tc><w:tcPr><w:cell{} w:id="1" w:author="A"/></w:tcPr>{}</w:tc>'
    row = cell.format("Ins", p(r("mới"))) + cell.format("Del", p(r("cũ")))
    found = read(f"<w:tbl><w:tr>{row}<w:tc>{p(r('giữ'))}</w:tc></w:tr></w:tbl>")
    assert [line.text for line in found.accepted] == ["mới\tgiữ"]
    assert [line.text for line in found.original] == ["cũ\tgiữ"]


def test_words_under_a_gloss_are_kept():
    ruby = f"<w:ruby><w:rt>{r('chú')}</w:rt><w:rubyBase>{r('gốc')}</w:rubyBase></w:ruby>"
    assert texts(p(f"<w:r>{ruby}</w:r>")) == ["gốc"]


def test_old_fonts_are_read_run_by_run_style_by_style():
    styles = (
        f'<w:styles {SPACES}><w:style w:type="paragraph" w:styleId="Cu"><w:rPr>'
        '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style></w:styles>'
    )
    times = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
    vni = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
    upper = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
    body = (
        p(r("1. TØnh ñy t"), "<w:r><w:softHyphen/></w:r>", r(" ủy", times),
          properties='<w:pStyle w:val="Cu"/>')
        + p(r("a", vni), r("ùo", vni))
        + p(r("chØ thÞ", upper))
    )  # fmt: skip
    assert texts(body, styles=styles) == ["1. Tỉnh ủy tư ủy", "áo", "CHỈ THỊ"]
    assert {"tcvn3", "vni"} == set(notes(body, styles=styles))


def test_comments_stand_beside_their_words():
    mark = '<w:commentRange{} w:id="{}"/>'
    body = p(
        r("a) Trả lời trong "), mark.format("Start", 0), r("07"), ins(" (bảy)"), r(" ngày"),
        mark.format("End", 0), '<w:r><w:commentReference w:id="0"/></w:r>', r("."),
    )  # fmt: skip
    said = made.comments((0, "Lê Văn A", "Quá dài."), (1, "Lê Văn A", "Không ở đâu."))
    first, second = read(body, comments=said).remarks
    assert (first.author, first.text, first.paragraph) == ("Lê Văn A", "Quá dài.", 0)
    assert (first.words, first.at) == ("07 ngày", len("a) Trả lời trong "))
    assert second.paragraph is None


def test_capitals_that_only_the_look_makes_are_written():
    assert texts(p(r("chỉ thị", "<w:caps/>"))) == ["CHỈ THỊ"]
    for name, words in ((".VnTime", "TØnh ñy"), ("VNI-Times", "Tænh uûy")):
        font = f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'
        assert texts(p(r(words, f"{font}<w:caps/>"))) == ["TỈNH ỦY"]


def test_no_word_is_lost_in_an_element_that_is_not_known():
    assert texts("<w:neu>" + p("<w:neu>" + r("một") + "</w:neu>") + "</w:neu>") == ["một"]


def test_words_of_a_shape_are_told():
    shape = '<w:r><w:pict><v:shape><v:textpath string="KHẨN"/></v:shape></w:pict></w:r>'
    assert notes(p(r("1. Việc"), shape)) == {"shape": (1, ["KHẨN"])}


def test_words_struck_out_by_hand_are_kept_and_told():
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    body = p(r("1. Việc "), r("cò", f"{font}<w:strike/>"), r(" một", '<w:strike w:val="0"/>'))
    assert texts(body) == ["1. Việc cũ một"]
    assert notes(body)["struck"] == (1, ["cũ"])


def test_a_letter_given_by_its_code_in_an_old_font_is_that_letter():
    letter = '<w:r><w:sym w:font=".VnTime" w:char="F0AE"/></w:r>'
    assert texts(p(letter, r("ịa"))) == ["địa"]
