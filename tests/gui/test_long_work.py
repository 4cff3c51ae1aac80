"""Long work goes on when its screen is gone: its end is told, and closing asks first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.documents.wishes import ListWish
from checkin_app.gui.lists.import_screen import ImportScreen
from checkin_app.gui.lists.steps_line import Step
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DOCUMENTS
from checkin_app.services.documents.exports import Export
from checkin_app.services.event_files import create_sample_event
from checkin_app.settings import Settings
from checkin_app.storage.event_file import EventFile


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(Settings(sounds_on=False), tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(create_sample_event(tmp_path / "one.checkin"), "Desk 1"))
    window.show()
    yield window
    window.close()
    window.close()


@contextmanager
def work_held(window: MainWindow) -> Iterator[threading.Event]:
    """Long work waits until the event is set, or to the end of the block."""
    gate = threading.Event()
    window.tasks.run(Lane.WORK, gate.wait)
    try:
        yield gate
    finally:
        gate.set()


def begin_to_import(qtbot: QtBot, window: MainWindow, folder: Path) -> ImportScreen:
    """The import has been asked for; behind the gate it is not written yet."""
    path = folder / "list.csv"
    path.write_text("First name,Last name\nZuzanna,Zażółć\n", encoding="utf-8")
    window.imports.show_path(path)
    screen = window.screens.passing
    assert isinstance(screen, ImportScreen)
    qtbot.waitUntil(screen.foot.bar.isHidden)
    while screen.step is not Step.CHANGES:
        screen.foot.go.click()
    return screen


def names_in(path: Path) -> set[str]:
    with EventFile(path) as event_file:
        return {record.attendee.last_name for record in event_file.people.records()}


def leave_for_another_event(window: MainWindow, folder: Path) -> None:
    window.show_event(at_desk(create_sample_event(folder / "two.checkin"), "Desk 1"))


def make_list(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """A list of all attendees is asked for, and its screen left for another event."""
    window.show_screen(DOCUMENTS)
    making = window.screen_at(DOCUMENTS).making  # type: ignore[attr-defined]
    making.make(ListWish(Export.ATTENDEES, None, ".csv", ""), path)
    with qtbot.waitSignal(making.destroyed):
        leave_for_another_event(window, path.parent if path.parent.exists() else path.parents[1])


def test_an_import_ends_and_says_so_while_another_event_is_open(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    screen = begin_to_import(qtbot, window, tmp_path)
    with work_held(window):
        screen.foot.go.click()
        assert screen.is_importing
        assert not screen.foot.back.isEnabled()
        assert screen.foot.cancel.isEnabled()
        with qtbot.waitSignal(screen.destroyed):
            leave_for_another_event(window, tmp_path)
        assert "Import of list.csv into ECCP Meeting" in window.messages.text
        assert "still under way" in window.messages.text
    qtbot.waitUntil(lambda: window.messages.text.endswith(": done."))
    assert "list.csv" in window.messages.text
    assert "Zażółć" in names_in(tmp_path / "one.checkin")
    assert "Zażółć" not in names_in(tmp_path / "two.checkin")


def test_another_event_is_opened_while_an_import_is_written(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    create_sample_event(tmp_path / "two.checkin").close()
    before = window.workplace
    with work_held(window):
        drop(window, tmp_path / "two.checkin")
        qtbot.waitUntil(lambda: window.workplace is not before)


def test_what_fails_when_nobody_listens_is_told_with_its_reason(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    with work_held(window):
        make_list(qtbot, window, tmp_path / "no such folder" / "people {1}.csv")
        told = window.messages.text
    qtbot.waitUntil(lambda: window.messages.text not in ("", told))
    assert window.messages.text.startswith("people {1}.csv: ")
    assert "nothing of it is kept" not in window.messages.text


def test_a_document_is_whole_though_its_screen_is_gone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    with work_held(window):
        make_list(qtbot, window, path)
    qtbot.waitUntil(lambda: window.messages.text == "people.csv: done.")
    assert path.stat().st_size > 0


def test_closing_asks_first_while_an_import_is_written(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    screen = begin_to_import(qtbot, window, tmp_path)
    with work_held(window):
        screen.foot.go.click()
        assert not window.close()
        assert window.isVisible()
        assert "Closing stops it" in window.messages.text
    qtbot.waitUntil(lambda: screen.step is Step.DONE)
    assert window.messages.text == ""
    assert window.close()


def test_who_closes_all_the_same_has_nothing_half_imported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    screen = begin_to_import(qtbot, window, tmp_path)
    with work_held(window) as gate:
        screen.foot.go.click()
        assert not window.close()
        opens_when_all_is_cancelled = threading.Thread(
            target=lambda: window.tasks.stopping.wait() and gate.set()
        )
        opens_when_all_is_cancelled.start()
        window.messages.act.click()
        opens_when_all_is_cancelled.join()
    assert not window.isVisible()
    assert "Zażółć" not in names_in(tmp_path / "one.checkin")


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(QDropEvent(QPointF(10, 10), copy, data, left, none))
