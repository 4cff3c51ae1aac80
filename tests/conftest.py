"""Real event files for every test: the sample event, an empty one, and a desk with its clock."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import property_examples
import pytest
from patient_qtbot import PatientQtBot
from settable_clock import SettableClock

from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import create_event, create_sample_event, open_event
from checkin_app.storage.event_file import EventFile

property_examples.set_up()


def pytest_configure() -> None:
    """Windows are tested without a display, whatever the machine has."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def garbage_of_the_main_thread() -> Iterator[None]:
    """As in the program: widgets are never collected by a background lane."""
    gc.disable()
    yield
    gc.collect()


@pytest.fixture
def qtbot(qapp, request: pytest.FixtureRequest, garbage_of_the_main_thread: None) -> PatientQtBot:
    """pytest-qt's own, with more patience."""
    return PatientQtBot(request)


@pytest.fixture(scope="session")
def _sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.checkin"
    create_sample_event(path).close()
    return path


@pytest.fixture(scope="session")
def _empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.checkin"
    create_event(path, "Assembly", date(2024, 5, 6), "Europe/Brussels").close()
    return path


@pytest.fixture
def sample_path(_sample_template: Path, tmp_path: Path) -> Path:
    """The event file of the sample event, closed."""
    return Path(shutil.copy(_sample_template, tmp_path / "sample.checkin"))


@pytest.fixture
def sample_event_file(sample_path: Path) -> Iterator[EventFile]:
    """The event file of the sample event, open."""
    event_file = open_event(sample_path)
    yield event_file
    event_file.close()


@pytest.fixture
def empty_path(_empty_template: Path, tmp_path: Path) -> Path:
    """An event of 6 May 2024 with a registration desk and nobody on the list, closed."""
    return Path(shutil.copy(_empty_template, tmp_path / "empty.checkin"))


@pytest.fixture
def empty_event_file(empty_path: Path) -> Iterator[EventFile]:
    """An event of 6 May 2024 with a registration desk and nobody on the list, open."""
    event_file = open_event(empty_path)
    yield event_file
    event_file.close()


@pytest.fixture
def clock() -> SettableClock:
    """The clock of the ``desk`` fixture; it stands at 12:40 on the day of the event."""
    return SettableClock()


@pytest.fixture
def desk(sample_event_file: EventFile, clock: SettableClock) -> CheckInDesk:
    """Desk 1 at the registration of the sample event."""
    return CheckInDesk(sample_event_file, "Desk 1", sample_event_file.check_in_lists()[0], clock)
