"""A power cut on a desk: what the hub gives again may be gone, what the desk did is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw
import pytest
from founded_hub import FoundedHub
from postgres import PostgresServer

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.scan import Scan
from checkin_app.hub.access import HubAccess
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import create_sample_event
from checkin_app.services.sharing.exchanging.exchange import Exchange
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.storage.event_file import EventFile


class _Disk(apsw.VFS):
    """The usual one, which remembers what each file held when it was last told to keep it."""

    def __init__(self) -> None:
        self.usual = apsw.vfs_names()[0]
        super().__init__("remembering", self.usual, makedefault=True)
        self.kept: dict[str, bytes] = {}

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name, flags)


class _File(apsw.VFSFile):
    def __init__(self, disk: _Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__(disk.usual, name, flags)
        self._disk = disk
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._disk.kept[self._name] = Path(self._name).read_bytes()


@pytest.fixture
def disk() -> Iterator[_Disk]:
    made = _Disk()
    yield made
    made.unregister()


def test_after_a_power_cut_a_desk_has_all_it_did_and_is_given_again_what_others_did(
    postgres: PostgresServer, tmp_path: Path, disk: _Disk
) -> None:
    with _two_desks(postgres, tmp_path) as (hub, one, other, here, there):
        _admit(other, 0)
        _exchange(hub, other, there)
        _admit(one, 1)
        _exchange(hub, one, here)
        came = _exchange(hub, other, there).came
        assert len(came) == 1
        with closing(_after_power_cut(disk, other, tmp_path)) as after:
            assert after.verify().ok
            assert _admitted(after) == [0]
            assert came.items() <= _exchange(hub, after, there).came.items()
            assert _admitted(after) == [0, 1]


def test_what_others_did_is_kept_with_the_next_that_the_desk_does_itself(
    postgres: PostgresServer, tmp_path: Path, disk: _Disk
) -> None:
    with _two_desks(postgres, tmp_path) as (hub, one, other, here, there):
        _admit(one, 1)
        _exchange(hub, one, here)
        _exchange(hub, other, there)
        _admit(other, 0)
        with closing(_after_power_cut(disk, other, tmp_path)) as after:
            assert _admitted(after) == [0, 1]


@contextmanager
def _two_desks(
    postgres: PostgresServer, folder: Path
) -> Iterator[tuple[FoundedHub, EventFile, EventFile, HubAccess, HubAccess]]:
    one = create_sample_event(folder / "one.checkin")
    one.close()
    shutil.copy(folder / "one.checkin", folder / "other.checkin")
    with (
        closing(EventFile(folder / "one.checkin")) as one,
        closing(EventFile(folder / "other.checkin")) as other,
    ):
        hub = FoundedHub(postgres, postgres.dsn, event_id=one.sharing.event_id())
        with hub.open_ones:
            here, there = hub.joined(), hub.joined()
            for file, access in ((one, here), (other, there), (one, here)):
                _exchange(hub, file, access)
            yield hub, one, other, here, there


def _exchange(hub: FoundedHub, file: EventFile, access: HubAccess) -> Shared:
    exchange = Exchange(file, access, "Desk", SharedClock())
    connection = hub.desk(access)
    return Shared(exchange.share(connection)).and_then(exchange.take_in(connection))


def _admit(file: EventFile, place: int) -> None:
    desk = CheckInDesk(file, "Desk", file.check_in_lists()[0])
    code = file.records()[place].attendee.code
    assert desk.handle(Scan(code)).kind is OutcomeKind.ADMITTED


def _admitted(file: EventFile) -> list[int]:
    return [place for place, record in enumerate(file.records()) if record.check_ins]


def _after_power_cut(disk: _Disk, file: EventFile, folder: Path) -> EventFile:
    """The file as its disk has it for certain."""
    path = folder / "after.checkin"
    log = f"{file.path}-wal"
    # What was not moved from the log yet lies in the file as it was copied.
    path.write_bytes(disk.kept.get(str(file.path)) or file.path.read_bytes())
    Path(f"{path}-wal").write_bytes(disk.kept[log])
    return EventFile(path)
