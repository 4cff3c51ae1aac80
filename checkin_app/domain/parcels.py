"""Parcels: entries of the ledger on their way from one desk to the others.

A parcel is what a hub stores in one row and a desk signs in one go: a scan travels alone, a
registration list of thousands in parcels of some hundred. Its document, the bytes that are signed,
is made of what the ledger stores, so any desk can make it again from its own file and hand the
parcel on with the signature of the desk it came from.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from checkin_app.domain.ledger import Entry, EntryKind, from_milliseconds, milliseconds

LARGEST_PARCEL = 500
"""Entries in one parcel: some 200 kB of a registration list before it is compressed."""

_FORMAT = 1


class ParcelUnreadable(ValueError):
    """The bytes are no document of a parcel that this version of the program can read."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Entries that travel together, in clear.

    Attributes:
        id: 32 hexadecimal digits, a UUIDv7 made by ``ledger.entry_id``.
        desk: 32 hexadecimal digits: who signs. It is the beginning of the digest of that desk's
            public key, so nobody else can sign for it.
        sequence: which of the desk's parcels this is, from 1: a gap shows that one is missing.
        entries: in the order of the ledger, none twice.
        is_brought: the desk passes on what others recorded (before there was a hub, or from
            another file), and vouches for having received it, not for what happened.
    """

    id: str
    desk: str
    sequence: int
    entries: tuple[Entry, ...]
    is_brought: bool = False


@dataclass(frozen=True, slots=True)
class SignedParcel:
    """A parcel with the signature of its desk, as desks keep it and hand it on.

    Attributes:
        public_key: the signing desk's Ed25519 key (32 bytes).
        signature: over the event's id, the parcel's id and its document (64 bytes).
        size: of the document it was read from, in bytes; 0 where it was not read from one.
    """

    parcel: Parcel
    public_key: bytes
    signature: bytes
    size: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SealedParcel:
    """A parcel as the hub sees it.

    Attributes:
        body: encrypted with the event's key.
        number: its place on the hub, from 1; 0 before it has one.
    """

    id: str
    desk: str
    body: bytes
    number: int = 0


def parcel_document(parcel: Parcel) -> bytes:
    """The bytes that are signed: the same on every desk for the same parcel."""
    rows = [
        (
            entry.id,
            entry.kind.value,
            milliseconds(entry.at),
            entry.desk,
            entry.attendee_id,
            entry.list_id,
            entry.payload,
        )
        for entry in parcel.entries
    ]
    document = (_FORMAT, parcel.id, parcel.desk, parcel.sequence, parcel.is_brought, rows)
    return _to_json(document).encode()


def parcel_from_document(document: bytes) -> Parcel:
    """The parcel that ``parcel_document`` wrote.

    Raises:
        ParcelUnreadable: it is none, or a newer program wrote it.
    """
    try:
        format_, id_, desk, sequence, is_brought, rows = json.loads(document)
        if format_ != _FORMAT:
            raise ParcelUnreadable(f"format {format_}")
        entries = tuple(map(_entry, rows))
    except (ValueError, TypeError, LookupError, ArithmeticError, OSError, RecursionError) as error:
        raise ParcelUnreadable("no parcel") from error
    if (type(id_), type(desk), type(sequence), type(is_brought)) != (str, str, int, bool):
        raise ParcelUnreadable("no parcel")
    return Parcel(id_, desk, sequence, entries, is_brought)


def _entry(row: Sequence[Any]) -> Entry:
    id_, kind, at, desk, attendee_id, list_id, payload = row
    if len(bytes.fromhex(id_)) != 16 or len(bytes.fromhex(attendee_id)) not in (0, 16):
        raise ParcelUnreadable("no id")
    if not (isinstance(desk, str) and isinstance(list_id, str) and isinstance(payload, dict)):
        raise ParcelUnreadable("no entry")
    return Entry(id_, EntryKind(kind), from_milliseconds(at), desk, attendee_id, list_id, payload)


_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""Keys stay in the order in which they were written: that of a list's columns is shown."""
