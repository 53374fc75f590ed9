"""The papers of the demo's meeting: minutes and notice, written by the clerk, read by the chair."""

from datetime import date

from meetings.demo.people import Cast
from meetings.models import Meeting, MeetingPaper, PaperKind
from meetings.papers import approving, writing
from meetings.papers.sheets import content_hash

SIGNER = "Lâm Thị Quỳnh"
RECIPIENTS = ("Các đồng chí dự hội nghị", "Văn phòng Tỉnh ủy (để theo dõi, đôn đốc)")
FIRST_NOTICE = 118
# A word that the clerk adds to what was put together.
EDITED = ("Ý kiến phát biểu", "Ý kiến phát biểu, góp ý")


def write_papers(meeting: Meeting, cast: Cast) -> None:
    """Both are put together from the record, touched up, and submitted to the chair."""
    clerk = cast["vanthu"]
    minutes, notice = (
        writing.assemble(meeting.pk, actor=clerk, kind=kind)
        for kind in (PaperKind.MINUTES, PaperKind.NOTICE)
    )
    section = minutes.sections.filter(text=EDITED[0]).first()
    writing.save_section(section.pk, actor=clerk, version=section.version, text=EDITED[1])
    writing.change_signing(
        notice.pk,
        actor=clerk,
        authority=writing.AUTHORITY,
        title=writing.TITLE,
        name=SIGNER,
        recipients="\n".join([*RECIPIENTS, "Lưu Văn phòng Tỉnh ủy"]),
    )
    for paper in (minutes, notice):
        approving.submit(paper.pk, actor=clerk)


def approve_papers(meeting: Meeting, cast: Cast, day: date) -> None:
    """The minutes stand; the notice takes the first number of its register."""
    for paper in MeetingPaper.objects.filter(meeting=meeting).select_related("signing"):
        sha256 = content_hash(paper)
        approving.approve(paper.pk, actor=cast["chutri"], sha256=sha256)
    notice = meeting.papers.get(kind=PaperKind.NOTICE)
    approving.issue_notice(
        notice.pk, actor=cast["vanthu"], issued_on=day, first_number=FIRST_NOTICE
    )
