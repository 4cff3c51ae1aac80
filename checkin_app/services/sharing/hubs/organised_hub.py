"""A hub that is there already, for the laptop that organises it: let desks in and out, stop it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from checkin_app.domain.ledger import EntryKind
from checkin_app.errors import EventClosed, HubError, UsageError
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.owner import HubOwner, PairingAtHub
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.hub.server.configuration import DATABASE
from checkin_app.hub.server.server import HubServer
from checkin_app.hub.server.ways import Way, way_to
from checkin_app.services.sharing.exchanging.counted import Progress
from checkin_app.services.sharing.exchanging.one_exchange import exchange_once
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.hubs.hub_places import HostingRecord, HubPlaces
from checkin_app.services.sharing.hubs.membership import Membership, membership_of
from checkin_app.storage.event_file import EventFile

Clock = Callable[[], datetime]
PAIRING_VALID = timedelta(hours=24)
_HERE = "127.0.0.1"
_START = "checkin-app hub start"


class OrganisedHub:
    """One event's hub, seen from the laptop that organises it."""

    def __init__(
        self,
        event_file: EventFile,
        desk_name: str,
        places: HubPlaces,
        clock: Clock,
        progress: Progress = lambda done, total: None,
    ) -> None:
        """Take an event file; nothing is looked at yet.

        Args:
            desk_name: under which this laptop shares, for it is a desk as well.
            clock: the laptop's own (UTC).
            progress: told how far handing in a long list is.
        """
        self.event_id = event_file.sharing.event_id()
        self._file = event_file
        self._desk_name = desk_name
        self._places = places
        self._clock = clock
        self._progress = progress
        self._server = HubServer(places.folder(self.event_id))

    @property
    def record(self) -> HostingRecord | None:
        """The hub this laptop organises for the event; None when it organises none."""
        return self._places.record(self.event_id)

    def is_running(self) -> bool:
        """Whether the server on this laptop runs; of a PostgreSQL elsewhere, always."""
        record = self.record
        return record is not None and (bool(record.dsn) or self._server.is_running())

    def stop(self) -> bool:
        """Stop the hub on this laptop; False when it did not run. Desks work on by themselves.

        Raises:
            UsageError: it is not on this laptop.
            HubError: it does not end.
        """
        if self._require_record().dsn:
            raise UsageError(
                "The hub of this event is a PostgreSQL elsewhere; it is started and stopped there."
            )
        return self._server.stop()

    def remove(self) -> None:
        """Delete the hub for good, when the event is over. Every desk keeps what it has.

        Raises:
            UsageError: this laptop organises no hub.
            HubError: it does not end, or does not answer.
        """
        record = self._require_record()
        # So that this file has all that desks handed in.
        with suppress(HubError):
            self._share()
        if record.dsn:
            with HubOwner(record.dsn, self.event_id) as owner:
                owner.remove()
        self._server.remove()
        own = self._membership()
        if own is not None and own.access.hub_id == record.hub_id:
            self._places.memberships.forget(self.event_id)

    def pair(self, valid: timedelta = PAIRING_VALID) -> Pairing:
        """A new pairing: what lets other desks join until it ends or is withdrawn.

        Raises:
            UsageError: this laptop organises no hub.
            HubError: the hub does not answer, or nobody could reach it.
        """
        record, own = self._require_record(), self._membership()
        refuse_another_hub(record, own)
        if own is None:
            raise UsageError(
                "This laptop is no desk of the hub it organises. Start that.",
                command=_START,
            )
        way = self._way(record)
        if not way.addresses:
            raise HubError(
                "This laptop is in no network, so that no other could reach it. Connect it to the"
                " Wi-Fi or cable of the other desks, and try again."
            )
        return self._pairing(record, way, way.addresses, own.access.event_key, valid)

    def withdraw(self, which: str) -> str:
        """Take the right back from a pairing or a desk, by its id or a desk's name.

        Returns:
            The id of what was withdrawn.

        Raises:
            UsageError: there is none of the kind, several, or it is this laptop itself.
            HubError: the hub does not answer.
        """
        wanted = which.strip().casefold()
        record = self._require_record()
        refuse_another_hub(record, self._membership())
        self._share()
        with HubOwner(self._dsn(record), self.event_id) as owner:
            if any(pairing.id == wanted for pairing in owner.pairings()):
                owner.withdraw_pairing(wanted)
                return wanted
            desk_id = self._desk_meant(wanted, {desk.id for desk in owner.desks()}, which)
            owner.withdraw_desk(desk_id)
        self._note_withdrawn(desk_id)
        self._share()
        return desk_id

    def code_of(self, desk_id: str) -> PairingAtHub | None:
        """The pairing that a desk joined with, while it lets laptops in; its user knows that.

        Raises:
            UsageError: this laptop organises no hub.
            HubError: the hub does not answer.
        """
        record, own = self._require_record(), self._membership()
        now = SharedClock(own.clock_error if own else None, self._clock)()
        with HubOwner(self._dsn(record), self.event_id) as owner:
            codes = {desk.pairing for desk in owner.desks() if desk.id == desk_id}
            holding = (
                one
                for one in owner.pairings()
                if one.id in codes and one.withdrawn_at is None and one.valid_until > now
            )
            return next(holding, None)

    def _share(self) -> None:
        """Know the names of the desks, and let them know what was done."""
        own = self._membership()
        if own is not None:
            clock = SharedClock(own.clock_error, self._clock)
            exchange_once(self._file, own.access, self._desk_name, clock)

    def _desk_meant(self, wanted: str, at_hub: set[str], which: str) -> str:
        named = [desk for desk in self._file.sharing.desks() if not desk.is_withdrawn]
        meant = {desk.id for desk in named if desk.name.casefold() == wanted} | (at_hub & {wanted})
        if len(meant) != 1:
            there_are = ", ".join(f"“{desk.name}” ({desk.id})" for desk in named) or "none yet"
            raise UsageError(f"There is no single pairing or desk “{which}”. Desks: {there_are}.")
        (desk_id,) = meant
        own = self._membership()
        if own is not None and own.access.desk_key.id == desk_id:
            raise UsageError("This laptop organises the hub and cannot withdraw itself.")
        return desk_id

    def _note_withdrawn(self, desk_id: str) -> None:
        try:
            with self._file.transaction(self._desk_name, self._clock()) as transaction:
                transaction.append(EntryKind.DESK_WITHDRAWN, payload={"desk": desk_id})
        except EventClosed:
            return  # Its ledger takes no more; the hub lets the desk in no longer all the same.

    def _pairing(
        self,
        record: HostingRecord,
        way: Way,
        addresses: tuple[Address, ...],
        event_key: bytes,
        valid: timedelta,
    ) -> Pairing:
        own = self._membership()
        # The hub judges by its own clock.
        now = SharedClock(own.clock_error if own else None, self._clock)()
        with HubOwner(self._dsn(record), self.event_id) as owner:
            code = owner.new_pairing(event_key, now + valid)
        return Pairing(code, addresses, way.database, way.tls)

    def _way(self, record: HostingRecord) -> Way:
        if record.dsn:
            return way_to(record.dsn)
        if not self._server.is_running():
            raise HubError("The hub is not running. Start it.", command=_START)
        return self._way_here(self._server.port())

    def _way_here(self, port: int) -> Way:
        lan = tuple(Address(host, port) for host in lan_addresses())
        return Way(lan, (Address(_HERE, port),), DATABASE, NO_TLS)

    def _dsn(self, record: HostingRecord) -> str:
        return record.dsn or self._server.owner_dsn()

    def _membership(self) -> Membership | None:
        return membership_of(self._places.memberships, self.event_id)

    def _require_record(self) -> HostingRecord:
        return require_record(self._places, self.event_id)


def require_record(places: HubPlaces, event_id: str) -> HostingRecord:
    """What is known of the hub that this laptop organises for an event.

    Raises:
        UsageError: it organises none.
    """
    record = places.record(event_id)
    if record is not None:
        return record
    if membership_of(places.memberships, event_id) is not None:
        raise UsageError(
            "This laptop organises no hub for this event; it is a desk of one that another laptop"
            " organises. See how it shares.",
            command="checkin-app hub sync",
        )
    raise UsageError("This laptop organises no hub for this event. Start one.", command=_START)


def refuse_another_hub(record: HostingRecord, own: Membership | None) -> None:
    """A laptop that came back after another had taken over, and joined that, organises none.

    Raises:
        UsageError: it is a desk of another hub than the one it organised before.
    """
    if own is not None and own.access.hub_id != record.hub_id:
        raise UsageError(
            "This laptop is a desk of another hub now. Stop what is left of its own, then delete"
            " it.",
            command="checkin-app hub stop, then checkin-app hub remove",
        )
