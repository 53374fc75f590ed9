"""Files that begin with the issued paper, or look like it, and are more or other than it signed."""

import io
import re
import tracemalloc
from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from directives import verifying
from directives.models import SignedCopy
from directives.refusals import Refused
from directives.signing import copies, pen
from directives.verifying import Finding
from tests.directives.signing.conftest import Authority

NOTHING = b"<< /Length 5 >>\nstream\nBT ET\nendstream"


@pytest.fixture
def paper(issued) -> bytes:
    return bytes(issued.issue.pdf.content)


# By hand, as no library would write it.


def facts(paper: bytes) -> tuple[int, int, int]:
    """Where its list of objects begins, how many there are, which holds the first page's words."""
    reader = PdfFileReader(io.BytesIO(paper))
    page = reader.root["/Pages"]["/Kids"][0]
    [start] = re.findall(rb"startxref\s+(\d+)", paper)
    return int(start), int(reader.trailer_view["/Size"]), page.raw_get("/Contents").idnum


def grown(paper: bytes, objects: dict[int, bytes], **trailer: bytes) -> bytes:
    """With objects and a list of them behind its end."""
    start, size, _words = facts(paper)
    generation = int(trailer.pop("generation", b"0"))
    root = PdfFileReader(io.BytesIO(paper)).root_ref.idnum
    said = {"Size": b"%d" % (size + 9), "Root": b"%d 0 R" % root, "Prev": b"%d" % start} | trailer
    out, entries = bytearray(paper + b"\n"), b""
    for number, body in objects.items():
        entries += b"%d 1\n%010d %05d n \n" % (number, len(out), generation)
        out += b"%d %d obj\n%s\nendobj\n" % (number, generation, body)
    last = b" ".join(b"/%s %s" % (key.encode(), value) for key, value in said.items() if value)
    at = len(out)
    out += b"xref\n%strailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (entries, last, at)
    return bytes(out)


def another_document(first: int) -> dict[int, bytes]:
    return {
        first: b"<< /Type /Catalog /Pages %d 0 R >>" % (first + 1),
        first + 1: b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (first + 2),
        first + 2: b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R >>"
        % (first + 1, first + 3),
        first + 3: NOTHING,
    }


def with_another_catalogue(paper: bytes) -> bytes:
    size = facts(paper)[1]
    return grown(paper, another_document(size), Root=b"%d 0 R" % size)


def with_another_document_behind_it(paper: bytes) -> bytes:
    return grown(paper, another_document(1), Root=b"1 0 R", Prev=b"")


def with_words_called_metadata(paper: bytes) -> bytes:
    words = facts(paper)[2]
    return grown(paper, {words: NOTHING}, Info=b"%d 0 R" % words)


def with_words_of_a_second_generation(paper: bytes) -> bytes:
    return grown(paper, {facts(paper)[2]: NOTHING}, generation=b"1")


def with_words_set_free(paper: bytes) -> bytes:
    content = grown(paper, {facts(paper)[2]: NOTHING})
    return re.sub(rb"(\n\d{10} )00000 n", rb"\g<1>00001 f", content)


def with_a_password_of_its_own(paper: bytes) -> bytes:
    return grown(paper, {}, Encrypt=b"<< /Filter /Standard /V 1 /R 2 >>")


# With a library, and signed.


def changed(paper: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer, out = IncrementalPdfFileWriter(io.BytesIO(paper)), io.BytesIO()
    change(writer)
    writer.write(out)
    return pen.sign(out.getvalue(), field="ChuKy1")


def annotated(paper: bytes, **facts: object) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        box = ArrayObject(FloatObject(n) for n in (100, 500, 300, 520))
        said = {"Type": pdf_name("/Annot"), "Rect": box} | facts
        annotation = DictionaryObject({pdf_name(f"/{k}"): v for k, v in said.items()})
        page["/Annots"] = ArrayObject([writer.add_object(annotation)])
        writer.update_container(page)

    return changed(paper, change)


def with_a_note_over_the_words(paper: bytes) -> bytes:
    return annotated(paper, Subtype=pdf_name("/FreeText"), Contents=pdf_string("30 ngày"))


def with_a_form_field_over_the_words(paper: bytes) -> bytes:
    facts = {"FT": pdf_name("/Tx"), "T": pdf_string("so"), "V": pdf_string("30 ngày")}
    return annotated(paper, Subtype=pdf_name("/Widget"), **facts)


def with_a_field_that_acts(paper: bytes) -> bytes:
    facts = {"FT": pdf_name("/Sig"), "T": pdf_string("so"), "AA": DictionaryObject()}
    return annotated(paper, Subtype=pdf_name("/Widget"), **facts)


def drawn_by_a_form(paper: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        form = DictionaryObject({pdf_name("/Fields"): ArrayObject()})
        form["/XFA"] = writer.add_object(StreamObject(stream_data=b"<xdp/>"))
        writer.root["/AcroForm"] = writer.add_object(form)
        writer.update_root()

    return changed(paper, change)


def with_another_enclosure(paper: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        embedded = writer.root["/AF"][0]["/EF"]
        stream = StreamObject(stream_data=b"{}")
        stream["/Type"] = NameObject("/EmbeddedFile")
        embedded["/F"] = writer.add_object(stream)
        writer.update_container(embedded)

    return changed(paper, change)


def changed_after_it_was_signed(paper: bytes) -> bytes:
    writer, out = (
        IncrementalPdfFileWriter(io.BytesIO(pen.sign(paper, field="ChuKy1"))),
        io.BytesIO(),
    )
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    writer.write(out)
    return out.getvalue()


GROWN = [
    with_another_catalogue,
    with_another_document_behind_it,
    with_words_called_metadata,
    with_words_of_a_second_generation,
    with_words_set_free,
    with_a_password_of_its_own,
    with_a_note_over_the_words,
    with_a_form_field_over_the_words,
    with_a_field_that_acts,
    drawn_by_a_form,
    with_another_enclosure,
    changed_after_it_was_signed,
]


def refusal(world, issued, content: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        copies.bring_in(issued.pk, actor=world.clerk, content=content)
    assert not SignedCopy.objects.exists()
    return refused.value


@pytest.mark.parametrize("attack", GROWN)
def test_what_begins_with_the_paper_and_shows_something_else_is_refused(
    desk, world, issued, paper, attack
):
    content = attack(paper)
    assert content.startswith(paper)
    assert refusal(world, issued, content).code == "changed"


@pytest.mark.parametrize("attack", GROWN)
def test_whoever_checks_such_a_file_is_warned(desk, client, issued, paper, attack):
    answer = client.post(reverse("verify"), {"file": SimpleUploadedFile("a.pdf", attack(paper))})
    page = answer.content.decode()
    assert "chưa bị thay đổi" not in page
    if answer.status_code == 200:
        assert answer.context["verdict"].finding == Finding.CHANGED
        assert not answer.context["verdict"].is_genuine
    else:
        assert answer.context["form"].errors["file"]


@pytest.mark.parametrize(
    ("box", "code"), [((85, 14, 365, 46), None), ((85, 400, 365, 460), "covered")]
)
def test_a_visible_signature_stands_where_nothing_is_written(
    desk, world, issued, paper, monkeypatch, settings, box, code
):
    settings.SIGNING_STAMP = True
    monkeypatch.setattr(pen, "STAMP_BOX", box)
    monkeypatch.setattr(
        "directives.signing.pen.fields.SigFieldSpec", on_the_first_page(pen.fields.SigFieldSpec)
    )
    signed = pen.sign(paper, field="ChuKy1")
    if code is None:
        assert copies.bring_in(issued.pk, actor=world.clerk, content=signed).pk
        assert verifying.verify(signed).finding == Finding.SIGNED
    else:
        assert refusal(world, issued, signed).code == code
        assert verifying.verify(signed).finding == Finding.CHANGED


def on_the_first_page(spec):
    return lambda field, on_page, box: spec(field, on_page=0, box=box)


def test_an_addition_without_a_signature_is_told(desk, world, issued, paper):
    assert refusal(world, issued, grown(paper, {facts(paper)[1]: b"<< >>"})).code == "unsigned"
    first = copies.sign(issued.pk, actor=world.clerk)
    out, writer = io.BytesIO(), IncrementalPdfFileWriter(io.BytesIO(bytes(first.file.content)))
    writer.add_object(DictionaryObject())
    writer.write(out)
    with pytest.raises(Refused) as refused:
        copies.bring_in(issued.pk, actor=world.clerk, content=out.getvalue())
    assert refused.value.code == "unsigned"


def test_each_of_two_signatures_has_to_hold(desk, world, issued, paper, clerk_key, authority):
    desk.hold(Authority("CA lạ").issue("Người lạ"))
    first = pen.sign(paper, field="ChuKy1")
    desk.hold(clerk_key)
    refused = refusal(world, issued, pen.sign(first, field="ChuKy2"))
    assert (refused.code, "Người lạ" in str(refused)) == ("untrusted", True)
    desk.hold(authority.issue("Bí thư Tỉnh ủy"))
    first = pen.sign(paper, field="ChuKy1")
    desk.hold(clerk_key)
    both = copies.bring_in(issued.pk, actor=world.clerk, content=pen.sign(first, field="ChuKy2"))
    assert both.signer == "Bí thư Tỉnh ủy, Văn phòng Tỉnh ủy Lâm Đồng"


def test_a_certificate_that_ran_out_and_one_that_was_revoked_are_called_so(
    desk, world, issued, paper, authority, clerk_key
):
    signed = pen.sign(paper, field="ChuKy1")
    desk.revoke(authority.revocations(clerk_key))
    refused = refusal(world, issued, signed)
    assert (refused.code, "thu hồi" in str(refused)) == ("revoked", True)
    desk.hold(authority.issue("Chứng thư cũ", days=-1))
    refused = refusal(world, issued, pen.sign(paper, field="ChuKy1"))
    assert (refused.code, "hết hạn" in str(refused)) == ("expired", True)


def test_a_paper_is_not_called_signed_for_a_signature_that_proves_nothing(
    desk, client, issued, paper
):
    desk.hold(Authority("CA lạ").issue("Bí thư Tỉnh ủy"))
    content = pen.sign(paper, field="ChuKy1")
    verdict = verifying.verify(content)
    assert (verdict.finding, verdict.is_genuine) == (Finding.DOUBTFUL, True)
    answer = client.post(reverse("verify"), {"file": SimpleUploadedFile("a.pdf", content)})
    assert answer.context["tone"] == "warning"


def test_the_command_tells_a_revoked_signature_from_a_changed_paper(
    desk, issued, paper, authority, clerk_key, tmp_path
):
    file = tmp_path / "a.pdf"
    file.write_bytes(pen.sign(paper, field="ChuKy1"))
    desk.revoke(authority.revocations(clerk_key))
    with pytest.raises(CommandError, match="chữ ký") as error:
        call_command("verify", str(file), stdout=io.StringIO())
    assert error.value.returncode == 1


def test_a_signature_taken_from_another_paper_is_worth_nothing(desk, world, issued, paper):
    signed, other = pen.sign(paper, field="ChuKy1"), pen.sign(paper, field="ChuKy1")
    value = re.compile(rb"<(3082[0-9a-fA-F]+)>")
    taken = value.search(other)[1]
    content = value.sub(b"<" + taken + b">", signed)
    assert content != signed
    assert refusal(world, issued, content).code == "broken"


def test_a_signature_that_is_none_is_told_in_words(desk, client, world, issued, paper):
    signed = pen.sign(paper, field="ChuKy1")
    content = re.sub(rb"<3082[0-9a-fA-F]{36}", b"<" + b"ab" * 20, signed)
    assert content != signed
    client.force_login(world.clerk)
    address = reverse("signed_copies", args=[issued.pk])
    for way in (address, reverse("verify")):
        answer = client.post(way, {"file": SimpleUploadedFile("a.pdf", content)})
        assert answer.status_code == 422
        assert answer.context["form"].errors["file"]
    assert not SignedCopy.objects.exists()


def test_a_paper_locked_with_a_password_is_called_so(desk, client, world, issued, paper):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    answer = client.post(reverse("verify"), {"file": SimpleUploadedFile("a.pdf", out.getvalue())})
    assert answer.status_code == 422
    assert "mật khẩu" in answer.context["form"].errors["file"][0]
    assert refusal(world, issued, out.getvalue()).code == "other"


def test_a_file_that_is_too_large_is_told_and_not_read(client, world, issued, settings):
    settings.WORD_FILE_LIMIT = 1024
    client.force_login(world.clerk)
    for way in (reverse("verify"), reverse("signed_copies", args=[issued.pk])):
        large = SimpleUploadedFile("a.pdf", b"%PDF-1.7" + b"0" * 1024)
        answer = client.post(way, {"file": large})
        assert answer.status_code == 422
        [words] = answer.context["form"].errors["file"]
        assert "hình ảnh" not in words


def test_a_file_of_many_ends_costs_no_more_than_a_file(
    issued, paper, django_assert_max_num_queries
):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.Root.Ends = pdf.make_stream(b"%%EOF\n" * 100_000)
        pdf.save(out, compress_streams=False)
    with django_assert_max_num_queries(8):
        verdict = verifying.verify(out.getvalue())
    assert verdict.finding == Finding.CHANGED


def test_an_enclosure_that_unpacks_without_end_is_not_unpacked(issued, paper, settings):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.attachments["35-CT-TU.json"] = pikepdf.AttachedFileSpec(pdf, b"0" * 200_000_000)
        pdf.save(out)
    tracemalloc.start()
    verifying.verify(out.getvalue())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100_000_000
