"""A test sheet is saved, measured, and what follows is applied to every run on that printer."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.gui.badges.badges_screen import BadgesScreen
from checkin_app.gui.badges.choice.offers import UserFiles
from checkin_app.gui.badges.printers.test_sheet_dialog import TestSheetDialog
from checkin_app.stock.printer_offsets import load_printer_offsets


@pytest.fixture
def dialog(screen: BadgesScreen) -> TestSheetDialog:
    screen.choice.paper.more.test_sheet.click()
    dialog = screen.findChild(TestSheetDialog)
    assert dialog is not None
    return dialog


def test_the_test_sheet_has_the_size_of_the_stock(
    qtbot: QtBot, dialog: TestSheetDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "checkin_app.gui.badges.printers.test_sheet_source.QDesktopServices.openUrl",
        lambda _url: True,
    )
    file = tmp_path / "test.pdf"
    dialog.save_to(file)
    qtbot.waitUntil(lambda: "test.pdf" in dialog.source.said.text())
    document = pypdfium2.PdfDocument(file)
    width_pt, height_pt = document[0].get_size()
    document.close()
    assert (round(width_pt / 72 * 25.4), round(height_pt / 72 * 25.4)) == (210, 297)


def test_what_is_measured_is_kept_and_applied_from_then_on(
    qtbot: QtBot, screen: BadgesScreen, dialog: TestSheetDialog, user_files: UserFiles
) -> None:
    dialog.printer.setEditText("Office")
    dialog.near_right.setValue(0.8)
    dialog.near_down.setValue(-0.5)
    assert dialog.verdict.text() == "Print is moved 0.8 mm left, moved 0.5 mm down."
    with qtbot.waitSignal(dialog.kept):
        dialog.keep.click()
    offset = PrinterOffset(-0.8, 0.5)
    assert load_printer_offsets(user_files.offsets) == {("Office", "85x54 on A4"): offset}
    qtbot.waitUntil(
        lambda: (
            screen.planner.run is not None and screen.planner.run.paper.imposition.offset == offset
        )
    )
    more = screen.choice.paper.more
    assert more.printer.currentData() == "Office"
    assert "0.8 mm left" in more.offset.text()
    qtbot.waitUntil(lambda: dialog.kept_list.count() == 1)


def test_another_printer_is_not_corrected(
    qtbot: QtBot, screen: BadgesScreen, dialog: TestSheetDialog
) -> None:
    dialog.printer.setEditText("Office")
    dialog.near_right.setValue(0.8)
    dialog.keep.click()
    more = screen.choice.paper.more
    qtbot.waitUntil(lambda: more.printer.currentData() == "Office")
    more.printer.setCurrentIndex(0)
    assert screen.choice.paper.choice().imposition.offset == PrinterOffset()


def test_what_is_kept_can_be_forgotten(
    qtbot: QtBot, dialog: TestSheetDialog, user_files: UserFiles
) -> None:
    dialog.near_right.setValue(0.8)
    dialog.keep.click()
    qtbot.waitUntil(lambda: dialog.kept_list.count() == 1)
    dialog.kept_list.setCurrentRow(0)
    dialog.forget.click()
    qtbot.waitUntil(lambda: dialog.kept_list.count() == 0)
    assert load_printer_offsets(user_files.offsets) == {}


def test_a_cross_b_that_lies_where_it_should_counts_once_it_is_said_to_be_measured(
    dialog: TestSheetDialog,
) -> None:
    dialog.near_right.setValue(0.8)
    assert not dialog.far_right.isEnabled()
    assert dialog.verdict.text() == "Print is moved 0.8 mm left."
    dialog.far_is_measured.setChecked(True)
    assert dialog.far_right.isEnabled()
    assert "stretched" in dialog.verdict.text()


def test_a_slip_of_the_pen_is_not_kept(dialog: TestSheetDialog) -> None:
    dialog.far_is_measured.setChecked(True)
    dialog.far_right.setValue(25)
    assert "more than any printer needs" in dialog.verdict.text()
    assert not dialog.keep.isEnabled()
