"""The opinion form (phiếu xin ý kiến) of a member, for those who sign on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from comments.exports import positions
from directives.rendering.forms_of_document import Form, form_for, points
from directives.rendering.pdf import BLANK, date_in_words
from directives.rendering.typeface import balanced_lines, printable
from directives.rendering.typesetting import Manuscript, compose

# The text is 165 mm wide; the subject stands in by 5 mm on either side. In points.
SUBJECT_WIDTH = 155 / 25.4 * 72


@dataclass(frozen=True)
class OpinionForm:
    """What one member was asked and has said until now; what is missing is written by hand.

    `position` is one of `positions`; `by_provision` pairs the provision with the comment, `other`
    are comments on the draft as a whole. Line breaks in the texts are kept.
    """

    committee_name: str
    place: str
    draft_number: int
    subject: str
    deadline: datetime
    member: str
    title: str
    position: str
    reason: str
    by_provision: tuple[tuple[str, str], ...]
    other: tuple[str, ...]

    @property
    def about(self) -> str:
        return f"đối với dự thảo lần {self.draft_number} Chỉ thị {self.subject}"

    @property
    def choices(self) -> tuple[tuple[str, bool], ...]:
        """The three boxes and which of them is ticked."""
        offered = (positions.AGREES, positions.AGREES_WITH_COMMENTS, positions.DISAGREES)
        return tuple((position, position == self.position) for position in offered)

    @property
    def until(self) -> str:
        at = timezone.localtime(self.deadline)
        return f"{at.hour:02} giờ {at.minute:02}, {date_in_words(at.date())}"

    @property
    def signed_on(self) -> str:
        """Gaps for the day and the month, which are written by hand."""
        year = timezone.localtime(self.deadline).year
        return f"{self.place}, ngày{BLANK}tháng{BLANK}năm {year}"


def compose_opinion_forms(forms: Sequence[OpinionForm], *, created: datetime) -> Manuscript:
    """The forms as one paper, A4 portrait, each from a new page with page numbers of its own.

    The same for the same forms and (aware) time. A character that the typeface lacks is
    printed as a box. Raises UnsupportedDate before HD 36-HD/VPTW.
    """
    created = timezone.localtime(created)
    rules = form_for(created.date())
    context = {
        "sheets": [(form, _subject(form, rules)) for form in forms],
        "created": created.isoformat(timespec="seconds"),
        "disagrees": positions.DISAGREES,
    }
    html = render_to_string("comments/pdf/opinion_forms.html", context)
    return compose(printable(html), stylesheet="opinion_form.css", rules=rules.stylesheet())


def _subject(form: OpinionForm, rules: Form) -> list[str]:
    return balanced_lines(form.about, size=points(rules.subject_size), width=SUBJECT_WIDTH)
