"""A new code from the panel of a person, and the ticket after it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from checkin_app.gui.attendees.person.person_desk import PersonDesk
from checkin_app.gui.workplace import Workplace


@pytest.fixture
def desk(qtbot: QtBot, workplace: Workplace) -> PersonDesk:
    desk = PersonDesk(workplace)
    qtbot.addWidget(desk)
    desk.show()
    return desk


def test_a_person_gets_a_new_code_and_the_ticket_is_offered_again(
    qtbot: QtBot, workplace: Workplace, desk: PersonDesk
) -> None:
    person = next(r.attendee for r in workplace.event_file.records() if r.attendee.email)
    desk.open_person(person.id)
    qtbot.waitUntil(lambda: desk.panel.attendee_id == person.id)
    row = desk.panel.code
    assert row.code.text().replace(" ", "") == person.code
    row.replace.click()
    dialog = desk.code_work.dialog
    assert dialog is not None
    dialog.reason.setText("passed on")
    dialog.give.click()
    qtbot.waitUntil(lambda: "has a new code" in workplace.messages.text)
    qtbot.waitUntil(lambda: row.code.text().replace(" ", "") != person.code)
    assert "New code given: passed on" in desk.panel.history.item(0).text()
    with qtbot.waitSignal(workplace.tickets_wanted) as wanted:
        workplace.messages.act.click()
    assert wanted.args == [(person.id,)]


def test_nothing_happens_to_the_code_of_somebody_who_was_not_meant(
    qtbot: QtBot, workplace: Workplace, desk: PersonDesk
) -> None:
    person = workplace.event_file.records()[0].attendee
    desk.open_person(person.id)
    qtbot.waitUntil(lambda: desk.panel.attendee_id == person.id)
    desk.panel.code.replace.click()
    dialog = desk.code_work.dialog
    assert dialog is not None
    dialog.cancel.click()
    record = workplace.event_file.record(person.id)
    assert record is not None
    assert record.attendee.code == person.code
