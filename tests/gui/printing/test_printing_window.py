"""A window whose desk prints: from the scan to the file, and closed in between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from settable_clock import SettableClock

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.domain.scan import Scan
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.services.check_in import CheckInDesk
from checkin_app.settings import Settings
from checkin_app.settings.device_settings import DeviceSettings, PrintingSettings, PrintOnArrival
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    (tmp_path / "badges").mkdir()
    return tmp_path / "badges"


def window_on(event_path: Path, folder: Path, qtbot: QtBot) -> MainWindow:
    printing = PrintingSettings(printer=f"folder:{folder}", when=PrintOnArrival.UNLESS_PRINTED)
    settings = replace(Settings(desk_id="desk-1"), devices=DeviceSettings(printing=printing))
    window = MainWindow(settings, folder.parent / "log", SettableClock())
    qtbot.addWidget(window)
    opened = at_desk(EventFile(event_path), "Desk 1")
    desk = CheckInDesk(opened.event_file, "Desk 1", opened.check_in_lists[0], SettableClock())
    window.show_event(replace(opened, desk=desk))
    window.show()
    return window


def _is_let_in(person: Attendee) -> bool:
    return person.status is AttendeeStatus.CONFIRMED


def badges_in(folder: Path) -> int:
    return len(list(folder.glob("*.pdf")))


def test_two_scans_in_a_row_print_two_badges_and_closing_loses_none(
    qtbot: QtBot, sample_path: Path, folder: Path
) -> None:
    with EventFile(sample_path) as event_file:
        codes = [one.code for one in event_file.attendees(AttendeeFilter()) if _is_let_in(one)]
    window = window_on(sample_path, folder, qtbot)
    window.devices.scanned.emit(Scan(codes[0]))
    qtbot.waitUntil(lambda: badges_in(folder) == 1)
    window.devices.scanned.emit(Scan(codes[1]))
    window.close()
    again = window_on(sample_path, folder, qtbot)
    qtbot.waitUntil(lambda: badges_in(folder) == 2)
    workplace = again.workplace
    assert workplace is not None
    qtbot.waitUntil(lambda: workplace.print_queue.summary.is_quiet)
    again.close()
    assert badges_in(folder) == 2


def test_a_badge_asked_for_while_the_printer_keeps_all_waiting_survives_the_closing_of_the_window(
    qtbot: QtBot, sample_path: Path, folder: Path
) -> None:
    window = window_on(sample_path, folder, qtbot)
    workplace = window.workplace
    assert workplace is not None
    workplace.print_queue.start()
    person = workplace.event_file.attendees(AttendeeFilter())[0]
    workplace.tasks.run(Lane.PRINT, workplace.tasks.stopping.wait)
    workplace.print_queue.enqueue([person.id], PrintCause.ASKED)
    window.close()
    with EventFile(sample_path) as event_file:
        (waiting,) = event_file.print_jobs.of_desk("desk-1").open()
    assert waiting.job.attendee_id == person.id
    assert badges_in(folder) == 0


def test_another_event_of_the_desk_prints_its_own_queue(
    qtbot: QtBot, sample_path: Path, empty_path: Path, folder: Path
) -> None:
    window = window_on(sample_path, folder, qtbot)
    first = window.workplace
    assert first is not None
    first.print_queue.start()
    window.show_event(at_desk(EventFile(empty_path), "Desk 1"))
    window.show_event(at_desk(EventFile(sample_path), "Desk 1"))
    second = window.workplace
    assert second is not None
    with EventFile(sample_path) as event_file:
        people = [one.id for one in event_file.attendees(AttendeeFilter())[:1]]
    second.print_queue.enqueue(people, PrintCause.ASKED)
    qtbot.waitUntil(lambda: badges_in(folder) == 1)
    assert len([one for one in window.devices.reports() if one.key.startswith("printer")]) == 1
    window.close()
