"""The pairing that the organiser's laptop shows to others: kept, so that a code on paper or on the
screen stays the same when the window is closed and opened, and can still be withdrawn.

It lies with the hub's own data, where only the user can read; whoever reads that has the hub.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from checkin_app.errors import PairingUnreadable
from checkin_app.hub.pairing import Pairing
from checkin_app.services.sharing.hubs.hub_places import HubPlaces
from checkin_app.services.sharing.hubs.hub_status import HubStatus, hub_status
from checkin_app.services.sharing.hubs.organised_hub import PAIRING_VALID, OrganisedHub
from checkin_app.storage.event_file import EventFile
from checkin_app.whole_file import whole_file

_FILE = "pairing.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ShownPairing:
    """What lets other laptops join, and until when (UTC)."""

    pairing: Pairing
    valid_until: datetime


def keep_pairing(places: HubPlaces, event_id: str, pairing: Pairing) -> None:
    """Remember the pairing that is shown from now on.

    Raises:
        CheckinError: it cannot be written.
    """
    with whole_file(_file(places, event_id)) as unfinished:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"format": _FORMAT, "link": pairing.link()}, file)


def forget_pairing(places: HubPlaces, event_id: str) -> None:
    """Show none from now on."""
    _file(places, event_id).unlink(missing_ok=True)


def kept_pairing(places: HubPlaces, event_id: str) -> Pairing | None:
    """The pairing that was shown last, whether or not its hub still takes it."""
    try:
        values = json.loads(_file(places, event_id).read_text(encoding="utf-8"))
        return Pairing.from_text(values["link"]) if values["format"] == _FORMAT else None
    except (OSError, ValueError, TypeError, LookupError, PairingUnreadable):
        return None


def shown_pairing(event_file: EventFile, places: HubPlaces, now: datetime) -> ShownPairing | None:
    """The pairing that was shown last, while its hub takes it.

    Args:
        now: UTC.

    Raises:
        UsageError: this laptop organises no hub.
        HubError: the hub does not answer.
    """
    kept = kept_pairing(places, event_file.sharing.event_id())
    return pairing_that_holds(kept, hub_status(event_file, places), now) if kept else None


def further_pairing(
    organised: OrganisedHub,
    event_file: EventFile,
    places: HubPlaces,
    now: datetime,
    valid: timedelta = PAIRING_VALID,
) -> ShownPairing:
    """Make a pairing. From now on it is the one that is shown, unless the one of before holds.

    Args:
        now: UTC.

    Raises:
        UsageError: this laptop organises no hub.
        HubError: the hub does not answer, or nobody could reach it.
    """
    pairing = organised.pair(valid)
    status = hub_status(event_file, places)
    if pairing_that_holds(kept_pairing(places, organised.event_id), status, now) is None:
        keep_pairing(places, organised.event_id, pairing)
    (until,) = (known.valid_until for known in status.pairings if known.id == pairing.code.id)
    return ShownPairing(pairing, until)


def pairing_that_holds(
    pairing: Pairing | None, status: HubStatus, now: datetime
) -> ShownPairing | None:
    """The pairing as others can use it now, at the addresses that the hub has now.

    Args:
        now: UTC.
    """
    if pairing is None:
        return None
    for known in status.pairings:
        if known.id == pairing.code.id and known.withdrawn_at is None and known.valid_until > now:
            addresses = status.addresses or pairing.addresses
            return ShownPairing(replace(pairing, addresses=addresses), known.valid_until)
    return None


def _file(places: HubPlaces, event_id: str) -> Path:
    return places.folder(event_id) / _FILE
