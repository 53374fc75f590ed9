"""The minutes (biên bản) in pieces: what was recorded, in order, and nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from django.utils import timezone

from meetings.deciding.voting import Result, result_of
from meetings.models import Attendee, Ballot, Choice, Decision, Meeting, Mode
from meetings.papers.matters import matter
from meetings.papers.pieces import Piece, heading, line
from meetings.papers.record import (
    Heard,
    Record,
    capital,
    gathering,
    is_away,
    later,
    moment_in_words,
    named,
    substitute,
    titled,
)
from meetings.papers.tasks_given import task_in_words

CHOICES = {
    Choice.AGREES: "tán thành",
    Choice.AGREES_WITH_COMMENTS: "tán thành, có ý kiến",
    Choice.DISAGREES: "không tán thành",
    Choice.ABSTAINS: "không biểu quyết",
}
DECISIONS = {
    Decision.HAND_BACK: "giao lại Văn phòng hoàn chỉnh",
    Decision.APPROVE: "thông qua",
    Decision.POSTPONE: "chưa thông qua",
    Decision.NOTE: "ghi nhận",
}
MODES = {
    Mode.ONLINE: "Hình thức: trực tuyến.",
    Mode.BOTH: "Hình thức: trực tiếp kết hợp trực tuyến.",
}


def subject(meeting: Meeting) -> str:
    return gathering(meeting)


def minutes_pieces(record: Record) -> list[Piece]:
    return [*_opening(record), *_people(record), *_business(record), *_end(record)]


def _opening(record: Record) -> Iterator[Piece]:
    meeting = record.meeting
    if meeting.opened_at:
        yield Piece("opened", f"Thời gian khai mạc: {moment_in_words(meeting.opened_at)}.")
    yield Piece("place", f"Địa điểm: {meeting.place}.")
    if meeting.mode in MODES:
        yield Piece("mode", MODES[Mode(meeting.mode)])
    if record.chair:
        yield Piece("chair", f"Chủ trì: {titled(record.chair)}.")
    if meeting.recorder:
        yield Piece("recorder", f"Người ghi biên bản: {named(meeting.recorder)}.")


def _people(record: Record) -> Iterator[Piece]:
    if not (record.present or record.absent or record.guests):
        return
    yield heading("people", "THÀNH PHẦN", 0)
    yield from _list("present", "Thành viên có mặt", record.present, record)
    yield from _list("absent", "Thành viên vắng mặt", record.absent, record)
    yield from _list("guests", "Đại biểu được mời dự", record.guests, record)
    if record.present:
        yield Piece("quorum", _quorum(record))


def _list(source: str, title: str, people: Sequence[Attendee], record: Record) -> Iterator[Piece]:
    if not people:
        return
    yield heading(source, f"{title}: {len(people):02} đồng chí", 1)
    for one in people:
        yield line(f"attendee:{one.pk}", capital(_on_the_list(one, record.meeting)))


def _day(meeting: Meeting) -> date:
    return timezone.localdate(meeting.opened_at or meeting.starts_at)


def _on_the_list(attendee: Attendee, meeting: Meeting) -> str:
    """Who, why away, who came instead, and when they came later, left, or left and came back."""
    words = titled(attendee)
    if is_away(attendee):
        return f"{words}: {attendee.absence.reason}" if attendee.absence.reason else words
    notes = [f"{other} dự thay" for other in [substitute(attendee)] if other]
    notes += [note for note in [comings(attendee, meeting)] if note]
    return f"{words} ({'; '.join(notes)})" if notes else words


def comings(attendee: Attendee, meeting: Meeting) -> str:
    """When somebody came after the opening, went and came back, or left before the end."""
    day, notes = _day(meeting), []
    stretches = list(attendee.attendances.all())
    first = stretches[0]
    if meeting.opened_at and first.arrived_at > meeting.opened_at:
        notes.append(f"đến lúc {later(first.arrived_at, day)}")
    for before, after in pairwise(stretches):
        if before.left_at and before.left_at < after.arrived_at:
            notes.append(
                f"ra ngoài từ {later(before.left_at, day)} đến {later(after.arrived_at, day)}"
            )
    left = stretches[-1].left_at
    if left and (meeting.closed_at is None or left < meeting.closed_at):
        notes.append(f"rời hội nghị lúc {later(left, day)}")
    if any(one.online for one in stretches):
        notes.append("dự trực tuyến")
    return ", ".join(notes)


def _quorum(record: Record) -> str:
    enough = record.voting_present >= record.quorum
    return (
        f"Thành viên có quyền biểu quyết có mặt: {record.voting_present}/{record.voting}; theo quy "
        f"định cần ít nhất {record.quorum}. Hội nghị {'đủ' if enough else 'không đủ'} số thành "
        "viên theo quy định."
    )


def _business(record: Record) -> Iterator[Piece]:
    if record.items:
        yield heading("business", "NỘI DUNG", 0)
    for heard in record.items:
        yield from _about(heard)


def _about(heard: Heard) -> Iterator[Piece]:
    item = heard.item
    yield heading(f"item:{item.pk}", matter(heard.item), 1, item.pk)
    if item.presenter:
        yield _of(heard, "presenter", f"Trình bày: {named(item.presenter)}.")
    if papers := _papers(heard):
        yield _of(heard, "papers", f"Tài liệu: {'; '.join(papers)}.")
    yield from _opinions(heard)
    yield from _ballots(heard)
    yield from _concluded(heard)


def _of(heard: Heard, what: str, text: str) -> Piece:
    return Piece(f"item:{heard.item.pk}:{what}", text, item_id=heard.item.pk)


def _titled_part(heard: Heard, what: str, text: str) -> Piece:
    return heading(f"item:{heard.item.pk}:{what}", text, 2, heard.item.pk)


def _papers(heard: Heard) -> list[str]:
    item = heard.item
    drafts = [f"Dự thảo lần {item.draft.number} Chỉ thị"] if item.draft else []
    return drafts + [paper.title for paper in item.papers.all()]


def _opinions(heard: Heard) -> Iterator[Piece]:
    if not heard.opinions:
        return
    yield _titled_part(heard, "opinions", "Ý kiến phát biểu")
    item = heard.item.pk
    for attendee, said in heard.opinions:
        who = capital(titled(attendee)) + (" (vắng mặt, gửi ý kiến)" if is_away(attendee) else "")
        words = "\n".join([f"{who}: {said[0]}", *map(capital, said[1:])])
        yield line(f"item:{item}:said:{attendee.pk}", words, item)


def _ballots(heard: Heard) -> Iterator[Piece]:
    if heard.ballots:
        yield _titled_part(heard, "votes", "Biểu quyết")
    for ballot in heard.ballots:
        yield Piece(f"ballot:{ballot.pk}", _counted(ballot), item_id=heard.item.pk)
        yield from _reserved(heard, ballot)


def _counted(ballot: Ballot) -> str:
    result = result_of(ballot)
    how = "bỏ phiếu kín" if ballot.secret else "biểu quyết công khai"
    return (
        f"“{ballot.question}” ({how}). Kết quả: {'; '.join(figures(result))}; trên tổng số "
        f"{result.electorate} thành viên có quyền biểu quyết, cần {result.needed} phiếu tán thành. "
        f"Nội dung {'được' if result.passed else 'không được'} thông qua."
    )


def figures(result: Result) -> Iterable[str]:
    yield from (f"{CHOICES[Choice(choice)]} {count}" for choice, count in result.votes.items())
    if result.spoiled:
        yield f"phiếu không hợp lệ {result.spoiled}"
    if result.silent:
        yield f"chưa biểu quyết {result.silent}"


def _reserved(heard: Heard, ballot: Ballot) -> Iterator[Piece]:
    """Of a secret ballot nobody is named, not even who reserved an opinion."""
    for voter in () if ballot.secret else heard.reserving[ballot.pk]:
        text = f"{capital(titled(voter.attendee))} bảo lưu ý kiến: {voter.reserved_opinion}"
        yield line(f"reserved:{voter.pk}", text, heard.item.pk)


def _concluded(heard: Heard) -> Iterator[Piece]:
    conclusion = heard.conclusion
    if conclusion is None:
        return
    if conclusion.remaining:
        yield _titled_part(heard, "remaining", "Ý kiến còn khác nhau")
        yield _of(heard, "differs", conclusion.remaining)
    yield _titled_part(heard, "conclusion", "Kết luận của chủ trì hội nghị")
    yield from conclusion_pieces(heard)


def conclusion_pieces(heard: Heard) -> Iterator[Piece]:
    """The decision and the words of the chair, point by point, then the tasks given."""
    conclusion, item = heard.conclusion, heard.item.pk
    if conclusion is None:
        return
    yield _of(heard, "decision", f"Quyết định: {DECISIONS[Decision(conclusion.decision)]}.")
    if conclusion.text:
        yield _of(heard, "concluded", conclusion.text)
    for point in conclusion.points.all():
        yield line(f"point:{point.pk}", point.text, item)
    if tasks := conclusion.tasks.all():
        yield _of(heard, "tasks", "Giao nhiệm vụ:")
        yield from (line(f"task:{task.pk}", task_in_words(task), item) for task in tasks)


def _end(record: Record) -> Iterator[Piece]:
    meeting = record.meeting
    if meeting.closed_at:
        closed = later(meeting.closed_at, _day(meeting))
        same = timezone.localdate(meeting.closed_at) == _day(meeting)
        yield Piece("closed", f"Hội nghị kết thúc lúc {closed}{' cùng ngày' if same else ''}.")
