"""What there is to say of a hub, for whoever organises it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from checkin_app.hub.access import Address
from checkin_app.hub.owner import DeskAtHub, HubOwner, PairingAtHub
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.hub.server.server import HubServer
from checkin_app.hub.server.ways import way_to
from checkin_app.services.sharing.hubs.hub_places import HostingRecord, HubPlaces
from checkin_app.services.sharing.hubs.membership import membership_of
from checkin_app.services.sharing.hubs.organised_hub import refuse_another_hub, require_record
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class NamedDesk:
    """A desk as the hub knows it, and as people call it; empty while its name did not come."""

    desk: DeskAtHub
    name: str


@dataclass(frozen=True, slots=True)
class HubStatus:
    """How a hub is doing.

    Attributes:
        is_here: on this laptop, and not in a PostgreSQL elsewhere.
        running_since: UTC; None while it does not run, and of a PostgreSQL elsewhere.
        addresses: where other desks reach it.
        parcels: how many it holds.
        size_bytes, free_bytes: of its data, and of the disk they lie on; None elsewhere.
        trouble: what may keep other desks out, or did so; empty when nothing is known to.
    """

    hub_id: str
    is_here: bool
    is_running: bool
    running_since: datetime | None
    addresses: tuple[Address, ...]
    desks: tuple[NamedDesk, ...] = ()
    pairings: tuple[PairingAtHub, ...] = ()
    parcels: int = 0
    size_bytes: int | None = None
    free_bytes: int | None = None
    trouble: str = ""


def hub_status(event_file: EventFile, places: HubPlaces) -> HubStatus:
    """How the hub is doing that this laptop organises for the event.

    Raises:
        UsageError: it organises none, or none any more.
        HubUnreachable, HubRefused: the PostgreSQL elsewhere cannot be asked.
    """
    event_id = event_file.sharing.event_id()
    record = require_record(places, event_id)
    refuse_another_hub(record, membership_of(places.memberships, event_id))
    names = {desk.id: desk.name for desk in event_file.sharing.desks()}
    if record.dsn:
        status = _elsewhere(record, names)
    else:
        status = _here(record, HubServer(places.folder(event_id)), names)
    troubles = (status.trouble, *map(_held_up, status.desks))
    return replace(status, trouble=" ".join(filter(None, troubles)))


def _held_up(named: NamedDesk) -> str:
    """What to do about a desk that kept the others from sharing; the hub helped itself so far."""
    if not named.desk.held_up or named.desk.withdrawn_at is not None:
        return ""
    return (
        f"{named.name or named.desk.id} kept all others from sharing and was cut off,"
        f" {named.desk.held_up} times so far. If that goes on, withdraw it."
        if named.desk.held_up > 1
        else f"{named.name or named.desk.id} kept all others from sharing once and was cut off."
    )


def _elsewhere(record: HostingRecord, names: Mapping[str, str]) -> HubStatus:
    addresses = way_to(record.dsn).addresses
    desks, pairings, parcels = _told(record.dsn, record.event_id, names)
    return HubStatus(record.hub_id, False, True, None, addresses, desks, pairings, parcels)


def _here(record: HostingRecord, server: HubServer, names: Mapping[str, str]) -> HubStatus:
    since, port = server.running_since(), server.port()
    lan = lan_addresses()
    desks, pairings, parcels = (
        _told(server.owner_dsn(), record.event_id, names) if since else ((), (), 0)
    )
    return HubStatus(
        record.hub_id,
        True,
        since is not None,
        since,
        tuple(Address(host, port) for host in lan),
        desks,
        pairings,
        parcels,
        server.size_bytes(),
        server.free_bytes(),
        server.reachability(lan) if since else "",
    )


def _told(
    dsn: str, event_id: str, names: Mapping[str, str]
) -> tuple[tuple[NamedDesk, ...], tuple[PairingAtHub, ...], int]:
    with HubOwner(dsn, event_id) as owner:
        desks = tuple(NamedDesk(desk, names.get(desk.id, "")) for desk in owner.desks())
        return desks, owner.pairings(), owner.parcels()
