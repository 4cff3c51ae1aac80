"""What a desk keeps of its hub comes back as it was, and does not show its secrets."""

from __future__ import annotations

import json
from typing import Any

import pytest

from checkin_app.hub.access import BOUND_TLS, NO_TLS, SYSTEM_TLS, Address, HubAccess, Tls
from checkin_app.hub.sealing import DeskKey, new_event_key


def access(tls: Tls = NO_TLS) -> HubAccess:
    return HubAccess(
        event_id="01" * 16,
        hub_id="02" * 16,
        addresses=(Address("192.168.1.20", 54321), Address("hub.example.org")),
        database="checkin",
        role="checkin_desk",
        password="correct horse",
        tls=tls,
        event_key=new_event_key(),
        desk_key=DeskKey.new(),
    )


@pytest.mark.parametrize("tls", [NO_TLS, SYSTEM_TLS, BOUND_TLS, Tls.pinned(bytes(range(32)))])
def test_an_access_survives_the_way_through_a_file(tls: Tls) -> None:
    kept = access(tls)
    assert HubAccess.from_document(json.loads(json.dumps(kept.document()))) == kept


def test_secrets_do_not_show() -> None:
    shown = access()
    for secret in (shown.password, repr(shown.event_key), repr(shown.desk_key.to_bytes())):
        assert secret not in repr(shown)


@pytest.mark.parametrize(
    "change",
    [{"format": 2}, {"tls": "quantum"}, {"addresses": None}, {"event_key": "no"}, {"desk_key": 7}],
)
def test_a_damaged_document_is_said_to_be_one(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        HubAccess.from_document(access().document() | change)
    with pytest.raises(ValueError, match="no access"):
        HubAccess.from_document({})


def test_addresses_are_written_as_people_write_them() -> None:
    assert str(Address("hub.example.org")) == "hub.example.org:5432"
    assert str(Address("fe80::1", 99)) == "[fe80::1]:99"
