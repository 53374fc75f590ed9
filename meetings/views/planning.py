"""Planning an item of the agenda: its facts, its place in the order, its papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from directives.permissions import require
from directives.refusals import Refused
from directives.views.sending import File, send
from meetings import permissions
from meetings.forms.preparing import PaperForm, PlanForm
from meetings.models import AgendaItem, ItemPaper, Meeting
from meetings.preparing import gathering, handouts, planning
from meetings.views.answering import field_of, status_of
from meetings.views.fetching import meeting_for


def _item(request: HttpRequest, pk: int, item: int) -> AgendaItem:
    """An item, for whoever prepares its meeting."""
    meeting = meeting_for(request.user, pk, permissions.can_convene)
    found = get_object_or_404(meeting.items.select_related("directive"), pk=item)
    found.meeting = meeting
    return found


def _at(item: AgendaItem) -> str:
    return f"{item.meeting.get_absolute_url()}#item-{item.pk}"


def item_plan(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Who presents it, how long, who is called in; its papers stand below."""
    planned = _item(request, pk, item)
    form = PlanForm(request.POST or None, meeting=planned.meeting, initial=_facts(planned))
    if request.method == "POST" and form.is_valid():
        try:
            planning.plan_item(item, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(field_of(refused, form), str(refused))
        else:
            messages.success(request, _("The item is planned."))
            return redirect(_at(planned))
    return _page(request, planned, form, PaperForm())


def _facts(item: AgendaItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "presenter": item.presenter_id,
        "minutes": item.minutes,
        "is_break": item.is_break,
        "called": list(item.called.values_list("pk", flat=True)),
    }


def _page(
    request: HttpRequest, item: AgendaItem, form: PlanForm, paper_form: PaperForm
) -> HttpResponse:
    context = {
        "meeting": item.meeting,
        "item": item,
        "form": form,
        "paper_form": paper_form,
        "papers": item.papers.all(),
    }
    status = max(status_of(form), status_of(paper_form))
    return render(request, "meetings/item_plan.html", context, status=status)


@require_POST
def item_move(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    moved = _item(request, pk, item)
    planning.move_item(item, actor=request.user, up=request.POST.get("to") == "up")
    return redirect(_at(moved))


def item_remove(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    removed = _item(request, pk, item)
    if request.method == "POST":
        gathering.remove_item(item, actor=request.user)
        messages.success(request, _("The item is no longer on the agenda."))
        return redirect(removed.meeting)
    context = {"meeting": removed.meeting, "item": removed, "papers": removed.papers.all()}
    return render(request, "meetings/item_remove.html", context)


@require_POST
def paper_add(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    about = _item(request, pk, item)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            handouts.add_paper(
                item,
                actor=request.user,
                title=form.cleaned_data["title"],
                name=file.name,
                content=file.read(),
            )
        except Refused as refused:
            form.add_error(field_of(refused, form), str(refused))
        else:
            messages.success(request, _("The paper lies with the item."))
            return redirect(_papers_of(about))
    plan = PlanForm(meeting=about.meeting, initial=_facts(about))
    return _page(request, about, plan, form)


def _papers_of(item: AgendaItem) -> str:
    return reverse("item_plan", args=[item.meeting_id, item.pk]) + "#papers"


@require_GET
def paper_view(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """The file, for those who attend its item and the staff."""
    found = _paper(pk, paper)
    require(permissions.can_read_item, request.user, found.item)
    file = found.file
    return send(request, File(file.name, file.media_type, file.sha256, lambda: bytes(file.content)))


def _paper(meeting: int, paper: int) -> ItemPaper:
    papers = ItemPaper.objects.select_related("item__meeting__committee")
    return get_object_or_404(papers, pk=paper, item__meeting=meeting)


def paper_remove(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    meeting: Meeting = meeting_for(request.user, pk, permissions.can_convene)
    removed = _paper(pk, paper)
    if request.method == "POST":
        handouts.remove_paper(paper, actor=request.user)
        messages.success(request, _("The paper is no longer there."))
        return redirect(_papers_of(removed.item))
    context = {"meeting": meeting, "paper": removed, "back": _papers_of(removed.item)}
    return render(request, "meetings/paper_remove.html", context)
