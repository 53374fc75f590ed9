"""Stored papers sent by a real nginx, set up as docs/operations.md says."""

import os
from http.client import HTTPConnection, HTTPResponse

import pytest
from django.test import Client
from django.urls import reverse

from tests import nginx

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proxy(live_server, settings, tmp_path):
    settings.FILES_SENT_BY = "nginx"
    application = f"{live_server.thread.host}:{live_server.thread.port}"
    with nginx.in_front_of(application, tmp_path) as address:
        yield address


@pytest.fixture
def ask(proxy, world):
    browser = Client()
    browser.force_login(world.clerk)
    cookie = f"sessionid={browser.cookies['sessionid'].value}"

    def answer(path: str, **headers: str) -> HTTPResponse:
        connection = HTTPConnection(proxy, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Cookie": cookie} | named)
        return connection.getresponse()

    return answer


@pytest.fixture
def paper(issued) -> tuple[str, bytes]:
    return reverse("issue_download", args=[issued.pk]), bytes(issued.issue.pdf.content)


def test_the_paper_comes_whole_from_nginx_under_its_name(ask, paper):
    path, content = paper
    answer = ask(path)
    assert answer.read() == content
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.fixture
def version(ask, paper, settings) -> str:
    """What nginx calls the paper. It tells by the second of writing, which is made long ago."""
    ask(paper[0]).read()
    [kept] = settings.PAPERS_DIR.glob("*/*")
    os.utime(kept, (0, 1_000_000))
    return f'"{1_000_000:x}-{len(paper[1]):x}"'


def test_what_the_browser_has_is_not_sent_again(ask, paper, version):
    answer = ask(paper[0], If_None_Match=version)
    assert (answer.status, answer.read()) == (304, b"")


def test_a_download_that_broke_off_goes_on_where_it_stopped(ask, paper, version):
    path, content = paper
    rest = ask(path, Range="bytes=1000-", If_Range=version)
    assert (rest.status, rest.read()) == (206, content[1000:])


def test_nobody_reaches_the_shelf_past_the_application(ask, paper, settings):
    path, _content = paper
    ask(path).read()
    [kept] = settings.PAPERS_DIR.glob("*/*")
    assert ask(f"/kept-papers/{kept.parent.name}/{kept.name}").status == 404


def test_without_signing_in_there_is_no_paper(ask, paper):
    path, _content = paper
    answer = ask(path, Cookie="")
    assert answer.status == 302
    assert answer.headers["Location"].startswith("/accounts/login/")
