"""The papers of a meeting: what there is of them, the editor, the road to the chair, the files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from directives.drafting import StaleVersion
from directives.forms import ReturnForm
from directives.permissions import require
from directives.refusals import Refused
from directives.views.editor import key_of
from directives.views.exports import DOCX, attachment
from directives.views.printing import PDF, send_paper
from directives.views.sending import File, send
from meetings import permissions
from meetings.forms.papers import NewSectionForm, NoticeForm, SectionForm, SigningForm
from meetings.frame import frame
from meetings.models import Ballot, Meeting, MeetingPaper, PaperKind
from meetings.papers import approving, ballot_record, roll, sheets, shown, writing
from meetings.views.fetching import meeting_for
from meetings.views.paper_editor import page, place_form, rows_of


def meeting_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Every paper with its state and its files, or what is missing for it."""
    meeting = meeting_for(request.user, pk, permissions.can_see_papers)
    context = frame(meeting, request.user, "papers") | {
        "papers": shown.listed(meeting, request.user),
        "ballots": shown.closed_ballots(meeting),
        "listed": meeting.attendees.count(),
        "may_write": permissions.can_write_papers(request.user, meeting),
    }
    return render(request, "meetings/meeting_papers.html", context)


@require_POST
def paper_assemble(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_write_papers)
    try:
        paper = writing.assemble(meeting.pk, actor=request.user, kind=_kind(kind))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("meeting_papers", pk)
    if offers := paper.sections.exclude(offered="").count():
        messages.warning(request, _("%s sections have new words beside yours.") % offers)
    else:
        messages.success(request, _("The paper is in step with the record."))
    return redirect("paper_edit", pk, kind)


@require_GET
def paper_edit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The paper section by section: to write for whoever keeps it, to read for the chair."""
    paper = _paper(request, pk, kind)
    return page(request, paper)


@require_POST
def section_save(request: HttpRequest, pk: int, kind: str, section: int | None) -> HttpResponse:
    paper = _paper(request, pk, kind, permissions.can_write_papers, section)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return page(request, paper, pane="edit", at=section, form=form, status=422)
    try:
        writing.save_section(section, actor=request.user, **form.cleaned_data)
    except StaleVersion as stale:
        version = stale.provision.version
        joined = SectionForm(initial={"text": stale.joined, "version": version})
        return page(request, paper, pane="stale", at=section, form=joined, stale=stale, status=409)
    except Refused as refused:
        if refused.code == "gone":
            text = form.cleaned_data["text"]
            form, section = NewSectionForm({"kind": "paragraph", "text": text}), None
        form.add_error(None, str(refused))
        pane = "add" if refused.code == "gone" else "edit"
        return page(request, paper, pane=pane, at=section, form=form, status=422)
    return _back(paper, section)


@require_POST
def section_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    paper = _paper(request, pk, kind, permissions.can_write_papers)
    form = NewSectionForm(request.POST)
    if form.is_valid():
        try:
            added = writing.add_section(paper.pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _back(paper, added.pk)
    after = form.cleaned_data.get("after")
    return page(request, paper, pane="add", at=after, form=form, status=422)


@require_POST
def section_move(request: HttpRequest, pk: int, kind: str, section: int) -> HttpResponse:
    """One place up or down (`direction`), or behind the section `after`."""
    paper = _paper(request, pk, kind, permissions.can_write_papers, section)
    if "after" in request.POST:
        return _place(request, paper, section)
    up = request.POST.get("direction") == "up"
    return _act(
        request,
        paper,
        lambda: writing.move_section(section, actor=request.user, up=up),
        section,
    )


def _place(request: HttpRequest, paper: MeetingPaper, section: int) -> HttpResponse:
    form = place_form(rows_of(paper), section, request.POST)

    def place() -> Any:
        if not form.is_valid():
            raise Refused(_("Choose one of the choices offered."), code="after")
        return writing.place_section(section, actor=request.user, **form.cleaned_data)

    return _act(request, paper, place, section)


@require_POST
def section_delete(request: HttpRequest, pk: int, kind: str, section: int) -> HttpResponse:
    paper = _paper(request, pk, kind, permissions.can_write_papers, section)
    try:
        gone = writing.delete_section(section, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return _back(paper)
    return redirect(f"{_address(paper)}?deleted={gone.key}#deleted")


@require_POST
def section_restore(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    paper = _paper(request, pk, kind, permissions.can_write_papers)

    def restore() -> Any:
        key = key_of(request.POST.get("key", ""))
        if key is None:
            raise Refused(_("There is nothing to restore: the section stands in the paper."))
        return writing.restore_section(paper.pk, actor=request.user, key=key)

    return _act(request, paper, restore)


@require_POST
def section_settle(request: HttpRequest, pk: int, kind: str, section: int) -> HttpResponse:
    """Take the new words of the record, or keep those that were edited."""
    paper = _paper(request, pk, kind, permissions.can_write_papers, section)
    take = "take" in request.POST
    return _act(
        request,
        paper,
        lambda: writing.settle_offer(section, actor=request.user, take=take),
        section,
    )


def _act(
    request: HttpRequest, paper: MeetingPaper, act: Callable[[], Any], section: int | None = None
) -> HttpResponse:
    try:
        done = act()
    except Refused as refused:
        messages.error(request, str(refused))
        return _back(paper, section)
    return _back(paper, done.pk)


def paper_signing(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Who signs the notice, and who receives it."""
    paper = _paper(request, pk, kind, permissions.can_write_papers)
    names = ("authority", "title", "name", "recipients")
    form = SigningForm(
        request.POST or None, initial={name: getattr(paper.signing, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        try:
            writing.change_signing(paper.pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Signature and recipients are saved."))
            return _back(paper)
    return _form_page(request, paper, "meetings/paper_signing.html", form)


def paper_submit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """To the chair, once nothing is left open."""
    paper = _paper(request, pk, kind, permissions.can_write_papers)
    if request.method == "POST":
        try:
            approving.submit(paper.pk, actor=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("paper_submit", pk, kind)
        messages.success(request, _("The paper is before the chair."))
        return redirect("meeting_papers", pk)
    context = {"open_ends": approving.open_ends(paper), "chair": sheets.chair_name(paper.meeting)}
    return _form_page(request, paper, "meetings/paper_submit.html", None, context)


def paper_approve(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The chair approves the text that stands on the page, by its hash."""
    paper = _paper(request, pk, kind, permissions.can_approve_papers)
    if request.method == "POST":
        sha256 = request.POST.get("sha256", "")
        try:
            approving.approve(paper.pk, actor=request.user, sha256=sha256)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The paper is approved."))
        return redirect("meeting_papers", pk)
    waits = paper.submitted_at is not None and not paper.signing.agreed_sha256
    context = {"sha256": sheets.content_hash(paper), "rows": rows_of(paper), "waits": waits}
    return _form_page(request, paper, "meetings/paper_approve.html", None, context)


def paper_return(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    paper = _paper(request, pk, kind, permissions.can_approve_papers)
    if stopped := _stopped(request, paper, approving.refuse_unless_waiting):
        return stopped
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            approving.return_paper(paper.pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The paper has been returned."))
            return redirect("meeting_papers", pk)
    return _form_page(request, paper, "meetings/paper_return.html", form)


def notice_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk gives the notice its number and its day."""
    paper = _paper(request, pk, PaperKind.NOTICE, permissions.can_issue_notice)
    if stopped := _stopped(request, paper, approving.refuse_unless_agreed):
        return stopped
    is_open = approving.register_is_open(paper.meeting)
    form = NoticeForm(request.POST or None, register_is_open=is_open)
    if request.method == "POST" and form.is_valid():
        try:
            approving.issue_notice(paper.pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("issued_on" if refused.code == "date" else None, str(refused))
        else:
            messages.success(request, _("The notice has its number and stands."))
            return redirect("meeting_papers", pk)
    return _form_page(request, paper, "meetings/notice_issue.html", form)


@require_GET
def paper_pdf(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The stored file once it is approved; until then the paper as it stands, marked as a draft."""
    paper = _paper(request, pk, kind, permissions.can_view_meeting)
    require(permissions.can_read_paper, request.user, paper)
    name = sheets.file_name(paper, "pdf")
    if paper.pdf is None:
        return send_paper(request, sheets.paper_manuscript(paper), name=name)
    stored = paper.pdf
    return send(request, File(name, PDF, stored.sha256, lambda: bytes(stored.content)))


@require_GET
def paper_docx(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    paper = _paper(request, pk, kind)
    return attachment(sheets.paper_docx(paper), DOCX, sheets.file_name(paper, "docx"))


@require_GET
def roll_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_see_papers)
    name = f"danh-sach-dai-bieu-{meeting.session_number}.pdf"
    return send_paper(request, roll.roll_manuscript(meeting), name=name)


@require_GET
def roll_docx(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_see_papers)
    name = f"danh-sach-dai-bieu-{meeting.session_number}.docx"
    return attachment(roll.roll_docx(meeting), DOCX, name)


@require_GET
def ballot_paper_pdf(request: HttpRequest, pk: int, ballot: int) -> HttpResponse:
    found = _ballot(request, pk, ballot)
    name = f"bien-ban-kiem-phieu-{ballot}.pdf"
    return send_paper(request, ballot_record.ballot_manuscript(found), name=name)


@require_GET
def ballot_paper_docx(request: HttpRequest, pk: int, ballot: int) -> HttpResponse:
    found = _ballot(request, pk, ballot)
    return attachment(ballot_record.ballot_docx(found), DOCX, f"bien-ban-kiem-phieu-{ballot}.docx")


def _ballot(request: HttpRequest, pk: int, ballot: int) -> Ballot:
    meeting = meeting_for(request.user, pk, permissions.can_see_papers)
    closed = Ballot.objects.exclude(closed_at=None).select_related("item")
    found = get_object_or_404(closed, pk=ballot, item__meeting=meeting)
    found.item.meeting = meeting
    return found


def _kind(kind: str) -> PaperKind:
    if kind not in PaperKind.values:
        raise Http404
    return PaperKind(kind)


def _paper(
    request: HttpRequest,
    pk: int,
    kind: str,
    predicate: Any = permissions.can_see_papers,
    section: int | None = None,
) -> MeetingPaper:
    """The paper of a meeting; a section of another paper is not found in it."""
    meeting = meeting_for(request.user, pk, predicate)
    papers = meeting.papers.select_related("signing", "approved_by", "pdf")
    paper = get_object_or_404(papers.defer("pdf__content"), kind=_kind(kind))
    if section is not None:
        others = MeetingPaper.objects.filter(sections=section).exclude(pk=paper.pk)
        if others.exists():
            raise Http404
    paper.meeting = meeting
    return paper


def _stopped(
    request: HttpRequest, paper: MeetingPaper, check: Callable[[MeetingPaper], None]
) -> HttpResponse | None:
    """Back to the papers with the words of what refuses, before anything is typed in vain."""
    if request.method == "POST":
        return None
    try:
        check(paper)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("meeting_papers", paper.meeting_id)
    return None


def _address(paper: MeetingPaper) -> str:
    return reverse("paper_edit", args=[paper.meeting_id, paper.kind])


def _back(paper: MeetingPaper, section: int | None = None) -> HttpResponse:
    return redirect(f"{_address(paper)}?at={section}#s-{section}" if section else _address(paper))


def _form_page(
    request: HttpRequest,
    paper: MeetingPaper,
    template: str,
    form: Any,
    facts: dict[str, Any] | None = None,
) -> HttpResponse:
    meeting: Meeting = paper.meeting
    context = frame(meeting, request.user, "papers") | {"paper": paper, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, template, context | (facts or {}), status=status)
