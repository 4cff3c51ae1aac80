"""Self-signed certificates, made anew for each run, and somebody who shows a false one."""

from __future__ import annotations

import hashlib
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_REQUEST_OF_TLS = bytes.fromhex("0000000804d2162f")


@dataclass(frozen=True)
class Certificate:
    """A certificate with its key, both in PEM."""

    certificate: bytes
    key: bytes

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the certificate."""
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.certificate.decode())).digest()

    def saved(self, folder: Path) -> tuple[Path, Path]:
        """The files of the certificate and the key."""
        paths = folder / "server.crt", folder / "server.key"
        for path, content in zip(paths, (self.certificate, self.key), strict=True):
            path.write_bytes(content)
        return paths


def self_signed(host: str = "localhost") -> Certificate:
    """For a name or an address, valid around now."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
        .sign(key, SHA256())
    )
    return Certificate(
        certificate.public_bytes(Encoding.PEM),
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


@contextmanager
def intercepted(host: str, port: int, certificate: Path, key: Path) -> Iterator[int]:
    """The port of somebody who poses as the server and passes on what is said, in clear to him."""
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(certificate, key)
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE

    def pose(near: socket.socket) -> None:
        with suppress(OSError), near, socket.create_connection((host, port)) as far:
            near.recv(len(_REQUEST_OF_TLS))
            near.sendall(b"S")
            far.sendall(_REQUEST_OF_TLS)
            far.recv(1)
            with (
                shown.wrap_socket(near, server_side=True) as desk,
                trusting.wrap_socket(far) as hub,
            ):
                back = Thread(target=_carry, args=(hub, desk), daemon=True)
                back.start()
                _carry(desk, hub)

    def accept(door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                Thread(target=pose, args=(door.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as door:
        Thread(target=accept, args=(door,), daemon=True).start()
        yield door.getsockname()[1]
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)


def _carry(source: ssl.SSLSocket, target: ssl.SSLSocket) -> None:
    with suppress(OSError, ValueError):
        while data := source.recv(65536):
            target.sendall(data)
