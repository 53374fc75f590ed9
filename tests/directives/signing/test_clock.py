"""The time-stamping service is asked over HTTP, on this machine; what is wrong with it is told."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto import tsp
from django.urls import reverse

from directives.models import SignedCopy
from directives.signing import checking
from directives.signing import clock as clocks
from directives.signing.checking import Standing
from tests.directives.signing.conftest import Authority, clock_of

STAMP = "application/timestamp-reply"


class Service(ThreadingHTTPServer):
    """Answers with what `answer` makes of a request: a status, a media type and a body."""

    daemon_threads = True
    answer: Callable[[tsp.TimeStampReq], tuple[int, str, bytes]]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked = 0
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/tsa"


class Answering(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        self.server.asked += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, media_type, answer = self.server.answer(tsp.TimeStampReq.load(body))
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments: object) -> None:
        """Nothing on the console."""


@pytest.fixture
def service(desk, settings, clock, monkeypatch) -> Iterator[Service]:
    monkeypatch.setattr("directives.signing.pen.clock", clocks.clock)
    with Service() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,))
        thread.start()
        made.answer = stamped_by(clock)
        settings.SIGNING_TSA, settings.SIGNING_LEVEL = made.address, "B-T"
        yield made
        made.over.set()
        made.shutdown()
        thread.join()


def stamped_by(clock):
    return lambda request: (200, STAMP, clock.request_tsa_response(request).dump())


@pytest.fixture
def press(client, world, issued):
    """The clerk presses the button."""
    client.force_login(world.clerk)
    return lambda: client.post(reverse("issue_sign", args=[issued.pk]))


@pytest.mark.parametrize("level", ["B-T", "B-LTA"])
def test_the_service_stamps_what_the_clerk_signs(service, settings, press, issued, level):
    settings.SIGNING_LEVEL = level
    assert press().status_code == 302
    [copy] = issued.issue.signed_copies.all()
    [found] = checking.signatures(bytes(copy.file.content))
    assert (found.standing, found.level) == (Standing.VALID, level)
    assert service.asked > 0


def in_html(service, clock):
    return lambda request: (200, "text/html", b"<h1>Proxy</h1>")


def with_an_error(service, clock):
    return lambda request: (500, "text/plain", b"loi")


def with_rubbish(service, clock):
    return lambda request: (200, STAMP, b"khong phai dau thoi gian")


def with_nothing(service, clock):
    return lambda request: (200, STAMP, b"")


def with_a_refusal(service, clock):
    return lambda request: (200, STAMP, bytes.fromhex("3005 3003 020102"))


def with_no_stamp_in_it(service, clock):
    return lambda request: (200, STAMP, bytes.fromhex("3005 3003 020100"))


def with_another_nonce(service, clock):
    def answer(request):
        request["nonce"] = 7
        return stamped_by(clock)(request)

    return answer


def with_the_stamp_of_another_digest(service, clock):
    def answer(request):
        request["message_imprint"]["hashed_message"] = bytes(32)
        return stamped_by(clock)(request)

    return answer


def with_a_spoilt_signature(service, clock):
    def answer(request):
        status, media_type, body = stamped_by(clock)(request)
        return status, media_type, body[:-1] + bytes([body[-1] ^ 1])

    return answer


@pytest.mark.parametrize(
    "how",
    [
        in_html,
        with_an_error,
        with_rubbish,
        with_nothing,
        with_a_refusal,
        with_no_stamp_in_it,
        with_another_nonce,
        with_the_stamp_of_another_digest,
        with_a_spoilt_signature,
    ],
)
def test_what_is_no_stamp_is_told_and_nothing_is_kept(service, clock, press, how):
    service.answer = how(service, clock)
    refused(press(), "không trả về dấu thời gian hợp lệ")
    assert service.asked == 1


def refused(page, told):
    assert page.status_code == 409
    assert told in page.content.decode()
    assert not SignedCopy.objects.exists()


@pytest.mark.parametrize("level", ["B-T", "B-LTA"])
def test_a_clock_of_an_unknown_authority_is_told(service, settings, press, level):
    settings.SIGNING_LEVEL = level
    service.answer = stamped_by(clock_of(Authority("CA lạ").issue("Đồng hồ lạ", clock=True)))
    refused(press(), "không thuộc tổ chức mà cơ quan tin cậy")


def test_a_certificate_that_is_no_clocks_stamps_nothing(service, press, clerk_key):
    service.answer = stamped_by(clock_of(clerk_key))
    refused(press(), "không thuộc tổ chức mà cơ quan tin cậy")


def test_a_slow_service_is_left_waiting(service, press, monkeypatch):
    def answer(request):
        service.over.wait()
        return 200, STAMP, b""

    monkeypatch.setattr(clocks, "SECONDS", 0.1)
    service.answer = answer
    refused(press(), "không trả lời trong 0.1 giây")


def test_a_service_that_is_down_is_told(service, settings, press):
    with Service() as down:
        settings.SIGNING_TSA = down.address
    refused(press(), "Không kết nối được máy chủ cấp dấu thời gian")


def test_an_address_that_is_none_is_told(service, settings, press):
    settings.SIGNING_TSA = "khong-phai-dia-chi"
    refused(press(), "Không kết nối được máy chủ cấp dấu thời gian")


def test_without_a_service_no_level_with_a_clock_is_signed(service, settings, press):
    settings.SIGNING_TSA = ""
    refused(press(), "dấu thời gian")
    assert service.asked == 0
