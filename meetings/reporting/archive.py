"""The file of a meeting for the records office: every paper, with hashes and a list of contents.

The same record gives the same bytes. `SHA256SUMS` can be checked by any machine without this
system (`sha256sum -c`), `muc-luc.json` by a program, `muc-luc.txt` by eye.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from comments import papers as comment_papers
from directives import canonical, events
from directives.models import Event
from directives.permissions import require
from directives.record import store
from directives.refusals import Refused
from directives.rendering.akn import draft_akn
from directives.rendering.papers import draft_pdf
from directives.rendering.press import printed
from meetings import permissions
from meetings.models import Archive, ItemPaper, Meeting, MeetingState, News, PaperKind
from meetings.papers.agenda import agenda_paper
from meetings.papers.ballot_record import ballot_manuscript
from meetings.papers.roll import roll_manuscript
from meetings.papers.sheets import FILE_NAMES, paper_docx
from meetings.papers.shown import closed_ballots
from meetings.preparing.binding import bound
from meetings.preparing.bundles import invitation_bundle
from meetings.reporting import news

ZIP = "application/zip"
OVER = (MeetingState.CLOSED, MeetingState.CANCELLED)
# Zip knows no zone and no earlier year; the true times stand in the papers and in the log.
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Entry:
    """A file of the archive: where it stands, what it is in Vietnamese, and its bytes."""

    path: str
    title: str
    content: bytes

    @property
    def facts(self) -> dict[str, Any]:
        sha256 = canonical.sha256(self.content)
        return {
            "path": self.path,
            "title": self.title,
            "bytes": len(self.content),
            "sha256": sha256,
        }


@transaction.atomic
def make_archive(meeting_id: int, *, actor: User) -> Archive:
    """Put everything of a meeting that is over (or was called off) into one file, for good.

    A later one stands beside it, never in its place.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    require(permissions.can_archive, actor, meeting)
    if meeting.state not in OVER:
        raise Refused(_("Close the meeting first; its file is made when it is over."), code="state")
    with override("vi"):
        entries = sorted(collected(meeting), key=lambda entry: entry.path)
        manifest = _manifest(meeting, entries)
        content = zipped(meeting, entries, manifest)
    number = meeting.archives.count() + 1
    name = f"ho-so-hoi-nghi-{meeting.session_number}-{number}.zip"
    archive = Archive.objects.create(
        meeting=meeting,
        file=store(name, ZIP, content),
        manifest=manifest,
        made_by=actor,
        made_at=timezone.now(),
    )
    events.record(meeting.stream, "make_archive", actor=actor, sha256=archive.file.sha256)
    return archive


def collected(meeting: Meeting) -> Iterator[Entry]:
    for contents in CONTENTS:
        yield from contents(meeting)


def _prepared(meeting: Meeting) -> Iterator[Entry]:
    yield Entry("01-chuong-trinh.pdf", "Chương trình hội nghị", printed(agenda_paper(meeting)))
    yield Entry("02-giay-moi.pdf", "Giấy mời", bound(invitation_bundle(meeting)))


def _recorded(meeting: Meeting) -> Iterator[Entry]:
    """Who was there, how was voted; minutes and notice once they are approved."""
    if meeting.opened_at:
        roll = printed(roll_manuscript(meeting))
        yield Entry("04-danh-sach-dai-bieu.pdf", "Danh sách đại biểu", roll)
    for number, ballot in enumerate(closed_ballots(meeting), start=1):
        path = f"05-bieu-quyet/bien-ban-kiem-phieu-{number:02}.pdf"
        yield Entry(path, ballot.question, printed(ballot_manuscript(ballot)))
    for paper in meeting.papers.select_related("pdf", "meeting"):
        if paper.pdf:
            name, title = FILE_NAMES[PaperKind(paper.kind)], paper.get_kind_display()
            yield Entry(f"05-{name}.pdf", title, bytes(paper.pdf.content))
            yield Entry(f"05-{name}.docx", f"{title} (Word)", paper_docx(paper))


def _drafts(meeting: Meeting) -> Iterator[Entry]:
    """What was laid before the meeting: frozen drafts, and other papers of the items."""
    for item in meeting.items.select_related("draft__directive__committee"):
        if item.draft is None:
            continue
        folder, name = f"03-tai-lieu/muc-{item.position:02}", str(item.draft)
        yield Entry(f"{folder}/du-thao.pdf", name, draft_pdf(item.draft))
        yield Entry(f"{folder}/du-thao.akn.xml", f"{name} (Akoma Ntoso)", draft_akn(item.draft))
        yield Entry(f"{folder}/du-thao.json", f"{name} (JSON)", item.draft.content.encode())


def _handed_out(meeting: Meeting) -> Iterator[Entry]:
    papers = ItemPaper.objects.filter(item__meeting=meeting).select_related("item", "file")
    for number, paper in enumerate(papers, start=1):
        folder = f"03-tai-lieu/muc-{paper.item.position:02}"
        yield Entry(f"{folder}/tai-lieu-{number:02}.pdf", paper.title, bytes(paper.file.content))


def _rounds(meeting: Meeting) -> Iterator[Entry]:
    for item in meeting.items.select_related("consultation__draft__directive__committee"):
        if item.consultation:
            yield Entry(
                f"06-y-kien/muc-{item.position:02}-bang-tong-hop.pdf",
                "Bảng tổng hợp, tiếp thu, giải trình ý kiến",
                comment_papers.reply_table_pdf(item.consultation),
            )


def _issued(meeting: Meeting) -> Iterator[Entry]:
    for item in meeting.items.select_related("directive__issue__pdf"):
        issue = item.directive and item.directive.issue
        if issue:
            path = f"07-ban-hanh/muc-{item.position:02}-{issue.pdf.name}"
            yield Entry(path, str(item.directive), bytes(issue.pdf.content))


def _report(meeting: Meeting) -> Iterator[Entry]:
    if News.objects.filter(meeting=meeting).exists():
        yield Entry("08-tin-anh/tin.docx", "Tin về hội nghị", news.news_docx(meeting))
    for photo in meeting.photos.defer("thumbnail"):
        path = f"08-tin-anh/anh-{photo.position:02}.jpg"
        yield Entry(path, photo.caption or photo.alt, bytes(photo.image))


def _log(meeting: Meeting) -> Iterator[Entry]:
    """The log with the chain of its hashes, so that it can be checked outside."""
    logged = Event.objects.filter(stream=meeting.stream).order_by("sequence")
    lines = logged.values(
        "sequence",
        "verb",
        "actor",
        "actor__full_name",
        "on_behalf_of",
        "at",
        "payload",
        "previous_hash",
        "hash",
    )
    yield Entry("09-nhat-ky.json", "Nhật ký hội nghị", _json(list(lines)))


CONTENTS: list[Callable[[Meeting], Iterator[Entry]]] = [
    _prepared,
    _recorded,
    _drafts,
    _handed_out,
    _rounds,
    _issued,
    _report,
    _log,
]


def _manifest(meeting: Meeting, entries: list[Entry]) -> dict[str, Any]:
    return {
        "meeting": {
            "committee": meeting.committee.name,
            "term": meeting.term.name,
            "session_number": meeting.session_number,
            "starts_at": meeting.starts_at.isoformat(),
            "place": meeting.place,
            "state": meeting.state,
        },
        "files": [entry.facts for entry in entries],
    }


def zipped(meeting: Meeting, entries: list[Entry], manifest: dict[str, Any]) -> bytes:
    """The archive's bytes: the lists first, then the files in order, without times of making."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for path, content in (
            ("muc-luc.txt", _in_words(meeting, manifest).encode()),
            ("muc-luc.json", _json(manifest)),
            ("SHA256SUMS", _sums(manifest).encode()),
            *((entry.path, entry.content) for entry in entries),
        ):
            archive.writestr(ZipInfo(path, EPOCH), content, ZIP_DEFLATED)
    return file.getvalue()


def _in_words(meeting: Meeting, manifest: dict[str, Any]) -> str:
    day = timezone.localtime(meeting.starts_at)
    lines = [
        f"HỒ SƠ {str(meeting).upper()}",
        f"{day:%H:%M, %d/%m/%Y}, {meeting.place}",
        "",
        *(f"{n:>3}. {one['title']}: {one['path']}" for n, one in enumerate(manifest["files"], 1)),
    ]
    return "\n".join(lines) + "\n"


def _sums(manifest: dict[str, Any]) -> str:
    return "".join(f"{one['sha256']}  {one['path']}\n" for one in manifest["files"])


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> str:
    return str(value.isoformat())
