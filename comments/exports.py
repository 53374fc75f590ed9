"""The reply table (bảng tổng hợp, tiếp thu, giải trình ý kiến góp ý) on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from directives.rendering.forms_of_document import Form, form_for, points
from directives.rendering.typeface import balanced_lines, printable
from directives.rendering.typesetting import typeset

# About a third of a page: a row up to this length moves whole to the next page.
KEPT_WHOLE = 600
# The text is 257 mm wide; the subject stands in by 25 mm on either side. In points.
SUBJECT_WIDTH = 207 / 25.4 * 72


@dataclass(frozen=True)
class ReplyRow:
    """One comment, or the same one of several delegates, and the office's reply.

    Line breaks in the texts are kept.
    """

    provision: str
    delegates: str
    comment: str
    reply: str


@dataclass(frozen=True)
class ReplyTable:
    """Rows of the same provision follow one another; people are listed by rank.

    `subject` is the directive's ("về phát huy…"), `consulted` how many were asked, `comments`
    how many comments came; the names tell who took which position.
    """

    committee_name: str
    draft_number: int
    subject: str
    consulted: int
    comments: int
    agreed_fully: tuple[str, ...]
    agreed_with_comments: tuple[str, ...]
    disagreed: tuple[str, ...]
    no_reply: tuple[str, ...]
    rows: tuple[ReplyRow, ...]


@dataclass(frozen=True)
class Line:
    """A row as it is printed; the first of a provision has its name in bold."""

    row: ReplyRow
    opens_provision: bool

    @property
    def may_break(self) -> bool:
        return max(len(self.row.comment), len(self.row.reply)) > KEPT_WHOLE


def render_reply_table(table: ReplyTable, *, created: datetime) -> bytes:
    """The table as PDF, A4 landscape; the same bytes for the same table and (aware) time.

    A character that the typeface lacks is printed as a box: a delegate's emoji must not hold up
    the table. Raises UnsupportedDate before HD 36-HD/VPTW.
    """
    created = timezone.localtime(created)
    form = form_for(created.date())
    html = render_to_string("comments/pdf/reply_table.html", _context(table, form, created))
    return typeset(printable(html), stylesheet="reply_table.css", rules=form.stylesheet())


def _context(table: ReplyTable, form: Form, created: datetime) -> dict[str, object]:
    about = f"vào dự thảo lần {table.draft_number} Chỉ thị {table.subject}"
    return {
        "table": table,
        "lines": list(_lines(table.rows)),
        "about": about,
        "subject": balanced_lines(about, size=points(form.subject_size), width=SUBJECT_WIDTH),
        "created": created.isoformat(timespec="seconds"),
    }


def _lines(rows: tuple[ReplyRow, ...]) -> Iterator[Line]:
    provision = None
    for row in rows:
        yield Line(row, opens_provision=row.provision != provision)
        provision = row.provision
