"""Minutes and notices as letters in the Party form, and the content that the chair approves."""

import json
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from directives.canonical import sha256
from directives.rendering.docx.letters import letter_docx
from directives.rendering.letters import Letter, compose_letter, numbered
from directives.rendering.paper import Signature
from directives.rendering.papers import start_of
from directives.rendering.pdf import BLANK
from directives.rendering.typesetting import Manuscript
from meetings.models import AttendeeRole, Meeting, MeetingPaper, PaperKind, SectionKind
from meetings.papers import minutes, notice
from meetings.papers.pieces import printed_kind

FORMAT = 1
TYPES = {PaperKind.MINUTES: "BIÊN BẢN", PaperKind.NOTICE: "THÔNG BÁO"}
FILE_NAMES = {PaperKind.MINUTES: "bien-ban", PaperKind.NOTICE: "thong-bao-ket-luan"}
SUBJECTS = {PaperKind.MINUTES: minutes.subject, PaperKind.NOTICE: notice.subject}
NOTICE_TYPE = "TB"


def paper_manuscript(paper: MeetingPaper) -> Manuscript:
    """The paper as it stands; until it is approved it says that it is a draft."""
    return compose_letter(paper_letter(paper), created=made_at(paper))


def paper_docx(paper: MeetingPaper) -> bytes:
    return letter_docx(paper_letter(paper), created=made_at(paper))


def made_at(paper: MeetingPaper) -> datetime:
    """The approval; until then today, so that a day has one paper of it."""
    return paper.approved_at or start_of(timezone.localdate())


def file_name(paper: MeetingPaper, ending: str) -> str:
    return f"{FILE_NAMES[PaperKind(paper.kind)]}-{paper.meeting.session_number}.{ending}"


def paper_letter(paper: MeetingPaper) -> Letter:
    """The paper's words. A notice is dated with its number, minutes on the day of the meeting."""
    with override("vi"):
        subject = SUBJECTS[PaperKind(paper.kind)](paper.meeting)
    committee = paper.meeting.committee
    return Letter(
        committee_name=committee.letterhead,
        kind=TYPES[PaperKind(paper.kind)],
        subject=subject,
        body=_body(paper),
        place=committee.place,
        dated=day_of(paper),
        year=timezone.localdate().year,
        number=_number(paper),
        is_draft=paper.approved_at is None,
        recipients=tuple(paper.signing.recipients.splitlines()),
        left=_recorder(paper),
        right=_signer(paper),
    )


def day_of(paper: MeetingPaper) -> date | None:
    if paper.kind == PaperKind.NOTICE:
        return paper.dated
    meeting = paper.meeting
    return timezone.localdate(meeting.opened_at or meeting.starts_at)


def _body(paper: MeetingPaper) -> tuple[Any, ...]:
    return numbered(
        (printed_kind(one.kind, one.level), one.text, one.kind == SectionKind.HEADING)
        for one in paper.sections.all()
    )


def _number(paper: MeetingPaper) -> str:
    if paper.kind != PaperKind.NOTICE:
        return ""
    number = BLANK if paper.number is None else f"{paper.number:02}"
    return f"Số {number}-{NOTICE_TYPE}/{paper.meeting.committee.symbol}"


def _recorder(paper: MeetingPaper) -> Signature | None:
    """Minutes are signed twice: left by whoever wrote them."""
    if paper.kind != PaperKind.MINUTES:
        return None
    recorder = paper.meeting.recorder
    return Signature("NGƯỜI GHI BIÊN BẢN", "", str(recorder or ""))


def _signer(paper: MeetingPaper) -> Signature:
    if paper.kind == PaperKind.MINUTES:
        return Signature("CHỦ TRÌ HỘI NGHỊ", "", chair_name(paper.meeting))
    signing = paper.signing
    return Signature(signing.authority, signing.title, signing.name)


def chair_name(meeting: Meeting) -> str:
    chair = meeting.attendees.filter(role=AttendeeRole.CHAIR).select_related("person").first()
    return str(chair or "")


def content(paper: MeetingPaper) -> dict[str, Any]:
    """What the paper says, as plain data: numbers follow, number and day of a notice come later."""
    letter = paper_letter(paper)
    return {
        "format": FORMAT,
        "type": FILE_NAMES[PaperKind(paper.kind)],
        "letterhead": letter.committee_name,
        "place": letter.place,
        "subject": letter.subject,
        "signatures": [
            [one.authority, one.title, one.name] for one in (letter.left, letter.right) if one
        ],
        "recipients": list(letter.recipients),
        "sections": [
            {"key": str(one.key), "kind": one.kind, "level": one.level, "text": one.text}
            for one in paper.sections.all()
        ],
    }


def content_hash(paper: MeetingPaper) -> str:
    """SHA-256 of the canonical content: stored when approved, computed while it can change."""
    if paper.sha256:
        return paper.sha256
    said = json.dumps(content(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(said)
