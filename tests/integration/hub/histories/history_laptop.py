"""One laptop of a history: the real file, desk and exchange, with a clock that a history sets.

Time is played: what happens in a history takes no time, and between two steps some pass that the
history chooses. So the order of entries in the ledger is the same whenever a history is played.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bad_network import BadNetwork
from founded_hub import opened

from checkin_app.errors import HubUnreachable
from checkin_app.hub.access import HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.owner import HubOwner
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.sharing.exchanging.exchange import Exchange
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.hubs.joining import join_with_new_file
from checkin_app.storage.event_file import EventFile

_TOLERANCE = timedelta(milliseconds=2)


@dataclass
class PlayedTime:
    """The true time of a history."""

    now: datetime

    @classmethod
    def from_now(cls) -> PlayedTime:
        """Begins at the present, which the hub's own clock shows, too."""
        return cls(datetime.now(UTC).replace(microsecond=0))

    def pass_by(self, some: timedelta) -> None:
        """It is later now."""
        self.now += some


class Line:
    """A laptop's way to one hub. The connection stays when a history is over."""

    def __init__(self, access: HubAccess, network: BadNetwork) -> None:
        self.access = access
        self.network = network
        self._connection: HubConnection | None = None

    @property
    def is_open(self) -> bool:
        return self._connection is not None

    def connection(self) -> HubConnection:
        """The connection, which is made when there is none."""
        if self._connection is None:
            self._connection = opened(self.access)
        return self._connection

    def begin_anew(self) -> None:
        """Whatever lay on the hub is gone, and the connection knows nothing of it."""
        if self._connection is not None:
            self._connection.last_seen = (0, "")

    def hang_up(self) -> None:
        """The connection is gone."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class HistoryLaptop:
    """One laptop of a history.

    Attributes:
        name: of the desk.
        path: of its event file.
        line: its way to the hub it belongs to now.
        hub: the number of that hub in the history.
        error: by how much its clock is ahead.
    """

    def __init__(
        self, name: str, path: Path, line: Line, time: PlayedTime, error: timedelta
    ) -> None:
        self.name = name
        self.path = path
        self.line = line
        self.hub = 0
        self.error = error
        self.is_reached = False
        self._time = time
        self._clock_error: timedelta | None = None
        self._copy: Path | None = None
        self._known: frozenset[bytes] = frozenset()
        self.file: EventFile

    def begin(self) -> None:
        """Open the file and work with it."""
        self.file = EventFile(self.path)
        self.lists = self.file.check_in_lists()
        self._begin_to_share()

    def join_late(self, memberships: Memberships) -> None:
        """Make the file of what the others shared.

        Raises:
            HubError: the hub cannot be reached, or has not got enough yet; there is no file.
        """
        join_with_new_file(self.path, self.line.access, self.name, memberships, self._laptop)
        self.begin()

    def desk(self, place: int) -> CheckInDesk:
        """The desk at one of the check-in lists."""
        return CheckInDesk(self.file, self.name, self.lists[place], self.clock)

    def exchange(self, owner: HubOwner | None) -> bool:
        """Share and take in, if the hub can be reached. Returns whether anything was new.

        Args:
            owner: the organiser's, on the organiser's laptop.
        """
        was_open, self.is_reached = self.line.is_open, False
        try:
            hub = self.line.connection()
            if not (was_open and self._is_introduced):
                hub.clock_error(self._laptop)
                self._clock_error = self.error
                self.clock.set_by(self.error)
                self._exchange.recognise(hub)
                self._exchange.declare_name()
                self._is_introduced = True
            sent = self._exchange.share(hub)
            taken = self._exchange.take_in(hub)
        except HubUnreachable:
            self.line.hang_up()
            return False
        self.is_reached = True
        assert taken.refused == 0, "a parcel is refused that nobody changed"
        self._exchange.remove_erased()
        altered = self.file.sharing.altered() if owner is not None else ()
        if owner is not None and altered:
            self._exchange.blank(hub.hub_id, owner)
            # What the owner puts there is news to the desk's own connection.
            self._exchange.take_in(hub)
        return bool(sent or taken.came or altered)

    def join_again(self, line: Line, hub: int) -> None:
        """Belong to another hub from now on."""
        self.line, self.hub = line, hub
        self._begin_to_share()

    def restart(self) -> None:
        """The program ends and begins again."""
        self.file.close()
        self.begin()

    def copy_file(self) -> None:
        """Somebody makes a copy of the event file."""
        self.file.close()
        self._copy = self.path.with_suffix(".copy")
        shutil.copy(self.path, self._copy)
        self.begin()

    @property
    def has_copy(self) -> bool:
        return self._copy is not None

    def restore_copy(self) -> None:
        """The copy takes the place of the event file."""
        assert self._copy is not None
        self.file.close()
        shutil.copy(self._copy, self.path)
        self.begin()

    def is_in_time(self) -> bool:
        """Whether it goes by the true time, once it was told that since it began."""
        return not self._is_introduced or abs(self.clock() - self._time.now) < _TOLERANCE

    @property
    def last_known(self) -> str:
        """The id of the last entry that was in its file when that was asked last."""
        return max(self._known, default=b"").hex()

    def new_entry_ids(self) -> list[str]:
        """The ids of the entries that came to its file since the last time this was asked."""
        held = self.file.sharing.contents().entries
        new, self._known = held - self._known, held
        return [id_.hex() for id_ in new]

    def entry_ids(self) -> frozenset[str]:
        """The ids of all entries in its file."""
        return frozenset(id_.hex() for id_ in self.file.sharing.contents().entries)

    def entries_in(self, parcel_ids: set[str]) -> set[str]:
        """The ids of the entries that some parcels hold, as far as those are whole here."""
        whole = self.file.sharing.contents().parcels & {bytes.fromhex(id_) for id_ in parcel_ids}
        parcels = self.file.sharing.parcels(whole)
        return {entry.id for signed in parcels for entry in signed.parcel.entries}

    def close(self) -> None:
        """The laptop is put away."""
        self.file.close()

    def _begin_to_share(self) -> None:
        self.clock = SharedClock(self._clock_error, self._laptop, self._elapsed)
        self._exchange = Exchange(self.file, self.line.access, self.name, self.clock)
        self._is_introduced = False

    def _laptop(self) -> datetime:
        return self._time.now + self.error

    def _elapsed(self) -> float:
        return self._time.now.timestamp()


@contextmanager
def put_away(laptops: list[HistoryLaptop]) -> Iterator[None]:
    """Closes whatever laptops there are at the end."""
    try:
        yield
    finally:
        for laptop in laptops:
            laptop.close()
