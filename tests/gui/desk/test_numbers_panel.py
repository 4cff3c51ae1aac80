"""The counters beside the desk, as they are painted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from checkin_app.gui.desk.side.numbers_panel import NumbersPanel
from checkin_app.services.desk_numbers import CategoryProgress, DeskNumbers

NUMBERS = DeskNumbers(
    expected=14_700,
    arrived=6_100,
    per_minute=12.2,
    by_category=(CategoryProgress("Press", 100, 200), CategoryProgress("Expert", 10, 90)),
)


@pytest.fixture
def panel(qtbot: QtBot) -> NumbersPanel:
    panel = NumbersPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 280)
    return panel


def test_one_laptop_alone_has_no_line_about_itself(panel: NumbersPanel) -> None:
    panel.show_numbers(NUMBERS)
    assert panel.here == ""
    assert panel.accessibleDescription() == "6100 of 14700 arrived, 12.2 a minute"


def test_beside_others_the_counters_say_how_many_came_in_here(panel: NumbersPanel) -> None:
    panel.show_numbers(NUMBERS)
    alone = panel.grab().toImage()
    panel.show_numbers(replace(NUMBERS, at_this_desk=3_700))
    assert panel.here.endswith(" at this desk")
    assert panel.here.startswith("3")
    assert panel.accessibleDescription().endswith(f"12.2 a minute, {panel.here}")
    assert panel.grab().toImage() != alone


def test_a_panel_too_low_for_the_line_is_painted_as_without_it(panel: NumbersPanel) -> None:
    """The live picture above takes the room; nothing runs over the edge."""
    panel.resize(300, panel.fontMetrics().height() * 4)
    panel.show_numbers(NUMBERS)
    without = panel.grab().toImage()
    panel.show_numbers(replace(NUMBERS, at_this_desk=3_700))
    assert panel.grab().toImage() == without


def test_a_panel_with_room_for_one_line_more_has_this_one(panel: NumbersPanel) -> None:
    for height in range(60, 280):
        panel.resize(300, height)
        panel.show_numbers(replace(NUMBERS, at_this_desk=None))
        without = panel.grab().toImage()
        panel.show_numbers(replace(NUMBERS, at_this_desk=0))
        if panel.grab().toImage() != without:
            break
    below = [without.pixelColor(x, height - 3) for x in range(20, 280)]
    shown = panel.grab().toImage()
    assert [shown.pixelColor(x, height - 3) for x in range(20, 280)] == below
