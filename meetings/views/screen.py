"""The second screen of the room: what is under discussion, in letters that are read from afar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings import permissions
from meetings.holding.room import Room
from meetings.views.running import meeting_for


def meeting_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, or with the `mark` that it shows what has changed since."""
    room = Room(meeting_for(request.user, pk, permissions.can_call))
    mark = request.GET.get("mark", "")
    if mark == str(room.mark):
        return HttpResponse(status=204)
    template = "_screen" if mark else "meeting_screen"
    context = {"room": room, "meeting": room.meeting}
    return render(request, f"meetings/{template}.html", context)
