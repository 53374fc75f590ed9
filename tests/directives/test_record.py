"""What is kept of an issue: three files, each with its hash, the paper enclosing the other two."""

import io

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from directives import canonical, record, register, workflow
from directives.models import (
    Directive,
    Draft,
    Event,
    Issue,
    IssueSources,
    NumberRegister,
    State,
    StoredFile,
)
from directives.rendering import akn
from directives.rendering.papers import issued_pdf


def content(stored: StoredFile) -> bytes:
    return bytes(StoredFile.objects.get(pk=stored.pk).content)


@pytest.fixture
def issue(issued) -> Issue:
    return issued.issue


def test_the_stored_json_is_the_content_that_the_chair_approved(issued, issue):
    stored = issue.sources.canonical_json
    approval = issue.draft.approvals.get(voided_at=None)
    assert content(stored).decode() == issue.draft.content
    assert stored.sha256 == canonical.sha256(content(stored)) == approval.sha256
    assert (stored.name, stored.media_type) == ("35-CT-TU.json", "application/json")


def test_the_stored_xml_is_the_directive_with_its_number_and_day(issue):
    stored = issue.sources.akn
    again = akn.issued_akn(issue.draft, number=35, issued_on=issue.issued_on)
    assert content(stored) == again
    assert stored.sha256 == canonical.sha256(again)
    assert (stored.name, stored.media_type) == ("35-CT-TU.akn.xml", "application/akn+xml")


def test_the_paper_encloses_both_byte_for_byte(issue):
    with pikepdf.open(io.BytesIO(content(issue.pdf))) as paper:
        enclosed = {name: file.get_file().read_bytes() for name, file in paper.attachments.items()}
        assert {str(file.AFRelationship) for file in paper.Root.AF} == {"/Source"}
    sources = (issue.sources.canonical_json, issue.sources.akn)
    assert enclosed == {stored.name: content(stored) for stored in sources}


@pytest.fixture
def numbers(world) -> NumberRegister:
    term = world.committee.terms.get()
    return register.open_register(actor=world.clerk, term=term, first_number=35)


def test_the_paper_set_again_from_the_record_has_the_same_bytes(
    world, numbers, approved, monkeypatch
):
    set_with: list[dict[str, object]] = []

    def remembered(draft, **facts):
        set_with.append(facts)
        return issued_pdf(draft, **facts)

    monkeypatch.setattr(record, "issued_pdf", remembered)
    issue = workflow.issue(approved.pk, actor=world.clerk, issued_on=timezone.localdate())
    (facts,) = set_with
    again = issued_pdf(Draft.objects.get(pk=issue.draft_id), **facts)
    assert again == content(issue.pdf)


def test_the_log_names_the_hash_of_every_file(issued, issue):
    told = Event.objects.get(stream=issued.stream, verb="issue").payload
    assert told["sha256"] == issue.sha256 == issue.pdf.sha256
    assert told["json_sha256"] == issue.sources.canonical_json.sha256
    assert told["akn_sha256"] == issue.sources.akn.sha256


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def test_the_database_lets_nobody_change_or_remove_the_files(issue):
    rows = IssueSources.objects.all()
    assert refused(lambda: rows.update(akn=issue.sources.canonical_json_id))
    assert refused(lambda: rows._raw_delete(rows.db))
    assert IssueSources.objects.get() == issue.sources


def test_the_database_lets_no_directive_be_issued_without_them(
    world, numbers, approved, monkeypatch
):
    monkeypatch.setattr(IssueSources.objects, "create", lambda **_facts: IssueSources(**_facts))
    today = timezone.localdate()
    assert refused(lambda: workflow.issue(approved.pk, actor=world.clerk, issued_on=today))
    assert Directive.objects.get(pk=approved.pk).state == State.APPROVED
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("url_name", "name", "media_type"),
    [
        ("issue_download", "35-CT-TU.pdf", "application/pdf"),
        ("issue_json", "35-CT-TU.json", "application/json"),
        ("issue_akn", "35-CT-TU.akn.xml", "application/akn+xml"),
    ],
)
def test_each_file_is_offered_and_downloads_as_it_was_stored(
    world, issued, signed_in, url_name, name, media_type
):
    browser = signed_in(world.clerk)
    address = reverse(url_name, args=[issued.pk])
    page = browser.get(reverse("directive_issuing", args=[issued.pk])).content.decode()
    answer = browser.get(address)
    assert f'href="{address}"' in page
    assert name in page
    assert canonical.sha256(answer.content) in page
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert browser.get(address, headers={"Range": "bytes=0-3"}).content == answer.content[:4]
