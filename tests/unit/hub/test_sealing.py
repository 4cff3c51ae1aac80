"""A parcel comes out of its seal as its desk signed it, or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.parcels import Parcel, SealedParcel, SignedParcel, parcel_document
from checkin_app.errors import ParcelRefused
from checkin_app.hub.sealing import (
    DeskKey,
    desk_id,
    new_event_key,
    seal,
    sign,
    unseal,
    verify,
)

EVENT, OTHER_EVENT = "01" * 16, "02" * 16
EVENT_KEY = new_event_key()
KEY, OTHER_KEY = DeskKey.new(), DeskKey.new()
AT = datetime(2024, 5, 6, 12, 34, 10, tzinfo=UTC)
ENTRY = Entry(
    "0a" * 16, EntryKind.CHECKED_IN, AT, "Desk 1", "0b" * 16, "main", {"note": "née Šuïš"}
)
PARCEL = Parcel("0c" * 16, KEY.id, 7, (ENTRY,))
SIGNED = sign(PARCEL, KEY, EVENT)


def test_a_parcel_comes_out_as_it_went_in() -> None:
    assert unseal(seal(SIGNED, EVENT_KEY, EVENT), EVENT_KEY, EVENT) == SIGNED


def test_a_desk_hands_on_what_another_signed() -> None:
    handed_on = seal(unseal(seal(SIGNED, EVENT_KEY, EVENT), EVENT_KEY, EVENT), EVENT_KEY, EVENT)
    assert unseal(handed_on, EVENT_KEY, EVENT) == SIGNED


def test_two_seals_of_one_parcel_look_different() -> None:
    assert seal(SIGNED, EVENT_KEY, EVENT).body != seal(SIGNED, EVENT_KEY, EVENT).body


def test_nothing_of_what_a_parcel_says_can_be_seen() -> None:
    body = seal(SIGNED, EVENT_KEY, EVENT).body
    assert not [word for word in (b"Desk 1", b"main", KEY.public, SIGNED.signature) if word in body]


def test_a_desks_id_is_the_digest_of_its_key_and_the_key_can_be_kept() -> None:
    again = DeskKey.from_bytes(KEY.to_bytes())
    assert (again.public, again.id) == (KEY.public, KEY.id)
    assert KEY.id == desk_id(KEY.public)
    assert len(bytes.fromhex(KEY.id)) == 16
    assert KEY.id != OTHER_KEY.id


def test_a_key_does_not_show_itself() -> None:
    assert KEY.to_bytes().hex() not in repr(KEY)
    assert repr(KEY.to_bytes()) not in repr(KEY)


SEALED = seal(SIGNED, EVENT_KEY, EVENT)
OTHER_SEALED = seal(sign(replace(PARCEL, id="0d" * 16, sequence=8), KEY, EVENT), EVENT_KEY, EVENT)


@pytest.mark.parametrize(
    "changed",
    [
        replace(SEALED, id="0d" * 16),
        replace(SEALED, desk=OTHER_KEY.id),
        replace(SEALED, body=OTHER_SEALED.body),
        replace(SEALED, body=SEALED.body[:-1]),
        replace(SEALED, body=SEALED.body + b"\0"),
        replace(SEALED, body=SEALED.body[:20]),
        replace(SEALED, body=b"\x01"),
        replace(SEALED, body=b""),
    ],
    ids=["id", "desk", "another body", "cut", "longer", "nearly nothing", "format", "nothing"],
)
def test_what_was_changed_on_the_hub_is_refused(changed: SealedParcel) -> None:
    with pytest.raises(ParcelRefused, match="changed"):
        unseal(changed, EVENT_KEY, EVENT)


@given(st.integers(0, len(SEALED.body) * 8 - 1))
def test_no_bit_of_a_body_can_be_turned(bit: int) -> None:
    body = bytearray(SEALED.body)
    body[bit // 8] ^= 1 << bit % 8
    with pytest.raises(ParcelRefused):
        unseal(replace(SEALED, body=bytes(body)), EVENT_KEY, EVENT)


@given(st.binary(max_size=400))
def test_rubbish_is_refused(body: bytes) -> None:
    with pytest.raises(ParcelRefused):
        unseal(replace(SEALED, body=body), EVENT_KEY, EVENT)


def test_a_parcel_of_another_event_is_refused() -> None:
    with pytest.raises(ParcelRefused):
        unseal(SEALED, EVENT_KEY, OTHER_EVENT)
    with pytest.raises(ParcelRefused):
        unseal(SEALED, new_event_key(), EVENT)
    with pytest.raises(ParcelRefused):
        verify(SIGNED, OTHER_EVENT)


@pytest.mark.parametrize(
    "forged",
    [
        replace(SIGNED, parcel=replace(PARCEL, sequence=8)),
        replace(SIGNED, parcel=replace(PARCEL, is_brought=True)),
        replace(SIGNED, parcel=replace(PARCEL, entries=())),
        replace(SIGNED, parcel=replace(PARCEL, entries=(replace(ENTRY, desk="Desk 2"),))),
        replace(SIGNED, parcel=replace(PARCEL, id="0d" * 16)),
        replace(SIGNED, parcel=replace(PARCEL, desk=OTHER_KEY.id)),
        replace(SIGNED, public_key=OTHER_KEY.public),
        replace(SIGNED, public_key=b""),
        replace(SIGNED, signature=bytes(64)),
        replace(SIGNED, signature=b""),
        replace(
            SIGNED,
            parcel=replace(PARCEL, desk=OTHER_KEY.id),
            public_key=OTHER_KEY.public,
        ),
    ],
)
def test_a_desk_that_knows_the_events_key_cannot_sign_for_another(forged: SignedParcel) -> None:
    with pytest.raises(ParcelRefused):
        verify(forged, EVENT)
    with pytest.raises(ParcelRefused):
        unseal(seal(forged, EVENT_KEY, EVENT), EVENT_KEY, EVENT)


def test_what_a_newer_program_wrote_asks_for_an_update() -> None:
    with pytest.raises(ParcelRefused, match="Update this laptop"):
        unseal(replace(SEALED, body=b"\x02" + SEALED.body[1:]), EVENT_KEY, EVENT)
    newer = parcel_document(PARCEL).replace(b"checked in", b"applauded!")
    with pytest.raises(ParcelRefused, match="Update this laptop"):
        unseal(sealed_content(zlib.compress(newer)), EVENT_KEY, EVENT)


def bomb() -> bytes:
    return zlib.compress(bytes(64 << 20), 9)


def cut() -> bytes:
    return zlib.compress(parcel_document(PARCEL))[:-5]


def longer() -> bytes:
    return zlib.compress(b"[" * 20_000)


@pytest.mark.parametrize("packed", [bomb, cut, longer, bytes])
def test_a_desk_cannot_choke_the_others(packed: Callable[[], bytes]) -> None:
    """Whoever knows the event's key may seal what it likes; nothing but a parcel is taken."""
    with pytest.raises(ParcelRefused):
        unseal(sealed_content(packed()), EVENT_KEY, EVENT)


def sealed_content(packed: bytes) -> SealedParcel:
    """Sealed as ``seal`` does, around anything."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    ids = b"checkin body 1" + bytes.fromhex(EVENT + PARCEL.id + PARCEL.desk)
    content = KEY.public + SIGNED.signature + packed
    sealed = ChaCha20Poly1305(EVENT_KEY).encrypt(bytes(12), content, ids)
    return SealedParcel(PARCEL.id, PARCEL.desk, b"\x01" + bytes(12) + sealed)
