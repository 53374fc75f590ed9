"""What the signatures in a PDF are worth, told without the network."""

import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto import x509
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, NullObject, Reference
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    validate_pdf_signature,
)
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from directives.signing import trust

# What may follow a signature: further signatures, time stamps and the proof for them.
HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)

# What a signature adds to a PDF's catalogue; and the largest field that is shown, a tenth of A4:
# one as large as the page could hide the words under it.
OF_CATALOGUE = {"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version"}
LARGEST_FIELD = 595 * 842 / 10
# What reading a file that is none, or a damaged one, may end in.
UNREADABLE = (PdfError, ValueError, IndexError, KeyError, TypeError)


class Standing(StrEnum):
    VALID = "valid"
    UNTRUSTED = "untrusted"  # whole, but by somebody whose authority the office does not know
    REVOKED = "revoked"
    BROKEN = "broken"  # the paper was changed under it, or the signature is no signature


@dataclass(frozen=True)
class Signature:
    """One signature. `at` is the time of a trusted time stamp, else the signer's own."""

    signer: str
    serial: str
    level: str
    at: datetime | None
    standing: Standing


class NoPdf(ValueError):
    """The bytes cannot be read as a PDF."""


def signatures(pdf: bytes) -> list[Signature]:
    """Every signature in the order it was made. Raises NoPdf."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        found = list(reader.embedded_regular_signatures)
    except UNREADABLE as error:
        raise NoPdf(str(error)) from error
    return [_told(reader, one) for one in found]


def adds_only_signatures(before: bytes, content: bytes) -> bool:
    """Whether a file that begins with `before` adds nothing but signatures and their proof.

    Of what was there only the catalogue, the pages' lists of annotations and the metadata may be
    written anew; what was added after each signature is judged with that signature.
    """
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        first = PdfFileReader(io.BytesIO(before)).xrefs.total_revisions
        old = reader.get_historical_resolver(first - 1)
        return all(
            _may_be_rewritten(old, reader, reference)
            for revision in range(first, reader.xrefs.total_revisions)
            for reference in reader.xrefs.explicit_refs_in_revision(revision)
            if _was_there(old, reference)
        )
    except UNREADABLE:
        return False


def _was_there(old: HistoricalResolver, reference: Reference) -> bool:
    return not isinstance(old.get_object(reference), NullObject)


def _may_be_rewritten(old: HistoricalResolver, reader: PdfFileReader, reference: Reference) -> bool:
    was, now = old.get_object(reference), reader.get_object(reference)  # type: ignore[no-untyped-call]
    if reference in (reader.root_ref, old.root_ref):
        return _same_but(was, now, OF_CATALOGUE)
    if isinstance(was, DictionaryObject) and was.get("/Type") == "/Page":
        return _same_but(was, now, {"/Annots"}) and _adds_only_fields(was, now)
    return reference in (_of(reader.root, "/Metadata"), _of(reader.trailer_view, "/Info"))


def _same_but(was: DictionaryObject, now: DictionaryObject, keys: set[str]) -> bool:
    kept = set(was) - keys
    return set(now) - keys == kept and all(was.raw_get(k) == now.raw_get(k) for k in kept)


def _adds_only_fields(was: DictionaryObject, now: DictionaryObject) -> bool:
    """Annotations that stood there stand, and the new ones are small fields for a signature."""
    before, after = list(was.get("/Annots", ())), list(now.get("/Annots", ()))
    added = [one.get_object() for one in after[len(before) :]]
    return after[: len(before)] == before and all(map(_is_field, added))


def _is_field(annotation: DictionaryObject) -> bool:
    x0, y0, x1, y1 = (float(number) for number in annotation["/Rect"])
    covers = abs((x1 - x0) * (y1 - y0))
    return annotation.get("/FT") == "/Sig" and covers <= LARGEST_FIELD


def _of(dictionary: DictionaryObject, key: str) -> Reference | None:
    value = dictionary.raw_get(key) if key in dictionary else None
    return value.reference if isinstance(value, IndirectObject) else None


def _told(reader: PdfFileReader, embedded: EmbeddedPdfSignature) -> Signature:
    certificate = embedded.signer_cert
    try:
        status = _status(reader, embedded)
    except (SignatureValidationError, PdfError, ValueError) as _error:
        at = embedded.self_reported_timestamp
        return _signature(certificate, "B-B", at, Standing.BROKEN)
    stamped = _stamp(status)
    at = stamped.timestamp if stamped else status.signer_reported_dt
    return _signature(certificate, _level(reader, status), at, _standing(status))


def _signature(
    certificate: x509.Certificate, level: str, at: datetime | None, standing: Standing
) -> Signature:
    return Signature(name_of(certificate), serial_of(certificate), level, at, standing)


def name_of(certificate: x509.Certificate) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or certificate.subject.human_friendly)


def serial_of(certificate: x509.Certificate) -> str:
    return f"{certificate.serial_number:x}"


def _status(reader: PdfFileReader, embedded: EmbeddedPdfSignature) -> PdfSignatureStatus:
    """As of now; once a trusted clock has stamped the signature, as of then, since a certificate
    that has run out afterwards takes nothing from it. A clock that is not known proves nothing."""
    now = validate_pdf_signature(embedded, _context(reader, None))
    stamped = now.timestamp_validity
    if stamped is None or (now.trusted and stamped.trusted):
        return now
    moment = _context(reader, stamped.timestamp)
    then = validate_pdf_signature(embedded, moment, ts_validation_context=moment)
    return then if _stamp(then) else now


def _stamp(status: PdfSignatureStatus) -> TimestampSignatureStatus | None:
    """The time stamp where it is whole and by a clock whose authority the office knows."""
    stamped = status.timestamp_validity
    good = stamped and stamped.valid and stamped.intact and stamped.trusted
    return stamped if good else None


def _context(reader: PdfFileReader, moment: datetime | None) -> ValidationContext:
    """With the certificates and lists that the file itself carries."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return trust.context(moment)
    return store.as_validation_context(trust.options(moment))


def _standing(status: PdfSignatureStatus) -> Standing:
    if not (status.intact and status.valid and status.modification_level in HARMLESS):
        return Standing.BROKEN
    if status.revoked:
        return Standing.REVOKED
    return Standing.VALID if status.trusted else Standing.UNTRUSTED


def _level(reader: PdfFileReader, status: PdfSignatureStatus) -> str:
    if _stamp(status) is None:
        return "B-B"
    if "/DSS" not in reader.root:
        return "B-T"
    return "B-LTA" if reader.embedded_timestamp_signatures else "B-LT"
