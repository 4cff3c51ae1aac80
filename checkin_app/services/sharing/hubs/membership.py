"""How this laptop may share an event: its key, its role on the hub, what it knew of the time."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from checkin_app.hub.access import HubAccess
from checkin_app.secrets_store.memberships import Memberships

_log = logging.getLogger(__name__)

_ACCESS = "access"
_CLOCK_ERROR = "clock_error_ms"


@dataclass(frozen=True, slots=True)
class Membership:
    """What a desk keeps of the hub it joined.

    Attributes:
        clock_error: by how much the laptop was ahead of the hub when last asked.
    """

    access: HubAccess
    clock_error: timedelta | None = None


def membership_of(memberships: Memberships, event_id: str) -> Membership | None:
    """The membership of this laptop in an event; None when it never joined."""
    stored = memberships.read(event_id)
    if stored is None or _ACCESS not in stored:
        return None
    error = stored.get(_CLOCK_ERROR)
    try:
        access = HubAccess.from_document(stored[_ACCESS])
    except ValueError:
        _log.warning("The membership of event %s cannot be read: join again", event_id)
        return None
    return Membership(access, timedelta(milliseconds=error) if isinstance(error, int) else None)


def keep_membership(memberships: Memberships, membership: Membership) -> None:
    """Keep it in place of any earlier one."""
    error = membership.clock_error
    document = memberships.read(membership.access.event_id) or {}
    document[_ACCESS] = membership.access.document()
    document[_CLOCK_ERROR] = None if error is None else round(error / timedelta(milliseconds=1))
    memberships.write(membership.access.event_id, document)


def keep_clock_error(memberships: Memberships, membership: Membership, error: timedelta) -> None:
    """Keep by how much the laptop is ahead of the hub, unless it has joined another by now."""
    known = membership_of(memberships, membership.access.event_id)
    if known is not None and known.access.hub_id == membership.access.hub_id:
        keep_membership(memberships, replace(known, clock_error=error))
