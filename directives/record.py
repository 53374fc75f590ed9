"""The record of an issued directive: the paper, and the two files of which it was made.

All are kept in the database with their SHA-256, in the transaction that gives the number. The paper
encloses the other two, so that machines can read it wherever it goes.
"""

import secrets
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings

from accounts.models import User
from directives import canonical
from directives.models import (
    Draft,
    Issue,
    IssueSources,
    NumberRegister,
    ShortAddress,
    StoredFile,
)
from directives.rendering.akn import issued_akn
from directives.rendering.archival import Enclosure
from directives.rendering.papers import issued_pdf, start_of

PDF, JSON, AKN = "application/pdf", "application/json", "application/akn+xml"
ENCLOSED = {JSON: "Nội dung chuẩn của chỉ thị", AKN: "Chỉ thị ở dạng Akoma Ntoso 3.0"}


class Record(NamedTuple):
    """The issue with its files, all stored."""

    issue: Issue
    sources: IssueSources

    @property
    def hashes(self) -> dict[str, Any]:
        return hashes_of(self.issue)


def keep(
    draft: Draft, numbers: NumberRegister, *, number: int, issued_on: date, clerk: User
) -> Record:
    """Make and store everything that an issue is, in the caller's transaction.

    `draft` is frozen: its content is the canonical JSON, whose hash the chair has approved.
    """
    code = secrets.token_urlsafe(9)
    name = f"{number:02d}-{numbers.document_type}-{numbers.committee.symbol}"
    canonical_json = store(f"{name}.json", JSON, draft.content.encode())
    akn = store(f"{name}.akn.xml", AKN, issued_akn(draft, number=number, issued_on=issued_on))
    enclosures = (_enclosed(canonical_json, issued_on), _enclosed(akn, issued_on))
    content = issued_pdf(
        draft,
        number=number,
        issued_on=issued_on,
        enclosures=enclosures,
        proof=address_of(code) if settings.PAPER_QR else "",
    )
    pdf = store(f"{name}.pdf", PDF, content)
    issue = Issue.objects.create(
        draft=draft,
        register=numbers,
        number=number,
        issued_on=issued_on,
        pdf=pdf,
        sha256=pdf.sha256,
        issued_by=clerk,
    )
    ShortAddress.objects.create(issue=issue, code=code)
    sources = IssueSources.objects.create(issue=issue, canonical_json=canonical_json, akn=akn)
    return Record(issue, sources)


def hashes_of(issue: Issue) -> dict[str, str]:
    """The SHA-256 of each file, under the names by which the log knows them."""
    hashes = {"sha256": issue.pdf.sha256}
    if hasattr(issue, "sources"):
        sources = issue.sources
        hashes |= {
            "json_sha256": sources.canonical_json.sha256,
            "akn_sha256": sources.akn.sha256,
        }
    return hashes


def address_of(code: str) -> str:
    """Where the facts of an issued paper are told to whoever holds it."""
    return f"{settings.SITE_URL}/v/{code}/"


def store(name: str, media_type: str, content: bytes) -> StoredFile:
    """Keep a file in the database with its SHA-256."""
    return StoredFile.objects.create(
        name=name, media_type=media_type, content=content, sha256=canonical.sha256(content)
    )


def _enclosed(stored: StoredFile, day: date) -> Enclosure:
    return Enclosure(stored.name, ENCLOSED[stored.media_type], bytes(stored.content), start_of(day))
