"""The editor of a paper: its sections, of which one may have a pane open."""

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from directives.drafting import StaleVersion
from directives.text.diff import Op, diff
from directives.text.kinds import Kind
from directives.text.numbering import numbers
from directives.views.editor import key_of
from meetings import permissions
from meetings.forms.papers import NewSectionForm, PlaceForm, SectionForm
from meetings.frame import frame
from meetings.models import MeetingPaper, PaperSection, SectionKind
from meetings.papers import shown, writing
from meetings.papers.approving import why_returned
from meetings.papers.pieces import printed_kind

PANES = ("edit", "add", "move")


@dataclass(frozen=True)
class Row:
    """A section as it is printed; `ops` are its changes from the words that were assembled."""

    section: PaperSection
    number: str
    ops: list[Op]
    is_heading: bool

    @property
    def label(self) -> str:
        return f"{self.number} {self.section.text[:60]}".strip()

    @property
    def look(self) -> str:
        """As a provision of its kind looks on the page."""
        kind = printed_kind(self.section.kind, self.section.level)
        return "paragraph" if kind == Kind.PREAMBLE else str(kind)

    @property
    def is_changed(self) -> bool:
        return self.section.text != self.section.assembled


def rows_of(paper: MeetingPaper) -> list[Row]:
    sections = list(paper.sections.all())
    labels = numbers([printed_kind(one.kind, one.level) for one in sections])
    return [
        Row(
            section,
            number,
            diff(section.assembled, section.text, readable=True)
            if section.text != section.assembled
            else [],
            section.kind == SectionKind.HEADING,
        )
        for section, number in zip(sections, labels, strict=True)
    ]


def page(
    request: HttpRequest,
    paper: MeetingPaper,
    *,
    pane: str = "",
    at: int | None = None,
    form: Form | None = None,
    stale: StaleVersion | None = None,
    status: int = 200,
) -> HttpResponse:
    """The paper with one pane open: as asked for, or as it was sent with what is wrong."""
    rows = rows_of(paper)
    may_write = paper.approved_at is None and permissions.can_write_papers(
        request.user, paper.meeting
    )
    if form is None and may_write:
        pane, at, form = _asked_for(request, rows)
    gone = at is not None and all(row.section.pk != at for row in rows)
    if form is not None:
        form.auto_id = f"{pane}-{at or 'end'}-%s"
    state, tone = shown.state_of(paper)
    context = frame(paper.meeting, request.user, "papers") | {
        "paper": paper,
        "state": state,
        "state_tone": tone,
        "returned": why_returned(paper),
        "rows": rows,
        "contents": [row for row in rows if row.is_heading and row.section.level < 2],
        "pane": pane,
        "at": None if gone else at,
        "form": form,
        "stale": stale,
        "may_write": may_write,
        "may_approve": _may_approve(request, paper),
        "changed": sum(row.is_changed for row in rows),
        "offers": sum(bool(row.section.offered) for row in rows),
        "words": {"edit": _("Edit")},
    }
    context |= _undo(rows, _deleted(request, paper))
    return render(request, "meetings/paper_edit.html", context, status=status)


def _may_approve(request: HttpRequest, paper: MeetingPaper) -> bool:
    waits = paper.submitted_at is not None and not paper.signing.agreed_sha256
    return waits and permissions.can_approve_papers(request.user, paper.meeting)


def _asked_for(request: HttpRequest, rows: list[Row]) -> tuple[str, int | None, Form | None]:
    """The pane that the address names; an unknown one is closed."""
    name, at = request.GET.get("pane", ""), request.GET.get("at", "")
    row = next((row for row in rows if str(row.section.pk) == at), None)
    if name not in PANES or (row is None and name != "add"):
        return "", None, None
    if row and name == "move":
        return name, row.section.pk, place_form(rows, row.section.pk)
    if name == "add":
        after = row.section.pk if row else None
        kind = row.section.kind if row and not row.is_heading else SectionKind.PARAGRAPH
        return name, after, NewSectionForm(initial={"after": after, "kind": kind})
    section = row.section if row else rows[0].section
    said = {"text": section.text, "version": section.version}
    return name, section.pk, SectionForm(initial=said)


def place_form(rows: list[Row], section: int, said: Any = None) -> PlaceForm:
    """Behind every other section, the one above chosen."""
    keys = [row.section.pk for row in rows]
    above = keys[keys.index(section) - 1] if section in keys[1:] else None
    places = [(row.section.pk, row.label) for row in rows if row.section.pk != section]
    return PlaceForm(said, initial={"after": above}).offer(places)


def _undo(rows: list[Row], deleted: Any) -> dict[str, Any]:
    """What can be brought back, shown where it stood: below the last one before it."""
    above = [row.section.pk for row in rows if deleted and row.section.position < deleted.position]
    return {"deleted": deleted, "deleted_after": above[-1] if above else None}


def _deleted(request: HttpRequest, paper: MeetingPaper) -> Any:
    key = key_of(request.GET.get("deleted", ""))
    return writing.deleted_section(paper, key) if key else None
