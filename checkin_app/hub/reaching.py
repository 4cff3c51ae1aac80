"""Finds the address at which a hub answers, and logs in there.

A laptop has several addresses, and most lead nowhere from another network. All are knocked at
together; the first that answers is taken. Knocking is PostgreSQL's own request for TLS (protocol
chapter "SSL Session Encryption"), whose answer also says whether the server offers it. The promise
of the pairing about TLS is kept: what was promised and is missing is a refusal, never a fallback.
"""

from __future__ import annotations

import hashlib
import selectors
import socket
import ssl
import struct
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from checkin_app.errors import HubError, HubRefused
from checkin_app.hub.access import Address, Tls, TlsKind
from checkin_app.hub.replies import told_plainly, unreachable
from checkin_app.hub.silence import PatientConnection

_REQUEST_OF_TLS = struct.pack("!ii", 8, 80877103)
_OFFERS_TLS = b"S"
_ROOTS = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # macOS, Alpine
)


@dataclass(frozen=True, slots=True)
class Door:
    """An address where a PostgreSQL server answered.

    Attributes:
        offers_tls: it can encrypt the connection.
    """

    address: Address
    offers_tls: bool


def log_in(
    addresses: Sequence[Address],
    database: str,
    role: str,
    password: str,
    tls: Tls,
    timeout_s: float,
) -> tuple[Address, PatientConnection]:
    """An open connection, in autocommit, and the address it leads to.

    Args:
        timeout_s: how long to wait for an answer, now and, if it is longer than what the connection
            waits of its own accord, of whatever is asked later.

    Raises:
        HubUnreachable: nobody answered at any address within ``timeout_s``.
        HubRefused: a hub answered, and the login, or what it offers of TLS, was refused.
    """
    failure: HubError = unreachable()
    with closing(_doors(addresses, timeout_s)) as doors:
        for door in doors:
            try:
                return door.address, _enter(door, database, role, password, tls, timeout_s)
            except HubError as error:
                # A refusal says more than silence: another laptop may sit at one of the addresses.
                if isinstance(error, HubRefused) or not isinstance(failure, HubRefused):
                    failure = error
    raise failure


def _doors(addresses: Sequence[Address], timeout_s: float) -> Generator[Door, None, None]:
    """Where a server answers, the quickest first."""
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for address in addresses:
            for knocking in _knocks(address):
                stack.callback(knocking.close)
                selector.register(knocking, selectors.EVENT_WRITE, address)
        # From now on: a name that nobody knows may take many seconds to be looked up.
        deadline = monotonic() + timeout_s
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - monotonic()))
            if not ready:
                return
            for key, events in ready:
                door = _answer(selector, key, events)
                if door is not None:
                    yield door


def _knocks(address: Address) -> Iterator[socket.socket]:
    try:
        places = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    for family, kind, protocol, _, place in places:
        with suppress(OSError), ExitStack() as on_failure:
            knocking = on_failure.enter_context(socket.socket(family, kind, protocol))
            knocking.setblocking(False)
            with suppress(BlockingIOError):
                knocking.connect(place)
            on_failure.pop_all()
            yield knocking


def _answer(
    selector: selectors.BaseSelector, key: selectors.SelectorKey, events: int
) -> Door | None:
    knocking: Any = key.fileobj
    try:
        if events & selectors.EVENT_WRITE:
            knocking.sendall(_REQUEST_OF_TLS)
            selector.modify(knocking, selectors.EVENT_READ, key.data)
            return None
        answer = knocking.recv(1)
    except OSError:
        answer = b""
    selector.unregister(knocking)
    knocking.close()
    return Door(key.data, answer == _OFFERS_TLS) if answer in (b"S", b"N") else None


def _enter(
    door: Door, database: str, role: str, password: str, tls: Tls, timeout_s: float
) -> PatientConnection:
    if tls.kind is not TlsKind.NONE and not door.offers_tls:
        raise HubRefused(
            "The hub does not encrypt the connection, though the pairing promises it: this may be "
            "another computer that poses as the hub. Nothing was sent. Ask the organiser."
        )
    with told_plainly(), _demands(door, tls, timeout_s) as demands:
        connection = PatientConnection.connect(
            host=door.address.host,
            port=door.address.port,
            dbname=database,
            user=role,
            password=password,
            # Never the password itself, nor anything it can be found from.
            require_auth="scram-sha-256",
            gssencmode="disable",
            application_name="checkin-app",
            connect_timeout=max(2, round(timeout_s)),
            tcp_user_timeout=5000,
            keepalives_idle=2,
            keepalives_interval=1,
            keepalives_count=3,
            autocommit=True,
            **demands,
        )
        if timeout_s > connection.longest_silence_s:
            connection.longest_silence_s = timeout_s
        return connection


@contextmanager
def _demands(door: Door, tls: Tls, timeout_s: float) -> Iterator[dict[str, Any]]:
    """What libpq has to insist on."""
    match tls.kind:
        case TlsKind.NONE:
            yield {"sslmode": "require" if door.offers_tls else "disable"}
        case TlsKind.BOUND:
            yield {"sslmode": "require", "channel_binding": "require"}
        case TlsKind.SYSTEM:
            yield {"sslmode": "verify-full", "sslrootcert": system_roots()}
        case TlsKind.PINNED:
            certificate = _certificate(door.address, timeout_s)
            if hashlib.sha256(certificate).digest() != tls.fingerprint:
                raise _other_certificate()
            with tempfile.TemporaryDirectory() as folder:
                pinned = Path(folder) / "hub.pem"
                pinned.write_text(ssl.DER_cert_to_PEM_cert(certificate))
                yield {"sslmode": "verify-ca", "sslrootcert": str(pinned)}


def _certificate(address: Address, timeout_s: float) -> bytes:
    """The certificate that the server shows, in DER."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection((address.host, address.port), timeout_s) as plain:
        plain.sendall(_REQUEST_OF_TLS)
        if plain.recv(1) != _OFFERS_TLS:
            raise _other_certificate()
        with context.wrap_socket(plain, server_hostname=address.host) as encrypted:
            return encrypted.getpeercert(binary_form=True) or b""


def _other_certificate() -> HubRefused:
    return HubRefused(
        "The hub shows another certificate than the one in the pairing: this may be another "
        "computer that poses as the hub. Nothing was sent. Ask the organiser for a new pairing."
    )


def system_roots() -> str:
    """A file of the roots that this system trusts; the driver's own library looks nowhere."""
    named = ssl.get_default_verify_paths().cafile
    for path in (named, *_ROOTS):
        if path and Path(path).is_file():
            return path
    import certifi

    return certifi.where()
