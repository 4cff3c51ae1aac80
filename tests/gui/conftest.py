"""A workplace on a real event file, as every screen of the window is given one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkin_app.gui.background.tasks import Tasks
from checkin_app.gui.messages import message_bar
from checkin_app.gui.messages.faults import Faults
from checkin_app.gui.messages.message_bar import MessageBar
from checkin_app.gui.opening import at_desk
from checkin_app.gui.workplace import Workplace
from checkin_app.services.event_files import create_sample_event
from checkin_app.settings import Settings


@pytest.fixture(autouse=True)
def _collected_as_in_the_program(garbage_of_the_main_thread: None) -> None:
    """Also where a test has widgets and no ``qtbot``."""


@pytest.fixture(autouse=True)
def _messages_that_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that leave after some seconds would be gone before a stalled machine reads them."""
    monkeypatch.setattr(message_bar, "_SHOWN_MS", 600_000)


@pytest.fixture
def workplace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workplace]:
    """The sample event at "Desk 1"."""
    event_file = create_sample_event(tmp_path / "sample.checkin")
    messages = MessageBar()
    qtbot.addWidget(messages)
    tasks = Tasks()
    faults = Faults(messages, partial(logging.getLogger, "tests"), tasks)
    workplace = Workplace(at_desk(event_file, "Desk 1"), tasks, messages, faults, Settings())
    yield workplace
    workplace.stop_watching()
    tasks.stop()
    workplace.close()
