"""The record of a ballot (biên bản kiểm phiếu): figures alone, of a secret one no names."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from directives.refusals import Refused
from directives.rendering.docx.letters import letter_docx
from directives.rendering.letters import Grid, Letter, compose_letter, numbered
from directives.rendering.paper import Paragraph, Signature
from directives.rendering.tables import Column
from directives.rendering.typesetting import Manuscript
from directives.text.kinds import Kind
from meetings.deciding.voting import Result, result_of
from meetings.holding.rollcall import present_at
from meetings.models import Ballot, Choice, Meeting
from meetings.papers.matters import matter
from meetings.papers.minutes import CHOICES
from meetings.papers.record import capital, gathering, moment_in_words
from meetings.papers.sheets import chair_name

COLUMNS = (Column("STT", 15.0), Column("Lựa chọn", 100.0), Column("Số phiếu", 50.0))


def ballot_manuscript(ballot: Ballot) -> Manuscript:
    return compose_letter(ballot_letter(ballot), created=_made_at(ballot))


def ballot_docx(ballot: Ballot) -> bytes:
    return letter_docx(ballot_letter(ballot), created=_made_at(ballot))


def _made_at(ballot: Ballot) -> datetime:
    """A ballot has no record before it is closed."""
    if ballot.closed_at is None:
        raise Refused(_("This ballot has not been closed yet."), code="open")
    return ballot.closed_at


def ballot_letter(ballot: Ballot) -> Letter:
    meeting, closed = ballot.item.meeting, _made_at(ballot)
    with override("vi"):
        subject = gathering(meeting)
    return Letter(
        committee_name=meeting.committee.letterhead,
        kind="BIÊN BẢN KIỂM PHIẾU",
        subject=subject,
        body=_body(ballot, meeting, result_of(ballot)),
        place=meeting.committee.place,
        dated=timezone.localdate(closed),
        left=_counter(ballot, meeting),
        right=Signature("CHỦ TRÌ HỘI NGHỊ", "", chair_name(meeting)),
    )


def _body(ballot: Ballot, meeting: Meeting, result: Result) -> tuple[Paragraph | Grid, ...]:
    lines = [
        f"Nội dung: {matter(ballot.item)}.",
        f"Câu hỏi: {_sentence(ballot.question)}",
        f"Hình thức: {'bỏ phiếu kín' if ballot.secret else 'biểu quyết công khai'}.",
        f"Kết thúc lúc {moment_in_words(_made_at(ballot))}.",
        _electorate(ballot, meeting, result),
    ]
    outcome = "được" if result.passed else "không được"
    end = [
        f"Số phiếu tán thành cần có: {result.needed}/{result.electorate}; đạt: {result.agreeing}. "
        f"Nội dung {outcome} thông qua."
    ]
    return (*_plain(lines), Grid(COLUMNS, tuple(_rows(result))), *_plain(end))


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _plain(lines: list[str]) -> tuple[Paragraph | Grid, ...]:
    return numbered((Kind.PREAMBLE, line, False) for line in lines)


def _electorate(ballot: Ballot, meeting: Meeting, result: Result) -> str:
    there = present_at(meeting, _made_at(ballot)).filter(voting=True).count()
    given_out = ballot.counts.get("given_out")
    given = f"; số phiếu phát ra: {given_out}" if given_out is not None else ""
    return (
        f"Tổng số thành viên có quyền biểu quyết: {result.electorate}; có mặt: {there}{given}; số "
        f"phiếu thu về: {result.cast}."
    )


def _rows(result: Result) -> list[tuple[str, str, str]]:
    counted = [(capital(CHOICES[Choice(one)]), count) for one, count in result.votes.items()]
    counted += [("Phiếu không hợp lệ", result.spoiled)] if result.spoiled else []
    counted += [("Chưa biểu quyết", result.silent)]
    return [(str(n), name, str(count)) for n, (name, count) in enumerate(counted, start=1)]


def _counter(ballot: Ballot, meeting: Meeting) -> Signature:
    """The tellers where papers were counted by hand, else whoever keeps the record."""
    if ballot.tellers:
        return Signature("TỔ KIỂM PHIẾU", "", " ".join(ballot.tellers.split()))
    return Signature("NGƯỜI GHI BIÊN BẢN", "", str(meeting.recorder or ""))
