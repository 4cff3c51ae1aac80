"""The hub of an event, for the laptop that organises it: found, start, pair, withdraw, stop.

The hub holds nothing that the desks' files do not hold as well. Losing it costs no data: any desk
takes over by founding a hub of its own and handing in its file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.sharing import SharingState
from checkin_app.errors import EventClosed, HubError, UsageError
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.joining import join
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.sealing import DeskKey, new_event_key
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.hub.server.configuration import DATABASE
from checkin_app.hub.server.keeper import start_detached
from checkin_app.hub.server.server import HubServer
from checkin_app.hub.server.ways import Way, way_to
from checkin_app.services.sharing.exchange import exchange_once
from checkin_app.services.sharing.hub_places import HostingRecord, HubPlaces
from checkin_app.services.sharing.membership import Membership, keep_membership, membership_of
from checkin_app.services.sharing.shared_clock import SharedClock
from checkin_app.storage.event_file import EventFile

Clock = Callable[[], datetime]
PAIRING_VALID = timedelta(hours=24)
_HERE = "127.0.0.1"


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


class Hosting:
    """One event's hub, seen from a laptop that organises it or may come to."""

    def __init__(
        self, event_file: EventFile, desk_name: str, places: HubPlaces, clock: Clock
    ) -> None:
        """Take an event file; nothing is looked at yet.

        Args:
            desk_name: under which this laptop shares, for it is a desk as well.
            clock: the laptop's own (UTC).
        """
        self.event_id = event_file.sharing.event_id()
        self._file = event_file
        self._desk_name = desk_name
        self._places = places
        self._clock = clock
        self._server = HubServer(places.folder(self.event_id))

    @property
    def record(self) -> HostingRecord | None:
        """The hub this laptop organises for the event; None when it organises none."""
        return self._places.record(self.event_id)

    def start(self, port: int | None = None) -> HubStarted:
        """Start the hub on this laptop, and found it if there is none.

        Raises:
            UsageError: this laptop is a desk of another hub, or organises one elsewhere.
            HubError: no PostgreSQL runs here, or the disk is full.
        """
        record = self.record
        if record is None:
            self._refuse_second_hub()
        elif record.dsn:
            raise UsageError(
                "The hub of this event is a PostgreSQL elsewhere, which this laptop does not start."
                " To have one here, take over: checkin-app hub take-over."
            )
        return self._start_here(port)

    def found_elsewhere(self, dsn: str) -> HubStarted:
        """Found the hub in a PostgreSQL that is there already. Done again it changes nothing.

        Raises:
            UsageError: that is no DSN, or this laptop is a desk of another hub.
            HubUnreachable, HubRefused: the database cannot be used.
        """
        record = self.record
        if record is None:
            self._refuse_second_hub()
        elif not record.dsn:
            raise UsageError("The hub of this event is on this laptop. Leave out --dsn.")
        way = way_to(dsn)
        return self._open_for_desks(dsn, way, was_running=True, moved_from=0)

    def take_over(self, port: int | None = None) -> HubStarted:
        """Be the hub from now on, whoever was it before; the other desks join this one anew.

        Raises:
            UsageError: this laptop runs the hub already.
            HubError: no PostgreSQL runs here, or the disk is full.
        """
        if self._is_whole_here():
            raise UsageError(
                "The hub of this event is on this laptop already. Start it: checkin-app hub start."
            )
        # What is left of an earlier one cannot be used, and every desk's file has it.
        self._server.remove()
        self._places.forget(self.event_id)
        return self._start_here(port)

    def _is_whole_here(self) -> bool:
        """Whether this laptop has the hub, and the key to what it holds."""
        record, own = self.record, membership_of(self._places.memberships, self.event_id)
        return (
            record is not None
            and own is not None
            and not record.dsn
            and own.access.hub_id == record.hub_id
            and self._server.exists()
        )

    def stop(self) -> bool:
        """Stop the hub on this laptop; False when it did not run. Desks work on by themselves.

        Raises:
            UsageError: it is not on this laptop.
            HubError: it does not end.
        """
        self._require_here()
        return self._server.stop()

    def pair(self, valid: timedelta = PAIRING_VALID) -> Pairing:
        """A new pairing: what lets other desks join until it ends or is withdrawn.

        Raises:
            HubError: this laptop organises no hub, or it does not answer.
        """
        record = self._require_record()
        way = self._way(record)
        if not way.addresses:
            raise HubError(
                "This laptop is in no network, so that no other could reach it. Connect it to the"
                " Wi-Fi or cable of the other desks, and try again."
            )
        return self._pairing(self._dsn(record), way, way.addresses, valid)

    def withdraw(self, which: str) -> str:
        """Take the right back from a pairing or a desk, by its id or a desk's name.

        Returns:
            The id of what was withdrawn.

        Raises:
            UsageError: there is none of the kind, several, or it is this laptop itself.
            HubError: this laptop organises no hub, or it does not answer.
        """
        with self._owner() as owner:
            wanted = which.strip().casefold()
            pairings = [one.id for one in owner.pairings() if one.id.casefold() == wanted]
            if pairings:
                owner.withdraw_pairing(pairings[0])
                return pairings[0]
            desk_id = self._desk_meant(wanted, which)
            owner.withdraw_desk(desk_id)
        self._note_withdrawn(desk_id)
        return desk_id

    def _desk_meant(self, wanted: str, which: str) -> str:
        desks = self._file.sharing.desks()
        meant = [
            desk
            for desk in desks
            if wanted == desk.id or (wanted == desk.name.casefold() and not desk.is_withdrawn)
        ]
        if len(meant) != 1:
            there_are = ", ".join(f"“{desk.name}” ({desk.id})" for desk in desks) or "none yet"
            raise UsageError(f"There is no single pairing or desk “{which}”. Desks: {there_are}.")
        own = membership_of(self._places.memberships, self.event_id)
        if own is not None and own.access.desk_key.id == meant[0].id:
            raise UsageError("This laptop organises the hub and cannot withdraw itself.")
        return meant[0].id

    def _note_withdrawn(self, desk_id: str) -> None:
        try:
            with self._file.transaction(self._desk_name, self._clock()) as transaction:
                transaction.append(EntryKind.DESK_WITHDRAWN, payload={"desk": desk_id})
        except EventClosed:
            return  # Its ledger takes no more; the hub lets the desk in no longer all the same.

    def _start_here(self, port: int | None) -> HubStarted:
        started = self._server.start(port)
        here = (Address(_HERE, started.port),)
        way = Way(self._lan(started.port), here, DATABASE, NO_TLS)
        opened = self._open_for_desks(
            "", way, was_running=started.was_running, moved_from=started.moved_from
        )
        start_detached(["hub", "keep", str(self._server.folder)], self._server.folder)
        lan = [address.host for address in way.addresses]
        return replace(opened, trouble=self._server.reachability(lan))

    def _open_for_desks(
        self, dsn: str, way: Way, *, was_running: bool, moved_from: int
    ) -> HubStarted:
        """Found or update the event's part, be a desk of it, hand in what this file has."""
        with HubOwner(dsn or self._server.owner_dsn(), self.event_id) as owner:
            hub_id = owner.found()
        record = HostingRecord(self.event_id, hub_id, dsn)
        is_new = self.record != record
        if is_new:
            self._places.keep(record)
        membership = self._own_membership(record, way)
        clock = SharedClock(membership.clock_error, self._clock)
        _, state = exchange_once(self._file, membership.access, self._desk_name, clock)
        return HubStarted(is_new, was_running, way.addresses, moved_from, state)

    def _own_membership(self, record: HostingRecord, way: Way) -> Membership:
        """This laptop's place at the hub; made when it has none there."""
        known = membership_of(self._places.memberships, self.event_id)
        if known is not None and known.access.hub_id == record.hub_id:
            membership = replace(known, access=replace(known.access, addresses=way.from_here))
        else:
            # The same key as before: this desk's parcels go on being numbered.
            desk_key = known.access.desk_key if known else DeskKey.new()
            dsn = self._dsn(record)
            pairing = self._pairing(dsn, way, way.from_here, PAIRING_VALID)
            membership = Membership(join(pairing, desk_key))
            with HubOwner(dsn, self.event_id) as owner:
                owner.withdraw_pairing(pairing.code.id)
        keep_membership(self._places.memberships, membership)
        return membership

    def _pairing(
        self,
        dsn: str,
        way: Way,
        addresses: tuple[Address, ...],
        valid: timedelta,
    ) -> Pairing:
        known = membership_of(self._places.memberships, self.event_id)
        event_key = known.access.event_key if known else new_event_key()
        with HubOwner(dsn, self.event_id) as owner:
            code = owner.new_pairing(event_key, self._clock() + valid)
        return Pairing(code, addresses, way.database, way.tls)

    def _way(self, record: HostingRecord) -> Way:
        if record.dsn:
            return way_to(record.dsn)
        self._require_running()
        port = self._server.port()
        return Way(self._lan(port), (Address(_HERE, port),), DATABASE, NO_TLS)

    def _owner(self) -> HubOwner:
        return HubOwner(self._dsn(self._require_record()), self.event_id)

    def _dsn(self, record: HostingRecord) -> str:
        return record.dsn or self._server.owner_dsn()

    def _lan(self, port: int) -> tuple[Address, ...]:
        return tuple(Address(host, port) for host in lan_addresses())

    def _refuse_second_hub(self) -> None:
        if membership_of(self._places.memberships, self.event_id) is not None:
            raise UsageError(
                "This laptop is a desk of a hub elsewhere. If that one is lost, make this laptop"
                " the hub: checkin-app hub take-over."
            )

    def _require_record(self) -> HostingRecord:
        record = self.record
        if record is None:
            raise UsageError(
                "This laptop organises no hub for this event. Start one: checkin-app hub start."
            )
        return record

    def _require_here(self) -> None:
        if self._require_record().dsn:
            raise UsageError(
                "The hub of this event is a PostgreSQL elsewhere; it is started and stopped there."
            )

    def _require_running(self) -> None:
        if not self._server.is_running():
            raise HubError("The hub is not running. Start it: checkin-app hub start.")
