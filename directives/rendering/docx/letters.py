"""A letter as a Word file that the office goes on editing."""

from collections.abc import Iterator
from datetime import datetime

from directives.rendering.forms_of_document import Form
from directives.rendering.letters import Grid, Letter, form_of
from directives.rendering.lines import lines_of
from directives.rendering.paper import Paragraph
from directives.rendering.pdf import punctuated

from . import head, styles
from .flow import Authorship, Hand, Para
from .paper import Place, Rows, Sheet, write


def letter_docx(letter: Letter, *, created: datetime) -> bytes:
    """The paper as DOCX, the same bytes for the same letter and (aware) time."""
    form = form_of(letter, created)
    return write(
        Sheet(
            form=form,
            title=letter.title,
            committee=letter.committee_name,
            created=created,
            issuer=_both(head.issuer(letter.committee_name, letter.number)),
            party=_both(_party(letter)),
            subject=_both([Para(styles.SUBJECT, letter.subject)] if letter.subject else []),
            body=list(_body(letter, form)),
            recipients=_both(_left(letter, form)),
            signature=_both(head.signature(letter.right) if letter.right else []),
            authorship=Authorship(Hand(letter.committee_name, created)),
            kind=letter.kind,
            looks=styles.letter_looks,
        )
    )


def _both(paras: list[Para]) -> Place:
    return Place(paras, paras)


def _party(letter: Letter) -> list[Para]:
    lines = head.party(f"{letter.place}, {letter.date}" if letter.date else "")
    return [*lines, Para(styles.DRAFT, "Dự thảo")] if letter.is_draft else lines


def _body(letter: Letter, form: Form) -> Iterator[Place | Rows]:
    if letter.addressed:
        yield _both([Para(styles.ADDRESSED, letter.addressed)])
    for part in letter.body:
        yield _rows(part) if isinstance(part, Grid) else _paragraph(part, form)


def _rows(grid: Grid) -> Rows:
    return Rows([(column.title, column.width) for column in grid.columns], grid.rows)


def _paragraph(paragraph: Paragraph, form: Form) -> Place:
    return _both(
        [
            Para(styles.body_style(line.kind, heading=line.heading), line.printed)
            for line in lines_of(paragraph, form)
        ]
    )


def _left(letter: Letter, form: Form) -> list[Para]:
    if letter.left:
        return head.signature(letter.left)
    ended = punctuated(letter.recipients, form.recipients_end)
    lines = [Para(styles.RECIPIENT, f"- {line}") for line in ended]
    return [Para(styles.RECIPIENTS, "Nơi nhận:"), *lines] if lines else [Para(styles.RECIPIENT, "")]
