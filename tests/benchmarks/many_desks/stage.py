"""A hub as a laptop runs it, an event of many people in it, and desks that join."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from checkin_app.hub.access import NO_TLS, Address, HubAccess
from checkin_app.hub.joining import join
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.sealing import DeskKey
from checkin_app.hub.server.configuration import DATABASE
from checkin_app.hub.server.server import HubServer
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.clock import utc_now
from checkin_app.services.sharing.hubs.hosting import Hosting
from checkin_app.services.sharing.hubs.hub_places import HubPlaces
from checkin_app.services.sharing.hubs.membership import membership_of
from checkin_app.storage.event_file import EventFile
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people

_VALID = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Stage:
    """An event and the server of its hub.

    Attributes:
        path: the organiser's file.
        desks_in: where the files of the other desks are made.
        codes: of everybody.
    """

    folder: Path
    path: Path
    desks_in: Path
    server: HubServer
    codes: tuple[str, ...]

    @property
    def dsn(self) -> str:
        """The organiser's login."""
        return self.server.owner_dsn()

    def found(self) -> str:
        """Found the hub, and hand the organiser's file in. Returns the event's id."""
        places = HubPlaces(self.folder / "hubs", Memberships(self.folder / "organiser"))
        with opened(self.path) as event_file:
            hosting = Hosting(event_file, "Organiser", places, utc_now)
            hosting.found_elsewhere(self.dsn)
            return hosting.event_id

    def pairing(self) -> Pairing:
        """A new one, over the loopback."""
        with opened(self.path) as event_file:
            event_id = event_file.sharing.event_id()
        membership = membership_of(Memberships(self.folder / "organiser"), event_id)
        assert membership is not None
        with HubOwner(self.dsn, event_id) as owner:
            code = owner.new_pairing(membership.access.event_key, utc_now() + _VALID)
        here = (Address("127.0.0.1", self.server.port()),)
        return Pairing(code, here, DATABASE, NO_TLS)

    def desks(self, count: int, copies: int | None = None) -> list[tuple[Path, HubAccess]]:
        """New desks, each with a copy of the organiser's file as it is now.

        Args:
            copies: so many get one; None: all do.
        """
        pairing = self.pairing()
        made = []
        for number in range(count):
            path = self.desks_in / f"desk-{number}.checkin"
            if copies is None or number < copies:
                shutil.copyfile(self.path, path)
            made.append((path, join(pairing, DeskKey.new())))
        return made


@contextmanager
def stage(folder: Path, attendees: int, desks_in: Path | None = None) -> Iterator[Stage]:
    """A stage whose hub runs until the block ends; it is not founded yet.

    Args:
        desks_in: where the files of desks lie, if not beside the hub.
    """
    with reachable_folder(folder) as reachable, TemporaryDirectory(dir=desks_in) as desks:
        path = reachable / "organiser.checkin"
        EventFile.create(
            path, EVENT, [CHECK_IN_LIST], people(attendees), desk="Organiser", now=NOW
        ).close()
        server = HubServer(reachable / "server")
        server.start()
        try:
            codes = tuple(person.code for person in people(attendees))
            yield Stage(reachable, path, Path(desks), server, codes)
        finally:
            server.remove()


@contextmanager
def reachable_folder(folder: Path) -> Iterator[Path]:
    """A folder on the same disk through which PostgreSQL's account may pass, whoever it is."""
    made = Path(tempfile.mkdtemp(prefix="many-desks-", dir=_passable(folder)))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _passable(folder: Path) -> Path:
    """The nearest folder above that everybody may pass through."""
    others = 0o001
    return next(
        one
        for one in (folder, *folder.parents)
        if all(above.stat().st_mode & others for above in (one, *one.parents))
        and os.access(one, os.W_OK)
    )


@contextmanager
def opened(path: Path) -> Iterator[EventFile]:
    event_file = EventFile(path)
    try:
        yield event_file
    finally:
        event_file.close()
