"""Own stock: what is wrong is said as it is typed, what is kept is printed on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.domain.badges.stock import Fold
from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.choice.offers import UserFiles
from checkin_app.gui.badges.stock.own_stock_dialog import OwnStockDialog
from checkin_app.stock.own_stock import load_own_stock

TEMPLATES = """<?xml version="1.0"?>
<Glabels-templates xmlns="http://glabels.org/xmlns/3.0/">
  <Template brand="Ours" part="1" size="A4" description="Badges">
    <Label-rectangle id="0" width="90mm" height="50mm" round="0" waste="0">
      <Layout nx="2" ny="5" x0="15mm" y0="20mm" dx="90mm" dy="50mm"/>
    </Label-rectangle>
  </Template>
  <Template brand="Ours" part="2" size="A4" description="Round">
    <Label-round id="0" radius="20mm" waste="0">
      <Layout nx="2" ny="5" x0="15mm" y0="20mm" dx="50mm" dy="50mm"/>
    </Label-round>
  </Template>
</Glabels-templates>
"""


@pytest.fixture
def dialog(screen: BadgesScreen) -> OwnStockDialog:
    screen.choice.stock.own.click()
    dialog = screen.findChild(OwnStockDialog)
    assert dialog is not None
    return dialog


def test_a_name_is_all_that_is_missing_at_first(dialog: OwnStockDialog) -> None:
    assert "no name" in dialog.verdict.text()
    assert not dialog.save.isEnabled()
    dialog.form.name.setText("Lanyard cards")
    assert dialog.save.isEnabled()
    assert "85 × 54 mm" in dialog.verdict.text()


def test_impossible_measures_are_answered_as_they_are_typed(dialog: OwnStockDialog) -> None:
    form = dialog.form
    form.name.setText("Too wide")
    form.columns.setValue(3)
    assert "beyond the paper" in dialog.verdict.text()
    assert not dialog.save.isEnabled()
    form.columns.setValue(2)
    form.pitch_x.setValue(80)
    assert "overlap" in dialog.verdict.text()


def test_lengths_are_typed_with_comma_or_point(qtbot: QtBot, dialog: OwnStockDialog) -> None:
    for typed in ("17,5", "17.5"):
        box = dialog.form.left
        box.setValue(0)
        box.selectAll()
        qtbot.keyClicks(box, typed)
        assert box.value() == 17.5


def test_the_middle_of_the_paper_is_found(dialog: OwnStockDialog) -> None:
    form = dialog.form
    form.left.setValue(0)
    form.top.setValue(0)
    form.centre.click()
    assert (form.left.value(), form.top.value()) == (15, 13.5)


def test_what_is_kept_is_printed_on_and_found_again(
    qtbot: QtBot, screen: BadgesScreen, dialog: OwnStockDialog, user_files: UserFiles
) -> None:
    form = dialog.form
    form.name.setText("Tent cards")
    form.rows.setValue(2)
    form.badge_height.setValue(110)
    form.pitch_y.setValue(110)
    form.fold.setCurrentIndex(form.fold.findData(Fold.TENT))
    with qtbot.waitSignal(dialog.saved):
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert [stock.name for stock in load_own_stock(user_files.own_stock)] == ["Tent cards"]
    assert screen.choice.paper.choice().stock.fold is Fold.TENT
    qtbot.waitUntil(lambda: screen.run_bar.line.text() == "Badges: 147  ·  Sheets: 37")

    def is_offered() -> bool:
        offers = screen.choosing.offers
        return offers is not None and [one.name for one in offers.own_stock] == ["Tent cards"]

    qtbot.waitUntil(is_offered)


def test_templates_are_brought_in_and_what_cannot_be_used_is_named(
    qtbot: QtBot, dialog: OwnStockDialog, user_files: UserFiles, tmp_path: Path
) -> None:
    file = tmp_path / "ours.template"
    file.write_text(TEMPLATES, encoding="utf-8")
    dialog.bring_in_file(file)
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert "Brought in: 1." in dialog.verdict.text()
    assert "Ours 2 has round labels" in dialog.verdict.text()
    assert dialog.form.name.text() == "Ours 1"


def test_a_file_that_is_no_template_is_answered_in_words(
    qtbot: QtBot, dialog: OwnStockDialog, tmp_path: Path
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("nothing", encoding="utf-8")
    dialog.bring_in_file(file)
    qtbot.waitUntil(lambda: "notes.txt" in dialog.verdict.text())


def test_own_stock_is_removed(
    qtbot: QtBot, dialog: OwnStockDialog, user_files: UserFiles, tmp_path: Path
) -> None:
    file = tmp_path / "ours.template"
    file.write_text(TEMPLATES, encoding="utf-8")
    dialog.bring_in_file(file)
    qtbot.waitUntil(dialog.remove.isEnabled)
    dialog.remove.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 0)
    assert load_own_stock(user_files.own_stock) == ()
