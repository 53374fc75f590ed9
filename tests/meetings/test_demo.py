"""The main job without a browser: from an empty database to the issued paper."""

import io
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from icalendar import Calendar
from pypdf import PdfReader

from comments.models import Comment, Disposition, Message, Outcome, Settlement, Source
from directives import integrity
from directives.models import Directive, State
from meetings.deciding import carrying, voting
from meetings.demo.story import STAGES
from meetings.models import Absence, Ballot, CarryingOut, Conclusion
from tests import word

STATES = dict(
    zip(
        STAGES,
        (State.DRAFTING, State.CONSULTING, State.CONSOLIDATING, State.SUBMITTED, State.ISSUED),
        strict=True,
    )
)


def demo(*args) -> str:
    out = io.StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()


def text_of(path) -> str:
    pages = PdfReader(path).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def parts_of(path) -> str:
    """The text of a Word file or a workbook, as it is packed."""
    with zipfile.ZipFile(path) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if "xml" in name)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_is_reached_through_the_domain_functions(stage):
    demo("--stage", stage)
    directive = Directive.objects.get()
    assert directive.state == STATES[stage]
    assert not list(integrity.faults())


@pytest.mark.django_db
def test_who_was_absent_said_nothing_at_the_meeting():
    demo("--stage", "consolidation")
    absent = Absence.objects.get().attendee.person
    assert {one.source for one in Comment.objects.filter(author=absent)} == {Source.PAPER}


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["consultation", "consolidation"])
def test_the_office_has_asked_about_a_comment_and_its_author_has_answered(stage):
    demo("--stage", stage)
    question, answer = Message.objects.select_related("comment")
    assert question.comment.label == answer.comment.label == "YK02"
    assert question.author.username == "vanphong"
    assert answer.author == answer.comment.author
    assert question.comment.open_question is None
    assert question.at < answer.at


@pytest.mark.django_db
def test_the_exported_papers_say_what_was_decided(tmp_path):
    demo("--stage", "issued", "--export", str(tmp_path))
    directive = text_of(tmp_path / "chi-thi.pdf")
    assert "Số 35-CT/TU" in directive
    assert "trong thời hạn 05 ngày làm việc, trừ trường hợp pháp luật quy định" in directive
    assert "không áp dụng với nội dung thuộc bí mật nhà nước" in directive
    assert "hoàn thành trước ngày 31/5/2024" in directive
    assert "ít nhất sáu tháng một lần" in directive
    assert "15 ngày kể từ ngày" not in directive
    replies = text_of(tmp_path / "bang-tong-hop.pdf")
    assert "Coi im lặng là đồng ý không phù hợp" in replies
    assert "Tỷ lệ cụ thể giao UBND tỉnh" in replies
    for name in ("bang-tong-hop.docx", "bang-tong-hop.xlsx"):
        assert "Tỷ lệ cụ thể giao UBND tỉnh" in parts_of(tmp_path / name)
    in_word = word.accepted((tmp_path / "chi-thi.docx").read_bytes())
    assert "Số 35-CT/TU" in {read.text for read in in_word}
    assert "35-CT/TU" in (tmp_path / "chi-thi.akn.xml").read_text()
    assert "đồng chí Trần Quốc Ân" in text_of(tmp_path / "giay-moi.pdf")
    assert "Trình bày" in text_of(tmp_path / "chuong-trinh.pdf")
    pack = text_of(tmp_path / "tai-lieu.pdf")
    assert "MỤC LỤC" in pack
    assert "TỜ TRÌNH" in pack
    [event] = Calendar.from_ical((tmp_path / "hoi-nghi.ics").read_bytes()).walk("VEVENT")
    assert event["LOCATION"] == "Phòng họp số 1, Trụ sở Tỉnh ủy"
    tracked = word.changes((tmp_path / "so-sanh.docx").read_bytes())
    assert ("ins", "05") in {(change.kind, change.text) for change in tracked}
    redline = text_of(tmp_path / "so-sanh.pdf")
    assert "BẢN SO SÁNH DỰ THẢO CHỈ THỊ" in redline
    assert re.search("trong thời hạn 07 ?05 ngày làm việc", redline)


@pytest.mark.django_db
def test_answers_follow_the_outcomes_suggested_in_the_data():
    demo("--stage", "approval")
    by_outcome = {
        outcome: Disposition.objects.filter(outcome=outcome).count() for outcome in Outcome
    }
    assert by_outcome == {"accepted": 18, "accepted_in_part": 3, "not_accepted": 3, "noted": 1}
    assert Comment.objects.count() == 25
    assert Settlement.objects.get().text.endswith("31/5/2024")


@pytest.mark.django_db
def test_the_paper_takes_the_form_of_its_day(tmp_path):
    demo("--stage", "issued", "--on", "2024-04-17", "--export", str(tmp_path))
    directive = text_of(tmp_path / "chi-thi.pdf")
    assert "Lâm Đồng, ngày 17 tháng 4 năm 2024" in directive
    assert "Ban Bí thư Trung ương Đảng (để báo cáo)," in directive


@pytest.mark.django_db
def test_the_demo_refuses_a_database_with_data():
    demo("--stage", "drafting")
    with pytest.raises(CommandError):
        demo("--stage", "drafting")
    assert "vanphong" in demo("--stage", "drafting", "--if-empty")
    assert Directive.objects.count() == 1


@pytest.mark.django_db
def test_the_meeting_votes_and_concludes_and_draft_2_carries_it_out():
    demo("--stage", "approval")
    result = voting.result_of(Ballot.objects.get())
    assert (result.passed, result.silent) == (True, 1)
    conclusion = Conclusion.objects.get()
    assert conclusion.confirmed_by.username == "chutri"
    assert conclusion.applied_at is not None
    assert conclusion.points.count() == CarryingOut.objects.filter(outcome="yes").count() == 2
    for shown in carrying.carried(conclusion.item, Directive.objects.get().latest_draft):
        assert shown.is_changed
    first, second = conclusion.tasks.all()
    assert first.product
    assert (second.product, second.deadline) == ("", None)
