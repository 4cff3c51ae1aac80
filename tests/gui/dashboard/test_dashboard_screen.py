"""The dashboard in the window: live while it is seen, quiet while it is not."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from settable_clock import SettableClock

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.gui.appearance.theme import DARK, LIGHT
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.dashboard.board import chart_palette
from checkin_app.gui.dashboard.dashboard_screen import DashboardScreen
from checkin_app.services.check_in import CheckInDesk

ROOT = Path(__file__).parents[3]


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def screen(qtbot, workplace, clock):
    workplace.clock = clock
    screen = DashboardScreen(workplace)
    qtbot.addWidget(screen)
    screen.resize(1180, 780)
    return screen


@pytest.fixture
def shown(qtbot, screen):
    screen.show()
    wait_for_charts(qtbot, screen)
    return screen


def wait_for_charts(qtbot, screen) -> None:
    qtbot.waitUntil(lambda: screen.live.shown is not None and screen.board.is_up_to_date)


def let_in(workplace, clock, count: int, desk_name: str = "Desk 1") -> None:
    """As another desk does it: the window hears of it by the file alone."""
    event_file = workplace.event_file
    desk = CheckInDesk(event_file, desk_name, event_file.check_in_lists()[0], clock)
    waiting = [
        record
        for record in event_file.records()
        if record.attendee.status is AttendeeStatus.CONFIRMED and not record.check_ins
    ]
    for record in waiting[:count]:
        desk.handle(Scan(record.attendee.code, ScanSource.COMMAND_LINE))


def test_a_scan_moves_the_figures(qtbot, workplace, clock, shown):
    headline = shown.board.cards["headline"]
    assert headline.accessibleDescription().startswith("0 of 147 expected, 0 %.")
    picture = headline.drawn.picture
    let_in(workplace, clock, 3, "Desk 2")
    workplace.changed.emit()
    qtbot.waitUntil(lambda: shown.live.shown.arrived == 3)
    wait_for_charts(qtbot, shown)
    assert headline.accessibleDescription().startswith("3 of 147 expected, 2 %. 144 not here")
    assert headline.drawn.picture != picture
    assert "Desk 2, 3 let in" in shown.board.cards["desks"].accessibleDescription()


def test_only_the_charts_that_changed_are_drawn_anew(qtbot, workplace, clock, shown):
    before = {name: card.drawn for name, card in shown.board.cards.items()}
    desk = CheckInDesk(
        workplace.event_file, "Desk 1", workplace.event_file.check_in_lists()[0], clock
    )
    desk.handle(Scan("https://example.org", ScanSource.COMMAND_LINE))
    workplace.changed.emit()
    qtbot.waitUntil(lambda: shown.live.shown.refusals != ())
    wait_for_charts(qtbot, shown)
    changed = {name for name, card in shown.board.cards.items() if card.drawn is not before[name]}
    assert changed == {"refusals"}
    assert shown.board.cards["refusals"].accessibleDescription() == "1 unknown code"


def test_a_hidden_dashboard_asks_nothing_and_catches_up_when_it_is_seen(
    qtbot, workplace, clock, shown
):
    shown.hide()
    counted = []
    shown.live.counted.connect(counted.append)
    let_in(workplace, clock, 2)
    workplace.changed.emit()
    assert not shown.live.is_watched
    assert not shown.live._soon.isActive()
    assert not shown.live._at_least.isActive()
    after_all_that_was_asked = []
    workplace.tasks.run(Lane.NUMBERS, lambda: True, after_all_that_was_asked.append)
    qtbot.waitUntil(lambda: after_all_that_was_asked == [True])
    assert counted == []
    shown.show()
    qtbot.waitUntil(lambda: bool(counted) and counted[-1].arrived == 2)


def test_many_changes_are_counted_once_a_second_at_most(qtbot, workplace, shown):
    counted = []
    shown.live.counted.connect(counted.append)
    for _ in range(30):
        workplace.changed.emit()
    qtbot.waitUntil(lambda: len(counted) == 1)
    assert shown.live._soon.isSingleShot()
    assert not shown.live._soon.isActive()


def test_another_check_in_list_may_be_chosen(qtbot, workplace, shown):
    names = [one.name for one in workplace.check_in_lists]
    assert [shown.lists.itemText(place) for place in range(shown.lists.count())] == names
    shown.lists.setCurrentIndex(1)
    qtbot.waitUntil(lambda: shown.live.shown.check_in_list.name == names[1])
    wait_for_charts(qtbot, shown)
    assert "of 60 places" in shown.board.cards["headline"].accessibleDescription()


def test_names_of_lists_are_shown_as_they_are_written(qtbot, workplace):
    first, *others = workplace.check_in_lists
    workplace.check_in_lists = (replace(first, name="R&D"), *others)
    screen = DashboardScreen(workplace)
    qtbot.addWidget(screen)
    assert screen.lists.itemText(0) == "R&D"


def test_exact_figures_are_under_the_pointer(qtbot, workplace, clock, shown):
    let_in(workplace, clock, 4)
    workplace.changed.emit()
    qtbot.waitUntil(lambda: shown.live.shown.arrived == 4)
    wait_for_charts(qtbot, shown)
    arrivals = shown.board.cards["arrivals"]
    spot = arrivals.drawn.spots[10]
    middle = QPoint(
        round(spot.left_pt + spot.width_pt / 2) + 4, round(spot.top_pt + spot.height_pt / 2) + 4
    )
    assert arrivals.words_at(middle).startswith("12:40: 4 came, ")
    assert arrivals.words_at(QPoint(1, 1)) == ""


def test_every_chart_can_be_reached_by_the_keyboard_and_says_what_it_shows(qtbot, shown):
    cards = shown.board.cards
    assert all(card.accessibleName() and card.accessibleDescription() for card in cards.values())
    assert all(card.focusPolicy() & Qt.FocusPolicy.TabFocus for card in cards.values())
    shown.activateWindow()
    shown.lists.setFocus()
    reached = set()
    for _ in range(3 + len(cards)):
        QTest.keyClick(shown.focusWidget() or shown, Qt.Key.Key_Tab)
        reached.add(shown.focusWidget())
    assert set(cards.values()) <= reached


def test_the_numbers_are_saved_as_report_and_as_picture(qtbot, workplace, shown, tmp_path):
    messages = workplace.messages
    shown.saving.save(tmp_path / "numbers.pdf", shown.live.shown, 1)
    qtbot.waitUntil(lambda: "numbers.pdf" in messages.text)
    with pypdfium2.PdfDocument(tmp_path / "numbers.pdf") as document:
        assert "of 147 expected" in document[0].get_textpage().get_text_range()
    shown.saving.save(tmp_path / "numbers.png", shown.live.shown, 2)
    qtbot.waitUntil(lambda: "numbers.png" in messages.text)
    with Image.open(tmp_path / "numbers.png") as picture:
        assert picture.size == (2560, 1600)
    shown.saving.save(tmp_path / "gone" / "numbers.png", shown.live.shown, 2)
    qtbot.waitUntil(lambda: "There is no folder" in messages.text)


def test_what_can_be_saved_names_its_size(shown):
    kinds = shown.saving.kinds()
    assert [suffix for suffix, _ in kinds.values()] == [".pdf", ".png", ".png", ".png"]
    assert "Picture, 3840 × 2400 (*.png)" in kinds


def test_full_screen_shows_the_same_and_makes_way_for_a_scan(qtbot, workplace, shown):
    shown.full.click()
    window = shown.window_of_board
    qtbot.waitUntil(lambda: window.isVisible() and window.board.is_up_to_date)
    assert "ECCP" in window.head.text()
    assert "Registration desk" in window.line.text()
    shown.hide()
    assert shown.live.is_watched
    workplace.devices.scanned.emit(Scan("X", ScanSource.COMMAND_LINE))
    assert not window.isVisible()
    assert not shown.live.is_watched


def test_esc_closes_full_screen(qtbot, shown):
    shown.show_full_screen()
    window = shown.window_of_board
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_the_charts_follow_the_colours_of_the_theme():
    light, dark = chart_palette(LIGHT), chart_palette(DARK)
    assert (light.surface, light.text) == (LIGHT.surface.name(), LIGHT.text.name())
    assert (dark.surface, dark.text) == (DARK.surface.name(), DARK.text.name())


def test_the_pictures_fit_their_cards_after_resizing(qtbot, shown):
    shown.resize(1500, 900)
    wait_for_charts(qtbot, shown)
    for card in shown.board.cards.values():
        assert (card.drawn.picture.width_px, card.drawn.picture.height_px) == (
            card.room.width(),
            card.room.height(),
        )


def test_what_draws_the_charts_is_not_loaded_by_the_window_itself():
    code = (
        "import sys, checkin_app.gui.dashboard.dashboard_screen;"
        "sys.exit('reportlab' in sys.modules or 'pypdfium2' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert answer.returncode == 0


def test_a_file_that_cannot_be_counted_is_said_once(qtbot, workplace, screen):
    workplace.event_file.path.unlink()
    workplace.event_file._connections.reset()
    screen.show()
    qtbot.waitUntil(lambda: "There is no event file" in workplace.messages.text)
    assert screen.live.shown is None


def test_fifty_desks_are_added_up_where_there_is_no_room_and_shown_one_by_one_when_asked(
    qtbot, workplace, clock, shown
):
    for number in range(1, 51):
        let_in(workplace, clock, 2, f"Desk {number}")
    workplace.changed.emit()
    qtbot.waitUntil(lambda: shown.live.shown.arrived == 100)
    wait_for_charts(qtbot, shown)
    card = shown.board.cards["desks"]
    spots = [spot.text for spot in card.drawn.spots]
    assert spots[0] == "Desk 1  ·  2  ·  2"
    seen = len(spots) - 1
    assert spots[-1].split(",  ") == [f"Desk {number} 2" for number in range(seen + 1, 51)]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert shown.desks.isVisible()
    model = shown.desks.model
    lines = [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert lines[0] == ["All desks", "100", "100"]
    assert lines[1:] == [[f"Desk {number}", "2", "2"] for number in range(1, 51)]
    let_in(workplace, clock, 1, "Desk 50")
    workplace.changed.emit()
    qtbot.waitUntil(lambda: model.index(50, 1).data() == "3")
    QTest.keyClick(shown.desks, Qt.Key.Key_Escape)
    assert not shown.desks.isVisible()


def test_a_click_on_the_desks_shows_all_of_them(qtbot, workplace, clock, shown):
    qtbot.mouseClick(shown.board.cards["desks"], Qt.MouseButton.LeftButton)
    assert shown.desks.isVisible()
    assert shown.desks.model.rowCount() == 0
