"""The right to join an event's hub, as a code to read out and a link to scan.

One code of 80 random bits is all that is secret. By HKDF (RFC 5869) it gives the name of the
pairing's login, its password, and the key under which the hub keeps the event's own key for
whoever joins; so the hub cannot read it. The link adds where the hub is.

The link is upper case and of the characters that a QR symbol packs tightly, and only its letters
and digits count: punctuation is what scanners with the wrong keyboard setting spoil first.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from checkin_app.domain.tickets.codes import ALPHABET
from checkin_app.errors import HubRefused, PairingUnreadable
from checkin_app.hub.access import Address, Tls, TlsKind

_CODE_BYTES = 10
_CODE_CHARACTERS = 16
_NONCE_BYTES = 12
_LINK = "CHECKIN://JOIN/"
_MARK = "CHECKINJOIN"
_FORMAT = 1
_GROUP_BYTES, _GROUP_CHARACTERS = 5, 8
_SUM_BYTES = 4
_TLS_KINDS = (TlsKind.NONE, TlsKind.SYSTEM, TlsKind.PINNED, TlsKind.BOUND)
_READ_AS = str.maketrans("ILO", "110")
_KEYBOARDS = (
    str.maketrans("", ""),
    str.maketrans("YZ", "ZY"),  # German, Hungarian, Czech
    str.maketrans("AQWZM?&É\"'(-È_ÇÀ", "QAZW:M1234567890"),  # French
    str.maketrans("AQWZM?&É\"'(§È!ÇÀ", "QAZW:M1234567890"),  # Belgian
)
"""What the keys of a scanner set to United States write on other keyboards, put right again."""


@dataclass(frozen=True, slots=True)
class PairingCode:
    """The secret of a pairing.

    Attributes:
        value: 16 characters of Crockford's base32.
    """

    value: str = field(repr=False)

    @classmethod
    def new(cls) -> PairingCode:
        """A code nobody can guess."""
        return cls(_spelt(secrets.token_bytes(_CODE_BYTES)))

    @classmethod
    def from_text(cls, text: str) -> PairingCode:
        """The code that somebody typed, with or without its hyphens.

        Raises:
            PairingUnreadable: it is none.
        """
        typed = _letters_and_digits(text).translate(_READ_AS)
        if len(typed) != _CODE_CHARACTERS or not set(typed) <= set(ALPHABET):
            raise PairingUnreadable(
                "A pairing code has 16 letters and digits, as XXXX-XXXX-XXXX-XXXX. Compare it with "
                "the one on the laptop with the hub."
            )
        return cls(typed)

    def printed(self) -> str:
        """For people: in groups of four."""
        return "-".join(re.findall("....", self.value))

    @property
    def id(self) -> str:
        """What the pairing may be called in the open: 32 hexadecimal digits."""
        return self._derived(b"id", 16).hex()

    @property
    def role(self) -> str:
        """Its login at the hub."""
        return pairing_role(self.id)

    @property
    def password(self) -> str:
        """The password of that login."""
        return self._derived(b"password", 32).hex()

    def wrap(self, event_key: bytes, event_id: str, hub_id: str) -> bytes:
        """What the hub keeps for whoever knows the code."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce = secrets.token_bytes(_NONCE_BYTES)
        content = json.dumps([_FORMAT, event_key.hex(), event_id, hub_id]).encode()
        return nonce + ChaCha20Poly1305(self._wrapping_key).encrypt(nonce, content, None)

    def unwrap(self, wrapped: bytes) -> tuple[bytes, str, str]:
        """The event's key, its id and the hub's.

        Raises:
            HubRefused: the hub keeps something else.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce, ciphertext = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
        try:
            content = ChaCha20Poly1305(self._wrapping_key).decrypt(nonce, ciphertext, None)
            format_, event_key, event_id, hub_id = json.loads(content)
            if format_ != _FORMAT:
                raise ValueError(f"format {format_}")
            return bytes.fromhex(event_key), event_id, hub_id
        except (InvalidTag, ValueError, TypeError) as error:
            raise HubRefused(
                "The hub does not hold what this pairing promises. Ask at the laptop with the hub "
                "for a new one."
            ) from error

    @property
    def _wrapping_key(self) -> bytes:
        return self._derived(b"wrapping key", 32)

    def _derived(self, purpose: bytes, length: int) -> bytes:
        return derived(_bytes_of(self.value), b"checkin pairing " + purpose, length)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A code, and where to use it.

    Attributes:
        addresses: where the hub listens, the likeliest first.
        database: the name of its PostgreSQL database.
    """

    code: PairingCode
    addresses: tuple[Address, ...]
    database: str
    tls: Tls

    def link(self) -> str:
        """For a QR symbol or a message: 71 characters with one IPv4 address, 87 with two."""
        content = _content(self)
        total = 1 + len(content) + _SUM_BYTES
        groups = -(-total // _GROUP_BYTES)
        framed = bytes([groups]) + content + bytes(groups * _GROUP_BYTES - total)
        return _LINK + _spelt(framed + _sum(framed))

    @classmethod
    def from_text(cls, text: str) -> Pairing:
        """The pairing in what was scanned, pasted or typed: whatever stands around the link.

        Raises:
            PairingUnreadable: there is none, or it is not whole.
        """
        for keyboard in _KEYBOARDS:
            for framed in _framed(_letters_and_digits(text.upper().translate(keyboard))):
                return _pairing(framed)
        raise PairingUnreadable(
            "This is no pairing of a hub, or not all of it. Scan the code on the laptop with the "
            "hub again, or copy the whole link, which begins with CHECKIN://JOIN/."
        )


def pairing_role(pairing_id: str) -> str:
    """The login of the pairing with this id."""
    return f"checkin_pairing_{pairing_id}"


def derived(secret: bytes, purpose: bytes, length: int) -> bytes:
    """A key of its own for each purpose, from one secret (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, None, purpose).derive(secret)


def _content(pairing: Pairing) -> bytes:
    parts = [
        bytes([_FORMAT]),
        _bytes_of(pairing.code.value),
        bytes([_TLS_KINDS.index(pairing.tls.kind)]),
        pairing.tls.fingerprint,
        _counted(pairing.database.encode()),
        bytes([len(pairing.addresses)]),
    ]
    for address in pairing.addresses:
        parts += [_counted(_packed(address.host)), address.port.to_bytes(2, "big")]
    return b"".join(parts)


def _pairing(framed: bytes) -> Pairing:
    """The inverse of ``_content``, after the byte that holds the length."""
    reader = BytesIO(framed[1:])
    format_ = reader.read(1)[0]
    if format_ != _FORMAT:
        raise PairingUnreadable(
            "This pairing was made by a newer version of the program. Update this laptop to join."
        )
    code = PairingCode(_spelt(reader.read(_CODE_BYTES)))
    kind = _TLS_KINDS[reader.read(1)[0]]
    fingerprint = reader.read(hashlib.sha256().digest_size) if kind is TlsKind.PINNED else b""
    database = reader.read(reader.read(1)[0]).decode()
    addresses = tuple(_address(reader) for _ in range(reader.read(1)[0]))
    return Pairing(code, addresses, database, Tls(kind, fingerprint))


def _address(reader: BytesIO) -> Address:
    host = reader.read(reader.read(1)[0])
    return Address(_unpacked(host), int.from_bytes(reader.read(2), "big"))


def _packed(host: str) -> bytes:
    """What it is, 4 or 6 for an IP address of that version, 0 for a name; then the host itself."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return b"\0" + host.encode("ascii" if host.isascii() else "idna")
    return bytes([address.version]) + address.packed


def _unpacked(host: bytes) -> str:
    kind, rest = host[0], host[1:]
    return str(ipaddress.ip_address(rest)) if kind else rest.decode()


def _counted(content: bytes) -> bytes:
    return bytes([len(content)]) + content


def _framed(characters: str) -> Iterator[bytes]:
    """Every stretch of the text that says it is a link and whose sum is right."""
    for mark in re.finditer(_MARK, characters):
        spelt = characters[mark.end() :].translate(_READ_AS)
        start = re.match(f"[{ALPHABET}]{{2}}", spelt)
        if start is None:
            continue
        groups = ALPHABET.index(spelt[0]) << 3 | ALPHABET.index(spelt[1]) >> 2
        spelt = spelt[: groups * _GROUP_CHARACTERS]
        if len(spelt) == groups * _GROUP_CHARACTERS and set(spelt) <= set(ALPHABET):
            framed = _bytes_of(spelt)
            if _sum(framed[:-_SUM_BYTES]) == framed[-_SUM_BYTES:]:
                yield framed[:-_SUM_BYTES]


def _letters_and_digits(text: str) -> str:
    return re.sub("[^0-9A-Z]", "", text.upper())


def _sum(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:_SUM_BYTES]


def _spelt(content: bytes) -> str:
    """Groups of five bytes in Crockford's base32, eight characters each."""
    bits = int.from_bytes(content, "big")
    count = len(content) // _GROUP_BYTES * _GROUP_CHARACTERS
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(count)))


def _bytes_of(spelt: str) -> bytes:
    bits = 0
    for character in spelt:
        bits = bits << 5 | ALPHABET.index(character)
    return bits.to_bytes(len(spelt) // _GROUP_CHARACTERS * _GROUP_BYTES, "big")
