"""A token signs as a file does; SoftHSM is the token. What is wrong with one is told."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from django.urls import reverse
from pkcs11 import Attribute
from pkcs11.util.x509 import decode_x509_certificate

from directives import signing
from directives.models import SignedCopy
from directives.refusals import Refused
from directives.signing import checking, pen
from directives.signing.checking import Standing
from tests.directives.signing.conftest import DER, Holder

DRIVER = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN, PIN = "Văn phòng Tỉnh ủy", "12345678"
CERTIFICATE = "Chứng thư ký ban hành"
WITHOUT_KEY = "Chứng thư không có khóa"


@pytest.fixture(scope="session")
def softhsm(tmp_path_factory, clerk_key) -> Iterator[None]:
    """A token that holds the clerk's key under one label and its certificate under another."""
    place = tmp_path_factory.mktemp("softhsm")
    (place / "tokens").mkdir()
    (place / "softhsm2.conf").write_text(f"directories.tokendir = {place / 'tokens'}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(place / "softhsm2.conf"))
        tool("--init-token", "--free", "--label", TOKEN, "--so-pin", PIN)
        key = place / "key.pem"
        key.write_bytes(pem(clerk_key))
        tool("--import", str(key), "--token", TOKEN, "--label", "Khóa", "--id", "01")
        with pkcs11.lib(DRIVER).get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as session:
            put(session, clerk_key, label=CERTIFICATE, identifier=b"\x01")
            put(session, clerk_key, label=WITHOUT_KEY, identifier=b"\x02")
        yield
        pkcs11.unload(DRIVER)


def tool(*arguments: str) -> None:
    subprocess.run(
        ["softhsm2-util", *arguments, "--pin", PIN], check=True, capture_output=True, env=os.environ
    )


def pem(holder: Holder) -> bytes:
    return holder.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def put(session: pkcs11.Session, holder: Holder, *, label: str, identifier: bytes) -> None:
    facts = decode_x509_certificate(holder.certificate.public_bytes(DER))
    named = {Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.ID: identifier}
    session.create_object(facts | named)


@pytest.fixture
def plugged(softhsm, desk, settings):
    settings.SIGNING_PKCS12 = ""
    settings.SIGNING_PKCS11_MODULE = DRIVER
    settings.SIGNING_PKCS11_TOKEN = TOKEN
    settings.SIGNING_PKCS11_CERTIFICATE = CERTIFICATE
    settings.SIGNING_PIN = PIN
    return settings


@pytest.fixture
def paper(issued) -> bytes:
    return bytes(issued.issue.pdf.content)


@pytest.mark.parametrize("level", ["B-B", "B-LTA"])
def test_the_clerk_signs_with_the_token(plugged, client, world, issued, level):
    plugged.SIGNING_LEVEL = level
    client.force_login(world.clerk)
    assert client.post(reverse("issue_sign", args=[issued.pk])).status_code == 302
    [copy] = issued.issue.signed_copies.all()
    [found] = checking.signatures(bytes(copy.file.content))
    assert (found.standing, found.level) == (Standing.VALID, level)
    assert found.signer == copy.signer == "Văn phòng Tỉnh ủy Lâm Đồng"


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("PIN", "00000000", "Thiết bị ký số không nhận mã PIN"),
        ("PKCS11_TOKEN", "Thiết bị khác", "Chưa cắm thiết bị ký số “Thiết bị khác”"),
        ("PKCS11_CERTIFICATE", "Khác", "Thiết bị ký số có 0 chứng thư mang tên “Khác”"),
        ("PKCS11_CERTIFICATE", WITHOUT_KEY, "Không dùng được thiết bị ký số"),
        ("PKCS11_MODULE", "/khong/co.so", "Không dùng được thiết bị ký số"),
    ],
)
def test_what_is_wrong_with_the_token_is_told_and_nothing_is_kept(
    plugged, client, world, issued, setting, value, told
):
    setattr(plugged, f"SIGNING_{setting}", value)
    client.force_login(world.clerk)
    page = client.post(reverse("issue_sign", args=[issued.pk]))
    assert page.status_code == 409
    assert told in page.content.decode()
    assert not SignedCopy.objects.exists()


def test_a_token_signs_again_after_a_wrong_pin(plugged, paper):
    plugged.SIGNING_PIN = "00000000"
    with pytest.raises(Refused):
        pen.sign(paper, field="ChuKy1")
    plugged.SIGNING_PIN = PIN
    [found] = checking.signatures(pen.sign(paper, field="ChuKy1"))
    assert found.standing is Standing.VALID


def test_several_who_sign_at_once_take_turns_at_the_token(plugged, paper):
    with ThreadPoolExecutor(3) as pool:
        signed = list(pool.map(lambda _: pen.sign(paper, field="ChuKy1"), range(3)))
    for one in signed:
        [found] = checking.signatures(one)
        assert found.standing is Standing.VALID


def test_a_server_without_the_program_for_tokens_says_so(plugged, paper, monkeypatch):
    for name in ("directives.signing.token", "pyhanko.sign.pkcs11"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.delattr(signing, "token", raising=False)
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(Refused, match="python-pkcs11"):
        pen.sign(paper, field="ChuKy1")
