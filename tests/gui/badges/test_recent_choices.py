"""The next event begins with what was printed with last."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.domain.badges.stock import A6_ON_A4
from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.choice.offers import UserFiles
from checkin_app.gui.badges.choice.recent_choices import (
    RecentChoices,
    keep_recent_choices,
    load_recent_choices,
)
from checkin_app.gui.workplace import Workplace


def test_the_latest_stock_comes_first_and_each_once(tmp_path: Path) -> None:
    path = tmp_path / "user" / "choices.json"
    for name in ("A", "B", "A", "C"):
        keep_recent_choices(path, name, "thermal", "Office")
    assert load_recent_choices(path) == RecentChoices(("C", "A", "B"), "thermal", "Office")


@pytest.mark.parametrize("content", ["", "[1]", '{"stock": 3, "layout": []}', "{"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "choices.json"
    path.write_text(content, encoding="utf-8")
    assert load_recent_choices(path) == RecentChoices()


def test_the_screen_begins_with_the_stock_of_the_last_event(
    qtbot: QtBot, workplace: Workplace, user_files: UserFiles
) -> None:
    keep_recent_choices(user_files.recent, A6_ON_A4.name, "", "")
    screen = BadgesScreen(workplace, files=user_files)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: screen.run_bar.line.text() == "Badges: 147  ·  Sheets: 37")


def test_what_was_printed_on_is_offered_first(
    qtbot: QtBot, screen: BadgesScreen, user_files: UserFiles, tmp_path: Path
) -> None:
    screen.choice.paper.choose_stock(A6_ON_A4)
    qtbot.waitUntil(lambda: "Sheets: 37" in screen.run_bar.line.text())
    with qtbot.waitSignal(screen.printing.recorded):
        screen.save_to(tmp_path / "badges.pdf")
    page = screen.choice.stock
    qtbot.waitUntil(screen.run_bar.jam.isVisible)
    qtbot.mouseClick(screen.choice.paper.stock_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    assert page.model.item(0).text() == A6_ON_A4.name
    assert load_recent_choices(user_files.recent).stock == (A6_ON_A4.name,)
