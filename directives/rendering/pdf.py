"""The directive on paper."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

import segno
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from directives.text.kinds import LEVELS

from .forms_of_document import Form, form_for, points
from .lines import lines_of
from .paper import Annex, Paper, Paragraph
from .typeface import balanced_lines, line_count
from .typesetting import Manuscript, compose

# The text is 165 mm wide; the subject stands in by 5 mm on either side. In points.
SUBJECT_WIDTH = 155 / 25.4 * 72
# A list of recipients up to the first number of lines stays whole beside the signature; of a
# longer one only as much as is as high as the signature, and the rest runs on over pages.
WHOLE_LIST, BESIDE_SIGNATURE = 16, 7
RECIPIENTS_WIDTH = 0.52 * 165 / 25.4 * 72
# A reference ("14-KL/TW", "22/9/2021") is one word; a dash between words stays with the first.
KEPT_WHOLE = re.compile(r"((?<!\S)(?=\S*\d)\S*[-/]\S*(?!\S)|\S+ [-–](?= ))")
BLANK = " " * 6


@dataclass(frozen=True)
class Block:
    """A line of a provision, ready for the template."""

    number: str
    text: SafeString
    tag: str


def compose_directive(paper: Paper, *, created: datetime) -> Manuscript:
    """The paper ready for the press, the same for the same paper and time.

    The form is that of the day of issue, for a draft that of the day it is made. `created` is
    aware. Raises UnsupportedDate before HD 36-HD/VPTW and UnprintableText where the typeface
    lacks a character.
    """
    created = timezone.localtime(created)
    form = form_for(paper.issued_on or created.date())
    html = render_to_string("directives/pdf/directive.html", _context(paper, form, created))
    return compose(html, stylesheet="directive.css", rules=form.stylesheet())


def _context(paper: Paper, form: Form, created: datetime) -> dict[str, object]:
    recipients = punctuated(paper.recipients, form.recipients_end)
    beside = beside_signature(recipients, form)
    return {
        "paper": paper,
        "created": created.isoformat(timespec="seconds"),
        "title": title(paper),
        "number": number_line(paper),
        "date": date_words(paper, created.year),
        "circulation": paper.circulation_mark.replace(", ", ",\n"),
        "subject": balanced_lines(
            paper.subject, size=points(form.subject_size), width=SUBJECT_WIDTH
        ),
        "blocks": list(blocks(paper.paragraphs, form)),
        "recipients": recipients[:beside],
        "more_recipients": recipients[beside:],
        "annexes": [_annex(annex, form) for annex in paper.annexes],
        "attached": attached_words(paper, created.year),
        "qr": qr_code(paper.proof) if paper.proof else "",
    }


def _annex(annex: Annex, form: Form) -> dict[str, object]:
    size = points(form.subject_size)
    return {
        "number": annex.number,
        "title": balanced_lines(annex.title, size=size, width=SUBJECT_WIDTH),
        "blocks": list(blocks(annex.paragraphs, form, top=3)),
    }


def qr_code(address: str) -> SafeString:
    """The address as an SVG of one path with its words: error correction M, a quiet zone of 2."""
    svg = segno.make(address, error="m").svg_inline(
        border=2, omitsize=True, title=f"Mã QR: {address}"
    )
    return mark_safe(svg)  # noqa: S308 - drawn by the library from an address of ours


def title(paper: Paper) -> str:
    """The paper in one line, as it stands in a list of files."""
    if paper.is_draft:
        return f"Dự thảo lần {paper.draft_number} Chỉ thị {paper.subject}"
    return f"Chỉ thị số {number_line(paper).removeprefix('Số ')} {paper.subject}"


def number_line(paper: Paper) -> str:
    """ "Số 05-CT/TU", padded under 10; a gap instead of the number on a draft."""
    return f"Số {BLANK if paper.number is None else f'{paper.number:02}'}-{paper.symbol}"


def attached_words(paper: Paper, year: int) -> tuple[str, str]:
    """What stands under the title of an annex, and may be broken into two lines; on a draft with
    gaps for number and day."""
    number = number_line(paper).removeprefix("Số ")
    return f"(Kèm theo Chỉ thị số {number}, {date_words(paper, year)}", f"của {paper.issuer})"


def date_words(paper: Paper, year: int) -> str:
    """The date of issue; on a draft gaps for day and month, and the given year."""
    day = paper.issued_on
    return date_in_words(day) if day else f"ngày{BLANK}tháng{BLANK}năm {year}"


def date_in_words(day: date) -> str:
    """Days under 10 and the months 1 and 2 are padded, so that nobody can add a figure."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def punctuated(items: tuple[str, ...], end: str) -> list[str]:
    """Each item with its end mark, the last with a full stop."""
    bare = [item.rstrip(" ,;.") for item in items]
    return [item + end for item in bare[:-1]] + [f"{item}." for item in bare[-1:]]


def beside_signature(recipients: list[str], form: Form) -> int:
    """How many recipients stand beside the signature, the others below it."""
    size = points(form.small_size)
    lines = (line_count(f"- {one}", size=size, width=RECIPIENTS_WIDTH) for one in recipients)
    heights = list(accumulate(lines))
    if not heights or heights[-1] <= WHOLE_LIST:
        return len(recipients)
    return max(1, sum(height <= BESIDE_SIGNATURE for height in heights))


def blocks(paragraphs: Iterable[Paragraph], form: Form, top: int = 2) -> Iterator[Block]:
    """The lines as they are printed; a heading stands one level below the one it is under, and
    those under none at the level `top`."""
    over: list[int] = []
    for paragraph in paragraphs:
        depth = LEVELS.index(paragraph.kind) if paragraph.kind in LEVELS else 0
        over = [level for level in over if level < depth]
        for line in lines_of(paragraph, form):
            tag = f"h{top + len(over)}" if line.heading else "p"
            yield Block(line.number, kept_whole(line.text), tag)
        if paragraph.headed:
            over.append(depth)


def kept_whole(text: str) -> SafeString:
    """The text as HTML in which references and dashes are not left alone at a line's edge."""
    parts = KEPT_WHOLE.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="whole">{}</span>', part) if place % 2 else part,)
            for place, part in enumerate(parts)
        ),
    )
