"""What must hold on a hub: numbers without gaps, nothing readable, nothing of who was erased."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from happenings import READABLE

from checkin_app.domain.parcels import SealedParcel, parcel_document
from checkin_app.hub.sealing import unseal

PEOPLE = (
    ("Ελένη", "Παπαδοπούλου"),
    ("Zażółć", "Gęślą-Jaźń"),
    ("Imogen", "Featherstonehaugh"),
    ("Олена", "Ґудзь"),
    ("Siân", "Llŷr-Griffiths"),
)
LISTS = ("Registration desk", "World café, table 2")
NEVER_READABLE = tuple(
    text.encode()
    for text in (*(name for names in PEOPLE for name in names), *LISTS, *READABLE, "Cluster")
)
_ZLIB = b"\x78"


def check_parcels(
    rows: Sequence[Any], erased: Iterable[str], event_key: bytes, event_id: str
) -> None:
    """Whether the parcels of a hub are as they must be.

    Args:
        rows: number, id, desk and body of all, by number.
        erased: codes that nothing may be left of.

    Raises:
        AssertionError: they are not.
    """
    numbers = [number for number, *_ in rows]
    assert numbers == list(range(1, len(rows) + 1)), f"the numbers have gaps: {numbers}"
    found = readable_in(body for *_, body in rows)
    assert not found, f"the hub can read {found}"
    codes = list(erased)
    for number, id_, desk, body in rows:
        if codes and body:
            sealed = SealedParcel(id_.hex, desk.hex, body, number)
            document = parcel_document(unseal(sealed, event_key, event_id).parcel)
            for code in codes:
                assert code.encode() not in document, f"{code} is still on the hub"


def readable_in(bodies: Iterable[bytes]) -> list[str]:
    """What of the people and the event can be read in what lies on a hub, packed or not."""
    plain = [part for body in bodies for part in (body, *_unpacked(body))]
    together = b"\0".join(plain)
    return [text.decode() for text in NEVER_READABLE if text in together]


def _unpacked(body: bytes) -> Iterator[bytes]:
    """Whatever in it zlib can unpack, without a key."""
    start = body.find(_ZLIB)
    while start >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(body[start:])
        start = body.find(_ZLIB, start + 1)
