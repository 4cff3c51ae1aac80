"""One exchange with the hub from beginning to end, and how a desk stands to the others after it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from checkin_app.domain.sharing import SharingKind, SharingState
from checkin_app.hub.access import HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.silence import PATIENT_S
from checkin_app.services.sharing.exchanging.counted import Counted, Progress
from checkin_app.services.sharing.exchanging.exchange import Exchange
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.files.meeting_lists import merge_as_desk
from checkin_app.storage.event_file import EventFile

_SAME_NAME = (
    "Another desk is called {} too. Give this one a name of its own (“Event”, “Name of this"
    " desk…”), so that people can tell them apart."
)

_SAME_KEY = (
    "Another laptop, or another copy of this event file, shares as the same desk as this one."
    " Nothing is lost, but nobody can tell the two apart. Join anew on this laptop, with a new"
    " code."
)


def exchange_once(
    event_file: EventFile,
    access: HubAccess,
    desk_name: str,
    clock: SharedClock,
    progress: Progress = lambda done, total: None,
) -> tuple[Shared, SharingState]:
    """Hand in and take in all there is, and end.

    Args:
        progress: told how far handing in is.

    Raises:
        HubUnreachable, HubRefused: what was done before stays done.
        EventFileError: the event file fails.
    """
    exchange = Exchange(event_file, access, desk_name, clock)
    hub = HubConnection.open(access, PATIENT_S)
    try:
        clock.set_by(hub.clock_error(clock.laptop))
        exchange.recognise(hub)
        # First those of others, whose names this desk must not take.
        taken = exchange.take_in(hub)
        exchange.declare_name()
        merge_as_desk(event_file, exchange.desk_id, clock())
        # Each entry is signed and sent.
        counted = Counted(progress, 2 * event_file.sharing.waiting(access.hub_id))
        sent = exchange.share(hub, counted)
        shared = taken.and_then(Shared(sent)).and_then(exchange.take_in(hub))
        exchange.remove_erased()
        at_hub = hub.desks()
    finally:
        hub.close()
    state = state_of(event_file, access, at_hub, desk_name, clock)
    borrowed = sum(one.entries for one in event_file.sharing.borrowed_names())
    return shared, replace(state, refused=shared.refused, borrowed=borrowed)


def state_of(
    event_file: EventFile,
    access: HubAccess,
    at_hub: Collection[str],
    desk_name: str,
    clock: SharedClock,
) -> SharingState:
    """What the state line says while the hub answers.

    Args:
        at_hub: the ids of the desks that share with this hub. Others joined one before it, and do
            not know of this one yet.
    """
    sharing = event_file.sharing
    desks = sharing.desks()
    others = [desk for desk in desks if desk.id != access.desk_key.id and not desk.is_withdrawn]
    own = next((desk.name for desk in desks if desk.id == access.desk_key.id), desk_name)
    is_double = any(desk.name == own for desk in others)
    trouble = _SAME_NAME.format(own) if is_double else ""
    if sharing.is_key_elsewhere(access.desk_key.id):
        trouble = _SAME_KEY
    return SharingState(
        SharingKind.SHARED,
        desks=sum(desk.id in at_hub for desk in others),
        waiting=sharing.waiting(access.hub_id),
        clock_error=clock.error,
        trouble=trouble,
        missing=sharing.missing(),
    )
