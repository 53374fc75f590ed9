"""Files to browsers: one that has not changed is not sent again, a part can be asked for, and a
proxy may do the sending. Whoever calls this has asked for permission.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from directives.rendering import shelf
from directives.views.ranges import Unsatisfiable, part

# The location that nginx keeps to itself; docs/operations.md.
NGINX_LOCATION = "/kept-papers/"


@dataclass(frozen=True)
class File:
    """A file that never changes under its key, a hash in hexadecimal; read only if it is sent."""

    name: str
    media_type: str
    key: str
    read: Callable[[], bytes]


def send(request: HttpRequest, file: File) -> HttpResponse:
    etag = f'"{file.key}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = _handed_over(file) or _sent(request, file, etag)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _handed_over(file: File) -> HttpResponse | None:
    """An answer without content, to which the proxy adds it; None where none is set up."""
    if not settings.FILES_SENT_BY or not _on_the_shelf(file):
        return None
    response = _headed(file, HttpResponse())
    place = shelf.place(file.key)
    if settings.FILES_SENT_BY == "nginx":
        response["X-Accel-Redirect"] = f"{NGINX_LOCATION}{place}"
    else:
        response["X-Sendfile"] = str(settings.PAPERS_DIR.resolve() / place)
    return response


def _on_the_shelf(file: File) -> bool:
    return shelf.has(file.key) or shelf.put(file.key, file.read())


def _headed(file: File, response: HttpResponse) -> HttpResponse:
    response["Content-Type"] = file.media_type
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    return response


def _sent(request: HttpRequest, file: File, etag: str) -> HttpResponse:
    content = file.read()
    try:
        asked = _part(request, len(content), etag)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    if asked is None:
        response = HttpResponse(content)
    else:
        response = HttpResponse(content[asked.start : asked.stop], status=206)
        response["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{len(content)}"
    response["Accept-Ranges"] = "bytes"
    return _headed(file, response)


def _part(request: HttpRequest, size: int, etag: str) -> range | None:
    """A range holds for GET, and only of the version that an If-Range names."""
    header = request.headers.get("Range")
    if header is None or request.method != "GET":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    return part(header, size)
