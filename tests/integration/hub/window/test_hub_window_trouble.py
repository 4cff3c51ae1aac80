"""A desk at work in the real window while its network or its disk fails."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from bad_network import BadNetwork, Weather
from founded_hub import FoundedHub, registered, sealed
from postgres import PostgresServer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_laptop import Laptop, expected_codes

from checkin_app.domain.admission import OutcomeKind
from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.opening import at_desk
from checkin_app.hub.access import Address
from checkin_app.hub.silence import PatientConnection
from checkin_app.services.event_files import create_sample_event
from checkin_app.settings import Theme

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the tests' own PostgreSQL")
DISK_BYTES = 6 << 20


@pytest.fixture
def network(postgres: PostgresServer) -> Iterator[BadNetwork]:
    """Between the desk and the hub."""
    with BadNetwork(postgres.host, postgres.port) as network:
        yield network


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system; skips where none can be mounted: not Linux, or not root."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def joined_desk(
    qtbot: QtBot, folder: Path, postgres: PostgresServer, network: BadNetwork
) -> Iterator[tuple[Laptop, FoundedHub]]:
    """A desk that has its event file in a folder and has joined over a network, and its hub."""
    laptop = Laptop(qtbot, folder, "Side door")
    sample = create_sample_event(folder / "sample.checkin")
    hub = FoundedHub(postgres, postgres.dsn, event_id=sample.sharing.event_id())
    with hub.open_ones:
        laptop.window.show_event(at_desk(sample, "Side door"))
        laptop.has_window()
        here = (Address("127.0.0.1", network.port),)
        laptop.joins(replace(hub.pairing(), addresses=here).link())
        laptop.is_joined(desks=0)
        yield laptop, hub
        laptop.window.close()


@pytest.fixture
def joined(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, postgres: PostgresServer, network: BadNetwork
) -> Iterator[Laptop]:
    """A desk that shares."""
    set_up_look(qapp, Theme.LIGHT)
    with joined_desk(qtbot, tmp_path / "laptop", postgres, network) as (laptop, _hub):
        yield laptop


def test_over_a_network_that_swallows_everything_a_desk_answers_and_says_what_waits(
    joined: Laptop, network: BadNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The scans take their time where the machine is slow.
    monkeypatch.setattr(PatientConnection, "longest_silence_s", 3600.0)
    network.be(Weather.HALF_OPEN)
    codes = expected_codes(joined)
    for code in codes[:4]:
        assert joined.scans(code) is OutcomeKind.ADMITTED
        assert joined.desk.parts.answer.answer.mark == "Not yet shared"
        assert joined.desk.shown.outcome is not None
        assert not joined.desk.shown.outcome.is_shared
    # At first nobody knows that the hub will not answer.
    joined.until(lambda: joined.state_line == "No other desk yet, 4 waiting")
    monkeypatch.undo()
    joined.until(lambda: joined.state_line.startswith("On our own since "))
    assert joined.state_line.endswith(", 4 waiting")
    # One more, while the desk may be trying to reach the hub for many seconds.
    assert joined.scans(codes[4]) is OutcomeKind.ADMITTED
    joined.until(lambda: joined.state_line.endswith(", 5 waiting"))
    dialog = joined.looks_at_desks()
    joined.until(dialog.desk.isVisible)
    joined.until(lambda: dialog.desk.state.text().endswith(", 5 waiting"))
    dialog.close()
    network.be(Weather.FAIR)
    joined.is_joined(desks=0)
    joined.until(lambda: joined.desk.parts.answer.answer.mark == "")


def test_a_full_disk_admits_nobody_and_says_so_until_there_is_space_again(
    qtbot: QtBot, qapp: QApplication, disk: Path, postgres: PostgresServer, network: BadNetwork
) -> None:
    set_up_look(qapp, Theme.LIGHT)
    with joined_desk(qtbot, disk, postgres, network) as (laptop, hub):
        codes = expected_codes(laptop)
        fill(disk)
        laptop.reads(codes[0])
        laptop.until(lambda: laptop.desk.parts.answer.answer.word == "Not stored")
        laptop.until(lambda: "The disk is full" in laptop.window.messages.text)
        assert laptop.workplace.event_file.latest_arrivals("1", 5) == ()
        other = hub.joined()
        hub.desk(other).put([sealed(other, 1, registered("Ægisson"))])
        laptop.until(lambda: "The disk is full" in laptop.workplace.sharing.state.trouble)
        laptop.until(lambda: "The disk is full" in laptop.desk.parts.place.toolTip())
        (disk / "ballast").unlink()
        laptop.desk.parts.actions.retry.click()
        laptop.until(lambda: laptop.desk.parts.answer.answer.word == "Welcome")
        assert laptop.scans(codes[1]) is OutcomeKind.ADMITTED
        laptop.is_joined(desks=0)
        assert laptop.workplace.sharing.state.trouble == ""
        people = laptop.workplace.event_file.records()
        assert "Ægisson" in {one.attendee.last_name for one in people}


def fill(disk: Path) -> None:
    """Take all the space there is."""
    with (disk / "ballast").open("ab", buffering=0) as ballast:
        for size in (65536, 4096, 1):
            try:
                while True:
                    ballast.write(b"\0" * size)
            except OSError:
                continue
