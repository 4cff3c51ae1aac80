"""What the laptop that organises a hub does without being asked: it starts it again, and knows
the login to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from checkin_app.errors import HubError
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.server.server import HubServer
from checkin_app.services.sharing.hubs.hosting import Hosting
from checkin_app.services.sharing.hubs.hub_places import HostingRecord, HubPlaces
from checkin_app.services.sharing.hubs.membership import membership_of
from checkin_app.storage.event_file import EventFile


def organiser_login(places: HubPlaces, event_id: str) -> Callable[[], HubOwner] | None:
    """What logs in as the organiser of an event's hub; None where another laptop organises it.

    Raises:
        HubError: what this laptop keeps of its hub cannot be read.
    """
    record = organised_record(places, event_id)
    if record is None:
        return None
    dsn = record.dsn or HubServer(places.folder(event_id)).owner_dsn()
    return partial(HubOwner, dsn, event_id)


def organised_record(places: HubPlaces, event_id: str) -> HostingRecord | None:
    """The hub that this laptop organises and is a desk of.

    A laptop that came back after another one had taken over, and joined that, organises none: what
    is left of its own hub is of no use to anybody.
    """
    record, own = places.record(event_id), membership_of(places.memberships, event_id)
    if record is None or (own is not None and own.access.hub_id != record.hub_id):
        return None
    return record


def stop_what_was_left(event_file: EventFile, places: HubPlaces) -> None:
    """Stop the hub on this laptop if the laptop is a desk of another one now.

    Raises:
        HubError: it does not end.
    """
    event_id = event_file.sharing.event_id()
    if places.record(event_id) is not None and organised_record(places, event_id) is None:
        HubServer(places.folder(event_id)).stop()


def start_hub_again(
    event_file: EventFile, desk_name: str, places: HubPlaces, clock: Callable[[], datetime]
) -> bool:
    """Start the hub on this laptop if it ran and nobody stopped it, as after a reboot.

    One that runs, here or elsewhere, gets what this program knows and the one that made it did not.

    Returns:
        Whether it had to be started.

    Raises:
        HubError: it does not start.
    """
    event_id = event_file.sharing.event_id()
    record = organised_record(places, event_id)
    if record is None:
        return False
    if record.dsn or not HubServer(places.folder(event_id)).was_cut_short():
        _bring_up_to_date(places, event_id)
        return False
    Hosting(event_file, desk_name, places, clock).start()
    return True


def _bring_up_to_date(places: HubPlaces, event_id: str) -> None:
    # A hub that is stopped or out of reach is brought up to date when it is back.
    with suppress(HubError):
        log_in = organiser_login(places, event_id)
        if log_in is not None:
            with log_in() as owner:
                owner.bring_up_to_date()
