"""Certificates of the tests' own authority, for servers on this machine that speak TLS."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="only Linux has it, for its keyring")

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_MAY_SIGN = x509.KeyUsage(
    key_cert_sign=True,
    crl_sign=True,
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)


class Authority:
    """Signs certificates; what trusts the file `trusted` takes them for true."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("Tests")
        now = datetime.now(UTC)
        own = (
            self._build(self._name, self._key, now, timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_MAY_SIGN, critical=True)
        )
        self.trusted = folder / "authority.pem"
        self.trusted.write_bytes(_pem(own.sign(self._key, hashes.SHA256())))

    def context(self, *hosts: str, ago: timedelta = timedelta()) -> ssl.SSLContext:
        """What a server of those names needs; its certificate was made `ago`, for a day."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._build(_named(hosts[0]), key, datetime.now(UTC) - ago, timedelta(days=1))
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        # Python 3.13 wants to know whose signature it is (X509_STRICT).
        made = made.add_extension(names, critical=False).add_extension(signer, critical=False)
        file = self._folder / f"{hosts[0]}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        # With the authority's own: Wine believes a chain whose end it is not shown.
        chain = _pem(made.sign(self._key, hashes.SHA256())) + self.trusted.read_bytes()
        file.write_bytes(private + chain)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _build(
        self, who: x509.Name, key: ec.EllipticCurvePrivateKey, since: datetime, lasts: timedelta
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(who)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since - timedelta(minutes=5))
            .not_valid_after(since + lasts)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
