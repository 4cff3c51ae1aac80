"""A window at a desk with a printer whose behaviour the test chooses, and a folder of PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_with_printers import PrintingDesk
from notebook_spooler import NotebookSpooler
from pytestqt.qtbot import QtBot

from checkin_app.domain.printers import SpoolerKind
from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.opening import at_desk
from checkin_app.gui.printing.queue_runner import PrintingPlaces, QueueRunner
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.printing.folder_spooler import FolderSpooler
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles
from checkin_app.settings import Settings, Theme
from checkin_app.storage.event_file import EventFile


@pytest.fixture
def desk(
    qtbot: QtBot, qapp, sample_event_file: EventFile, tmp_path: Path
) -> Iterator[PrintingDesk]:
    """The sample event at a desk that has no printer yet."""
    set_up_look(qapp, Theme.LIGHT)
    settings = Settings(desk_name="Desk 7", desk_id="0123456789abcdef", sounds_on=False)
    window = MainWindow(settings, tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(sample_event_file, "Desk 7"))
    assert window.workplace is not None
    spooler = NotebookSpooler(tmp_path / "spool")
    files = BadgeFiles(tmp_path / "stock.json", tmp_path / "offsets.json", tmp_path / "fonts")
    runner = QueueRunner(
        window.workplace,
        {SpoolerKind.CUPS: spooler, SpoolerKind.FOLDER: FolderSpooler()},
        PrintingPlaces(tmp_path / "setups.json", files, tmp_path / "locks"),
    )
    window.workplace.use_print_queue(runner)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    desk = PrintingDesk(window, runner, spooler, qtbot)
    desk.wait_until(desk.screen.parts.field.hasFocus)
    yield desk
    window.close()
