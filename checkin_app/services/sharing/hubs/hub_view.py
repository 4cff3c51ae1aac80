"""What a laptop may see of the hub of an event, whichever part it has in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from checkin_app.domain.sharing import BorrowedName, SharingDesk
from checkin_app.errors import HubRefused, HubUnreachable
from checkin_app.hub.access import Address
from checkin_app.services.sharing.hubs.hub_places import HostingRecord, HubPlaces
from checkin_app.services.sharing.hubs.hub_status import HubStatus, hub_status
from checkin_app.services.sharing.hubs.membership import membership_of
from checkin_app.services.sharing.hubs.organiser import organised_record
from checkin_app.services.sharing.hubs.shown_pairing import (
    ShownPairing,
    kept_pairing,
    pairing_that_holds,
)
from checkin_app.storage.event_file import EventFile


class HubPart(Enum):
    """Which part a laptop has."""

    NONE = auto()
    """It shares with nobody."""
    ORGANISER = auto()
    """It organises the hub, and is a desk of it."""
    DESK = auto()
    """It joined."""


@dataclass(frozen=True, slots=True)
class HubView:
    """The hub as this laptop sees it.

    Attributes:
        status: how the hub is doing, for who organises it.
        address: where this desk found the hub the last time; None where it shares with nobody.
        own_id: which of the desks this laptop is.
        desks: those that joined, the first to join first.
        borrowed: names of desks under which others handed something in.
        pairing: what lets others join, while it does.
        waiting: entries of this laptop that its hub has not acknowledged; None where it has none.
    """

    part: HubPart
    status: HubStatus | None = None
    address: Address | None = None
    own_id: str = ""
    desks: tuple[SharingDesk, ...] = ()
    borrowed: tuple[BorrowedName, ...] = ()
    pairing: ShownPairing | None = None
    waiting: int | None = None


def look_at_hub(event_file: EventFile, places: HubPlaces, now: datetime) -> HubView:
    """Look at the hub of an event. May take as long as the network.

    Args:
        now: UTC.
    """
    event_id = event_file.sharing.event_id()
    membership = membership_of(places.memberships, event_id)
    if membership is None:
        return HubView(HubPart.NONE)
    record = organised_record(places, event_id)
    view = HubView(
        HubPart.DESK,
        None,
        membership.access.addresses[0],
        membership.access.desk_key.id,
        event_file.sharing.desks(),
        event_file.sharing.borrowed_names(),
        waiting=event_file.sharing.waiting(membership.access.hub_id),
    )
    if record is None:
        return view
    status = _status(event_file, places, record)
    pairing = pairing_that_holds(kept_pairing(places, event_id), status, now)
    return replace(view, part=HubPart.ORGANISER, status=status, pairing=pairing)


def _status(event_file: EventFile, places: HubPlaces, record: HostingRecord) -> HubStatus:
    """What the hub says of itself, or why it says nothing: it can be stopped even so."""
    try:
        return hub_status(event_file, places)
    except (HubUnreachable, HubRefused) as error:
        return HubStatus(record.hub_id, not record.dsn, True, None, (), trouble=str(error))
