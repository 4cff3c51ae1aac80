"""Stock is found as it is typed, and printed on as soon as it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from checkin_app.domain.badges.stock import EVERYDAY
from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.stock.stock_page import StockPage


def names(page: StockPage) -> list[str]:
    return [page.model.item(row).text() for row in range(page.model.rowCount())]


def open_page(qtbot: QtBot, screen: BadgesScreen) -> StockPage:
    qtbot.mouseClick(screen.choice.paper.stock_button, Qt.MouseButton.LeftButton)
    page = screen.choice.stock
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    return page


def test_before_anything_is_typed_the_everyday_stock_is_offered(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    page = open_page(qtbot, screen)
    assert names(page) == [stock.name for stock in EVERYDAY]
    assert page.text.hasFocus()


def test_a_number_finds_its_stock_and_enter_prints_on_it(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    page = open_page(qtbot, screen)
    qtbot.keyClicks(page.text, "L4785")
    qtbot.waitUntil(lambda: names(page)[:1] == ["Avery L4785"])
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert screen.choice.paper.choice().stock.name == "Avery L4785"
    assert screen.choice.paper.stock_button.isVisible()
    assert screen.choice.paper.stock_button.line == "Unverified: print a test sheet"
    qtbot.waitUntil(lambda: screen.run_bar.line.text() == "Badges: 147  ·  Sheets: 15")


def test_enter_chooses_without_pressing_the_button_that_is_next(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    page = open_page(qtbot, screen)
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(page.text, enter)
    assert enter.isAccepted()
    assert screen.choice.paper.stock_button.isVisible()


def test_a_size_finds_stock_of_that_size(qtbot: QtBot, screen: BadgesScreen) -> None:
    page = open_page(qtbot, screen)
    qtbot.keyClicks(page.text, "90x54")
    qtbot.waitUntil(lambda: names(page)[:1] != ["85x54 on A4"])
    stock = page.model.item(0).data(Qt.ItemDataRole.UserRole)
    assert abs(stock.face_width_mm - 90) < 1
    assert abs(stock.face_height_mm - 54) < 1


def test_down_goes_into_the_list_and_esc_back_to_the_forms(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    page = open_page(qtbot, screen)
    qtbot.keyClick(page.text, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    assert page.list.currentIndex().row() == 0
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert screen.choice.paper.stock_button.isVisible()


def test_what_is_nowhere_is_answered_with_what_to_do(qtbot: QtBot, screen: BadgesScreen) -> None:
    page = open_page(qtbot, screen)
    page.text.setText("no such label")
    qtbot.waitUntil(lambda: "own stock" in page.note.text())
