"""Signed copies are kept beside the issued paper, which nothing touches."""

import io

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from directives.models import Event, SignedCopy
from directives.refusals import Refused
from directives.signing import copies, pen
from tests.directives.signing.conftest import Authority


@pytest.fixture
def paper(issued) -> bytes:
    return bytes(issued.issue.pdf.content)


def test_the_clerk_signs_and_the_issued_paper_stays(desk, world, issued, paper):
    copy = copies.sign(issued.pk, actor=world.clerk)
    assert bytes(copy.file.content).startswith(paper)
    issued.issue.pdf.refresh_from_db()
    assert bytes(issued.issue.pdf.content) == paper
    assert (copy.signer, copy.level) == ("Văn phòng Tỉnh ủy Lâm Đồng", "B-B")
    event = Event.objects.filter(stream=issued.stream).last()
    assert (event.verb, event.payload["sha256"]) == ("sign", copy.file.sha256)


def test_the_same_certificate_signs_once(desk, world, issued):
    copies.sign(issued.pk, actor=world.clerk)
    with pytest.raises(Refused) as refused:
        copies.sign(issued.pk, actor=world.clerk)
    assert refused.value.code == "twice"
    assert SignedCopy.objects.count() == 1


def test_a_second_signature_is_put_on_the_newest_copy(desk, world, issued, authority):
    first = copies.sign(issued.pk, actor=world.clerk)
    desk.hold(authority.issue("Bí thư Tỉnh ủy"))
    second = copies.sign(issued.pk, actor=world.clerk)
    assert bytes(second.file.content).startswith(bytes(first.file.content))


def test_nothing_is_locked_while_the_clock_is_asked_and_no_copy_is_signed_past(
    desk, world, issued, authority, clerk_key, monkeypatch
):
    sign, of_the_test = pen.sign, len(connection.atomic_blocks)

    def slow(pdf: bytes, *, field: str) -> bytes:
        assert len(connection.atomic_blocks) == of_the_test
        monkeypatch.setattr(pen, "sign", sign)
        desk.hold(authority.issue("Bí thư Tỉnh ủy"))
        copies.sign(issued.pk, actor=world.clerk)
        desk.hold(clerk_key)
        return sign(pdf, field=field)

    monkeypatch.setattr(pen, "sign", slow)
    with pytest.raises(Refused) as refused:
        copies.sign(issued.pk, actor=world.clerk)
    assert refused.value.code == "stale"
    assert SignedCopy.objects.get().signer == "Bí thư Tỉnh ủy"


def test_a_copy_signed_elsewhere_is_kept(desk, world, issued, paper):
    signed = pen.sign(paper, field="Elsewhere")
    copy = copies.bring_in(issued.pk, actor=world.clerk, content=signed)
    assert (copy.how, bytes(copy.file.content)) == ("imported", signed)


def test_a_paper_that_was_signed_before_the_last_signature_came_is_told(
    desk, world, issued, paper, authority
):
    copies.sign(issued.pk, actor=world.clerk)
    desk.hold(authority.issue("Bí thư Tỉnh ủy"))
    with pytest.raises(Refused) as refused:
        copies.bring_in(issued.pk, actor=world.clerk, content=pen.sign(paper, field="Elsewhere"))
    assert refused.value.code == "older"


def unsigned(paper, desk):
    return paper


def another_paper(paper, desk):
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made)
    return pen.sign(made.getvalue(), field="ChuKy1")


def made_anew(paper, desk):
    """The same pages, saved by another program before they were signed."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.save(saved)
    return pen.sign(saved.getvalue(), field="ChuKy1")


def with_other_words(paper, desk):
    """A page's content is replaced behind the issued bytes, and all of it signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    changed = io.BytesIO()
    writer.write(changed)
    return pen.sign(changed.getvalue(), field="ChuKy1")


def by_a_stranger(paper, desk):
    desk.hold(Authority("CA lạ").issue("Người lạ"))
    return pen.sign(paper, field="ChuKy1")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (unsigned, "unsigned"),
        (another_paper, "other"),
        (made_anew, "other"),
        (with_other_words, "changed"),
        (by_a_stranger, "untrusted"),
    ],
)
def test_what_is_not_the_issued_paper_with_a_known_signature_is_refused(
    desk, world, issued, paper, make, code
):
    with pytest.raises(Refused) as refused:
        copies.bring_in(issued.pk, actor=world.clerk, content=make(paper, desk))
    assert refused.value.code == code
    assert not SignedCopy.objects.exists()


def test_only_a_clerk_signs(desk, world, issued):
    with pytest.raises(PermissionDenied):
        copies.sign(issued.pk, actor=world.office)


def test_nothing_is_signed_before_the_issue(desk, world, approved):
    with pytest.raises(Refused) as refused:
        copies.sign(approved.pk, actor=world.clerk)
    assert refused.value.code == "not_issued"


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_a_signed_copy_as_it_is(desk, world, issued, act):
    copies.sign(issued.pk, actor=world.clerk)
    rows = SignedCopy.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(signer="Khác") if act == "update" else rows.delete()
