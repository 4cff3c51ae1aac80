"""Something jammed: the badges are picked on their sheet and printed again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.run.printed_sheets import printed_sheets
from checkin_app.gui.badges.run.spoilt_dialog import SpoiltDialog
from checkin_app.gui.workplace import Workplace
from checkin_app.services.bulk_badges.badge_choice import Wanted


@pytest.fixture
def dialog(qtbot: QtBot, screen: BadgesScreen, tmp_path: Path) -> SpoiltDialog:
    """Open after a run of everybody expected."""
    assert not screen.run_bar.jam.isVisible()
    with qtbot.waitSignal(screen.printing.recorded):
        screen.save_to(tmp_path / "badges.pdf")
    qtbot.waitUntil(screen.run_bar.jam.isVisible)
    screen.run_bar.jam.click()
    dialog = screen.findChild(SpoiltDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.number.text() == "Sheet 1")
    return dialog


def click(qtbot: QtBot, dialog: SpoiltDialog, slot: int) -> None:
    at = dialog.drawing.slot_area(slot).center().toPoint()
    qtbot.mouseClick(dialog.drawing, Qt.MouseButton.LeftButton, pos=at)


def test_badges_are_picked_on_their_sheets_and_printed_again(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace, dialog: SpoiltDialog
) -> None:
    people = [person.id for person in screen.planner.run.job.attendees]  # type: ignore[union-attr]
    assert not dialog.note.isEnabled()
    click(qtbot, dialog, 2)
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown)
    assert dialog.number.text() == "Sheet 2"
    click(qtbot, dialog, 1)
    click(qtbot, dialog, 3)
    click(qtbot, dialog, 3)
    assert dialog.note.text() == "Print 2 again"
    with qtbot.waitSignal(dialog.noted) as noted:
        qtbot.mouseClick(dialog.note, Qt.MouseButton.LeftButton)
    assert noted.args == [(people[1], people[10])]
    records = [workplace.event_file.record(id_) for id_ in noted.args[0]]
    assert all(record is not None and record.badge_spoilt for record in records)
    qtbot.waitUntil(lambda: screen.run_bar.line.text() == "Badges: 2  ·  Sheets: 1")


def test_spoilt_badges_can_be_asked_for_later(
    qtbot: QtBot, screen: BadgesScreen, dialog: SpoiltDialog
) -> None:
    dialog.all.click()
    dialog.note.click()
    qtbot.waitUntil(lambda: screen.run_bar.line.text() == "Badges: 10  ·  Sheets: 1")
    screen.choice.people.choose_wanted(Wanted.EXPECTED)
    screen.choice.people.choose_wanted(Wanted.SPOILT)
    qtbot.waitUntil(lambda: screen.run_bar.line.text() == "Badges: 10  ·  Sheets: 1")


def test_the_name_of_each_badge_is_shown_and_spoken(
    qtbot: QtBot, screen: BadgesScreen, dialog: SpoiltDialog
) -> None:
    first = screen.planner.run.job.attendees[0].full_name  # type: ignore[union-attr]
    dialog.drawing.setFocus()
    qtbot.keyClick(dialog.drawing, Qt.Key.Key_Home)
    assert first in dialog.drawing.accessibleDescription()
    qtbot.keyClick(dialog.drawing, Qt.Key.Key_Space)
    assert "spoilt" in dialog.drawing.accessibleDescription()
    assert first in dialog.chosen.text()


def test_every_copy_is_found_where_it_lies(
    qtbot: QtBot, screen: BadgesScreen, workplace: Workplace, tmp_path: Path
) -> None:
    screen.views.first_sheet.drawing.pressed.emit(10)
    for _ in range(2):
        screen.choice.paper.more.copies.more.click()
    qtbot.waitUntil(lambda: screen.run_bar.line.text() == "Badges: 441  ·  Sheets: 45")
    with qtbot.waitSignal(screen.printing.recorded):
        screen.save_to(tmp_path / "badges.pdf")
    run = workplace.event_file.last_runs(1)[0]
    sheets = printed_sheets(workplace.event_file, run, CARD_ON_A4).sheets
    first = screen.planner.run.job.attendees[0].id  # type: ignore[union-attr]
    places = [
        (sheet, slot)
        for sheet, people in sheets.items()
        for slot, person in people.items()
        if person.id == first
    ]
    assert places == [(1, 10), (2, 1), (2, 2)]
    assert sum(len(people) for people in sheets.values()) == 441
