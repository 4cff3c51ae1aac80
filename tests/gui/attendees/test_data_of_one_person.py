"""One person's data from the panel: shown, saved, erased after a question."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from checkin_app.gui.attendees.attendees_screen import AttendeesScreen
from checkin_app.gui.attendees.person.data_dialog import DataDialog
from checkin_app.gui.workplace import Workplace
from checkin_app.services.privacy.person_data import person_data


@pytest.fixture
def screen(qtbot: QtBot, workplace: Workplace) -> AttendeesScreen:
    screen = AttendeesScreen(workplace)
    qtbot.addWidget(screen)
    screen.resize(1200, 760)
    screen.show()
    someone = workplace.event_file.search("Vocaskova")[0].attendee
    screen.show_attendee(someone.id)
    panel = screen.panel.panel
    qtbot.waitUntil(lambda: "Vocaskova" in panel.name.text())
    return screen


def test_all_data_are_shown(screen: AttendeesScreen, qtbot: QtBot) -> None:
    screen.panel.panel.data.show_wanted.emit()
    qtbot.waitUntil(lambda: screen.findChild(DataDialog) is not None)
    dialog = screen.findChild(DataDialog)
    assert isinstance(dialog, DataDialog)
    told = {
        dialog.fields.item(row, 0).text(): dialog.fields.item(row, 1).text()
        for row in range(dialog.fields.rowCount())
    }
    assert told["Last name"] == "Vocaskova"
    assert "Session 2" in told["In the programme"]
    assert dialog.history.rowCount() == 1
    dialog.leave.click()


def test_a_person_is_erased_only_after_a_question(
    screen: AttendeesScreen, qtbot: QtBot, workplace: Workplace
) -> None:
    panel = screen.panel.panel
    attendee_id = panel.attendee_id
    panel.data.erase_wanted.emit()
    qtbot.waitUntil(lambda: screen.findChild(QMessageBox) is not None)
    box = screen.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "Vocaskova" in box.text()
    assert "The programme still names" in box.informativeText()
    assert box.defaultButton().text() == "Cancel"
    box.defaultButton().click()
    record = workplace.event_file.record(attendee_id)
    assert record is not None
    assert not record.is_erased


def test_an_erased_person_is_a_line_without_a_name(
    screen: AttendeesScreen, qtbot: QtBot, workplace: Workplace
) -> None:
    panel = screen.panel.panel
    attendee_id = panel.attendee_id
    box = screen.panel.data_work.question(person_data(workplace.event_file, attendee_id))
    qtbot.addWidget(box)
    next(one for one in box.buttons() if one.text() == "Erase for good").click()
    qtbot.waitUntil(lambda: panel.name.text() == "Erased")
    record = workplace.event_file.record(attendee_id)
    assert record is not None
    assert record.is_erased
    assert panel.form.isHidden()
    assert not panel.data.erase.isEnabled()
    assert workplace.event_file.search("Vocaskova") == ()
    assert not workplace.event_file.erasures.is_unfinished()
