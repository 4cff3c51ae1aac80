"""A laptop becomes a desk of an event: by a link, or by a code and a hub in its network."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checkin_app.domain.parcels import SignedParcel
from checkin_app.domain.sharing import SharingState
from checkin_app.errors import (
    CheckinError,
    HubError,
    HubRefused,
    HubUnreachable,
    OtherEvent,
    PairingUnreadable,
    ParcelRefused,
)
from checkin_app.fault_log import describe_fault
from checkin_app.hub.access import NO_TLS, HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.joining import join
from checkin_app.hub.pairing import Pairing, PairingCode
from checkin_app.hub.sealing import DeskKey, unseal
from checkin_app.hub.server.configuration import DATABASE
from checkin_app.hub.server.discovery import find_hubs
from checkin_app.hub.silence import PATIENT_S
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.event_files import open_event
from checkin_app.services.sharing.exchanging.one_exchange import exchange_once
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.hubs.finding import addresses_of
from checkin_app.services.sharing.hubs.membership import Membership, keep_membership, membership_of
from checkin_app.storage.event_file import EventFile

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]
_READ_AT_ONCE = 200
_FEW = 20
"""Parcels that surely say what event it is: its first entries are in the first of them."""
_SEARCH_S = 10.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of joining.

    Attributes:
        is_new_file: it was made now, of what the others shared.
        refused: parcels that had been changed on their way and were left out.
    """

    membership: Membership
    is_new_file: bool
    state: SharingState
    refused: int


def join_event(
    text: str,
    path: Path,
    desk_name: str,
    memberships: Memberships,
    clock: Clock,
    progress: Progress = lambda done, total: None,
) -> Joined:
    """Join with a pairing's link or code.

    Args:
        text: as it was scanned, pasted or typed.
        path: the event file: a copy of the same event, or none yet, which is made then.
        clock: the laptop's own (UTC).

    Raises:
        PairingUnreadable: the text is no pairing.
        HubUnreachable, HubRefused: nobody answers, or the pairing was withdrawn.
        OtherEvent: the file is of another event. Nothing was merged.
        EventFileError: the file cannot be read or written.
    """
    if path.exists():
        with open_event(path) as event_file:
            return _join_with(event_file, text, desk_name, memberships, clock)
    return join_with_new_file(
        path, access_by(text, DeskKey.new()), desk_name, memberships, clock, progress
    )


def join_with_new_file(
    path: Path,
    access: HubAccess,
    desk_name: str,
    memberships: Memberships,
    clock: Clock,
    progress: Progress = lambda done, total: None,
) -> Joined:
    """Be the desk that an access is of, with a file made of what the others shared.

    Raises:
        HubUnreachable, HubRefused: the hub was lost meanwhile.
        EventFileError: the file cannot be written; nothing is left of it.
    """
    membership = Membership(access)
    _make_file(path, access, desk_name, clock, progress)
    keep_membership(memberships, membership)
    with open_event(path) as event_file:
        state = _exchange(event_file, membership, desk_name, clock)
    return Joined(membership, True, state, state.refused)


def _join_with(
    event_file: EventFile, text: str, desk_name: str, memberships: Memberships, clock: Clock
) -> Joined:
    event_id = event_file.sharing.event_id()
    access = access_for(event_file, text, membership_of(memberships, event_id))
    if access.event_id != event_id:
        raise OtherEvent(
            f"{event_file.path.name} is of another event than this hub. Join with a new file, or"
            " choose the file of this event."
        )
    return join_with(event_file, access, desk_name, memberships, clock)


def join_with(
    event_file: EventFile,
    access: HubAccess,
    desk_name: str,
    memberships: Memberships,
    clock: Clock,
) -> Joined:
    """Be the desk that an access is of, with a file of the same event.

    Raises:
        HubUnreachable, HubRefused: the hub was lost meanwhile; the membership is kept.
        EventFileError: the file cannot be read or written.
    """
    known = membership_of(memberships, access.event_id)
    membership = Membership(access, known.clock_error if known else None)
    keep_membership(memberships, membership)
    state = _exchange(event_file, membership, desk_name, clock)
    return Joined(membership, False, state, state.refused)


def access_for(event_file: EventFile, text: str, known: Membership | None) -> HubAccess:
    """As the desk it was, whose parcels go on being numbered; as a new one if that was withdrawn,
    since whoever gave it a new pairing wants it back, or if somebody else shares as that desk.
    """
    if known is None or event_file.sharing.is_key_elsewhere(known.access.desk_key.id):
        return access_by(text, DeskKey.new())
    try:
        return access_by(text, known.access.desk_key)
    except HubRefused:
        return access_by(text, DeskKey.new())


def _exchange(
    event_file: EventFile, membership: Membership, desk_name: str, clock: Clock
) -> SharingState:
    shared_clock = SharedClock(membership.clock_error, clock)
    return exchange_once(event_file, membership.access, desk_name, shared_clock)[1]


def access_by(text: str, desk_key: DeskKey) -> HubAccess:
    """Join by the link, or by the code alone: then at the hubs that are heard of in the network,
    and at those as well when nobody answers at the addresses of the link any more.
    """
    try:
        pairing = Pairing.from_text(text)
    except PairingUnreadable:
        return _access_in_network(PairingCode.from_text(text), desk_key, _nobody_heard_of())
    try:
        return join(pairing, desk_key)
    except HubUnreachable as error:
        return _access_in_network(pairing.code, desk_key, error)


def _access_in_network(code: PairingCode, desk_key: DeskKey, trouble: HubError) -> HubAccess:
    """At whichever hub the code opens; several events may be held in one house."""
    tried: set[str] = set()
    until = time.monotonic() + _SEARCH_S
    while (left_s := until - time.monotonic()) > 0:
        for hub in find_hubs(left_s, until=lambda hub: hub.hub_id not in tried):
            if hub.hub_id in tried:
                continue
            tried.add(hub.hub_id)
            try:
                return join(Pairing(code, addresses_of(hub), DATABASE, NO_TLS), desk_key)
            except HubError as error:
                trouble = error
    raise trouble


def _nobody_heard_of() -> HubError:
    return HubUnreachable(
        "No hub is heard of in this network. Connect this laptop to the Wi-Fi or cable of the"
        " hub’s laptop, or join by the link instead of the code."
    )


def _make_file(
    path: Path, access: HubAccess, desk_name: str, clock: Clock, progress: Progress
) -> None:
    """A new event file with all that the hub has, but for parcels that have to be left out."""
    with closing(HubConnection.open(access, PATIENT_S)) as hub:
        now = clock() - hub.clock_error(clock)
        try:
            _fill_file(_Reading(hub, access, progress), path, desk_name, now)
        except CheckinError:
            raise
        except Exception as error:  # noqa: BLE001 - one parcel must not keep everybody from joining
            _log.error("A file is made of few parcels first: %s", describe_fault(error))
            # The others are taken in as at any desk, which leaves out what makes it stumble.
            _fill_file(_Reading(hub, access, progress, _FEW), path, desk_name, now)


def _fill_file(reading: _Reading, path: Path, desk_name: str, now: datetime) -> None:
    hub_id = reading.access.hub_id
    with EventFile.create_from(
        path,
        reading.parcels(),
        desk=desk_name,
        now=now,
        event_id=reading.access.event_id,
        hub=hub_id,
    ) as event_file:
        left_out = [*reading.refused, *reading.left_out_of(event_file)]
        with event_file.transaction(desk_name, now, even_closed=True) as transaction:
            transaction.take_in((), hub=hub_id, read_up_to=reading.up_to)
            transaction.note_left_out(hub_id, left_out, 1, reading.up_to)
            transaction.note_seen(hub_id, *reading.hub.last_seen)
            transaction.note_blanked(reading.blanked)


class _Reading:
    """Reads all parcels of a hub, or the first, and remembers how far it came."""

    def __init__(
        self, hub: HubConnection, access: HubAccess, progress: Progress, limit: int = 0
    ) -> None:
        self.hub = hub
        self.access = access
        self._progress = progress
        self._limit = limit
        self._numbers: dict[str, int] = {}
        self.up_to = 0
        self.refused: list[int] = []
        self.blanked: list[tuple[str, str]] = []

    def parcels(self) -> Iterator[SignedParcel]:
        while sealed := self.hub.after(self.up_to, self._limit or _READ_AT_ONCE):
            for parcel in sealed:
                if parcel.body:
                    try:
                        yield unseal(parcel, self.access.event_key, self.access.event_id)
                        self._numbers[parcel.id] = parcel.number
                    except ParcelRefused:
                        self.refused.append(parcel.number)
                else:
                    self.blanked.append((parcel.id, parcel.desk))
                self.up_to = parcel.number
            self._progress(self.up_to, 0)
            if self._limit:
                return

    def left_out_of(self, event_file: EventFile) -> Iterator[int]:
        """The numbers of what was given and is not in the file: no desk writes such."""
        if event_file.sharing.last_parcel() < len(self._numbers):
            for id_ in event_file.sharing.not_kept(self._numbers):
                yield self._numbers[id_]
