"""The demo's decisions: a vote on the draft, the chair's conclusion, its tasks, and what became."""

from datetime import timedelta

from django.utils import timezone

from meetings.deciding import carrying, concluding, voting
from meetings.deciding.carrying import Answer
from meetings.deciding.concluding import Given, Point, Said
from meetings.demo.people import Cast
from meetings.models import AgendaItem, CarriedOut, Choice, Decision

QUESTION = "Thông qua chủ trương ban hành Chỉ thị và các nội dung cơ bản của dự thảo"
WITH_COMMENTS = ("Phạm Thị Ánh", "Thống nhất; đề nghị rà soát kỹ các mốc thời gian.")
CONCLUSION = (
    "Ban Thường vụ Tỉnh ủy thống nhất chủ trương ban hành Chỉ thị và các nội dung cơ bản của dự "
    "thảo. Giao Văn phòng Tỉnh ủy tiếp thu ý kiến tại hội nghị, chỉnh lý dự thảo, trình chủ trì "
    "xem xét, ký ban hành."
)
REMAINING = "Mức thời hạn trả lời đối với nội dung phải lấy ý kiến nhiều cơ quan."
# Each point with words of the provision that it is about.
POINTS = (
    (
        "Rút thời hạn trả lời khi được hỏi ý kiến, trừ trường hợp pháp luật quy định khác.",
        "07 ngày làm việc",
    ),
    ("Ghi mốc hoàn thành bằng ngày cụ thể, không ghi theo quý.", "quý II năm 2024"),
)


def decide(item: AgendaItem, cast: Cast) -> None:
    """Voted openly, concluded by the chair, written down by the clerk."""
    _vote(item, cast)
    clerk, chair = cast["vanthu"], cast["chutri"]
    said = Said(Decision.HAND_BACK, CONCLUSION, REMAINING, [_point(item, *one) for one in POINTS])
    concluding.record_conclusion(item.pk, actor=clerk, version=0, said=said)
    for version, given in enumerate(_tasks(cast), start=1):
        concluding.give_task(item.pk, actor=clerk, version=version, given=given)
    concluding.confirm_conclusion(item.pk, actor=chair, version=1 + len(_tasks(cast)))


def _vote(item: AgendaItem, cast: Cast) -> None:
    office = cast["vanphong"]
    ballot = voting.open_ballot(item.pk, actor=office, question=QUESTION)
    name, words = WITH_COMMENTS
    seat = item.meeting.attendees.get(person=cast.by_name[name])
    voting.record_vote(
        ballot.pk,
        actor=office,
        attendee_id=seat.pk,
        choice=Choice.AGREES_WITH_COMMENTS,
        reserved=words,
    )
    voting.record_agreement(ballot.pk, actor=office)
    voting.close_ballot(ballot.pk, actor=office)


def _point(item: AgendaItem, text: str, words: str) -> Point:
    return Point(text, item.draft.provisions.filter(text__contains=words).first().key)


def _tasks(cast: Cast) -> list[Given]:
    """The second was given without a day and without a product."""
    return [
        Given(
            "Tiếp thu ý kiến, hoàn thiện dự thảo Chỉ thị, trình chủ trì xem xét, ký ban hành",
            lead_person=cast["vanphong"],
            co_operators="Ban Tổ chức Tỉnh ủy, Ủy ban Kiểm tra Tỉnh ủy",
            product="Dự thảo lần 2",
            deadline=timezone.localdate() + timedelta(days=5),
        ),
        Given(
            "Hướng dẫn tuyên truyền, quán triệt Chỉ thị sau khi ban hành",
            lead_person=cast.by_name["Bùi Thế Hòa"],
            deadline_words="ngay sau khi Chỉ thị được ban hành",
        ),
    ]


def carry_out(item: AgendaItem, cast: Cast) -> None:
    """Draft 2 carries out both points."""
    draft = carrying.later_draft(item)
    points = item.conclusion.points.values_list("pk", flat=True)
    answers = [Answer(pk, CarriedOut.YES) for pk in points]
    carrying.say_carried(
        item.pk, actor=cast["vanphong"], draft_number=draft.number, answers=answers
    )
