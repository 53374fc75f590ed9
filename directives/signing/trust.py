"""Whom the office trusts: certificates and revocation lists in two directories of its own.

Nothing is fetched. Whoever runs the system puts the roots of the Party's and the state's
certification authorities there, and renews the lists.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import crl, pem, x509
from django.conf import settings
from pyhanko_certvalidator import ValidationContext


def roots() -> list[x509.Certificate]:
    return [x509.Certificate.load(der) for der in _files(settings.SIGNING_ROOTS_DIR)]


def context(moment: datetime | None = None, **known: Any) -> ValidationContext:
    """Trust as of a moment (aware; now where none is given), strict where a list is at hand."""
    return ValidationContext(**options(moment), **known)


def options(moment: datetime | None = None) -> dict[str, Any]:
    lists = [crl.CertificateList.load(der) for der in _files(settings.SIGNING_CRLS_DIR)]
    return {
        "trust_roots": roots(),
        "crls": lists,
        "allow_fetching": False,
        "revocation_mode": "soft-fail",
        "moment": moment,
        # A list of today also tells of a certificate that was revoked before the moment.
        "retroactive_revinfo": moment is not None,
    }


def _files(directory: str) -> list[bytes]:
    """The DER of every file in the directory; PEM is unpacked."""
    if not directory:
        return []
    return [_der(path.read_bytes()) for path in sorted(Path(directory).iterdir()) if path.is_file()]


def _der(content: bytes) -> bytes:
    return pem.unarmor(content)[2] if pem.detect(content) else content
