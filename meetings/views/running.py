"""The pages in the room: the secretary's, the chair's and an attendee's own.

Each is one view for the page and for its pulse: asked with the `mark` that a page shows it answers
with nothing, or with the parts of the page that have changed (static/js/room.js).
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from comments.models import Category
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.forms.holding import SentForm, ShownForm
from meetings.frame import frame
from meetings.holding import queue, remarks, rollcall, running
from meetings.holding.room import Room, Seat, place_on_the_list
from meetings.models import Meeting

# Where an act may have been sent from.
PAGES = ("meeting_room", "meeting_chair", "meeting_floor")


def meeting_room(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretary's page; with `mark` the parts of it that have changed since."""
    room = Room(meeting_for(request.user, pk, permissions.can_run))
    mark, doubtful = request.GET.get("mark", ""), request.GET.getlist("part")
    if not mark.isdecimal():
        return _room_page(request, room)
    if mark == str(room.mark) and not doubtful:
        return HttpResponse(status=204)
    changed = room.changed_since(int(mark))
    context = _room(request, room) | {"anew": changed is None}
    context["seats"] = [one for one in room.seats if _is_wanted(one, changed or set(), doubtful)]
    return render(request, "meetings/_room_pulse.html", context)


def _is_wanted(seat: Seat, changed: set[int], doubtful: list[str]) -> bool:
    return seat.attendee.pk in changed or seat.part in doubtful


def _room_page(request: HttpRequest, room: Room, status: int = 200, **typed: Any) -> HttpResponse:
    context = frame(room.meeting, request.user, "room") | _room(request, room)
    at = request.GET.get("at", "")
    context |= {"at": int(at) if at.isdecimal() else None, "categories": Category.choices} | typed
    return render(request, "meetings/meeting_room.html", context, status=status)


def _room(request: HttpRequest, room: Room) -> dict[str, Any]:
    return {
        "room": room,
        "meeting": room.meeting,
        "token": uuid.uuid4,
        "may_call": True,
    }


def meeting_chair(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair's page: the same at a glance."""
    room = Room(meeting_for(request.user, pk, permissions.can_call))
    context = {
        "room": room,
        "meeting": room.meeting,
        "token": uuid.uuid4,
        "may_call": permissions.can_conclude(request.user, room.meeting),
    }
    return _paged(request, room, "chair", context)


def meeting_floor(request: HttpRequest, pk: int) -> HttpResponse:
    """An attendee asks to speak, on a device of their own."""
    room = Room(meeting_for(request.user, pk, permissions.attends))
    if room.matter and not permissions.can_read_item(request.user, room.matter.item):
        room.matter = None
    seat = room.meeting.attendees.get(person=request.user)
    speaker = room.floor.speaking
    context = {
        "room": room,
        "meeting": room.meeting,
        "token": uuid.uuid4,
        "seat": seat,
        "place": place_on_the_list(room.floor, seat),
        "speaks": speaker is not None and speaker.attendee_id == seat.pk,
    }
    return _paged(request, room, "floor", context)


def _paged(request: HttpRequest, room: Room, name: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or for its pulse what stands in it."""
    mark = request.GET.get("mark", "")
    if not mark:
        context = frame(room.meeting, request.user, name) | context
        return render(request, f"meetings/meeting_{name}.html", context)
    if mark == str(room.mark):
        return HttpResponse(status=204)
    return render(request, f"meetings/_{name}.html", context)


@require_POST
def meeting_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One act from the room, sent by a form, or by the queue of a page, which reads JSON."""
    meeting = meeting_for(request.user, pk, permissions.can_view_meeting)
    form = SentForm(request.POST, meeting=meeting)
    done = _do(request.user, meeting, form)
    if request.headers.get("X-Queue"):
        return JsonResponse({"refusal": done.refusal, "note": done.note})
    if done.refusal and request.POST.get("verb") == "remark":
        return _not_written(request, meeting, form, done.refusal)
    if done.refusal:
        messages.error(request, done.refusal)
    elif done.note:
        messages.warning(request, done.note)
    back = request.POST.get("back", "")
    return redirect(back, meeting.pk) if back in PAGES else redirect(meeting)


def _do(actor: User, meeting: Meeting, form: SentForm) -> queue.Done:
    if form.is_valid():
        return queue.act(meeting.pk, actor=actor, **form.act())
    errors = [error for errors in form.errors.values() for error in errors]
    return queue.Done(refusal=" ".join(errors))


def _not_written(
    request: HttpRequest, meeting: Meeting, form: SentForm, refusal: str
) -> HttpResponse:
    """The room again, with the reason and everything that was typed."""
    require(permissions.can_run, request.user, meeting)
    return _room_page(request, Room(meeting), 422, typed=request.POST, refusal=refusal)


def meeting_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is there, who is needed, and then the meeting is opened."""
    meeting = meeting_for(request.user, pk, permissions.can_call)
    if request.method == "POST":
        anyway = bool(request.POST.get("anyway"))
        running.open_meeting(pk, actor=request.user, anyway=anyway)
        messages.success(request, _("The meeting is open."))
        return redirect(_back(request.user, meeting), pk)
    context = {"meeting": meeting, "room": Room(meeting), "back": _back(request.user, meeting)}
    return render(request, "meetings/meeting_open.html", context)


def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """What has not been dealt with, and then the meeting is closed."""
    meeting = meeting_for(request.user, pk, permissions.can_call)
    if request.method == "POST":
        running.close_meeting(pk, actor=request.user)
        messages.success(request, _("The meeting is closed."))
        return redirect(_back(request.user, meeting), pk)
    context = {"meeting": meeting, "room": Room(meeting), "back": _back(request.user, meeting)}
    return render(request, "meetings/meeting_close.html", context)


@require_POST
def matter_open(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Go on to an item; without a quorum it is asked once more."""
    meeting = meeting_for(request.user, pk, permissions.can_call)
    opened = get_object_or_404(meeting.items, pk=item)
    try:
        running.open_item(
            opened.pk,
            actor=request.user,
            seen=_seen(request),
            anyway=bool(request.POST.get("anyway")),
        )
    except Refused as refused:
        if refused.code == "quorum":
            return _without_quorum(request, meeting, opened, refused)
        messages.error(request, str(refused))
    return redirect(_back(request.user, meeting), pk)


def _without_quorum(
    request: HttpRequest, meeting: Meeting, item: Any, refused: Refused
) -> HttpResponse:
    context = {"meeting": meeting, "item": item, "refused": refused, "seen": _seen(request)}
    context["back"] = _back(request.user, meeting)
    return render(request, "meetings/matter_open.html", context, status=409)


@require_POST
def matter_end(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_call)
    ended = get_object_or_404(meeting.items, pk=item)
    return _tried(
        request,
        meeting,
        lambda: running.end_item(ended.pk, actor=request.user, seen=_seen(request)),
    )


@require_POST
def provision_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a provision on the screen, or with nothing chosen take it away."""
    meeting = meeting_for(request.user, pk, permissions.can_call)
    form = ShownForm(request.POST)
    key = form.cleaned_data["provision"] if form.is_valid() else None
    return _tried(request, meeting, lambda: running.show_provision(pk, actor=request.user, key=key))


@require_POST
def roll_rest(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_run)
    there = rollcall.arrive_rest(pk, actor=request.user)
    words = ngettext("%s member is there.", "%s members are there.", len(there))
    messages.success(request, words % len(there))
    return redirect("meeting_room", meeting.pk)


@require_POST
def roll_replies(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_run)
    away = rollcall.note_replies(pk, actor=request.user)
    words = ngettext(
        "%s absence recorded as answered.", "%s absences recorded as answered.", len(away)
    )
    messages.success(request, words % len(away))
    return redirect("meeting_room", meeting.pk)


@require_POST
def remark_take_back(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_run)
    taken = get_object_or_404(remarks.Remark, pk=remark, item__meeting=meeting)
    return _tried(request, meeting, lambda: remarks.take_back_remark(taken.pk, actor=request.user))


def _tried(request: HttpRequest, meeting: Meeting, act: Callable[[], Any]) -> HttpResponse:
    """Back to the room, with the reason where nothing was done."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_back(request.user, meeting), meeting.pk)


def _back(person: User, meeting: Meeting) -> str:
    """Where somebody runs the meeting from."""
    return "meeting_room" if permissions.can_run(person, meeting) else "meeting_chair"


def _seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else None


def meeting_for(person: User, pk: int, predicate: Any) -> Meeting:
    meetings = Meeting.objects.select_related("committee", "term", "current_item", "recorder")
    meeting = get_object_or_404(meetings, pk=pk)
    require(predicate, person, meeting)
    return meeting
