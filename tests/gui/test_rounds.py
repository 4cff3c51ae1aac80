"""Rounds of background work: never two at once, never a nudge forgotten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from checkin_app.gui.background.rounds import Rounds


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def rounds(owner: QObject) -> Rounds:
    """Started, with its first round under way."""
    rounds = Rounds(owner)
    rounds.start()
    assert rounds.is_working
    return rounds


def test_nothing_begins_before_it_is_started(qtbot: QtBot, owner: QObject) -> None:
    rounds = Rounds(owner)
    with qtbot.assertNotEmitted(rounds.wanted):
        rounds.nudge()


def test_a_nudge_during_a_round_leads_to_one_more_right_after_it(
    qtbot: QtBot, rounds: Rounds
) -> None:
    with qtbot.assertNotEmitted(rounds.wanted):
        rounds.nudge()
        rounds.nudge()
    with qtbot.waitSignal(rounds.wanted):
        rounds.end(None)
    with qtbot.assertNotEmitted(rounds.wanted):
        rounds.end(None)
    assert not rounds.is_working


def test_the_next_round_begins_when_the_pause_is_over(qtbot: QtBot, rounds: Rounds) -> None:
    with qtbot.waitSignal(rounds.wanted):
        rounds.end(0.01)
        assert not rounds.is_working


def test_once_it_is_stopped_the_round_under_way_is_the_last(qtbot: QtBot, rounds: Rounds) -> None:
    rounds.nudge()
    rounds.stop()
    with qtbot.assertNotEmitted(rounds.wanted):
        rounds.end(0)
