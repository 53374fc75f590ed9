"""The reply table as PDF."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from comments.exports import reply_table
from comments.exports.reply_table import ReplyTable
from directives.rendering.forms_of_document import Form, form_for, points
from directives.rendering.typeface import balanced_lines, printable
from directives.rendering.typesetting import Manuscript, compose

# The text is 257 mm wide; the subject stands in by 25 mm on either side. In points.
SUBJECT_WIDTH = 207 / 25.4 * 72


def compose_reply_table(table: ReplyTable, *, created: datetime) -> Manuscript:
    """The table ready for the press, A4 landscape; the same for the same table and (aware) time.

    A character that the typeface lacks is printed as a box: a delegate's emoji must not hold up
    the table. Raises UnsupportedDate before HD 36-HD/VPTW.
    """
    created = timezone.localtime(created)
    form = form_for(created.date())
    html = render_to_string("comments/pdf/reply_table.html", _context(table, form, created))
    return compose(printable(html), stylesheet="reply_table.css", rules=form.stylesheet())


def _context(table: ReplyTable, form: Form, created: datetime) -> dict[str, object]:
    return {
        "table": table,
        "title": reply_table.TITLE,
        "columns": reply_table.COLUMNS,
        "no_comments": reply_table.NO_COMMENTS,
        "subject": balanced_lines(table.about, size=points(form.subject_size), width=SUBJECT_WIDTH),
        "created": created.isoformat(timespec="seconds"),
    }
