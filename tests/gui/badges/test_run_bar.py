"""The foot of the screen: what will be written, how it goes, what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkin_app.domain.badges.imposition import SheetRange
from checkin_app.gui.badges.run.run_bar import RunBar
from checkin_app.services.bulk_badges.badge_printing import BadgeReport


@pytest.fixture
def bar(qtbot: QtBot) -> RunBar:
    bar = RunBar()
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_drawing_and_reading_back_are_told_apart(bar: RunBar) -> None:
    bar.show_started()
    bar.show_progress(20, 200)
    assert bar.line.text().startswith("Drawing: 20 of 200")
    bar.show_progress(250, 200)
    assert bar.line.text().startswith("Reading the codes back: 50 of 200")
    assert bar.bar.value() / bar.bar.maximum() == 0.625


def test_what_may_not_be_printed_is_said_with_names(bar: RunBar) -> None:
    report = BadgeReport(Path("badges.pdf"), 10, 1, (), 9, ("id",), 0.5)
    bar.show_started()
    bar.show_report(report, ["Anna Nowak"])
    assert "Not read back: Anna Nowak. Do not print this file." in bar.line.text()
    assert bar.open_file.isVisible()
    assert bar.resume.isVisible()


def test_a_part_of_the_sheets_is_said_to_be_one(bar: RunBar) -> None:
    bar.show_plan(147, 15, SheetRange(7))
    assert bar.line.text() == "Badges: 147  ·  Sheets: 15  ·  of which only 7 to 15"


def test_a_new_plan_does_not_disturb_a_run(bar: RunBar) -> None:
    bar.show_started()
    bar.show_plan(3, 1)
    bar.show_impossible("No.")
    assert bar.line.text() == "Starting…"
    bar.show_stopped("Stopped. No file was written.")
    assert bar.save.isVisible()


def test_what_jammed_is_asked_only_when_something_was_printed(bar: RunBar) -> None:
    assert not bar.jam.isVisible()
    bar.offer_jam(True)
    assert bar.jam.isVisible()
    bar.show_started()
    assert not bar.jam.isVisible()


def test_trays_bring_pages_of_their_own(bar: RunBar) -> None:
    bar.show_plan(147, 16, trays=3)
    assert bar.line.text() == (
        "Badges: 147  ·  Sheets: 16  ·  and a title and an index for each of 3 trays"
    )
