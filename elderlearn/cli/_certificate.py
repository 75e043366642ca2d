"""A certificate of our own making: phones give camera and service worker only over TLS."""

from __future__ import annotations

import datetime
import ipaddress
import socket
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from elderlearn.ground.clock import now

DAYS = 90


def certificate(folder: Path, address: str) -> tuple[Path, Path]:
    """Certificate and key for a try in the local network, made anew when missing, old, or for another address.

    The browser warns once; that is what "self-signed" means.
    """
    paths = folder / "certificate.pem", folder / "key.pem"
    if not _still_fits(paths[0], address):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(*paths, address)
    return paths


def _still_fits(path: Path, address: str) -> bool:
    if not path.is_file():
        return False
    found = x509.load_pem_x509_certificate(path.read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = found.not_valid_after_utc > now() + datetime.timedelta(days=1)
    return lasts and _name(address) in names


def _make(certificate_path: Path, key_path: Path, address: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elderlearn demo")])
    others = dict.fromkeys((address, "127.0.0.1", "::1", "localhost", socket.gethostname()))
    names = x509.SubjectAlternativeName([_name(other) for other in others])
    begin = now() - datetime.timedelta(hours=1)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=DAYS))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key_path.touch(mode=0o600)
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _name(address: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(address))
    except ValueError:
        return x509.DNSName(address)
