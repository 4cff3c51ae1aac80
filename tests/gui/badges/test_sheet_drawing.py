"""The drawing of a sheet: pointer and keyboard do the same, and a screen reader hears it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin_app.domain.badges.imposition import Fill
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.gui.badges.sheets.sheet_drawing import SheetDrawing
from checkin_app.gui.badges.sheets.sheet_painting import ShownSlot, SlotLook


@pytest.fixture
def drawing(qtbot: QtBot) -> SheetDrawing:
    drawing = SheetDrawing()
    qtbot.addWidget(drawing)
    drawing.resize(300, 420)
    slots = {slot: ShownSlot(SlotLook.FILLED, f"{slot}", f"Slot {slot}") for slot in range(1, 11)}
    slots[10] = ShownSlot(SlotLook.EMPTY, "", "Slot 10, empty", answers=False)
    drawing.show_sheet(CARD_ON_A4, slots)
    drawing.show()
    return drawing


def test_a_click_presses_the_slot_under_the_pointer(qtbot: QtBot, drawing: SheetDrawing) -> None:
    with qtbot.waitSignal(drawing.pressed) as pressed:
        at = drawing.slot_area(6).center().toPoint()
        qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=at)
    assert pressed.args == [6]


@pytest.mark.parametrize(
    ("button", "modifier"),
    [
        (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier),
        (Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_ctrl_or_the_other_button_marks_it(
    qtbot: QtBot, drawing: SheetDrawing, button: Qt.MouseButton, modifier: Qt.KeyboardModifier
) -> None:
    with qtbot.waitSignal(drawing.marked) as marked:
        at = drawing.slot_area(3).center().toPoint()
        qtbot.mouseClick(drawing, button, modifier, pos=at)
    assert marked.args == [3]


def test_arrows_go_from_slot_to_slot_as_they_lie_on_paper(
    qtbot: QtBot, drawing: SheetDrawing
) -> None:
    for key, slot in (
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_End, 10),
        (Qt.Key.Key_Home, 1),
    ):
        qtbot.keyClick(drawing, key)
        assert drawing.current_slot == slot


def test_arrows_follow_the_paper_also_when_slots_are_counted_down(
    qtbot: QtBot, drawing: SheetDrawing
) -> None:
    drawing.show_sheet(CARD_ON_A4, {}, Fill.BY_COLUMN)
    qtbot.keyClick(drawing, Qt.Key.Key_Right)
    assert drawing.current_slot == 6


def test_enter_presses_and_space_marks(qtbot: QtBot, drawing: SheetDrawing) -> None:
    qtbot.keyClick(drawing, Qt.Key.Key_Down)
    with qtbot.waitSignal(drawing.pressed) as pressed:
        qtbot.keyClick(drawing, Qt.Key.Key_Return)
    with qtbot.waitSignal(drawing.marked) as marked:
        qtbot.keyClick(drawing, Qt.Key.Key_Space)
    assert pressed.args == marked.args == [3]


def test_a_reader_is_told_the_slot_that_the_keyboard_is_at(
    qtbot: QtBot, drawing: SheetDrawing
) -> None:
    qtbot.keyClick(drawing, Qt.Key.Key_End)
    assert drawing.accessibleDescription() == "Slot 10, empty"


def test_a_slot_that_does_not_answer_is_left_alone(qtbot: QtBot, drawing: SheetDrawing) -> None:
    with qtbot.assertNotEmitted(drawing.pressed):
        at = drawing.slot_area(10).center().toPoint()
        qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=at)
