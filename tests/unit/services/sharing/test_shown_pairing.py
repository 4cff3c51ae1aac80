"""The code that an organiser's laptop shows: kept, and shown for as long as its hub takes it."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.owner import PairingAtHub
from checkin_app.hub.pairing import Pairing, PairingCode
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.sharing.hubs.hub_places import HostingRecord, HubPlaces
from checkin_app.services.sharing.hubs.hub_status import HubStatus
from checkin_app.services.sharing.hubs.shown_pairing import (
    forget_pairing,
    keep_pairing,
    kept_pairing,
    pairing_that_holds,
)

NOW = datetime(2024, 5, 6, 10, 41, tzinfo=UTC)
EVENT = "0" * 32
HERE, MOVED = Address("192.0.2.20", 47620), Address("192.0.2.77", 47621)
PAIRING = Pairing(PairingCode.from_text("8EXY-JJD6-E95H-P0M7"), (HERE,), "checkin", NO_TLS)
AT_HUB = PairingAtHub(PAIRING.code.id, NOW, NOW + timedelta(hours=24), None, 2)


@pytest.fixture
def places(tmp_path: Path) -> HubPlaces:
    """Of a laptop that organises the hub of an event."""
    places = HubPlaces(tmp_path / "hubs", Memberships(tmp_path / "memberships"), tmp_path)
    places.keep(HostingRecord(EVENT, "1" * 32))
    return places


def status(*pairings: PairingAtHub, addresses: tuple[Address, ...] = (HERE,)) -> HubStatus:
    return HubStatus("1" * 32, True, True, NOW, addresses, pairings=pairings)


def test_a_pairing_is_the_same_after_a_restart_until_it_is_forgotten(places: HubPlaces) -> None:
    assert kept_pairing(places, EVENT) is None
    keep_pairing(places, EVENT, PAIRING)
    assert kept_pairing(places, EVENT) == PAIRING
    forget_pairing(places, EVENT)
    forget_pairing(places, EVENT)
    assert kept_pairing(places, EVENT) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_user_can_read_it(places: HubPlaces) -> None:
    keep_pairing(places, EVENT, PAIRING)
    (file,) = places.folder(EVENT).glob("pairing*")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1, "link": "hello"}', "\xff"])
def test_what_cannot_be_read_is_no_pairing(places: HubPlaces, text: str) -> None:
    (places.folder(EVENT) / "pairing.json").write_text(text, encoding="latin-1")
    assert kept_pairing(places, EVENT) is None


def test_it_is_shown_while_the_hub_takes_it(places: HubPlaces) -> None:
    shown = pairing_that_holds(PAIRING, status(AT_HUB), NOW)
    assert shown is not None
    assert (shown.pairing, shown.valid_until) == (PAIRING, AT_HUB.valid_until)
    assert pairing_that_holds(None, status(AT_HUB), NOW) is None
    assert pairing_that_holds(PAIRING, status(), NOW) is None
    assert pairing_that_holds(PAIRING, status(AT_HUB), AT_HUB.valid_until) is None
    withdrawn = replace(AT_HUB, withdrawn_at=NOW)
    assert pairing_that_holds(PAIRING, status(withdrawn), NOW) is None


def test_it_leads_to_where_the_hub_is_now() -> None:
    shown = pairing_that_holds(PAIRING, status(AT_HUB, addresses=(MOVED,)), NOW)
    assert shown is not None
    assert shown.pairing == replace(PAIRING, addresses=(MOVED,))
    in_no_network = pairing_that_holds(PAIRING, status(AT_HUB, addresses=()), NOW)
    assert in_no_network is not None
    assert in_no_network.pairing.addresses == (HERE,)
