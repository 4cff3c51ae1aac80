"""The hub of an event is founded, started again, or taken over by this laptop.

The hub holds nothing that the desks' files do not hold as well. Losing it costs no data: any desk
takes over by founding a hub of its own and handing in its file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checkin_app.domain.sharing import SharingState
from checkin_app.errors import HubError, UsageError
from checkin_app.hub.access import Address, HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.joining import join
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.sealing import DeskKey, new_event_key
from checkin_app.hub.server.keeper import start_detached
from checkin_app.hub.server.ways import Way, way_to
from checkin_app.hub.silence import PATIENT_S
from checkin_app.services.sharing.exchanging.one_exchange import exchange_once
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.hubs.hub_places import HostingRecord
from checkin_app.services.sharing.hubs.membership import Membership, keep_membership
from checkin_app.services.sharing.hubs.organised_hub import PAIRING_VALID, OrganisedHub

_TAKE_OVER = "checkin-app hub take-over"


@dataclass(frozen=True, slots=True)
class HubStarted:
    """What came of starting a hub.

    Attributes:
        is_new: it was founded now.
        was_running: nothing had to be started.
        addresses: where other desks reach it; empty while the laptop is in no network.
        moved_from: the port of before, when another program has taken that one; else 0.
        state: how this laptop shares with it, after its file was handed in.
        trouble: what may keep other desks out; empty when nothing is known to.
    """

    is_new: bool
    was_running: bool
    addresses: tuple[Address, ...]
    moved_from: int
    state: SharingState
    trouble: str = ""


class Hosting(OrganisedHub):
    """One event's hub, seen from a laptop that organises it or may come to."""

    def start(self, port: int | None = None) -> HubStarted:
        """Start the hub on this laptop, and found it if there is none.

        Raises:
            UsageError: this laptop is a desk of another hub, or organises one elsewhere.
            HubError: no PostgreSQL runs here, or the disk is full.
        """
        record, own = self.record, self._membership()
        if record is not None and record.dsn:
            raise UsageError(
                "The hub of this event is a PostgreSQL elsewhere, which this laptop does not start."
                " To have one here, take over.",
                command=_TAKE_OVER,
            )
        if own is not None and (record is None or own.access.hub_id != record.hub_id):
            raise _desk_of_another()
        return self._start_here(port)

    def found_elsewhere(self, dsn: str) -> HubStarted:
        """Found the hub in a PostgreSQL that is there already. Done again it changes nothing.

        Raises:
            UsageError: that is no DSN, or this laptop is a desk of another hub.
            HubUnreachable, HubRefused: the database cannot be used.
        """
        record, own = self.record, self._membership()
        if record is not None and not record.dsn:
            raise UsageError("The hub of this event is on this laptop. Leave out --dsn.")
        way = way_to(dsn)
        # The organiser's second laptop has joined by a link, and organises from now on too.
        if own is not None and not _is_at(own.access, way):
            raise _desk_of_another()
        return self._open_for_desks(dsn, way, was_running=True)

    def take_over(
        self, port: int | None = None, *, dsn: str = "", anyway: bool = False
    ) -> HubStarted:
        """Be the hub from now on, whoever was it before; the other desks join this one anew.

        Args:
            dsn: of a PostgreSQL that is the hub instead of this laptop, and that it organises.
            anyway: even while the other one answers, and desks may stay with it.

        Raises:
            UsageError: the hub is here, or there, already, or the other one answers.
            HubError: no PostgreSQL runs here, the one elsewhere cannot be used, or the disk is
                full.
        """
        if dsn:
            return self._move_elsewhere(dsn, anyway=anyway)
        if self._is_whole_here():
            raise UsageError(
                "The hub of this event is on this laptop already. Start it.",
                command="checkin-app hub start",
            )
        if not anyway:
            self._require_silence()
        # What is left of an earlier one cannot be used, and every desk's file has it.
        self._server.remove()
        return self._start_here(port)

    def _move_elsewhere(self, dsn: str, *, anyway: bool) -> HubStarted:
        way, own = way_to(dsn), self._membership()
        if own is not None and _is_at(own.access, way):
            raise UsageError(
                "The hub of this event is in that database already. Organise it from here as well.",
                command="checkin-app hub start --dsn",
            )
        if not anyway:
            self._require_silence()
        started = self._open_for_desks(dsn, way, was_running=True)
        record = self._require_record()
        # What is left of one on this laptop lies in the same folder as the record.
        self._server.remove()
        self._places.keep(record)
        return started

    def _require_silence(self) -> None:
        """Two hubs at once would part the desks that do not know of it."""
        own = self._membership()
        if own is None:
            return
        try:
            HubConnection.open(own.access, PATIENT_S).close()
        except HubError:
            return
        raise UsageError(
            f"The hub of this event answers, at {own.access.addresses[0].host}: there is nothing to"
            " take over. To move it, stop it there first."
        )

    def _is_whole_here(self) -> bool:
        """Whether this laptop has the hub, and the key to what it holds."""
        record, own = self.record, self._membership()
        return (
            record is not None
            and own is not None
            and not record.dsn
            and own.access.hub_id == record.hub_id
            and self._server.is_whole()
        )

    def _start_here(self, port: int | None) -> HubStarted:
        started = self._server.start(port)
        way = self._way_here(started.port)
        opened = self._open_for_desks("", way, was_running=started.was_running)
        start_detached(["hub", "keep", str(self._server.folder)], self._server.folder)
        return replace(
            opened,
            moved_from=started.moved_from,
            trouble=self._server.reachability([address.host for address in way.addresses]),
        )

    def _open_for_desks(self, dsn: str, way: Way, *, was_running: bool) -> HubStarted:
        """Found or update the event's part, be a desk of it, hand in what this file has."""
        with HubOwner(dsn or self._server.owner_dsn(), self.event_id) as owner:
            hub_id = owner.found()
            if self._membership() is None and owner.parcels():
                raise _key_is_missing()
        record = HostingRecord(self.event_id, hub_id, dsn)
        is_new = self.record != record
        if is_new:
            self._places.keep(record)
        membership = self._own_membership(record, way)
        clock = SharedClock(membership.clock_error, self._clock)
        _, state = exchange_once(
            self._file, membership.access, self._desk_name, clock, self._progress
        )
        return HubStarted(is_new, was_running, way.addresses, 0, state)

    def _own_membership(self, record: HostingRecord, way: Way) -> Membership:
        """This laptop's place at the hub; made when it has none there."""
        known = self._membership()
        if known is not None and known.access.hub_id == record.hub_id:
            membership = replace(known, access=replace(known.access, addresses=way.from_here))
        else:
            # The same keys as before: what others sealed stays readable, and this desk's parcels go
            # on being numbered.
            desk_key = known.access.desk_key if known else DeskKey.new()
            event_key = known.access.event_key if known else new_event_key()
            pairing = self._pairing(record, way, way.from_here, event_key, PAIRING_VALID)
            membership = Membership(join(pairing, desk_key))
            with HubOwner(self._dsn(record), self.event_id) as owner:
                owner.withdraw_pairing(pairing.code.id)
        keep_membership(self._places.memberships, membership)
        return membership


def _is_at(access: HubAccess, way: Way) -> bool:
    """Whether that is the hub which the access is to; databases of one server are told apart."""
    is_same_server = set(access.addresses) & {*way.addresses, *way.from_here}
    return bool(is_same_server) and access.database == way.database


def _desk_of_another() -> UsageError:
    return UsageError(
        "This laptop is a desk of a hub elsewhere. If that one is lost, make this laptop the hub.",
        command=f"{_TAKE_OVER}, with --dsn to have it in another PostgreSQL",
    )


def _key_is_missing() -> HubError:
    return HubError(
        "What this hub holds is sealed with a key that this laptop does not have. Join it by a link"
        " from a laptop that has it, or make this laptop the hub.",
        command=_TAKE_OVER,
    )
