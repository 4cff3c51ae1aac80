"""Drop-downs whose lines come and go below the first one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from checkin_app.gui.form.offered_lines import offer_below_first


@pytest.fixture
def box(qtbot: QtBot) -> QComboBox:
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItem("All categories", None)
    offer_below_first(box, [("Press", "press"), ("R&D", "r&d")])
    return box


def test_words_stand_as_they_are_below_the_first_line(box: QComboBox) -> None:
    assert [box.itemText(row) for row in range(box.count())] == ["All categories", "Press", "R&D"]
    assert box.currentData() is None


def test_what_is_chosen_stays_while_it_is_offered(qtbot: QtBot, box: QComboBox) -> None:
    box.setCurrentIndex(2)
    with qtbot.assertNotEmitted(box.currentIndexChanged):
        assert not offer_below_first(box, [("R&D", "r&d"), ("Speaker", "speaker")])
    assert box.currentData() == "r&d"


def test_what_is_offered_no_more_gives_way_to_the_first_line(qtbot: QtBot, box: QComboBox) -> None:
    box.setCurrentIndex(1)
    with qtbot.assertNotEmitted(box.currentIndexChanged):
        assert offer_below_first(box, [("R&D", "r&d")])
    assert box.currentText() == "All categories"
