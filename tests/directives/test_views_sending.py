"""Sending files: conditions, parts, and the proxy that does it for Django."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from directives.canonical import sha256
from directives.rendering import shelf
from directives.views.sending import File, send

CONTENT = bytes(range(256)) * 4
KEY = sha256(CONTENT)
ETAG = f'"{KEY}"'


def never() -> bytes:
    raise AssertionError("the file was read")


def sent(read=lambda: CONTENT, method: str = "get", **headers: str) -> HttpResponse:
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return send(request, File("35-CT-TU.pdf", "application/pdf", KEY, read))


def test_a_file_comes_whole_with_its_name_and_what_can_be_asked_of_it():
    answer = sent()
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer["Content-Disposition"] == 'attachment; filename="35-CT-TU.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["ETag"] == ETAG
    assert "private" in answer["Cache-Control"]


def test_a_file_that_the_browser_has_is_not_even_read():
    answer = sent(never, **{"If-None-Match": ETAG})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == ETAG


def test_a_part_comes_with_its_place_in_the_whole():
    answer = sent(Range="bytes=100-199")
    assert (answer.status_code, answer.content) == (206, CONTENT[100:200])
    assert answer["Content-Range"] == "bytes 100-199/1024"
    assert answer["ETag"] == ETAG


def test_a_download_that_broke_off_goes_on_where_it_stopped():
    begun = CONTENT[:700]
    rest = sent(Range=f"bytes={len(begun)}-", **{"If-Range": ETAG})
    assert begun + rest.content == CONTENT


@pytest.mark.parametrize("version", ['"another"', f"W/{ETAG}", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_part_of_another_version_is_the_whole_of_this_one(version):
    answer = sent(Range="bytes=100-199", **{"If-Range": version})
    assert (answer.status_code, answer.content) == (200, CONTENT)


def test_a_part_that_is_not_there_is_refused_with_the_size():
    answer = sent(Range="bytes=1024-")
    assert answer.status_code == 416
    assert answer["Content-Range"] == "bytes */1024"
    assert answer.content == b""


def test_a_range_means_nothing_to_any_other_method():
    assert sent(method="head", Range="bytes=0-1").status_code == 200


@pytest.mark.parametrize(
    ("proxy", "header", "place"),
    [
        ("nginx", "X-Accel-Redirect", "/kept-papers/{key}"),
        ("apache", "X-Sendfile", "{shelf}/{key}"),
    ],
)
def test_a_proxy_is_told_where_the_file_stands(settings, proxy, header, place):
    settings.FILES_SENT_BY = proxy
    answer = sent(Range="bytes=0-9")
    assert (answer.status_code, answer.content) == (200, b"")
    key = f"{KEY[:2]}/{KEY}"
    assert answer[header] == place.format(shelf=settings.PAPERS_DIR, key=key)
    assert (settings.PAPERS_DIR / key).read_bytes() == CONTENT
    assert answer["Content-Type"] == "application/pdf"
    assert sent(never)[header] == answer[header]


def test_without_room_on_the_disk_django_sends_the_file_itself(settings, monkeypatch):
    settings.FILES_SENT_BY = "nginx"
    monkeypatch.setattr(shelf, "put", lambda *_facts: False)
    answer = sent()
    assert "X-Accel-Redirect" not in answer
    assert answer.content == CONTENT
