"""The line of the print queue says how it is doing and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checkin_app.domain.print_jobs import (
    JobTrouble,
    PrintCause,
    PrintJob,
    PrintJobState,
    QueuedPrinter,
    QueueSummary,
)
from checkin_app.domain.printers import PrinterId, PrinterTrouble, SpoolerKind
from checkin_app.gui.printing.line_words import LineTone, line_words

NOW = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
DOOR = QueuedPrinter(PrinterId(SpoolerKind.CUPS, "door"), "Label printer", labels_left=1312)
WALL = QueuedPrinter(PrinterId(SpoolerKind.ZEBRA, "10.0.0.7:9100"), "Zebra")


def job(
    state: PrintJobState, trouble: JobTrouble | None = None, name: str = "Ana Pérez"
) -> PrintJob:
    return PrintJob("00", "01", name, DOOR.id, state, PrintCause.ARRIVAL, NOW, NOW, 1, "", trouble)


def test_a_quiet_queue_says_that_the_printer_is_ready_and_how_many_labels_it_has() -> None:
    line = line_words(QueueSummary(printers=(DOOR,)), ())
    assert line.tone is LineTone.QUIET
    assert line.full_text == "Label printer is ready · 1\u202f312 labels left"


def test_it_is_said_whose_badge_is_printing() -> None:
    summary = QueueSummary(printing=1, waiting=2, printers=(DOOR,))
    line = line_words(summary, (job(PrintJobState.PRINTING),))
    assert line.tone is LineTone.BUSY
    assert line.full_text == "Badge of Ana Pérez is printing, 2 waiting."


def test_an_empty_roll_is_said_with_what_to_do() -> None:
    empty = replace(DOOR, trouble=PrinterTrouble.OUT_OF_PAPER)
    line = line_words(QueueSummary(waiting=2, printers=(empty,)), ())
    assert line.tone is LineTone.CARE
    assert line.text == "2 waiting, printer out of labels."
    assert line.step == "Put in a new roll or more paper. Printing goes on by itself."
    assert line.moves_to is None


def test_the_other_printer_is_offered_for_what_is_stuck() -> None:
    empty = replace(DOOR, trouble=PrinterTrouble.OUT_OF_PAPER)
    line = line_words(QueueSummary(waiting=2, printers=(empty, WALL)), ())
    assert (line.moves_from, line.moves_to) == (DOOR.id, WALL.id)
    assert line.step.startswith("Label printer: Put in")


@pytest.mark.parametrize(("waiting", "trouble"), [(0, None), (2, PrinterTrouble.OFFLINE)])
def test_no_other_printer_is_offered_where_it_would_not_help(
    waiting: int, trouble: PrinterTrouble | None
) -> None:
    empty = replace(DOOR, trouble=PrinterTrouble.OUT_OF_PAPER)
    other = replace(WALL, trouble=trouble)
    assert line_words(QueueSummary(waiting=waiting, printers=(empty, other)), ()).moves_to is None


def test_the_end_of_a_roll_is_said_in_time() -> None:
    low = replace(DOOR, labels_left=12, is_low=True)
    line = line_words(QueueSummary(printers=(low,)), ())
    assert line.tone is LineTone.CARE
    assert line.full_text == "12 labels left. Have the next roll at hand."


def test_of_one_badge_that_failed_it_is_said_whose_and_what_to_do() -> None:
    failed = job(PrintJobState.FAILED, JobTrouble.NOT_ACCEPTED)
    line = line_words(QueueSummary(failed=1, printers=(DOOR,)), (failed,))
    assert line.tone is LineTone.CARE
    assert line.text == "Ana Pérez has no badge yet. The printer did not take the badge."
    assert line.step == "Look at the printer, then print again."


def test_of_several_the_queue_tells_more() -> None:
    line = line_words(QueueSummary(failed=3, held=2, printers=(DOOR,)), ())
    assert line.full_text == "3 not printed, 2 on hold. Open the queue to see why."


def test_badges_on_hold_can_be_released() -> None:
    line = line_words(QueueSummary(held=2, printers=(DOOR,)), ())
    assert line.text == "2 on hold."
    assert line.can_release
