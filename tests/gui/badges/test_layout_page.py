"""Layouts by picture: those that suit the stock first, and files that an organiser brings."""

from __future__ import annotations

import shutil
from pathlib import Path

from answered_dialogs import answer_with
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.choice.layout_page import LayoutPage
from checkin_app.resource_files import resource_path

LAYOUT, IMAGE, SUITS = (Qt.ItemDataRole.UserRole + number for number in range(3))


def open_page(qtbot: QtBot, screen: BadgesScreen) -> LayoutPage:
    qtbot.mouseClick(screen.choice.paper.layout_button, Qt.MouseButton.LeftButton)
    return screen.choice.layouts


def items(page: LayoutPage) -> list[object]:
    return [page.model.item(row) for row in range(page.model.rowCount())]


def test_layouts_that_suit_the_stock_come_first_with_their_pictures(
    qtbot: QtBot, screen: BadgesScreen
) -> None:
    page = open_page(qtbot, screen)
    suits = [page.model.item(row).data(SUITS) for row in range(page.model.rowCount())]
    assert suits[0]
    assert suits == sorted(suits, reverse=True)
    qtbot.waitUntil(
        lambda: all(
            page.model.item(row).data(IMAGE) is not None for row in range(page.model.rowCount())
        ),
    )


def test_the_layout_that_is_chosen_is_printed_with(qtbot: QtBot, screen: BadgesScreen) -> None:
    page = open_page(qtbot, screen)
    layout = page.model.item(1).data(LAYOUT)
    page.list.setCurrentIndex(page.model.index(1, 0))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert screen.choice.paper.layout_button.words == layout.title
    assert screen.choice.paper.layout_button.isVisible()
    qtbot.waitUntil(
        lambda: screen.planner.run is not None and screen.planner.run.paper.layout == layout
    )


def test_a_layout_file_is_printed_with_at_once(
    qtbot: QtBot, screen: BadgesScreen, tmp_path: Path
) -> None:
    file = Path(shutil.copy(resource_path("layouts", "name-first.toml"), tmp_path / "ours.toml"))
    page = open_page(qtbot, screen)
    answer_with(file)
    page.open_file.click()
    qtbot.waitUntil(screen.choice.paper.layout_button.isVisible)
    layout = screen.choice.paper.choice().layout
    assert layout is not None
    assert layout.name == "ours"


def test_a_faulty_layout_file_is_answered_with_file_and_place(
    qtbot: QtBot, screen: BadgesScreen, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text('title = "Wrong"\n[[design]]\nsize = "large"\n', encoding="utf-8")
    page = open_page(qtbot, screen)
    answer_with(file)
    page.open_file.click()
    qtbot.waitUntil(page.problem.isVisible)
    assert "wrong.toml" in page.problem.text()
