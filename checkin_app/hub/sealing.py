"""Parcels signed by the desk that made them and encrypted for the desks of one event.

A signature is over the event's id, the parcel's id and its document, so a parcel cannot pass for
another one nor be moved to another event. What the hub gets is one body: a format byte, a nonce,
and the desk's public key, its signature and the compressed document under ChaCha20-Poly1305 (RFC
8439) with the event's key. The ids that the hub files it by are authenticated with it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from checkin_app.domain.parcels import (
    Parcel,
    ParcelUnreadable,
    SealedParcel,
    SignedParcel,
    parcel_document,
    parcel_from_document,
)
from checkin_app.errors import ParcelRefused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

EVENT_KEY_BYTES = 32
_SIGNED = b"checkin parcel 1"
_SEALED = b"checkin body 1"
_FORMAT = b"\x01"
_NONCE_BYTES, _PUBLIC_KEY_BYTES, _SIGNATURE_BYTES = 12, 32, 64
_ID_BYTES = 16
_LARGEST_DOCUMENT = 16 << 20
"""A parcel of 500 long registrations is a fiftieth of it; a body that unpacks to more is a trap."""
_MOST_STRUCTURE = 9 << 18
"""Bytes of a document outside of its texts. Each may cost sixty in memory, and what is nothing but
brackets packs to a thousandth. What a desk packs has two million letters, but for one long entry,
which is a picture or another text."""
_TEXTS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


@dataclass(frozen=True)
class DeskKey:
    """What a desk signs with: an Ed25519 key (RFC 8032) that never leaves its laptop.

    Attributes:
        secret: 32 random bytes.
    """

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> DeskKey:
        """A key nobody else has."""
        return cls(secrets.token_bytes(32))

    @classmethod
    def from_bytes(cls, secret: bytes) -> DeskKey:
        """The key that ``to_bytes`` wrote."""
        return cls(secret)

    def to_bytes(self) -> bytes:
        """The secret itself, 32 bytes: for this laptop's own disk only."""
        return self.secret

    @cached_property
    def public(self) -> bytes:
        """The public half, 32 bytes."""
        return self._private_key.public_key().public_bytes_raw()

    @cached_property
    def id(self) -> str:
        """The desk's id, 32 hexadecimal digits."""
        return desk_id(self.public)

    def signature(self, message: bytes) -> bytes:
        """64 bytes that only this key can make of ``message``."""
        return self._private_key.sign(message)

    @cached_property
    def _private_key(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.secret)


def desk_id(public_key: bytes) -> str:
    """The id of the desk with this key: the beginning of the key's digest, 32 hex digits."""
    return hashlib.sha256(public_key).digest()[:_ID_BYTES].hex()


def new_event_key() -> bytes:
    """The key that all desks of an event share, 32 bytes."""
    return secrets.token_bytes(EVENT_KEY_BYTES)


def sign(parcel: Parcel, key: DeskKey, event_id: str) -> SignedParcel:
    """The parcel with its desk's signature; ``parcel.desk`` has to be that key's id."""
    assert parcel.desk == key.id, "a desk signs its own parcels"
    return SignedParcel(parcel, key.public, key.signature(_signed_bytes(parcel, event_id)))


def verify(signed: SignedParcel, event_id: str) -> None:
    """Proves that the parcel is of this event and as its desk signed it.

    Raises:
        ParcelRefused: it is not.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if desk_id(signed.public_key) != signed.parcel.desk:
        raise _changed()
    try:
        Ed25519PublicKey.from_public_bytes(signed.public_key).verify(
            signed.signature, _signed_bytes(signed.parcel, event_id)
        )
    except (InvalidSignature, ValueError) as error:
        raise _changed() from error


def seal(signed: SignedParcel, event_key: bytes, event_id: str) -> SealedParcel:
    """What the hub is given. Each sealing of a parcel looks different."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    parcel = signed.parcel
    content = signed.public_key + signed.signature + zlib.compress(parcel_document(parcel))
    nonce = secrets.token_bytes(_NONCE_BYTES)
    ids = _filed_under(event_id, parcel.id, parcel.desk)
    body = _FORMAT + nonce + ChaCha20Poly1305(event_key).encrypt(nonce, content, ids)
    return SealedParcel(parcel.id, parcel.desk, body)


def unseal(sealed: SealedParcel, event_key: bytes, event_id: str) -> SignedParcel:
    """The parcel in a body that the hub handed out, proved to be as its desk signed it.

    Raises:
        ParcelRefused: it was changed, filed under other ids, belongs to another event, or a newer
            program wrote it.
    """
    signed = _read(_opened(sealed, event_key, event_id))
    if (signed.parcel.id, signed.parcel.desk) != (sealed.id, sealed.desk):
        raise _changed()
    verify(signed, event_id)
    return signed


def _opened(sealed: SealedParcel, event_key: bytes, event_id: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    format_, rest = sealed.body[:1], sealed.body[1:]
    if format_ != _FORMAT:
        raise _changed() if not format_ or not format_ > _FORMAT else _newer()
    nonce, ciphertext = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
    try:
        ids = _filed_under(event_id, sealed.id, sealed.desk)
        return ChaCha20Poly1305(event_key).decrypt(nonce, ciphertext, ids)
    except (InvalidTag, ValueError) as error:
        raise _changed() from error


def _read(content: bytes) -> SignedParcel:
    public_key, rest = content[:_PUBLIC_KEY_BYTES], content[_PUBLIC_KEY_BYTES:]
    signature, packed = rest[:_SIGNATURE_BYTES], rest[_SIGNATURE_BYTES:]
    try:
        document = _unpacked(packed)
        parcel = parcel_from_document(document)
    except zlib.error as error:
        raise _changed() from error
    except ParcelUnreadable as error:
        raise _newer() from error
    return SignedParcel(parcel, public_key, signature, len(document))


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    document = unpacker.decompress(packed, _LARGEST_DOCUMENT)
    if not unpacker.eof and len(document) < _LARGEST_DOCUMENT:
        raise _changed()
    if not unpacker.eof or _is_mostly_structure(document):
        raise _too_large()
    return document


def _is_mostly_structure(document: bytes) -> bool:
    if len(document) <= _MOST_STRUCTURE:
        return False
    structure = end = 0
    # One text after the other: millions cut out at once are the trap over again.
    for text in _TEXTS.finditer(document):
        structure += text.start() - end
        end = text.end()
        if structure > _MOST_STRUCTURE:
            return True
    return structure + len(document) - end > _MOST_STRUCTURE


def _signed_bytes(parcel: Parcel, event_id: str) -> bytes:
    ids = bytes.fromhex(event_id) + bytes.fromhex(parcel.id)
    return _SIGNED + ids + parcel_document(parcel)


def _filed_under(event_id: str, parcel_id: str, desk: str) -> bytes:
    return _SEALED + bytes.fromhex(event_id) + bytes.fromhex(parcel_id) + bytes.fromhex(desk)


def _changed() -> ParcelRefused:
    return ParcelRefused(
        "Entries of another desk were changed on their way, or belong to another event. They were "
        "not taken in. Ask the desk they come from to share again."
    )


def _too_large() -> ParcelRefused:
    return ParcelRefused(
        "Another desk shared more at once than any version of this program does. It was not taken "
        "in. Ask the organiser to look at that desk."
    )


def _newer() -> ParcelRefused:
    return ParcelRefused(
        "Another desk works with a newer version of this program. Update this laptop to take in "
        "what that desk recorded."
    )
