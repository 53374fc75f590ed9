"""Pages of meetings: the list, convening, one meeting, and sending out a draft of its agenda."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Role
from directives.refusals import Refused
from meetings import permissions, reading
from meetings.forms.preparing import AttendeeForm, CirculateForm, ConveneForm, ItemForm
from meetings.frame import frame
from meetings.models import AgendaItem, AttendeeRole, Meeting, MeetingState
from meetings.papers.shown import issued_notice
from meetings.preparing import gathering
from meetings.timetable import attending
from meetings.views.answering import field_of, status_of
from meetings.views.fetching import meeting_for

PER_PAGE = 25


def meeting_list(request: HttpRequest) -> HttpResponse:
    """Those ahead, the next one first; then those that were held, newest first."""
    seen, today = reading.meetings_for(request.user), reading.start_of_today()
    held = seen.filter(starts_at__lt=today).order_by("-starts_at", "-pk")
    context = {
        "ahead": seen.filter(starts_at__gte=today).order_by("starts_at", "pk"),
        "page": Paginator(held, PER_PAGE).get_page(request.GET.get("page")),
        "may_convene": bool(request.user.committees_as(Role.OFFICE)),
    }
    return render(request, "meetings/meeting_list.html", context)


def meeting_convene(request: HttpRequest) -> HttpResponse:
    """A new meeting. A date in the address, as the date field sends it, shows its term."""
    if not request.user.committees_as(Role.OFFICE):
        raise PermissionDenied
    form = ConveneForm(request.POST or None, person=request.user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            meeting = gathering.convene(actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(field_of(refused, form), str(refused))
        else:
            messages.success(request, _("Convened. Check who attends, then fill the agenda."))
            return redirect(meeting)
    _propose_number(form)
    context = {"form": form, "term": _term(form), "starts_at": form.typed("starts_at")}
    return render(request, "meetings/meeting_convene.html", context, status=status_of(form))


def _propose_number(form: ConveneForm) -> None:
    if committee := form.typed("committee"):
        form.initial.setdefault("session_number", gathering.next_session_number(committee))


def _term(form: ConveneForm) -> Any:
    committee, starts_at = form.typed("committee"), form.typed("starts_at")
    return committee.term_on(starts_at.date()) if committee and starts_at else None


def meeting_view(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, meeting_for(request.user, pk))


def _page(request: HttpRequest, meeting: Meeting, status: int = 200, **bound: Any) -> HttpResponse:
    """The meeting with one pane open: `attendee` or `item` to add, or the `role` of somebody."""
    office = reading.may_prepare(meeting, request.user)
    agenda, attendees = reading.agenda(meeting, request.user), reading.attendees(meeting)
    mine = next((one for one in attendees if one.person_id == request.user.pk), None)
    context = frame(meeting, request.user, "agenda") | {
        "agenda": agenda,
        "ends_at": agenda[-1].slot.ends if agenda else None,
        "attendees": attendees,
        "mine": mine,
        "presence": reading.presence(mine) if mine else None,
        "notice": issued_notice(meeting, request.user),
        "may_convene": office,
        "may_change": office and meeting.state == MeetingState.CONVENED,
        "roles": AttendeeRole.choices,
        "pane": request.GET.get("pane", "") if office else "",
        "at": request.GET.get("at", ""),
        "added": request.GET.get("added", ""),
    }
    context |= bound
    context |= _pane(request, meeting, context)
    return render(request, "meetings/meeting_view.html", context, status=status)


def _pane(request: HttpRequest, meeting: Meeting, context: dict[str, Any]) -> dict[str, Any]:
    if context["pane"] == "item" and "item_form" not in context:
        directives = reading.directives_to_add(meeting, request.user)
        return {"item_form": ItemForm(meeting=meeting, directives=directives)}
    if context["pane"] == "attendee":
        return _candidates(meeting, context.get("attendee_form"), request.GET.get("who", ""))
    return {}


def _candidates(meeting: Meeting, form: AttendeeForm | None, who: str) -> dict[str, Any]:
    form = form or AttendeeForm(initial={"who": who})
    who = form["who"].value() or ""
    found = reading.candidates(meeting, who)
    shown = found[: reading.CANDIDATES_SHOWN]
    return {
        "attendee_form": form.offer(shown),
        "found": shown,
        "more": len(found) - len(shown),
        "who": who,
    }


@require_POST
def attendee_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody on the list, or give somebody on it another role."""
    meeting = meeting_for(request.user, pk, permissions.can_convene)
    form = AttendeeForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, 422, pane="attendee", attendee_form=form)
    said = form.cleaned_data
    attendee = gathering.add_attendee(
        pk, actor=request.user, person=said["person"], role=said["role"]
    )
    if "who" in request.POST:
        return redirect(f"{meeting.get_absolute_url()}?pane=attendee&added={attendee.pk}#attendees")
    return redirect(f"{meeting.get_absolute_url()}#a-{attendee.pk}")


@require_POST
def attendee_remove(request: HttpRequest, pk: int, attendee: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_convene)
    struck = get_object_or_404(meeting.attendees.select_related("person"), pk=attendee)
    gathering.remove_attendee(struck.pk, actor=request.user)
    messages.success(request, _("%s is no longer on the list.") % struck.person)
    return redirect(meeting)


@require_POST
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_convene)
    directives = reading.directives_to_add(meeting, request.user)
    form = ItemForm(request.POST, meeting=meeting, directives=directives)
    if form.is_valid():
        try:
            gathering.add_item(pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The item is on the agenda."))
            return redirect(meeting)
    return _page(request, meeting, 422, pane="item", item_form=form)


def item_circulate(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Who will receive which draft, and until when they may comment; then it is sent."""
    meeting = meeting_for(request.user, pk, permissions.can_convene)
    items = meeting.items.select_related("directive", "consultation").exclude(directive=None)
    sent = get_object_or_404(items, pk=item)
    if sent.consultation_id:
        messages.info(request, _("The draft of this item has been circulated already."))
        return redirect(sent.consultation)
    form = CirculateForm(
        request.POST or None, initial={"deadline": reading.proposed_deadline(meeting)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            consultation = gathering.circulate(item, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(field_of(refused, form), str(refused))
        else:
            messages.success(request, _("Sent. Comments come in from now on."))
            return redirect(consultation)
    context = _circulating(meeting, sent) | {"form": form}
    return render(request, "meetings/item_circulate.html", context, status=status_of(form))


def _circulating(meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    attendees = attending(item)
    receiving = [one for one in attendees if one.role != AttendeeRole.PRESENTER]
    return {
        "meeting": meeting,
        "item": item,
        "draft": item.directive.latest_draft,
        "receiving": receiving,
        "voting": sum(one.voting for one in receiving),
        "presenting": [one for one in attendees if one.role == AttendeeRole.PRESENTER],
        "without_login": [one for one in receiving if not one.person.username],
        "attendees_url": reverse("meeting_view", args=[meeting.pk]) + "#attendees",
    }
