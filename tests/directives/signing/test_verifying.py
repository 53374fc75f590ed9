"""What the register says of a file and of a short address, to whoever asks."""

import io
from io import StringIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from directives import register, verifying, workflow
from directives.models import ShortAddress
from directives.rendering import papers
from directives.signing import copies, pen
from directives.verifying import Finding
from tests import successors


@pytest.fixture
def paper(issued) -> bytes:
    return bytes(issued.issue.pdf.content)


def saved_anew(paper: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.pages[0].rotate(90, relative=True)
        pdf.save(out)
    return out.getvalue()


def test_the_issued_paper_is_known_by_its_bytes(issued, paper):
    verdict = verifying.verify(paper)
    assert (verdict.finding, verdict.issue) == (Finding.AS_ISSUED, issued.issue)
    assert verdict.is_genuine


def test_a_signed_copy_is_known_and_so_is_one_that_nobody_brought_back(
    desk,
    world,
    issued,
    paper,
):
    elsewhere = pen.sign(paper, field="Elsewhere")
    assert verifying.verify(elsewhere).finding == Finding.SIGNED
    kept = copies.sign(issued.pk, actor=world.clerk)
    verdict = verifying.verify(bytes(kept.file.content))
    assert (verdict.finding, verdict.issue) == (Finding.SIGNED, issued.issue)
    assert [one.signer for one in verdict.signatures] == [kept.signer]
    assert verdict.is_genuine


def test_a_changed_paper_is_known_by_what_it_encloses_and_is_not_genuine(issued, paper):
    verdict = verifying.verify(saved_anew(paper))
    assert (verdict.finding, verdict.issue) == (Finding.CHANGED, issued.issue)
    assert not verdict.is_genuine


def test_another_file_is_not_known(directive):
    verdict = verifying.verify(papers.draft_pdf(directive.latest_draft))
    assert (verdict.finding, verdict.issue) == (Finding.UNKNOWN, None)


def send(client, content):
    return client.post(reverse("verify"), {"file": SimpleUploadedFile("v.pdf", content)})


def test_whoever_holds_the_paper_can_ask_without_signing_in(client, issued, paper):
    page = send(client, paper)
    text = page.content.decode()
    assert page.status_code == 200
    assert "35-CT/TU" in text
    assert "Còn hiệu lực" in text


def issue(world, directive):
    numbers = world.committee.terms.get()
    register.open_register(actor=world.clerk, term=numbers, first_number=35)
    return workflow.issue(directive.pk, actor=world.clerk, issued_on=timezone.localdate())


def test_what_it_is_about_is_told_to_those_who_may_read_it(client, world, issued, paper):
    assert issued.subject not in send(client, paper).content.decode()
    client.force_login(world.delegate)
    assert issued.subject in send(client, paper).content.decode()


@pytest.mark.parametrize("content", [b"", b"abc", b"%PDF-1.4 cut"])
def test_what_is_no_pdf_is_told_beside_the_field(client, db, content):
    page = send(client, content)
    assert page.status_code == 422
    assert page.context["form"].errors["file"]


def test_an_address_that_sends_too_many_files_waits_and_others_do_not(
    client, issued, paper, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"verify": "2/m/ip"}
    assert [send(client, b"abc").status_code for _time in range(2)] == [422, 422]
    page = send(client, paper)
    assert (page.status_code, page["Retry-After"]) == (429, "60")
    assert "35-CT/TU" not in page.content.decode()
    assert "đợi một phút" in page.content.decode()
    assert client.get(reverse("verify")).status_code == 200
    said = {"file": SimpleUploadedFile("v.pdf", paper)}
    assert client.post(reverse("verify"), said, REMOTE_ADDR="10.0.0.2").status_code == 200


def test_the_short_address_tells_the_facts(client, issued):
    code = ShortAddress.objects.get(issue=issued.issue).code
    page = client.get(reverse("verify_code", args=[code]))
    assert "35-CT/TU" in page.content.decode()
    assert client.get(reverse("verify_code", args=["khongco"])).status_code == 404


def test_the_qr_code_is_on_the_paper_only_where_it_is_switched_on(settings, world, approved):
    settings.PAPER_QR, settings.SITE_URL = True, "http://chithi.noi-bo"
    made = issue(world, approved)
    assert f"http://chithi.noi-bo/v/{made.short_address.code}/" in last_page(made)


def last_page(made) -> str:
    return PdfReader(io.BytesIO(bytes(made.pdf.content))).pages[-1].extract_text()


def test_without_the_switch_no_address_is_printed(issued, paper):
    assert "/v/" not in last_page(issued.issue)


def verify(tmp_path, content):
    file, out = tmp_path / "v.pdf", StringIO()
    file.write_bytes(content)
    call_command("verify", str(file), stdout=out)
    return out.getvalue()


def test_the_command_tells_the_same(tmp_path, world, issued, paper):
    said = verify(tmp_path, paper)
    assert "35-CT/TU" in said
    assert "Còn hiệu lực" in said
    successors.issue(world, successors.successor(world, issued, "correct"))
    assert "36-CT/TU" in verify(tmp_path, paper)
    successors.issue(world, successors.successor(world, issued, "repeal"))
    assert "Hết hiệu lực: 37-CT/TU" in verify(tmp_path, paper)


@pytest.mark.parametrize(("change", "code"), [(saved_anew, 1), (lambda paper: b"abc", 2)])
def test_the_command_ends_with_a_code(tmp_path, issued, paper, change, code):
    with pytest.raises(CommandError) as error:
        verify(tmp_path, change(paper))
    assert error.value.returncode == code


def test_the_clerk_signs_and_brings_copies_back_on_a_page(
    client,
    desk,
    world,
    issued,
    paper,
    authority,
):
    client.force_login(world.clerk)
    assert client.post(reverse("issue_sign", args=[issued.pk])).status_code == 302
    address = reverse("signed_copies", args=[issued.pk])
    page = client.get(address)
    assert "Văn phòng Tỉnh ủy Lâm Đồng" in page.content.decode()
    wrong = client.post(address, {"file": SimpleUploadedFile("a.pdf", paper)})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["file"]
    [copy] = issued.issue.signed_copies.all()
    file = client.get(reverse("signed_copy", args=[issued.pk, copy.pk]))
    assert file.content == bytes(copy.file.content)
