"""The print queue of the open event, as the window sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from notebook_spooler import NotebookSpooler
from pytestqt.qtbot import QtBot

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.print_jobs import PrintCause, PrintJobState
from checkin_app.domain.printers import PrinterId, PrinterTrouble, SpoolerKind
from checkin_app.domain.scan import Scan
from checkin_app.gui.devices.device_report import DeviceHealth
from checkin_app.gui.printing.queue_runner import PrintingPlaces, QueueRunner
from checkin_app.gui.workplace import Workplace
from checkin_app.printing.folder_spooler import FolderSpooler
from checkin_app.printing.printer_setups import PrinterSetup
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles
from checkin_app.settings import Settings
from checkin_app.settings.device_settings import DeviceSettings, PrintingSettings, PrintOnArrival
from checkin_app.storage.people.attendee_filter import AttendeeFilter

AT_FIRST = PrinterId(SpoolerKind.CUPS, "first")


def settings_with(printing: PrintingSettings) -> Settings:
    return replace(Settings(), devices=DeviceSettings(printing=printing))


@pytest.fixture
def folder(tmp_path: Path) -> PrinterId:
    path = tmp_path / "badges"
    path.mkdir()
    return PrinterId(SpoolerKind.FOLDER, str(path))


@pytest.fixture
def spooler(tmp_path: Path) -> NotebookSpooler:
    return NotebookSpooler(tmp_path / "spool")


@pytest.fixture
def runner(workplace: Workplace, spooler: NotebookSpooler, tmp_path: Path) -> Iterator[QueueRunner]:
    spoolers = {SpoolerKind.CUPS: spooler, SpoolerKind.FOLDER: FolderSpooler()}
    files = BadgeFiles(tmp_path / "stock.json", tmp_path / "offsets.json", tmp_path / "fonts")
    places = PrintingPlaces(tmp_path / "setups.json", files, tmp_path / "locks")
    runner = QueueRunner(workplace, spoolers, places)
    workplace.use_print_queue(runner)
    return runner


def test_a_check_in_prints_the_badge_at_the_desk(
    qtbot: QtBot, workplace: Workplace, runner: QueueRunner, folder: PrinterId
) -> None:
    printing = PrintingSettings(printer=str(folder), when=PrintOnArrival.UNLESS_PRINTED)
    workplace.take_settings(settings_with(printing))
    person = workplace.event_file.attendees(AttendeeFilter())[0]
    outcome = workplace.desk.admit_anyway(person.id, "Asked for")
    assert outcome.kind is OutcomeKind.ADMITTED
    assert outcome.is_printing
    runner.start()
    qtbot.waitUntil(lambda: any(job.state is PrintJobState.DONE for job in runner.jobs))
    (pdf,) = Path(folder.address).glob("*.pdf")
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        width_pt, height_pt = document[0].get_size()
        assert (round(width_pt / 72 * 25.4), round(height_pt / 72 * 25.4)) == (85, 54)
        text = document[0].get_textpage().get_text_range()
    assert person.last_name in re.sub(r"\s+", " ", text)
    assert not workplace.desk.handle(Scan(person.code)).is_printing


def test_what_is_asked_for_is_printed_and_shown(
    qtbot: QtBot, workplace: Workplace, runner: QueueRunner, spooler: NotebookSpooler
) -> None:
    workplace.take_settings(settings_with(PrintingSettings(printer=str(AT_FIRST))))
    runner.put_in_roll(AT_FIRST, 100)
    person = workplace.event_file.attendees(AttendeeFilter())[0]
    with qtbot.waitSignal(runner.jobs_changed):
        runner.enqueue([person.id], PrintCause.ASKED)
    qtbot.waitUntil(lambda: runner.summary.printing == 1)
    (report,) = runner.reports()
    assert report.health is DeviceHealth.BUSY
    assert "99 labels left" in report.words
    spooler.print_all()
    qtbot.waitUntil(lambda: runner.jobs[0].state is PrintJobState.DONE)
    (report,) = runner.reports()
    assert report.health is DeviceHealth.GOOD
    assert report.last_event_at == runner.jobs[0].changed_at


def test_a_printer_in_trouble_says_what_to_do(
    qtbot: QtBot, workplace: Workplace, runner: QueueRunner, spooler: NotebookSpooler
) -> None:
    spooler.troubles["first"] = PrinterTrouble.COVER_OPEN
    runner.keep_setup(PrinterSetup(AT_FIRST, title="Zebra at the door"))
    workplace.take_settings(settings_with(PrintingSettings(printer=str(AT_FIRST))))
    with qtbot.waitSignal(workplace.devices.reports_changed):
        runner.start()
    qtbot.waitUntil(lambda: bool(runner.reports()))
    (report,) = runner.reports()
    assert (report.title, report.health) == ("Zebra at the door", DeviceHealth.TROUBLE)
    assert report.next_step.startswith("Close it")
    assert report in workplace.devices.reports()


def test_a_test_print_leaves_no_trace_in_the_event(
    qtbot: QtBot, workplace: Workplace, runner: QueueRunner, folder: PrinterId
) -> None:
    workplace.take_settings(settings_with(PrintingSettings(printer=str(folder))))
    runner.start()
    qtbot.waitUntil(lambda: bool(runner.reports()))
    workplace.devices.test(runner.reports()[0].key)
    qtbot.waitUntil(lambda: bool(list(Path(folder.address).glob("*.pdf"))))
    assert not runner.jobs


def test_a_request_without_a_printer_is_answered_in_words(
    qtbot: QtBot, workplace: Workplace, runner: QueueRunner
) -> None:
    runner.enqueue(["0" * 32], PrintCause.ASKED)
    qtbot.waitUntil(lambda: "No printer is chosen" in workplace.messages.text)
