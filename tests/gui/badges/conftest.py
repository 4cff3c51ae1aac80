"""The badges screen on the sample event, with stock and offsets of nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.choice.offers import UserFiles
from checkin_app.gui.workplace import Workplace


@pytest.fixture
def user_files(tmp_path: Path) -> UserFiles:
    """Where own stock and printers' offsets would lie; nothing is kept yet."""
    folder = tmp_path / "user"
    names = ("stock.toml", "offsets.json", "fonts", "choices.json")
    return UserFiles(*(folder / name for name in names))


@pytest.fixture
def screen(qtbot: QtBot, workplace: Workplace, user_files: UserFiles) -> BadgesScreen:
    """The screen, shown at the size of a small laptop, with its first plan made."""
    screen = BadgesScreen(workplace, files=user_files)
    qtbot.addWidget(screen)
    screen.resize(1180, 760)
    screen.show()
    qtbot.waitUntil(lambda: "Badges: " in screen.run_bar.line.text())
    return screen
