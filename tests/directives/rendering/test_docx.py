"""Drafts as Word files: the form, and changes that give either draft back."""

import io
import zipfile
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from directives import drafting
from directives.comparison import compare, numbered
from directives.drafting import NewProvision
from directives.rendering import papers
from directives.rendering.docx import drafts, styles
from directives.rendering.docx.flow import Authorship, Hand, Mark, Para, Words, as_typed, flow
from directives.rendering.typeface import bold_width
from directives.text.kinds import Kind
from tests import factories, word
from tests.word import W

OFFICE = Hand("Lâm Thị Quỳnh", datetime(2024, 4, 17, 1, 30, tzinfo=UTC))
BY_OFFICE = Authorship(OFFICE)
WORDS = ["ban", "rà", "soát", "việc", "07", "05", "ngày,", ";", "."]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
PARAS = st.lists(st.builds(Para, st.sampled_from(["Khoan", "Diem"]), TEXTS), max_size=5)


def state(pieces, keeps: str) -> list[tuple[str, str]]:
    """The paragraphs that are left of a stream, with their styles."""
    found, text = [], ""
    for piece in pieces:
        if piece.change not in ("equal", keeps):
            continue
        if isinstance(piece, Words):
            text += piece.text
        else:
            style = piece.style if keeps == "insert" else piece.old_style
            found.append((style, text))
            text = ""
    assert text == ""
    return found


@given(PARAS, PARAS)
def test_a_stream_gives_both_states_back(old, new):
    pieces = flow(old, new, BY_OFFICE)
    assert state(pieces, "insert") == [(para.style, para.text) for para in new]
    assert state(pieces, "delete") == [(para.style, para.text) for para in old]


@given(PARAS.filter(bool), PARAS.filter(bool))
def test_the_last_mark_stands_where_both_states_have_paragraphs(old, new):
    last = flow(old, new, BY_OFFICE)[-1]
    assert isinstance(last, Mark)
    assert last.change == "equal"


def test_a_new_ending_stands_before_the_paragraphs_that_go():
    old = [Para("LanDuThao", "Dự thảo lần 1"), Para("DauLuuHanh", "TÀI LIỆU")]
    pieces = flow(old, [Para("LanDuThao", "Dự thảo lần 2")], BY_OFFICE)
    assert [(one.change, one.text if isinstance(one, Words) else "¶") for one in pieces] == [
        ("equal", "Dự thảo lần "), ("delete", "1"), ("insert", "2"), ("delete", "¶"),
        ("delete", "TÀI LIỆU"), ("equal", "¶"),
    ]  # fmt: skip


@given(st.lists(st.tuples(PARAS, PARAS), max_size=4))
def test_streams_that_follow_each_other_give_both_states_back(places):
    pieces = [piece for one in as_typed([flow(*place, BY_OFFICE) for place in places])
              for piece in one]  # fmt: skip
    for side, keeps in enumerate(("delete", "insert")):
        wanted = [(para.style, para.text) for place in places for para in place[side]]
        assert state(pieces, keeps) == wanted


def test_a_paragraph_added_behind_a_new_ending_comes_before_the_mark_that_stays():
    """With the old mark between the two insertions LibreOffice rejects that mark with them."""
    first = flow([Para("Diem", "a) Một.")], [Para("Diem", "a) Một;")], BY_OFFICE)
    second = flow([], [Para("Khoan", "2. Hai.")], BY_OFFICE)
    third = flow([Para("Diem", "a) Ba.")], [Para("Diem", "a) Ba.")], BY_OFFICE)
    *rest, last, after = [p for one in as_typed([first, second, third]) for p in one
                          if isinstance(p, Mark)]  # fmt: skip
    assert rest == [Mark("insert", "Diem", "Diem", OFFICE)]
    assert last == Mark("equal", "Diem", "Khoan", OFFICE)
    assert after == Mark("equal", "Diem", "Diem", OFFICE)


@pytest.fixture
def issued_form(directive):
    """The draft in Word, and the file opened by another reader."""
    content = drafts.draft_docx(directive.latest_draft)
    return content, Document(io.BytesIO(content))


def test_the_page_is_that_of_the_form(issued_form):
    section = issued_form[1].sections[0]
    lengths = [
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    ]
    assert [round(length.mm, 1) for length in lengths] == [210, 297, 20, 20, 30, 15]


def test_pages_are_numbered_from_the_second_on_in_the_middle_of_the_top(issued_form):
    section = issued_form[1].sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous
    number = section.header.paragraphs[0]
    assert number._p.xpath("string(.//w:instrText)") == "PAGE"
    assert number.style.paragraph_format.alignment == 1
    assert number.style.font.size == Pt(14)
    assert section.header_distance == pytest.approx(Mm(10), abs=700)


def test_sizes_and_distances_come_from_styles(issued_form):
    named = {style.style_id: style for style in issued_form[1].styles}
    sizes = {id: named[id].font.size.pt for id in (styles.PARTY, styles.TYPE, styles.RECIPIENT)}
    assert sizes == {styles.PARTY: 15, styles.TYPE: 16, styles.RECIPIENT: 12}
    point = named["Diem"].paragraph_format
    assert point.first_line_indent == pytest.approx(Mm(10), abs=7000)
    assert (point.line_spacing, point.line_spacing_rule) == (Pt(18), 4)
    assert point.space_before == Pt(6)
    assert named[styles.AUTHORITY].font.bold
    assert not named[styles.TITLE].font.bold
    assert named[styles.DATE].font.italic
    assert named["KhoanDe"].paragraph_format.keep_with_next
    assert issued_form[1].styles["Normal"].font.name == "Times New Roman"


def test_no_run_has_a_look_of_its_own(issued_form):
    assert word.body(issued_form[0]).findall(f".//{W}r/{W}rPr") == []


def test_the_rule_is_as_long_as_the_name_of_the_party(issued_form):
    document = issued_form[1]
    rule = next(s for s in document.styles if s.style_id == styles.RULE)
    column = document.tables[0].rows[0].cells[1].width.pt
    shape = rule.paragraph_format
    length = column - shape.left_indent.pt - shape.right_indent.pt
    assert length == pytest.approx(bold_width("ĐẢNG CỘNG SẢN VIỆT NAM", 15), abs=0.2)
    assert rule.element.find(f"{W}pPr/{W}pBdr/{W}top").get(f"{W}val") == "single"


def test_the_header_and_the_end_are_tables_without_borders(issued_form):
    content, document = issued_form
    assert len(document.tables) == 2
    assert word.body(content).findall(f".//{W}tblBorders") == []
    assert word.body(content).findall(f".//{W}tcBorders") == []


def test_numbers_stand_in_the_text(issued_form):
    texts = [read.text for read in word.accepted(issued_form[0])]
    clause = next(text for text in texts if "Siết chặt kỷ luật" in text and text[0] == "1")
    assert clause.split(" ", 1)[1] == "Siết chặt kỷ luật"
    assert any(text.startswith("a) Khi được hỏi") for text in texts)
    assert word.body(issued_form[0]).findall(f".//{W}numPr") == []


def test_the_lines_before_the_signature_stay_with_it(issued_form):
    tree = word.body(issued_form[0])
    spacer = next(p for p in tree.findall(f"{W}p") if _style(p) == styles.SPACE)
    before = [p for p in tree.findall(f"{W}p") if _style(p) == "KetThuc"][-1]
    assert before.find(f"{W}pPr/{W}keepNext") is not None
    assert tree.index(spacer) == tree.index(before) + 1
    assert tree.findall(f"{W}tbl")[1].find(f"{W}tr/{W}trPr/{W}cantSplit") is not None


def _style(paragraph) -> str:
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def test_word_and_pdf_say_the_same(issued):
    docx = "".join(read.text for read in word.accepted(drafts.current_docx(issued)))
    pages = PdfReader(io.BytesIO(papers.current_pdf(issued))).pages
    pdf = "".join(page.extract_text() for page in pages)
    assert sorted("".join(docx.split())) == sorted("".join(pdf.split()))
    assert "Số 35-CT/TU" in docx


def test_secrecy_and_urgency_stand_in_red_frames(world):
    made = factories.directive(world.office, world.committee, urgency="KHẨN")
    content = drafts.draft_docx(made.latest_draft)
    assert word.Read(styles.SECRET, "KHẨN") in word.accepted(content)
    style = word.part(content, "word/styles.xml").find(f"{W}style[@{W}styleId='{styles.SECRET}']")
    assert style.find(f"{W}rPr/{W}bdr").get(f"{W}color") == styles.RED
    assert style.find(f"{W}rPr/{W}color").get(f"{W}val") == styles.RED


def test_the_same_draft_gives_the_same_bytes(consultation):
    draft = consultation.draft
    draft.refresh_from_db()
    assert drafts.draft_docx(draft) == drafts.draft_docx(draft)
    with zipfile.ZipFile(io.BytesIO(drafts.draft_docx(draft))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2013" not in parts.read("docProps/core.xml")


@pytest.fixture
def rewritten(world, consolidated):
    """Draft 2 in which something of every kind was done to draft 1."""
    office, draft = world.office, consolidated.latest_draft
    find = lambda words: factories.provision(consolidated, words)  # noqa: E731
    drafting.move_provision(
        find("Văn phòng Tỉnh ủy theo dõi").pk, actor=office, after=find("Để khắc phục").pk
    )
    drafting.add_provision(
        draft.pk, actor=office, kind=Kind.POINT, text="Ban Tuyên giáo\ntuyên truyền.", after=None
    )
    drafting.delete_provision(find("giờ giấc").pk, actor=office)
    point = find("05 ngày")
    first, second = "Khi được hỏi ý kiến phải trả lời.", "Thời hạn 05 ngày, nêu rõ lý do."
    drafting.split_provision(
        point.pk, actor=office, version=point.version, first=first, second=second
    )
    for kind, text in ((Kind.SUBJECT, "về kỷ cương"), (Kind.RECIPIENTS, "Các huyện ủy\nLưu")):
        fixed = draft.provisions.get(kind=kind)
        drafting.save_provision(fixed.pk, actor=office, version=fixed.version, text=text)
    drafting.change_kind(find("Ban Tuyên giáo").pk, actor=office, kind=Kind.CLAUSE)
    heading = find("Siết chặt kỷ luật")
    drafting.save_provision(
        heading.pk, actor=office, version=heading.version, text=heading.text, headed=False
    )
    return list(consolidated.drafts.order_by("number"))


def test_accepting_all_gives_the_new_draft_and_rejecting_all_the_old_one(rewritten):
    old, new = rewritten
    for before, after in ((old, new), (new, old), (old, old)):
        redline = drafts.redline_docx(before, after, BY_OFFICE)
        assert word.accepted(redline) == word.accepted(drafts.draft_docx(after))
        assert word.rejected(redline) == word.accepted(drafts.draft_docx(before))


def test_steps_keep_the_order_of_both_drafts(rewritten):
    old, new = rewritten
    sides = [numbered(drafting.in_order(draft)) for draft in rewritten]
    found = list(drafts.steps(*sides, compare(old, new)))
    for side, ordered in enumerate(sides):
        placed = [one.provision.position for step in found for one in step[side]]
        assert placed == [one.provision.position for one in ordered]
        assert all(before <= after for before, after in pairwise(placed))


def test_changes_have_an_author_a_local_time_and_ids_of_their_own(rewritten):
    redline = drafts.redline_docx(*rewritten, BY_OFFICE)
    found = word.changes(redline)
    assert {change.author for change in found} == {OFFICE.author}
    assert {change.date for change in found} == {"2024-04-17T08:30:00Z"}
    ids = [e.get(f"{W}id") for e in word.body(redline).iter(f"{W}ins", f"{W}del", f"{W}pPrChange")]
    assert len(ids) == len(set(ids))


def test_a_draft_alone_has_no_changes(directive):
    assert word.changes(drafts.draft_docx(directive.latest_draft)) == []


def test_a_long_list_of_recipients_may_run_over_the_page(world):
    made = factories.directive(
        world.office, world.committee, units=[NewProvision(Kind.CLAUSE, "Rà soát.")]
    )
    listed = made.latest_draft.provisions.get(kind=Kind.RECIPIENTS)
    text = "\n".join(f"Ban Thường vụ Huyện ủy thứ {n}" for n in range(20))
    drafting.save_provision(listed.pk, actor=world.office, version=listed.version, text=text)
    content = drafts.draft_docx(made.latest_draft)
    assert word.body(content).findall(f".//{W}cantSplit") == []
    assert sum(read.style == styles.RECIPIENT for read in word.accepted(content)) == 20


def test_who_may_read_a_draft_may_have_it_in_word(world, consultation, signed_in):
    url = reverse("draft_docx", args=[consultation.draft.directive_id, 1])
    answer = signed_in(world.delegate).get(url)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "du-thao-1" in answer["Content-Disposition"]
    assert word.Read(styles.DRAFT, "Dự thảo lần 1") in word.accepted(answer.content)
    assert signed_in(world.administrator).get(url).status_code == 403


def test_the_issued_draft_carries_its_number_in_word(world, issued, signed_in):
    answer = signed_in(world.delegate).get(reverse("draft_docx", args=[issued.pk, 2]))
    reads = word.accepted(answer.content)
    assert word.Read(styles.NUMBER, "Số 35-CT/TU") in reads
    day = timezone.localdate()
    assert any(f"năm {day.year}" in read.text and str(day.day) in read.text for read in reads)
