"""Files are asked for where the last one was, and saved with their ending."""

from __future__ import annotations

from pathlib import Path

import pytest
from answered_dialogs import answer_with
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from checkin_app.gui.file_dialogs import (
    ask_for_folder,
    ask_to_open,
    ask_to_save,
    folder_to_begin_in,
    with_ending,
)
from checkin_app.gui.workplace import Workplace
from checkin_app.settings import Settings


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The window in front of which dialogs open."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_the_ending_is_added_where_it_is_missing() -> None:
    assert with_ending(Path("/a/list"), (".xlsx", ".csv")) == Path("/a/list.xlsx")
    assert with_ending(Path("/a/list.CSV"), (".xlsx", ".csv")) == Path("/a/list.CSV")
    assert with_ending(Path("/a/6. May"), (".xlsx",)) == Path("/a/6. May.xlsx")


def test_a_dialog_begins_in_the_folder_used_last(workplace: Workplace, tmp_path: Path) -> None:
    workplace.take_settings(Settings(last_folder=tmp_path))
    assert folder_to_begin_in(workplace) == tmp_path
    workplace.take_settings(Settings(last_folder=tmp_path / "unplugged"))
    assert folder_to_begin_in(workplace) == Path.home()


def test_a_saved_file_has_its_ending_and_its_folder_is_remembered(
    qtbot: QtBot, workplace: Workplace, window: QWidget, tmp_path: Path
) -> None:
    workplace.take_settings(Settings(last_folder=tmp_path))
    answer_with("problems")
    with qtbot.waitSignal(workplace.folder_used) as used:
        path = ask_to_save(workplace, window, "Save", "proposed", {"Excel (*.xlsx)": ".xlsx"})
    assert path == tmp_path / "problems.xlsx"
    assert used.args == [tmp_path]


def test_a_file_to_open_is_chosen_in_the_folder_used_last(
    qtbot: QtBot, workplace: Workplace, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text("a,b\n")
    workplace.take_settings(Settings(last_folder=tmp_path))
    answer_with("list.csv")
    with qtbot.waitSignal(workplace.folder_used):
        path = ask_to_open(workplace, window, "Open", ("Lists (*.csv)",))
    assert path == tmp_path / "list.csv"


def test_a_folder_is_chosen_in_the_folder_used_last_and_remembered(
    qtbot: QtBot, workplace: Workplace, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "pack").mkdir()
    workplace.take_settings(Settings(last_folder=tmp_path))
    answer_with("pack")
    with qtbot.waitSignal(workplace.folder_used) as used:
        path = ask_for_folder(workplace, window, "Where")
    assert path == tmp_path / "pack"
    assert used.args == [path]


def test_a_file_that_is_there_is_not_replaced_unasked(
    workplace: Workplace, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "badges.pdf").touch()
    workplace.take_settings(Settings(last_folder=tmp_path))
    asked: list[str] = []

    def refuse() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        box.button(QMessageBox.StandardButton.No).click()

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.selectFile("badges")
        QTimer.singleShot(0, refuse)
        dialog.accept()
        dialog.reject()

    QTimer.singleShot(0, choose)
    assert ask_to_save(workplace, window, "Save", "proposed", {"PDF (*.pdf)": ".pdf"}) is None
    assert "badges.pdf already exists" in asked[0]
