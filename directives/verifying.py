"""Whether a file or a short address is an issued paper of this register, and what it is worth.

It asks the register and the file alone, never the network.
"""

import hashlib
import io
import re
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

import pikepdf
from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives import canonical, relations
from directives.models import Issue, IssueSources, ShortAddress, SignedCopy
from directives.signing import checking, growth
from directives.signing.checking import NoPdf, Signature, Standing

END = re.compile(rb"%%EOF")
# A paper has one end, and one more for each signature; it encloses two files.
MOST_ENDS, MOST_ENCLOSED = 100, 8


class Finding(StrEnum):
    AS_ISSUED = "as_issued"  # the very file that was issued
    SIGNED = "signed"  # that file with nothing but signatures added
    DOUBTFUL = "doubtful"  # the same, where a signature proves nothing here
    CHANGED = "changed"  # it says it is an issued paper, and was changed
    UNKNOWN = "unknown"  # nothing in the register says that it was issued here
    LISTED = "listed"  # asked by its short address: there is no file to compare


WORDS: dict[Finding | Standing, Promise] = {
    Finding.AS_ISSUED: _("This is the issued paper, unchanged."),
    Finding.SIGNED: _("This is the issued paper, unchanged, with digital signatures."),
    Finding.DOUBTFUL: _(
        "This is the issued paper, unchanged. But not every signature in it can be relied on."
    ),
    Finding.CHANGED: _("This file was changed after the issue. Do not rely on it."),
    Finding.UNKNOWN: _("This register knows no such paper."),
    Finding.LISTED: _("This paper stands in the register. Compare it with what you hold."),
    Standing.VALID: _("Valid"),
    Standing.UNTRUSTED: _("By an authority not known here"),
    Standing.EXPIRED: _("The certificate has run out; no time stamp says that it held then"),
    Standing.REVOKED: _("By a revoked certificate"),
    Standing.BROKEN: _("Not valid: the paper was changed under it"),
}


@dataclass(frozen=True)
class Verdict:
    """`relations.standing` of the issue tells whether it is still in force."""

    finding: Finding
    issue: Issue | None = None
    signatures: list[Signature] = field(default_factory=list)

    @property
    def standing(self) -> relations.Standing | None:
        return relations.standing(self.issue) if self.issue else None

    @property
    def is_unchanged(self) -> bool:
        return self.finding in (Finding.AS_ISSUED, Finding.SIGNED, Finding.DOUBTFUL)

    @property
    def is_genuine(self) -> bool:
        """Unchanged, and no signature in it is broken or revoked."""
        bad = (Standing.BROKEN, Standing.REVOKED)
        return self.is_unchanged and all(one.standing not in bad for one in self.signatures)


def verify(content: bytes) -> Verdict:
    """What the register knows of a file. Raises NoPdf where it is none."""
    found = checking.signatures(content)
    if issue := _issues().filter(sha256=canonical.sha256(content)).first():
        return Verdict(Finding.AS_ISSUED, issue, found)
    kept = SignedCopy.objects.filter(file__sha256=canonical.sha256(content)).first()
    if kept:
        return _signed(_issues().get(pk=kept.issue_id), found)
    issued, issue = _grown_from(content)
    if issue and growth.fault_of(issued, content) is None:
        return _signed(issue, found)
    issue = issue or _named_in(content)
    return Verdict(Finding.CHANGED if issue else Finding.UNKNOWN, issue, found)


def _signed(issue: Issue, found: list[Signature]) -> Verdict:
    valid = all(one.standing is Standing.VALID for one in found)
    return Verdict(Finding.SIGNED if valid else Finding.DOUBTFUL, issue, found)


def look_up(code: str) -> Verdict:
    """The facts behind a short address, as printed on the paper."""
    known = ShortAddress.objects.filter(code=code).first()
    if known is None:
        return Verdict(Finding.UNKNOWN)
    return Verdict(Finding.LISTED, _issues().get(pk=known.issue_id))


def _issues() -> QuerySet[Issue]:
    related = ("register__committee", "draft__directive")
    return Issue.objects.select_related(*related).defer("draft__content")


def _grown_from(content: bytes) -> tuple[bytes, Issue | None]:
    """The issued paper that the file begins with, if it does: a PDF grows behind its last mark."""
    lengths = _beginnings(content)
    issue = _issues().filter(sha256__in=lengths).first()
    return (content[: lengths[issue.sha256]], issue) if issue else (b"", None)


def _beginnings(content: bytes) -> dict[str, int]:
    """The hash of each beginning of the file that may be a PDF, and its length."""
    lengths, digest, read = {}, hashlib.sha256(), 0
    for mark in islice(END.finditer(content), MOST_ENDS):
        for stop in range(mark.end(), mark.end() + 3):  # a line break may follow
            digest.update(content[read:stop])
            read = stop
            lengths[digest.hexdigest()] = stop
    return lengths


def _named_in(content: bytes) -> Issue | None:
    """The issue whose approved content the file encloses; the words on its pages prove nothing."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            enclosed = islice(pdf.attachments.values(), MOST_ENCLOSED)
            hashes = [canonical.sha256(_unpacked(one.get_file().obj)) for one in enclosed]
    except (pikepdf.PdfError, ValueError) as error:
        raise NoPdf(checking.unreadable()) from error
    sources = IssueSources.objects.filter(canonical_json__sha256__in=hashes).first()
    return _issues().get(pk=sources.issue_id) if sources else None


def _unpacked(stream: pikepdf.Object) -> bytes:
    """As our papers enclose a file, and no more of it than a file may have."""
    try:
        return zlib.decompressobj().decompress(stream.read_raw_bytes(), settings.WORD_FILE_LIMIT)
    except zlib.error:
        return b""
