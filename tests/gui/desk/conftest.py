"""A window on the sample event with real key events, as a scanner or a person sends them."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.settings import Settings, Theme
from checkin_app.storage.event_file import EventFile

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
PERSON_MS, SCANNER_MS = 150, 3


class DeskOnScreen:
    """The window, what it shows, and keys sent to it as the window system sends them."""

    def __init__(self, window: MainWindow, event_file: EventFile, qtbot) -> None:
        self.window = window
        self.event_file = event_file
        self._qtbot = qtbot
        self._now_ms = 50_000
        self.screen = window.findChild(QWidget, "deskScreen")

    # Keys

    def press(self, key: Qt.Key, modifiers=NO_MODIFIER) -> None:
        """A key of its own, through the shortcuts as the window system brings it."""
        QTest.keyClick(self.window.windowHandle(), key, modifiers)

    def type(self, text: str, gap_ms=PERSON_MS) -> None:
        for character in text:
            self._send(_key_of(character), character, gap_ms)

    def enter(self, gap_ms=PERSON_MS) -> None:
        self._send(Qt.Key.Key_Return, "\r", gap_ms)

    def _send(self, key: Qt.Key, text: str, gap_ms: int) -> None:
        """A press and its release, stamped with the time that tells scanners from people."""
        self._now_ms += gap_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, NO_MODIFIER, text)
            event.setTimestamp(self._now_ms)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)

    def scan(self, code: str) -> None:
        """As a scanner: fast, ending in Enter."""
        self._now_ms += 1_000
        self.type(code, SCANNER_MS)
        self.enter(SCANNER_MS)

    # What there is to see

    @property
    def answer(self):
        return self.screen.parts.answer.answer

    @property
    def field_text(self) -> str:
        return self.screen.parts.field.text()

    @property
    def results(self) -> list[str]:
        if self.screen.parts.below.currentWidget() is not self.screen.parts.results:
            return []
        return [result.attendee.full_name for result in self.screen.parts.results.results]

    def wait_for_answer(self, word: str, name: str = ""):
        self._qtbot.waitUntil(lambda: self.answer.word == word and name in self.answer.name)
        return self.answer

    def search(self, text: str, *names: str) -> None:
        """Type, and wait for the results of all that was typed."""
        self.type(text)
        self._qtbot.waitUntil(
            lambda: (
                self.field_text == text
                and self.screen.finder.is_answered
                and self.results[: len(names)] == list(names)
            )
        )

    def wait_until(self, holds) -> None:
        self._qtbot.waitUntil(holds)

    # What there is in the file

    def person(self, name: str) -> Attendee:
        return next(r.attendee for r in self.event_file.records() if r.attendee.full_name == name)

    def people(self, status=AttendeeStatus.CONFIRMED) -> list[Attendee]:
        return [r.attendee for r in self.event_file.records() if r.attendee.status is status]

    def check_ins(self, attendee: Attendee):
        record = self.event_file.record(attendee.id)
        return [*record.check_ins.values(), *record.later_check_ins]


def _key_of(character: str) -> Qt.Key:
    code = ord(character.upper())
    return Qt.Key(code) if code < 0x80 else Qt.Key.Key_unknown


@pytest.fixture(scope="session")
def look(qapp):
    """The program's own font and colours."""
    set_up_look(qapp, Theme.LIGHT)


@pytest.fixture
def desk_screen(qtbot, look, sample_event_file, tmp_path):
    window = MainWindow(Settings(desk_name="Desk 7", sounds_on=False), tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(sample_event_file, "Desk 7"))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    desk = DeskOnScreen(window, sample_event_file, qtbot)
    qtbot.waitUntil(desk.screen.parts.field.hasFocus)
    yield desk
    window.close()
    log = tmp_path / "log" / "faults.log"
    # Errors that the program names are part of some tests; others are mistakes.
    assert not log.exists() or not re.search(r"checkin-app \S+\nbuiltins", log.read_text())
