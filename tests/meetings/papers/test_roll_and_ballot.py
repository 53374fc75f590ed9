import io

import docx
import pytest
from pypdf import PdfReader

from directives.refusals import Refused
from directives.rendering.typesetting import typeset
from meetings.models import Absence, Attendance, Ballot, Choice, Voter
from meetings.papers.ballot_record import ballot_docx, ballot_letter, ballot_manuscript
from meetings.papers.roll import roll, roll_docx
from tests.recorded import clock, crowd


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_the_roll_tells_of_everybody_and_leaves_room_to_sign(held):
    rows = {row.words[1]: row.words for row in roll(held.meeting).rows}
    chair, absent = rows["Hoàng Minh Trực"], rows[str(held.absent.person)]
    assert chair[2:] == ("Bí thư Tỉnh ủy", "Có mặt", "07 giờ 50 – 11 giờ 30", "")
    assert absent[3:] == ("Vắng mặt: đi công tác", "", "")
    comer = rows[str(held.comer.person)]
    assert comer[4] == "07 giờ 55 – 09 giờ 00\n09 giờ 40 – 11 giờ 30"


def test_the_roll_before_the_meeting_is_empty_where_nothing_was_recorded(held):
    Attendance.objects.all().delete()
    Absence.objects.all().delete()
    assert {row.words[3:] for row in roll(held.meeting).rows} == {("", "", "")}


def test_the_roll_in_word_has_a_row_for_each(held):
    table = docx.Document(io.BytesIO(roll_docx(held.meeting))).tables[1]
    assert len(table.rows) == 1 + held.meeting.attendees.count()


@pytest.mark.parametrize("people", [0, 30])
def test_the_roll_is_read_with_as_many_queries_for_two_hundred(
    held, world, people, django_assert_num_queries
):
    crowd(held, world, people=people, items=0)
    with django_assert_num_queries(4):
        roll(held.meeting)


def test_the_record_of_a_ballot_has_its_figures_and_its_result(held):
    ballot = Ballot.objects.get()
    text = words(typeset(ballot_manuscript(ballot)))
    assert "BIÊN BẢN KIỂM PHIẾU" in text
    assert "Câu hỏi: Thông qua quy hoạch?" in text
    assert "quyền biểu quyết: 3; có mặt: 2; số phiếu thu về: 2." in text
    assert "1 Tán thành 1" in text
    assert "cần có: 2/3; đạt: 1. Nội dung không được thông qua." in text
    assert "NGƯỜI GHI BIÊN BẢN Trần Thị Clerk" in text


def test_the_record_of_a_ballot_on_a_draft_calls_it_one_and_ends_its_sentences(held, world):
    item = held.directive_item
    ballot = Ballot.objects.create(
        item=item,
        question="Thông qua dự thảo",
        electorate=3,
        needed=2,
        opened_by=world.clerk,
        opened_at=clock(held.day, 10, 10),
        closed_at=clock(held.day, 10, 12),
        counts=dict.fromkeys(Choice.values, 0),
    )
    text = words(typeset(ballot_manuscript(ballot)))
    assert f"Nội dung: Dự thảo Chỉ thị {item.title[:20]}" in text
    assert "Câu hỏi: Thông qua dự thảo. Hình thức:" in text


def test_no_name_of_a_voter_stands_in_the_record_of_a_secret_ballot(held, world):
    ballot = Ballot.objects.create(
        item=held.item,
        question="Giới thiệu nhân sự?",
        secret=True,
        electorate=3,
        needed=2,
        tellers="Lê Kiểm\nPhạm Đếm",
        opened_by=world.clerk,
        opened_at=clock(held.day, 10, 10),
    )
    Voter.objects.create(ballot=ballot, attendee=held.comer, voted=True)
    ballot.counts = dict.fromkeys(Choice.values, 0) | {"agrees": 1, "given_out": 2, "spoiled": 1}
    ballot.closed_at, ballot.closed_by = clock(held.day, 10, 12), world.clerk
    ballot.save()
    text = words(typeset(ballot_manuscript(ballot)))
    assert str(held.comer.person) not in text
    assert "số phiếu phát ra: 2; số phiếu thu về: 2." in text
    assert "Phiếu không hợp lệ 1" in text
    assert "TỔ KIỂM PHIẾU Lê Kiểm Phạm Đếm" in text


def test_an_open_ballot_has_no_record(held, world):
    ballot = Ballot.objects.create(
        item=held.item,
        question="Còn mở?",
        electorate=3,
        needed=2,
        opened_by=world.clerk,
        opened_at=clock(held.day, 10, 10),
    )
    with pytest.raises(Refused):
        ballot_letter(ballot)


def test_the_record_of_a_ballot_in_word_has_the_choices_as_a_table(held):
    _head, grid, _end = docx.Document(io.BytesIO(ballot_docx(Ballot.objects.get()))).tables
    assert [cell.text for cell in grid.rows[3].cells] == ["3", "Không tán thành", "1"]
