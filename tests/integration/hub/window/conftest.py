"""Laptops with real windows: one that has the event, one that shared it before, one to join."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from free_ports import free_port
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from server_folders import reachable_folder
from window_laptop import Laptop, places_in

from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.opening import at_desk
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import create_event, create_sample_event, open_event
from checkin_app.services.sharing.hubs.hosting import Hosting
from checkin_app.settings import Theme


@pytest.fixture(scope="session")
def founded() -> Iterator[Path]:
    """The folder of a laptop that has founded its hub and stopped it: founding takes seconds."""
    with reachable_folder() as folder:
        with create_sample_event(folder / "sample.checkin") as event_file:
            hosting = Hosting(event_file, "Desk 1", places_in(folder), utc_now)
            # Copies keep its port: not one that any other hub takes while theirs is stopped.
            hosting.start(free_port())
            hosting.stop()
        yield folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture
def other(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Laptop]:
    """A laptop with an event of its own."""
    set_up_look(qapp, Theme.LIGHT)
    laptop = Laptop(qtbot, folder / "other", "Side door")
    path = laptop.folder / "own.checkin"
    own = create_event(path, "Own", date(2024, 5, 6), "Europe/Brussels")
    laptop.window.show_event(at_desk(own, "Side door"))
    laptop.has_window()
    yield laptop
    laptop.stop_hub()


@pytest.fixture
def first(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Laptop]:
    """A laptop with the sample event, which it shares with nobody yet."""
    set_up_look(qapp, Theme.LIGHT)
    laptop = Laptop(qtbot, folder / "first", "Desk 1")
    sample = create_sample_event(laptop.folder / "sample.checkin")
    laptop.window.show_event(at_desk(sample, "Desk 1"))
    laptop.has_window()
    yield laptop
    laptop.stop_hub()


@pytest.fixture
def one(qtbot: QtBot, qapp: QApplication, folder: Path, founded: Path) -> Iterator[Laptop]:
    """A laptop with the sample event, which it has shared before."""
    set_up_look(qapp, Theme.LIGHT)
    # With owners and modes: PostgreSQL insists on both.
    subprocess.run(["cp", "-a", str(founded), str(folder / "one")], check=True)
    laptop = Laptop(qtbot, folder / "one", "Desk 1")
    sample = open_event(laptop.folder / "sample.checkin")
    laptop.window.show_event(at_desk(sample, "Desk 1"))
    laptop.has_window()
    yield laptop
    laptop.stop_hub()
