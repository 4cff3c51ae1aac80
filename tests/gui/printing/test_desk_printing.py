"""The desk prints the badge of the person in hand, and asks why another one is needed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_with_printers import AT_DOOR, AT_WALL, PrintingDesk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from checkin_app.domain.print_jobs import PrintCause, PrintJobState
from checkin_app.domain.printers import PrinterId, PrinterTrouble, SpoolerKind
from checkin_app.domain.scan import Scan
from checkin_app.gui.desk.panels.correction_panel import CorrectionPanel
from checkin_app.gui.desk.panels.history_panel import HistoryPanel
from checkin_app.gui.printing.queue_panel import QueuePanel
from checkin_app.gui.printing.reprint_panel import ReprintPanel
from checkin_app.services.bulk_badges.badge_records import record_spoilt
from checkin_app.services.registrations import correct


def test_without_a_printer_a_badge_is_for_the_screen_of_bulk_prints(desk: PrintingDesk) -> None:
    person = desk.people()[0]
    desk.look_up(person)
    assert not desk.printing.line.isVisible()
    assert desk.window.workplace is not None
    with desk.qtbot.waitSignal(desk.window.workplace.badges_wanted) as wanted:
        desk.ctrl(Qt.Key.Key_P)
    assert wanted.args == [(person.id,)]


def test_the_badge_of_somebody_looked_up_is_printed_without_a_check_in(
    desk: PrintingDesk, tmp_path: Path
) -> None:
    folder = tmp_path / "badges"
    folder.mkdir()
    desk.use_printer(PrinterId(SpoolerKind.FOLDER, str(folder)))
    person = desk.people()[0]
    desk.look_up(person)
    assert desk.screen.parts.actions.badge.words == "Print badge"
    desk.ctrl(Qt.Key.Key_P)
    job = desk.wait_for_job(PrintJobState.DONE)
    assert (job.attendee_id, job.cause) == (person.id, PrintCause.ASKED)
    assert len(list(folder.glob("*.pdf"))) == 1
    record = desk.event_file.record(person.id)
    assert record is not None
    assert record.badge_prints == 1
    assert not record.check_ins


def test_a_second_press_prints_no_second_badge(desk: PrintingDesk) -> None:
    desk.use_printer()
    desk.look_up(desk.people()[0])
    desk.ctrl(Qt.Key.Key_P)
    desk.ctrl(Qt.Key.Key_P)
    desk.wait_for_job(PrintJobState.PRINTING)
    for _ in range(2):
        desk.wait_until(lambda: "on its way to the printer already" in desk.window.messages.text)
        desk.window.messages.clear()
        desk.ctrl(Qt.Key.Key_P)
    assert len(desk.jobs) == 1


@pytest.mark.parametrize(
    ("key", "cause", "words"),
    [
        (Qt.Key.Key_L, PrintCause.LOST, "Badge printed again: the one before is lost"),
        (Qt.Key.Key_D, PrintCause.DAMAGED, "Badge printed again: the one before is damaged"),
        (Qt.Key.Key_P, PrintCause.WRONG_DATA, "Badge printed again: the one before had wrong data"),
    ],
)
def test_another_badge_has_a_reason_given_by_one_key(
    desk: PrintingDesk, key: Qt.Key, cause: PrintCause, words: str
) -> None:
    desk.use_printer()
    person = desk.people()[0]
    desk.print_one(person)
    desk.look_up(person)
    desk.ctrl(Qt.Key.Key_P)
    desk.wait_until(lambda: isinstance(desk.screen.panels.current, ReprintPanel))
    QTest.keyClick(desk.screen.panels.current.first_field, key)  # type: ignore[union-attr]
    desk.wait_for_job(PrintJobState.PRINTING, cause)
    assert desk.screen.panels.current is None
    desk.spooler.print_all()
    desk.wait_for_job(PrintJobState.DONE, cause)
    desk.screen.open_history()
    panel = desk.screen.panels.current
    assert isinstance(panel, HistoryPanel)
    desk.wait_until(lambda: words in panel.texts)
    assert "Badge printed" in panel.texts


def test_wrong_data_is_corrected_first_and_printed_once_it_is_stored(desk: PrintingDesk) -> None:
    desk.use_printer()
    person = desk.people()[0]
    desk.print_one(person)
    desk.look_up(person)
    desk.ctrl(Qt.Key.Key_P)
    desk.wait_until(lambda: isinstance(desk.screen.panels.current, ReprintPanel))
    QTest.keyClick(desk.screen.panels.current.first_field, Qt.Key.Key_W)  # type: ignore[union-attr]
    desk.wait_until(lambda: isinstance(desk.screen.panels.current, CorrectionPanel))
    panel = desk.screen.panels.current
    assert isinstance(panel, CorrectionPanel)
    assert panel.accessibleName() == f"Correct, then print: {person.full_name}"
    desk.screen.panels.correction_wanted.emit(person.id, {"last_name": "Papadopoulou"})
    job = desk.wait_for_job(PrintJobState.PRINTING, PrintCause.WRONG_DATA)
    assert job.name.endswith("Papadopoulou")


def test_a_correction_that_is_left_prints_nothing(desk: PrintingDesk) -> None:
    desk.use_printer()
    person = desk.people()[0]
    desk.print_one(person)
    desk.look_up(person)
    desk.ctrl(Qt.Key.Key_P)
    desk.wait_until(lambda: isinstance(desk.screen.panels.current, ReprintPanel))
    QTest.keyClick(desk.screen.panels.current.first_field, Qt.Key.Key_W)  # type: ignore[union-attr]
    desk.wait_until(lambda: isinstance(desk.screen.panels.current, CorrectionPanel))
    desk.press(Qt.Key.Key_Escape)
    desk.screen.open_correction()
    with desk.qtbot.waitSignal(desk.screen.checking_in.corrected):
        desk.screen.panels.correction_wanted.emit(person.id, {"last_name": "Papadopoulou"})
    desk.print_one(desk.people()[1])
    assert len(desk.jobs) == 2


def test_a_badge_out_of_date_is_printed_again_without_a_question(desk: PrintingDesk) -> None:
    desk.use_printer()
    person = desk.people()[0]
    desk.print_one(person)
    correct(desk.event_file, "Desk 2", datetime.now(UTC), person.id, {"last_name": "Rossi"})
    desk.look_up(person)
    desk.ctrl(Qt.Key.Key_P)
    desk.wait_for_job(PrintJobState.PRINTING, PrintCause.WRONG_DATA)


def test_a_spoilt_badge_is_printed_again_without_a_question(desk: PrintingDesk) -> None:
    desk.use_printer()
    person = desk.people()[0]
    desk.print_one(person)
    record_spoilt(desk.event_file, "Desk 2", datetime.now(UTC), [person.id])
    desk.look_up(person)
    desk.ctrl(Qt.Key.Key_P)
    desk.wait_for_job(PrintJobState.PRINTING, PrintCause.ASKED)


def test_a_scan_takes_the_question_away_and_leaves_the_queue_open(desk: PrintingDesk) -> None:
    desk.use_printer()
    person, next_one = desk.people()[:2]
    desk.print_one(person)
    desk.look_up(person)
    desk.ctrl(Qt.Key.Key_P)
    desk.wait_until(lambda: isinstance(desk.screen.panels.current, ReprintPanel))
    desk.screen.take_scan(Scan(next_one.code))
    assert desk.screen.panels.current is None
    desk.ctrl(Qt.Key.Key_J)
    desk.screen.take_scan(Scan(person.code))
    assert isinstance(desk.screen.panels.current, QueuePanel)
    assert desk.screen.panels.current.isVisible()
    desk.ctrl(Qt.Key.Key_J)
    assert desk.screen.panels.current is None


def test_the_line_is_there_with_a_printer_and_never_takes_the_focus(desk: PrintingDesk) -> None:
    desk.use_printer()
    line = desk.printing.line
    assert line.isVisible()
    desk.wait_until(lambda: line.words.text == "door is ready")
    desk.qtbot.mouseClick(line.queue, Qt.MouseButton.LeftButton)
    assert isinstance(desk.screen.panels.current, QueuePanel)
    assert not line.queue.hasFocus()
    desk.choose(printer="")
    desk.wait_until(lambda: not line.isVisible())


def test_what_is_stuck_is_printed_on_the_other_printer_by_one_press(desk: PrintingDesk) -> None:
    desk.spooler.troubles["door"] = PrinterTrouble.OUT_OF_PAPER
    desk.use_printer(AT_DOOR, AT_WALL)
    line = desk.printing.line
    desk.spooler.refuses.add("door")
    desk.runner.enqueue([desk.people()[0].id], PrintCause.ASKED)
    desk.wait_until(line.move_over.isVisible)
    desk.qtbot.mouseClick(line.move_over, Qt.MouseButton.LeftButton)
    desk.wait_until(lambda: bool(desk.jobs) and desk.jobs[0].printer == AT_WALL)


def test_badges_on_hold_are_released_from_the_line(desk: PrintingDesk) -> None:
    desk.use_printer()
    desk.runner.enqueue([desk.people()[0].id], PrintCause.ASKED)
    desk.runner.hold(desk.wait_for_job(PrintJobState.PRINTING).id)
    desk.wait_for_job(PrintJobState.HELD)
    desk.wait_until(desk.printing.line.release.isVisible)
    desk.qtbot.mouseClick(desk.printing.line.release, Qt.MouseButton.LeftButton)
    desk.wait_for_job(PrintJobState.PRINTING)
