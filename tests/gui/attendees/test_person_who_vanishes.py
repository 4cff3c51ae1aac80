"""Somebody whose registration is taken back while the panel shows them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from settable_clock import DURING_REGISTRATION
from taken_lists import take

from checkin_app.gui.attendees.attendees_screen import AttendeesScreen
from checkin_app.gui.workplace import Workplace
from checkin_app.services.list_import.import_undo import undo_import
from checkin_app.services.registrations import history
from checkin_app.services.wording import entry_sentence


def test_the_panel_closes_and_the_table_goes_on(qtbot: QtBot, workplace: Workplace) -> None:
    take(workplace.event_file, "First name,Last name", "Zzyzx,Vanishing")
    (listed,) = workplace.event_file.search("Zzyzx")
    screen = AttendeesScreen(workplace)
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    screen.show()
    screen.show_attendee(listed.attendee.id)
    qtbot.waitUntil(lambda: screen.panel.panel.attendee_id == listed.attendee.id)
    screen.panel.panel.form.fields["role"].setText("Typed meanwhile")

    undo_import(workplace.event_file, "Organiser", DURING_REGISTRATION)
    workplace.changed.emit()

    qtbot.waitUntil(lambda: screen.panel.panel.attendee_id == "")
    qtbot.waitUntil(lambda: "150" in screen.count.text())
    told = [
        entry_sentence(line.entry, {}) for line in history(workplace.event_file, listed.attendee.id)
    ]
    assert told == ["Import taken back", "Registered by a list"]
