"""Another list may take the place of one that is looked at, but not of what was decided."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.lists.import_screen import ImportScreen
from checkin_app.gui.lists.understanding.mapping_model import FIELD
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DESK, IMPORT
from checkin_app.services.event_files import create_sample_event
from checkin_app.settings import Settings


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(Settings(sounds_on=False), tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(create_sample_event(tmp_path / "one.checkin"), "Desk 1"))
    window.show()
    yield window
    window.close()


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("First name,Last name,Hat\nZuzanna,Nowak,red\n", encoding="utf-8")
    second.write_text("First name,Last name\nŁukasz,Żak\n", encoding="utf-8")
    return first, second


def screen_of(window: MainWindow) -> ImportScreen:
    screen = window.screens.passing
    assert isinstance(screen, ImportScreen)
    return screen


def look_at(qtbot: QtBot, window: MainWindow, path: Path) -> ImportScreen:
    window.imports.show_path(path)
    qtbot.waitUntil(screen_of(window).foot.bar.isHidden)
    return screen_of(window)


def test_a_list_that_was_only_looked_at_gives_way(
    qtbot: QtBot, window: MainWindow, lists: tuple[Path, Path]
) -> None:
    look_at(qtbot, window, lists[0])
    window.imports.show_path(lists[1])
    assert screen_of(window).head.title.text() == "second.csv"


def test_what_was_decided_is_not_lost_unasked(
    qtbot: QtBot, window: MainWindow, lists: tuple[Path, Path]
) -> None:
    screen = look_at(qtbot, window, lists[0])
    screen.decisions.correct(2, "Hat", "blue")
    window.show_screen(DESK)
    window.imports.show_path(lists[1])
    assert screen_of(window) is screen
    assert window.screens.currentWidget() is screen
    assert "first.csv would be lost" in window.messages.text
    assert window.messages.act.text() == "Take second.csv all the same"
    window.messages.act.click()
    assert screen_of(window).head.title.text() == "second.csv"


def test_columns_that_were_given_a_meaning_are_not_lost_unasked(
    qtbot: QtBot, window: MainWindow, lists: tuple[Path, Path]
) -> None:
    screen = look_at(qtbot, window, lists[0])
    mapping = screen.understood.mapping
    mapping.setData(mapping.index(2, FIELD), "category")
    qtbot.waitUntil(screen.foot.bar.isHidden)
    window.imports.show_path(lists[1])
    assert screen_of(window) is screen


def test_an_imported_list_gives_way(
    qtbot: QtBot, window: MainWindow, lists: tuple[Path, Path]
) -> None:
    screen = look_at(qtbot, window, lists[0])
    screen.decisions.correct(2, "Hat", "blue")
    qtbot.waitUntil(screen.foot.bar.isHidden)
    while "Import" not in screen.foot.go.text():
        screen.foot.go.click()
    screen.foot.go.click()
    qtbot.waitUntil(lambda: "1 new" in screen.done.title.text())
    window.imports.show_path(lists[1])
    assert screen_of(window) is not screen


def test_a_list_that_is_imported_meanwhile_is_not_pushed_aside(
    qtbot: QtBot, window: MainWindow, lists: tuple[Path, Path]
) -> None:
    screen = look_at(qtbot, window, lists[0])
    screen.decisions.correct(2, "Hat", "blue")
    qtbot.waitUntil(screen.foot.bar.isHidden)
    window.imports.show_path(lists[1])
    while "Import" not in screen.foot.go.text():
        screen.foot.go.click()
    gate = threading.Event()
    window.tasks.run(Lane.WORK, gate.wait)
    screen.foot.go.click()
    window.messages.act.click()
    assert screen_of(window) is screen
    assert "wait for this one" in window.messages.text
    gate.set()
    qtbot.waitUntil(lambda: "1 new" in screen.done.title.text())


def test_a_look_under_way_ends_when_another_list_comes(
    qtbot: QtBot, window: MainWindow, lists: tuple[Path, Path]
) -> None:
    gate = threading.Event()
    window.tasks.run(Lane.WORK, gate.wait)
    window.imports.show_path(lists[0])
    screen = screen_of(window)
    qtbot.waitUntil(lambda: screen.jobs.is_busy)
    window.imports.show_path(lists[1])
    assert not screen.jobs.is_busy
    gate.set()
    qtbot.waitUntil(screen_of(window).foot.bar.isHidden)
    assert window.screens.front_number != IMPORT or screen_of(window) is not screen
