"""The print queue as a table: what is in it, and what can be done to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from desk_with_printers import AT_DOOR, AT_WALL, PrintingDesk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from checkin_app.domain.print_jobs import PrintCause, PrintJobState
from checkin_app.domain.printers import PrinterId, PrinterTrouble, SpoolerKind
from checkin_app.gui.printing.queue_model import CHUNK, KnownPrinters, QueueColumn
from checkin_app.gui.printing.queue_panel import QueuePanel
from checkin_app.gui.printing.reprint_panel import ReprintPanel
from checkin_app.printing.printer_setups import PrinterSetup
from checkin_app.settings.device_settings import CameraSettings
from checkin_app.storage.event_file import EventFile


@pytest.fixture
def queue(desk: PrintingDesk) -> QueuePanel:
    """The table in front of a desk with two printers; the first is out of labels."""
    desk.spooler.troubles["door"] = PrinterTrouble.OUT_OF_PAPER
    desk.spooler.refuses.add("door")
    desk.use_printer(AT_DOOR)
    desk.ctrl(Qt.Key.Key_J)
    panel = desk.screen.panels.current
    assert isinstance(panel, QueuePanel)
    return panel


def wait_for_rows(desk: PrintingDesk, queue: QueuePanel, number: int) -> None:
    desk.wait_until(lambda: len(queue.model.jobs) == number)


def states(queue: QueuePanel) -> list[PrintJobState]:
    return [job.state for job in queue.model.jobs]


def cell(queue: QueuePanel, row: int, column: QueueColumn) -> str:
    return str(queue.model.index(row, column).data())


def add(desk: PrintingDesk, queue: QueuePanel, number: int) -> None:
    """Badges that wait; the first row is chosen."""
    people = [person.id for person in desk.people()[:number]]
    desk.runner.enqueue(people, PrintCause.ARRIVAL)
    wait_for_rows(desk, queue, number)
    desk.wait_until(lambda: "out of labels" in cell(queue, 0, QueueColumn.REASON))


def add_printed(event_file: EventFile, desk: PrintingDesk, number: int) -> None:
    """Badges that were printed."""
    person = desk.people()[0]
    with event_file.transaction("Desk 7", datetime.now(UTC)) as transaction:
        ids = [
            transaction.add_print_job("0123456789abcdef", person.id, AT_WALL, PrintCause.ASKED)
            for _ in range(number)
        ]
        jobs = event_file.print_jobs.of_desk("0123456789abcdef")
    with event_file.transaction("Desk 7", datetime.now(UTC)) as transaction:
        for id_ in ids:
            queued = jobs.find(id_)
            assert queued is not None
            transaction.change_print_job(queued, state=PrintJobState.DONE)


def test_an_empty_queue_says_so(desk: PrintingDesk, queue: QueuePanel) -> None:
    assert queue.empty.isVisible()
    assert not queue.table.isVisible()
    assert not queue.cancel.isEnabled()
    assert not queue.cancel_waiting.isEnabled()


def test_each_badge_stands_with_its_printer_state_and_reason(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    add(desk, queue, 1)
    assert cell(queue, 0, QueueColumn.NAME) == desk.people()[0].full_name
    assert cell(queue, 0, QueueColumn.STATE) == "waiting"
    assert cell(queue, 0, QueueColumn.PRINTER) == "door"
    assert cell(queue, 0, QueueColumn.CAUSE) == "on arrival"
    assert queue.step.text() == "Put in a new roll or more paper. Printing goes on by itself."


def test_a_badge_stands_without_reason_once_its_printer_is_well_again(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    add(desk, queue, 1)
    queue.model.show_printers(KnownPrinters({}))
    assert cell(queue, 0, QueueColumn.REASON) == ""


def test_several_badges_are_held_and_released_by_one_key(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    add(desk, queue, 3)
    queue.table.selectAll()
    desk.press(Qt.Key.Key_F7)
    desk.wait_until(lambda: set(states(queue)) == {PrintJobState.HELD})
    assert len(queue.table.chosen()) == 3
    assert queue.hold.words == "Print now"
    desk.press(Qt.Key.Key_F7)
    desk.wait_until(lambda: set(states(queue)) == {PrintJobState.WAITING})


def test_a_badge_is_cancelled_by_a_key(desk: PrintingDesk, queue: QueuePanel) -> None:
    add(desk, queue, 2)
    desk.press(Qt.Key.Key_Down)
    cancelled = queue.model.jobs[1].id
    desk.press(Qt.Key.Key_Delete)
    desk.wait_until(lambda: PrintJobState.CANCELLED in states(queue))
    assert [job.id for job in queue.table.chosen()] == [cancelled]


def test_all_that_wait_are_cancelled_and_may_be_printed_after_all(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    add(desk, queue, 3)
    desk.wait_until(queue.cancel_waiting.isEnabled)
    desk.qtbot.mouseClick(queue.cancel_waiting, Qt.MouseButton.LeftButton)
    desk.wait_until(lambda: set(states(queue)) == {PrintJobState.CANCELLED})
    assert desk.window.messages.text == "3 badges cancelled."
    queue._print_anew(queue.model.jobs)
    desk.wait_until(lambda: states(queue).count(PrintJobState.WAITING) == 3)


def test_badges_are_printed_on_the_other_printer(desk: PrintingDesk, queue: QueuePanel) -> None:
    desk.choose(fallback=str(AT_WALL))
    desk.spooler.troubles["wall"] = PrinterTrouble.COVER_OPEN
    add(desk, queue, 2)
    queue.table.selectAll()
    desk.wait_until(queue.move_over.isEnabled)
    del desk.spooler.troubles["wall"]
    desk.press(Qt.Key.Key_F6)
    desk.wait_until(lambda: {job.printer for job in queue.model.jobs} == {AT_WALL})
    desk.wait_until(lambda: len(desk.spooler.not_taken_back("wall")) == 2)


def test_another_of_a_printed_badge_is_asked_about(desk: PrintingDesk, queue: QueuePanel) -> None:
    desk.use_printer(AT_WALL)
    desk.print_one(desk.people()[0])
    desk.wait_until(lambda: states(queue) == [PrintJobState.DONE])
    desk.press(Qt.Key.Key_F8)
    assert isinstance(desk.screen.panels.current, ReprintPanel)
    desk.screen.panels.current.buttons[0].click()
    desk.wait_for_job(PrintJobState.PRINTING, PrintCause.LOST)


def test_what_was_not_printed_is_tried_again_without_a_question(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    add(desk, queue, 1)
    desk.press(Qt.Key.Key_Delete)
    desk.wait_until(lambda: states(queue) == [PrintJobState.CANCELLED])
    desk.press(Qt.Key.Key_F8)
    desk.wait_until(lambda: PrintJobState.WAITING in states(queue))
    assert desk.screen.panels.current is queue


def test_somebody_whose_badge_was_cancelled_once_and_printed_since_gets_one_more_only(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    add(desk, queue, 1)
    desk.press(Qt.Key.Key_Delete)
    desk.wait_until(lambda: states(queue) == [PrintJobState.CANCELLED])
    desk.runner.enqueue([queue.model.jobs[0].attendee_id], PrintCause.ASKED, AT_WALL)
    desk.wait_for_job(PrintJobState.PRINTING)
    desk.spooler.print_all()
    desk.wait_until(lambda: set(states(queue)) == {PrintJobState.DONE, PrintJobState.CANCELLED})
    queue.table.selectAll()
    with desk.qtbot.waitSignal(queue.reprint_wanted):
        desk.press(Qt.Key.Key_F8)
    desk.press(Qt.Key.Key_L)
    desk.wait_until(lambda: len(desk.jobs) == 3)
    assert [job.cause for job in desk.jobs if not job.state.is_over] == [PrintCause.LOST]


def test_the_key_for_the_other_printer_asks_nothing_about_printed_badges(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    third = PrinterId(SpoolerKind.FOLDER, "badges")
    for printer in (AT_WALL, third):
        desk.runner.keep_setup(PrinterSetup(printer, "Set up"))
    desk.runner.enqueue([desk.people()[0].id], PrintCause.ASKED, AT_WALL)
    desk.wait_for_job(PrintJobState.PRINTING)
    desk.spooler.print_all()
    desk.wait_for_job(PrintJobState.DONE)
    queue.open()
    desk.wait_until(queue.again.isEnabled)
    wait_for_rows(desk, queue, 1)
    desk.press(Qt.Key.Key_F6)
    assert not queue.findChildren(QMenu)


def test_a_long_queue_is_read_as_it_is_looked_at(desk: PrintingDesk, queue: QueuePanel) -> None:
    add_printed(desk.event_file, desk, 3 * CHUNK)
    queue.open()
    wait_for_rows(desk, queue, CHUNK)
    queue.table.scrollToBottom()
    wait_for_rows(desk, queue, 2 * CHUNK)
    queue.table.selectAll()
    queue.table.show_jobs(queue.model.jobs[1:], queue._printers())
    assert len(queue.table.chosen()) == 2 * CHUNK - 1


def test_somebody_who_is_no_longer_listed_is_not_nameless(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    add(desk, queue, 1)
    queue.table.show_jobs((replace(queue.model.jobs[0], name=""),), queue._printers())
    assert cell(queue, 0, QueueColumn.NAME) == "no longer on the list"


def test_a_badge_that_failed_stands_above_those_that_were_printed(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    add(desk, queue, 1)
    (queued,) = desk.event_file.print_jobs.of_desk("0123456789abcdef").open()
    with desk.event_file.transaction("Desk 7", datetime.now(UTC)) as transaction:
        transaction.change_print_job(queued, state=PrintJobState.FAILED)
    add_printed(desk.event_file, desk, 3)
    queue.open()
    wait_for_rows(desk, queue, 4)
    assert states(queue)[0] is PrintJobState.FAILED


def test_the_answer_is_as_large_as_before_when_the_queue_is_closed(
    desk: PrintingDesk, queue: QueuePanel
) -> None:
    add(desk, queue, 1)
    desk.screen.panels.close()
    # A live picture, whose height follows from its width, lets the layout ask for all hints.
    devices = replace(desk.window.settings.devices, camera=CameraSettings(is_on=True))
    desk.window.devices.settings_wanted.emit(devices)
    desk.window.resize(1280, 800)
    answer = desk.screen.parts.answer
    desk.wait_until(lambda: answer.width() > 1000)
    desk.screen.layout().activate()
    before = answer.height()
    desk.ctrl(Qt.Key.Key_J)
    desk.wait_until(lambda: answer.height() < before)
    desk.screen.panels.close()
    desk.wait_until(lambda: answer.height() == before)


def test_a_wide_window_has_more_room_for_names(desk: PrintingDesk, queue: QueuePanel) -> None:
    add(desk, queue, 1)
    widths = []
    for width in (1280, 1900):
        desk.screen.panels.close()
        desk.window.resize(width, 1000)
        desk.wait_until(lambda width=width: desk.screen.width() > width - 120)
        desk.ctrl(Qt.Key.Key_J)
        desk.wait_until(queue.table.isVisible)
        widths.append(queue.table.columnWidth(QueueColumn.NAME))
    assert widths[1] > widths[0]
