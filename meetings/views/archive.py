"""The file of a meeting for the records office: made, listed, downloaded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directives.models import Event, StoredFile
from directives.refusals import Refused
from directives.views.sending import File, send
from meetings import permissions
from meetings.frame import frame
from meetings.models import Meeting
from meetings.reporting import archive
from meetings.views.fetching import meeting_for


def meeting_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed over and what stands in it; a POST makes the file from today's record."""
    meeting = meeting_for(request.user, pk, permissions.can_archive)
    refusal = None
    if request.method == "POST":
        try:
            archive.make_archive(pk, actor=request.user)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("The meeting's file is ready to be handed over."))
            return redirect("meeting_archive", pk)
    made = list(meeting.archives.select_related("made_by", "file").defer("file__content"))
    context = frame(meeting, request.user, "archive") | {
        "archives": made,
        "is_over": meeting.state in archive.OVER,
        "outdated": bool(made) and _goes_on(meeting),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "meetings/meeting_archive.html", context, status=status)


def _goes_on(meeting: Meeting) -> bool:
    """Whether the log has lines since the newest file was made."""
    last = Event.objects.filter(stream=meeting.stream).order_by("-sequence").first()
    return last is not None and last.verb != "make_archive"


def archive_download(request: HttpRequest, pk: int, archive: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_archive)
    found = get_object_or_404(
        meeting.archives.select_related("file").defer("file__content"), pk=archive
    )
    file = found.file

    def read() -> bytes:
        return bytes(StoredFile.objects.values_list("content", flat=True).get(pk=file.pk))

    return send(request, File(file.name, file.media_type, file.sha256, read))
