"""A certification authority of our own, with a clerk's key, a clock and a revocation list."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

DAY = timedelta(days=1)
PASSPHRASE = "mật khẩu của tệp"
DER = serialization.Encoding.DER


@dataclass
class Holder:
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


class Authority:
    """Issues certificates and revokes them; everything is made anew for each run of the tests."""

    def __init__(self, name: str) -> None:
        key = rsa.generate_private_key(65537, 2048)
        self.root = Holder(key, _certificate(name, key, name, key, ca=True))

    def issue(self, name: str, *, days: int = 30, clock: bool = False) -> Holder:
        key = rsa.generate_private_key(65537, 2048)
        issuer = self.root.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
        return Holder(
            key, _certificate(name, key, str(issuer), self.root.key, days=days, clock=clock)
        )

    def revocations(self, *revoked: Holder) -> bytes:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.certificate.subject)
            .last_update(now - DAY)
            .next_update(now + 30 * DAY)
        )
        for one in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(now - DAY).build())
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(DER)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: str,
    key: rsa.RSAPrivateKey,
    issuer: str,
    issuer_key: rsa.RSAPrivateKey,
    *,
    days: int = 3650,
    ca: bool = False,
    clock: bool = False,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 60 * DAY)
        .not_valid_after(now + days * DAY)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(_usage(ca), critical=True)
    )
    if not ca:
        # Never fetched: it says that a list exists, which the office then keeps.
        where = x509.UniformResourceIdentifier("http://ca.invalid/now.crl")
        point = x509.DistributionPoint([where], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    if clock:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority("CA Thử nghiệm")


@pytest.fixture(scope="session")
def clerk_key(authority) -> Holder:
    return authority.issue("Văn phòng Tỉnh ủy Lâm Đồng")


@pytest.fixture(scope="session")
def clock(authority) -> DummyTimeStamper:
    return clock_of(authority.issue("Đồng hồ thử nghiệm", clock=True))


def clock_of(holder: Holder) -> DummyTimeStamper:
    der = holder.key.private_bytes(
        DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = asn1_x509.Certificate.load(holder.certificate.public_bytes(DER))
    return DummyTimeStamper(certificate, keys.PrivateKeyInfo.load(der))


@dataclass
class Desk:
    """The office's set-up for signing, in directories of its own."""

    place: Path
    settings: object
    patch: pytest.MonkeyPatch

    def trust(self, *authorities: Authority) -> None:
        roots = self.place / "roots"
        roots.mkdir(exist_ok=True)
        for old in roots.iterdir():
            old.unlink()
        for number, one in enumerate(authorities):
            pem = one.root.certificate.public_bytes(serialization.Encoding.PEM)
            (roots / f"{number}.pem").write_bytes(pem)
        self.settings.SIGNING_ROOTS_DIR = str(roots)

    def revoke(self, listed: bytes) -> None:
        lists = self.place / "crls"
        lists.mkdir(exist_ok=True)
        (lists / "now.crl").write_bytes(listed)
        self.settings.SIGNING_CRLS_DIR = str(lists)

    def hold(self, holder: Holder) -> None:
        """Sign with this key from now on."""
        file = self.place / "key.p12"
        secret = serialization.BestAvailableEncryption(PASSPHRASE.encode())
        file.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"key", holder.key, holder.certificate, None, secret
            )
        )
        self.settings.SIGNING_PKCS12, self.settings.SIGNING_PASSPHRASE = str(file), PASSPHRASE

    def look_at(self, clock: DummyTimeStamper) -> None:
        """Take the time from this clock, which answers without a network and unchecked."""
        self.patch.setattr("directives.signing.pen.clock", lambda: clock)


@pytest.fixture
def desk(tmp_path, settings, authority, clerk_key, clock, monkeypatch) -> Desk:
    made = Desk(tmp_path, settings, monkeypatch)
    made.trust(authority)
    made.revoke(authority.revocations())
    made.hold(clerk_key)
    settings.SIGNING_LEVEL = "B-B"
    made.look_at(clock)
    return made
