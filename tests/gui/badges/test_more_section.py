"""Further choices stay out of the way, and say when they do something."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.domain.badges.imposition import Duplex, SheetRange
from checkin_app.domain.badges.stock import Feed, Stock
from checkin_app.gui.badges.badges_screen import BadgesScreen

ROLL = Stock("Labels 62", 62, 100, 62, 100, feed=Feed.ROLL)


def test_it_is_folded_until_somebody_asks(qtbot: QtBot, screen: BadgesScreen) -> None:
    more = screen.choice.paper.more
    assert not more.copies.isVisible()
    qtbot.mouseClick(more.head, Qt.MouseButton.LeftButton)
    assert more.copies.isVisible()


def test_folded_it_names_what_is_not_as_usual(qtbot: QtBot, screen: BadgesScreen) -> None:
    more = screen.choice.paper.more
    qtbot.mouseClick(more.copies.more, Qt.MouseButton.LeftButton)
    more.crop_marks.setChecked(True)
    assert more.head.text() == "More  ·  2 copies  ·  crop marks"
    qtbot.waitUntil(lambda: screen.run_bar.line.text() == "Badges: 294  ·  Sheets: 30")


def test_what_a_roll_cannot_do_is_switched_off(qtbot: QtBot, screen: BadgesScreen) -> None:
    more = screen.choice.paper.more
    more.duplex.setCurrentIndex(more.duplex.findData(Duplex.SHORT_EDGE))
    more.stacks.setChecked(True)
    screen.choice.paper.choose_stock(ROLL)
    imposition = screen.choice.paper.choice().imposition
    assert imposition.duplex is Duplex.NONE
    assert not imposition.cut_and_stack
    assert not more.duplex.isEnabled()
    qtbot.waitUntil(lambda: screen.run_bar.line.text() == "Badges: 147  ·  Sheets: 147")


def test_trays_show_how_many_badges_lie_in_each(qtbot: QtBot, screen: BadgesScreen) -> None:
    more = screen.choice.paper.more
    qtbot.mouseClick(more.head, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(more.trays, "A-M,N-Z")
    qtbot.keyClick(more.trays, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "A–M" in more.tray_sizes.text())
    run = screen.planner.run
    assert run is not None
    assert sum(tray.size for tray in run.job.plan.trays) == 147
    assert run.job.plan.tray_pages


def test_trays_that_overlap_are_answered_beside_the_field(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    more = screen.choice.paper.more
    more.trays.setText("A-M,K-Z")
    qtbot.keyClick(more.trays, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "overlap" in more.tray_sizes.text())
    assert not screen.run_bar.save.isEnabled()
    more.trays.clear()
    qtbot.keyClick(more.trays, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.run_bar.save.isEnabled)


def test_cutting_in_stacks_takes_whole_sheets(qtbot: QtBot, screen: BadgesScreen) -> None:
    screen.views.first_sheet.drawing.pressed.emit(4)
    assert screen.choice.paper.choice().imposition.first_slot == 4
    screen.choice.paper.more.stacks.setChecked(True)
    assert screen.choice.paper.choice().imposition.first_slot == 1


def test_a_run_is_resumed_at_a_sheet_and_only_its_people_are_noted(
    qtbot: QtBot, screen: BadgesScreen, tmp_path: Path
) -> None:
    more = screen.choice.paper.more
    more.first_sheet.setValue(15)
    qtbot.waitUntil(
        lambda: (
            screen.planner.run is not None
            and screen.planner.run.paper.imposition.sheets == SheetRange(15)
        )
    )
    with qtbot.waitSignal(screen.printing.recorded):
        screen.save_to(tmp_path / "rest.pdf")
    assert "Badges: 7  ·  Sheets: 1" in screen.run_bar.line.text()
    records = screen._workplace.event_file.records()
    assert sum(record.badge_prints for record in records) == 7
