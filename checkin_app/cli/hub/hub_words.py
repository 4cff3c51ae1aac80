"""What the ``hub`` commands tell: lines for people, values for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from checkin_app.domain.event_document import iso_utc
from checkin_app.domain.programme import Event
from checkin_app.domain.sharing import BorrowedName
from checkin_app.hub.owner import PairingAtHub
from checkin_app.hub.server.discovery import FoundHub
from checkin_app.services.sharing.hubs.hub_status import HubStatus, NamedDesk
from checkin_app.services.sharing.sharing_wording import borrowed_words

_MEGABYTE = 2**20


def status_lines(status: HubStatus, event: Event) -> Iterator[str]:
    """How a hub is doing, times as at the venue."""
    where = ", ".join(map(str, status.addresses)) or "no network"
    if not status.is_running:
        yield "The hub is on this laptop and does not run. Start it: checkin-app hub start."
    elif status.running_since is not None:
        yield f"The hub runs since {event.local(status.running_since):%d.%m. %H:%M}, at {where}."
    else:
        yield f"The hub is a PostgreSQL elsewhere, at {where}."
    if status.is_running:
        yield f"{status.parcels} parcels, {len(status.desks)} desks:"
    for named in status.desks:
        heard = f"{event.local(named.desk.heard_at):%d.%m. %H:%M:%S}"
        gone = ", withdrawn" if named.desk.withdrawn_at else ""
        yield f"  {named.name or '(no name yet)'}  last heard {heard}{gone}  {named.desk.id}"
    for pairing in status.pairings:
        if not pairing.withdrawn_at:
            yield (
                f"  pairing until {event.local(pairing.valid_until):%d.%m. %H:%M},"
                f" {pairing.desks} joined with it  {pairing.id}"
            )
    if status.size_bytes is not None and status.free_bytes is not None:
        yield (
            f"{status.size_bytes // _MEGABYTE} MB on the disk,"
            f" {status.free_bytes // _MEGABYTE} MB free."
        )
    if status.trouble:
        yield status.trouble


def how_long(left: timedelta) -> str:
    """A while in words, to the quarter of an hour, or to the minute when little is left."""
    quarters = round(left / timedelta(minutes=15))
    if quarters >= 4:
        return "1 hour" if quarters == 4 else f"{quarters / 4:g} hours"
    minutes = max(1, round(left / timedelta(minutes=1)))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def borrowed_lines(status: HubStatus, borrowed: Iterable[BorrowedName]) -> Iterator[str]:
    """What desks handed in under the names of others."""
    names = {one.desk.id: one.name for one in status.desks}
    for one in borrowed:
        yield f"{names.get(one.by) or one.by} handed in {borrowed_words([one])}."


def desk_json(named: NamedDesk) -> dict[str, Any]:
    """A desk of a hub."""
    desk = named.desk
    return {
        "id": desk.id,
        "name": named.name,
        "joined_at": iso_utc(desk.joined_at),
        "heard_at": iso_utc(desk.heard_at),
        "withdrawn": desk.withdrawn_at is not None,
    }


def at_hub_json(pairing: PairingAtHub) -> dict[str, Any]:
    """A pairing of a hub. The hub does not know its code."""
    return {
        "id": pairing.id,
        "valid_until": iso_utc(pairing.valid_until),
        "withdrawn": pairing.withdrawn_at is not None,
        "desks": pairing.desks,
    }


def found_json(hub: FoundHub) -> dict[str, Any]:
    """A hub that was heard of."""
    return {
        "hub": hub.hub_id,
        "laptop": hub.laptop,
        "addresses": list(hub.addresses),
        "port": hub.port,
    }
