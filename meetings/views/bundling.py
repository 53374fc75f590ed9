"""Papers bound together: sent at once, or bound in the background while the person waits."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from directives.rendering import shelf
from directives.views.exports import DOCX, attachment
from directives.views.printing import HTML_A_PAGE, NOW, PDF, send_paper, wait_for, waited_for
from directives.views.sending import File, send
from meetings.papers.agenda import agenda_docx, agenda_paper
from meetings.preparing import bundles
from meetings.preparing.binding import Bundle, bound
from meetings.views.fetching import meeting_for

waited_for(bundles.bind_later)


def send_bundle(
    request: HttpRequest, bundle: Bundle, *, kind: str, meeting: int, name: str
) -> HttpResponse:
    """The bundle as PDF, or the way to the page that waits for it."""
    if bundle.is_long and NOW not in request.GET and not shelf.has(bundle.key):
        waiting = bundles.bind_later.enqueue(
            kind=kind, meeting_id=meeting, person_id=request.user.pk, pages=_pages(bundle)
        )
        if not waiting.is_finished:
            return wait_for(waiting, request)
    return send(request, File(name, PDF, bundle.key, lambda: bound(bundle)))


def _pages(bundle: Bundle) -> int:
    """About how many have to be typeset."""
    return sum(max(len(one.html) // HTML_A_PAGE, 1) for one in bundle.manuscripts)


@require_GET
def meeting_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of the meeting in one file, as far as the reader attends its items."""
    meeting = meeting_for(request.user, pk)
    bundle = bundles.pack_bundle(meeting, request.user)
    name = f"tai-lieu-hoi-nghi-{meeting.session_number}.pdf"
    return send_bundle(request, bundle, kind=bundles.PACK, meeting=pk, name=name)


@require_GET
def agenda_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk)
    return send_paper(
        request, agenda_paper(meeting), name=f"chuong-trinh-{meeting.session_number}.pdf"
    )


@require_GET
def agenda_word(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk)
    name = f"chuong-trinh-{meeting.session_number}.docx"
    return attachment(agenda_docx(meeting), DOCX, name)
