"""What the signatures in a PDF are worth, told without the network."""

import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto import x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
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
from directives.signing.growth import UNREADABLE

# What may follow a signature: further signatures, time stamps and the proof for them.
HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
OUT_OF_ITS_TIME = (
    AdESIndeterminate.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
)


class Standing(StrEnum):
    VALID = "valid"
    UNTRUSTED = "untrusted"  # whole, but by somebody whose authority the office does not know
    EXPIRED = "expired"  # whole, but the certificate does not hold and no clock says when it did
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
    """The bytes cannot be read as a PDF, for the reason that it says to whoever sent them."""


def signatures(pdf: bytes) -> list[Signature]:
    """Every signature in the order it was made. Raises NoPdf."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        _refuse_locked(reader)
        found = list(reader.embedded_regular_signatures)
    except NoPdf:
        raise
    except UNREADABLE as error:
        raise NoPdf(unreadable()) from error
    return [_told(reader, one) for one in found]


def unreadable() -> str:
    return _("The file cannot be read as a PDF.")


def _refuse_locked(reader: PdfFileReader) -> None:
    if reader.encrypted:
        raise NoPdf(_("The file is locked with a password, which no issued paper is."))


def _told(reader: PdfFileReader, embedded: EmbeddedPdfSignature) -> Signature:
    certificate = embedded.signer_cert
    try:
        status = _status(reader, embedded)
    except (SignatureValidationError, *UNREADABLE):
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
    if status.trust_problem_indic in OUT_OF_ITS_TIME:
        return Standing.EXPIRED
    return Standing.VALID if status.trusted else Standing.UNTRUSTED


def _level(reader: PdfFileReader, status: PdfSignatureStatus) -> str:
    if _stamp(status) is None:
        return "B-B"
    if "/DSS" not in reader.root:
        return "B-T"
    return "B-LTA" if reader.embedded_timestamp_signatures else "B-LT"
