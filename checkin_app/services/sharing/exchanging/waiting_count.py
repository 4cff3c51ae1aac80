"""How much waits on a desk that is on its own: it grows with each scan, and nobody answers."""

from __future__ import annotations

from checkin_app.secrets_store.memberships import Memberships
from checkin_app.storage.event_file import EventFile


def count_waiting(event_file: EventFile, memberships: Memberships) -> int:
    """How many entries no hub has acknowledged; 0 where this laptop never joined one.

    Raises:
        EventFileError: the event file fails.
    """
    # Loads the way to the hub, which a laptop on its own never needs.
    from checkin_app.services.sharing.hubs.membership import membership_of

    membership = membership_of(memberships, event_file.sharing.event_id())
    return event_file.sharing.waiting(membership.access.hub_id) if membership is not None else 0
