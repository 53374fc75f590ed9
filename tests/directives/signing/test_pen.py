"""All four levels, made and checked without a network; and what is refused."""

import io
from datetime import UTC, datetime, timedelta

import pdfplumber
import pikepdf
import pytest

from directives.refusals import Refused
from directives.rendering import papers
from directives.rendering.archival import UA_NAMESPACE
from directives.signing import checking, growth, pen
from directives.signing.checking import Standing
from tests.directives.signing.conftest import Authority, clock_of


@pytest.fixture
def paper(directive) -> bytes:
    return papers.draft_pdf(directive.latest_draft)


def signature(pdf):
    [one] = checking.signatures(pdf)
    return one


@pytest.mark.parametrize("level", pen.LEVELS)
def test_each_level_is_made_and_found_valid(desk, settings, paper, level):
    settings.SIGNING_LEVEL = level
    found = signature(pen.sign(paper, field="ChuKy1"))
    assert (found.standing, found.level) == (Standing.VALID, level)
    assert found.signer == "Văn phòng Tỉnh ủy Lâm Đồng"


def test_a_signature_is_added_behind_the_paper_whose_bytes_stay(desk, paper):
    signed = pen.sign(paper, field="ChuKy1")
    assert signed.startswith(paper)
    assert growth.fault_of(paper, signed) is None


def test_a_signed_copy_stays_pdf_a_and_no_longer_says_that_it_is_pdf_ua(desk, authority, paper):
    """The paper that the signature is put on says so, also as the beginning of the copy."""
    desk.hold(authority.issue("Bí thư Tỉnh ủy"))
    once = pen.sign(paper, field="ChuKy1")
    assert "pdfuaid" in metadata(paper)
    for signed in (once, pen.sign(once, field="ChuKy2")):
        said = metadata(signed)
        assert "pdfuaid" not in said
        assert UA_NAMESPACE not in said
        assert ("part>3<" in said) or ('part="3"' in said)
        assert ("conformance>A<" in said) or ('conformance="A"' in said)
        assert growth.fault_of(paper, signed) is None
        assert all(one.standing is Standing.VALID for one in checking.signatures(signed))


def metadata(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return opened.Root.Metadata.read_bytes().decode()


def test_two_sign_one_after_the_other(desk, authority, paper):
    once = pen.sign(paper, field="ChuKy1")
    desk.hold(authority.issue("Bí thư Tỉnh ủy"))
    twice = checking.signatures(pen.sign(once, field="ChuKy2"))
    assert [one.standing for one in twice] == [Standing.VALID, Standing.VALID]


def test_a_changed_byte_breaks_the_signature(desk, paper):
    signed = bytearray(pen.sign(paper, field="ChuKy1"))
    at = signed.index(b"/Title")
    signed[at + 10] ^= 1
    assert signature(bytes(signed)).standing is Standing.BROKEN


def test_an_authority_that_the_office_does_not_know_is_told(desk, paper):
    signed = pen.sign(paper, field="ChuKy1")
    desk.trust(Authority("Một CA khác"))
    desk.revoke(Authority("Một CA khác").revocations())
    assert signature(signed).standing is Standing.UNTRUSTED


def test_a_revoked_certificate_is_told(desk, authority, clerk_key, paper):
    signed = pen.sign(paper, field="ChuKy1")
    desk.revoke(authority.revocations(clerk_key))
    assert signature(signed).standing is Standing.REVOKED


def test_a_certificate_that_ran_out_is_told_where_no_clock_stamped_it(
    desk, authority, settings, paper
):
    desk.hold(authority.issue("Chứng thư cũ", days=-1))
    assert signature(pen.sign(paper, field="ChuKy1")).standing is Standing.EXPIRED


def test_a_wrong_passphrase_is_told_and_nothing_is_signed(desk, settings, paper):
    settings.SIGNING_PASSPHRASE = "sai"
    with pytest.raises(Refused):
        pen.sign(paper, field="ChuKy1")


def test_without_a_key_there_is_nothing_to_sign_with(desk, settings, paper):
    settings.SIGNING_PKCS12 = ""
    assert not pen.is_at_hand()
    with pytest.raises(Refused) as refused:
        pen.sign(paper, field="ChuKy1")
    assert refused.value.code == "certificate"


def test_the_stamp_is_a_line_of_black_text_in_our_typeface(desk, settings, paper):
    settings.SIGNING_STAMP = True
    signed = pen.sign(paper, field="ChuKy1")
    assert signature(signed).standing is Standing.VALID
    with pdfplumber.open(io.BytesIO(signed)) as document:
        [annotation] = document.pages[-1].annots
        assert annotation["bottom"] > 842 - 50


@pytest.mark.parametrize("content", [b"", b"khong phai PDF", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_told(content):
    with pytest.raises(checking.NoPdf):
        checking.signatures(content)


def test_a_clock_that_the_office_does_not_know_proves_nothing(desk, authority, settings, paper):
    """Or anybody could date a signature back to when their certificate still held."""
    settings.SIGNING_LEVEL = "B-T"
    strange = clock_of(Authority("CA lạ").issue("Đồng hồ lạ", clock=True))
    strange.fixed_dt = datetime.now(UTC) - timedelta(days=10)
    desk.look_at(strange)
    fresh = signature(pen.sign(paper, field="ChuKy1"))
    desk.hold(authority.issue("Chứng thư cũ", days=-1))
    old = signature(pen.sign(paper, field="ChuKy1"))
    assert (fresh.standing, fresh.level) == (Standing.VALID, "B-B")
    assert fresh.at > strange.fixed_dt + timedelta(days=9)
    assert old.standing is Standing.EXPIRED


def test_a_clock_that_the_office_knows_keeps_a_signature_whose_certificate_ran_out(
    desk, authority, clock, settings, paper, monkeypatch
):
    settings.SIGNING_LEVEL = "B-T"
    desk.hold(authority.issue("Chứng thư cũ", days=-1))
    monkeypatch.setattr(clock, "fixed_dt", datetime.now(UTC) - timedelta(days=10))
    found = signature(pen.sign(paper, field="ChuKy1"))
    assert (found.standing, found.level) == (Standing.VALID, "B-T")


def test_a_stamp_is_set_without_a_warning(desk, settings, paper, caplog):
    settings.SIGNING_STAMP = True
    pen.sign(paper, field="ChuKy1")
    assert not [record for record in caplog.records if record.levelname == "WARNING"]
