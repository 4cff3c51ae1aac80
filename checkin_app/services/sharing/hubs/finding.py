"""A desk finds its hub again when that is at other addresses now, and exchanges once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from checkin_app.domain.sharing import SharingState
from checkin_app.errors import HubError, HubUnreachable, UsageError
from checkin_app.hub.access import Address
from checkin_app.hub.server.discovery import FoundHub, find_hub_of
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.sharing.exchanging.one_exchange import exchange_once
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.hubs.membership import Membership, keep_membership, membership_of
from checkin_app.storage.event_file import EventFile

_MOST_ADDRESSES = 8


def share_now(
    event_file: EventFile,
    desk_name: str,
    memberships: Memberships,
    clock: Callable[[], datetime],
) -> tuple[Shared, SharingState]:
    """Hand in and take in all there is, wherever in the network the hub is now.

    Args:
        clock: the laptop's own (UTC).

    Raises:
        UsageError: this laptop has not joined.
        HubUnreachable, HubRefused: what was done before stays done.
    """
    membership = membership_of(memberships, event_file.sharing.event_id())
    if membership is None:
        raise UsageError(
            "This laptop shares the event with nobody. Join first.", command="checkin-app hub join"
        )
    shared_clock = SharedClock(membership.clock_error, clock)
    try:
        result = exchange_once(event_file, membership.access, desk_name, shared_clock)
    except HubUnreachable:
        moved = find_again(membership, memberships)
        if moved is None:
            raise
        membership = moved
        result = exchange_once(event_file, membership.access, desk_name, shared_clock)
    keep_membership(memberships, replace(membership, clock_error=shared_clock.error))
    return result


def find_again(membership: Membership, memberships: Memberships) -> Membership | None:
    """Look in the network where a desk's hub is now, when none of its addresses answers.

    Returns:
        The membership with the addresses it has now, which is kept; None when it is not heard of.
    """
    access = membership.access
    try:
        found = find_hub_of(access.event_id, access.hub_id)
    except HubError:
        return None
    if found is None:
        return None
    # Anybody may claim to be a hub, so what was known before stays known.
    known = [one for one in access.addresses if one not in addresses_of(found)]
    addresses = (*addresses_of(found), *known)[:_MOST_ADDRESSES]
    moved = replace(membership, access=replace(access, addresses=addresses))
    keep_membership(memberships, moved)
    return moved


def addresses_of(found: FoundHub) -> tuple[Address, ...]:
    """Where a hub listens that was heard of."""
    return tuple(Address(host, found.port) for host in found.addresses)
