"""A scan while a dialog covers the desk checks in, and its answer is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

from checkin_app.domain.scan import Scan, ScanSource


@pytest.fixture
def dialog(qtbot, desk_screen):
    dialog = QDialog(desk_screen.window)
    qtbot.addWidget(dialog)
    field, ok = QLineEdit("half a na", dialog), QPushButton("OK", dialog)
    ok.setDefault(True)
    ok.clicked.connect(dialog.accept)
    with qtbot.waitExposed(dialog):
        dialog.open()
    field.setFocus()
    return dialog


def panel_of(desk):
    return desk.screen.shown.over_dialog.panel


def scan(desk, code):
    desk.window.devices.scanned.emit(Scan(code, ScanSource.KEYBOARD))


def test_the_answer_is_laid_over_the_dialog_which_stays_as_it_was(qtbot, desk_screen, dialog):
    scan(desk_screen, "NOBODY-1")
    answer = desk_screen.wait_for_answer("Unknown code")
    panel = panel_of(desk_screen)
    assert panel.isVisible()
    assert panel.answer == answer
    assert dialog.isVisible()
    assert dialog.findChild(QLineEdit).text() == "half a na"


def test_it_goes_with_the_dialog_and_the_desk_shows_it(qtbot, desk_screen, dialog):
    scan(desk_screen, "NOBODY-1")
    desk_screen.wait_for_answer("Unknown code")
    dialog.accept()
    qtbot.waitUntil(lambda: not panel_of(desk_screen).isVisible())
    assert desk_screen.answer.word == "Unknown code"


def test_it_stays_while_a_second_dialog_is_closed_above_the_first(qtbot, desk_screen, dialog):
    second = QDialog(dialog)
    with qtbot.waitExposed(second):
        second.open()
    scan(desk_screen, "NOBODY-1")
    desk_screen.wait_for_answer("Unknown code")
    second.reject()
    qtbot.waitUntil(lambda: not second.isVisible())
    QCoreApplication.processEvents()
    assert panel_of(desk_screen).isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: not panel_of(desk_screen).isVisible())


def test_without_a_dialog_there_is_none(desk_screen):
    scan(desk_screen, "NOBODY-1")
    desk_screen.wait_for_answer("Unknown code")
    assert panel_of(desk_screen) is None
