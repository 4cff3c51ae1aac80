"""The organiser's login to a hub, for the laptop that has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from checkin_app.hub.owner import HubOwner
from checkin_app.hub.server.server import HubServer
from checkin_app.services.sharing.hub_places import HubPlaces


def organiser_login(places: HubPlaces, event_id: str) -> Callable[[], HubOwner] | None:
    """What logs in as the organiser of an event's hub; None where another laptop organises it.

    Raises:
        HubError: what this laptop keeps of its hub cannot be read.
    """
    record = places.record(event_id)
    if record is None:
        return None
    dsn = record.dsn or HubServer(places.folder(event_id)).owner_dsn()
    return partial(HubOwner, dsn, event_id)
