from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import (
    Absence,
    Attendance,
    Ballot,
    Choice,
    Conclusion,
    Invitation,
    Meeting,
    Remark,
    Reply,
    Voter,
)
from meetings.papers.minutes import minutes_pieces
from meetings.papers.notice import notice_pieces
from meetings.papers.record import record_of
from tests.recorded import clock, crowd, there


def written(meeting, pieces=minutes_pieces) -> str:
    meeting = Meeting.objects.get(pk=meeting.pk)
    return "\n".join(piece.text for piece in pieces(record_of(meeting)))


def test_the_minutes_say_when_where_who_presided_and_who_wrote(held):
    text = written(held.meeting)
    assert "Thời gian khai mạc: 08 giờ 05, ngày" in text
    assert "Địa điểm: Phòng họp số 1." in text
    assert "Chủ trì: đồng chí Hoàng Minh Trực, Bí thư Tỉnh ủy." in text
    assert "Người ghi biên bản: đồng chí Trần Thị Clerk" in text
    assert "Hội nghị kết thúc lúc 11 giờ 30 cùng ngày." in text


def test_people_stand_by_rank_apart_as_present_absent_and_invited(held):
    text = written(held.meeting)
    assert "Thành viên có mặt: 02 đồng chí\nĐồng chí Hoàng Minh Trực, Bí thư Tỉnh ủy\n" in text
    absent = f"Thành viên vắng mặt: 01 đồng chí\nĐồng chí {held.absent.person}"
    assert absent in text
    assert "Ủy viên Ban Thường vụ: đi công tác" in text
    assert "Đại biểu được mời dự: 01 đồng chí\nĐồng chí Trần Thị Office2" in text
    assert "có mặt: 2/3; theo quy định cần ít nhất 2. Hội nghị đủ số thành viên" in text


def test_who_left_and_came_back_and_who_came_late_are_told_in_the_list(held):
    text = written(held.meeting)
    assert "(ra ngoài từ 09 giờ 00 đến 09 giờ 40)" in text
    assert "Ủy viên Ban Thường vụ (đến lúc 08 giờ 15)" in text


def test_who_left_before_the_end_is_told(held):
    Attendance.objects.filter(attendee=held.chair).update(left_at=clock(held.day, 11))
    assert "(rời hội nghị lúc 11 giờ 00)" in written(held.meeting)


def test_somebody_who_sent_another_is_present_through_them_and_does_not_make_up_the_quorum(held):
    Invitation.objects.create(
        attendee=held.comer,
        reply=Reply.SENDS,
        substitute_name="Lê Thay",
        substitute_position="Phó Chánh Văn phòng",
        replied_at=timezone.now(),
    )
    text = written(held.meeting)
    assert "(Lê Thay, Phó Chánh Văn phòng dự thay; ra ngoài" in text
    assert "có mặt: 1/3; theo quy định cần ít nhất 2. Hội nghị không đủ số thành viên" in text


def test_a_meeting_past_midnight_gives_both_dates(held):
    late = clock(held.day, 0, 30) + timedelta(days=1)
    Meeting.objects.filter(pk=held.meeting.pk).update(closed_at=late)
    text = written(held.meeting)
    closing = next(line for line in text.splitlines() if line.startswith("Hội nghị kết thúc"))
    assert closing.startswith("Hội nghị kết thúc lúc 00 giờ 30, ngày")
    assert "cùng ngày" not in closing


def test_opinions_are_grouped_by_speaker_and_comments_say_what_they_are_about(held):
    text = written(held.meeting)
    speaker = f"Đồng chí {held.comer.person}, Ủy viên Ban Thường vụ: "
    assert f"{speaker}Đề nghị làm rõ nguồn vốn.\nNhất trí với tờ trình." in text
    assert f"{speaker}về điểm a khoản 1: Bảy ngày là quá lâu." in text


def test_a_remark_that_is_a_comment_stands_once(held):
    comment = held.directive_item.consultation.comments.get()
    Remark.objects.create(
        item=held.directive_item,
        attendee=held.comer,
        text="",
        comment=comment,
        said_at=clock(held.day, 9),
        recorded_by=held.meeting.recorder,
    )
    assert written(held.meeting).count("Bảy ngày là quá lâu.") == 1


def test_the_conclusion_stands_apart_from_what_remains_in_dispute(held):
    text = written(held.meeting)
    remaining = text.index("Ý kiến còn khác nhau\nThời hạn trả lời: 05 hay 07 ngày làm việc.")
    concluded = text.index("Kết luận của chủ trì hội nghị\nQuyết định: giao lại Văn phòng")
    assert remaining < concluded
    assert "Rút ngắn thời hạn trả lời." in text[concluded:]


def test_a_task_says_only_what_the_chair_said(held):
    text = written(held.meeting)
    task = next(line for line in text.splitlines() if line.startswith("Hoàn chỉnh dự thảo"))
    assert "chủ trì: đồng chí Trần Thị Clerk" in task
    assert "sản phẩm: dự thảo lần 2; thời hạn: trước kỳ họp sau)." in task
    assert "phối hợp" not in task
    assert "báo cáo" not in task


def test_an_open_ballot_is_counted_and_a_reserved_opinion_named(held):
    text = written(held.meeting)
    assert "“Thông qua quy hoạch?” (biểu quyết công khai). Kết quả: tán thành 1;" in text
    assert "trên tổng số 3 thành viên có quyền biểu quyết, cần 2 phiếu" in text
    assert "Nội dung không được thông qua." in text
    assert "bảo lưu ý kiến: Nên chờ ý kiến của Trung ương." in text


def test_a_secret_ballot_names_nobody(held, world):
    ballot = Ballot.objects.create(
        item=held.item,
        question="Giới thiệu nhân sự?",
        secret=True,
        electorate=3,
        needed=2,
        opened_by=world.clerk,
        opened_at=clock(held.day, 10, 10),
    )
    Voter.objects.create(
        ballot=ballot, attendee=held.chair, voted=True, reserved_opinion="Chưa nên."
    )
    ballot.counts = dict.fromkeys(Choice.values, 0) | {"agrees": 1}
    ballot.closed_at, ballot.closed_by = clock(held.day, 10, 12), world.clerk
    ballot.save()
    text = written(held.meeting)
    assert "“Giới thiệu nhân sự?” (bỏ phiếu kín)." in text
    assert "Chưa nên." not in text


def test_nothing_is_written_of_what_was_not_recorded(held):
    Attendance.objects.all().delete()
    Absence.objects.all().delete()
    Remark.objects.all().delete()
    Conclusion.objects.all().delete()
    Meeting.objects.filter(pk=held.meeting.pk).update(recorder=None)
    text = written(held.meeting)
    for word in ("có mặt", "vắng", "Người ghi", "Kết luận", "còn khác nhau", "Quy hoạch:"):
        assert word not in text


def test_the_notice_has_the_conclusions_by_topic_and_no_opinions(held):
    text = written(held.meeting, notice_pieces)
    assert "họp lần thứ 42 do đồng chí Hoàng Minh Trực, Bí thư Tỉnh ủy, chủ trì." in text
    assert "Dự thảo Chỉ thị về siết chặt" in text
    assert "Quy hoạch sử dụng đất\nQuyết định: ghi nhận.\nGhi nhận báo cáo." in text
    assert "nguồn vốn" not in text
    assert "Bảy ngày" not in text


@pytest.mark.parametrize(("people", "items"), [(0, 0), (20, 10)])
def test_the_record_is_read_with_as_many_queries_however_much_was_recorded(
    held, world, people, items, django_assert_num_queries
):
    crowd(held, world, people=people, items=items)
    meeting = Meeting.objects.select_related("committee", "term", "recorder").get(
        pk=held.meeting.pk
    )
    with django_assert_num_queries(14):
        minutes_pieces(record_of(meeting))


def test_two_who_speak_stand_in_the_order_of_speaking(held, world):
    there(held.absent, world.clerk, clock(held.day, 8), held.meeting.closed_at)
    Remark.objects.create(
        item=held.item,
        attendee=held.absent,
        text="Tôi nói trước.",
        said_at=clock(held.day, 9),
        recorded_by=world.clerk,
    )
    text = written(held.meeting)
    assert text.index("Tôi nói trước.") < text.index("Đề nghị làm rõ nguồn vốn.")
