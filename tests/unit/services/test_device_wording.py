"""Every trouble of a printer or a badge has words, and says what to do."""

from __future__ import annotations

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
from checkin_app.services.device_wording import (
    cause_words,
    job_sentence,
    printer_sentence,
    printer_step,
    queue_line,
    state_words,
    trouble_sentence,
    trouble_step,
)

PRINTER = PrinterId(SpoolerKind.CUPS, "Labels")


@pytest.mark.parametrize("trouble", [*PrinterTrouble, *JobTrouble])
def test_every_trouble_is_a_sentence_with_a_next_step(
    trouble: PrinterTrouble | JobTrouble,
) -> None:
    assert trouble_sentence(trouble).endswith(".")
    assert trouble_step(trouble).endswith(".")
    assert trouble_sentence(trouble, str.upper).isupper()


def test_a_folder_is_spoken_of_as_a_folder() -> None:
    folder = PrinterId(SpoolerKind.FOLDER, "/badges")
    away = QueuedPrinter(folder, "badges", PrinterTrouble.OFFLINE)
    assert printer_sentence(away) == "The folder is not there."
    assert "cable" not in printer_step(away)
    assert queue_line(QueueSummary(1, printers=(away,))) == "1 waiting, folder not there"


def test_states_and_causes_have_words() -> None:
    assert all(map(state_words, PrintJobState))
    assert all(map(cause_words, PrintCause))


@pytest.mark.parametrize(
    ("summary", "line"),
    [
        (QueueSummary(), ""),
        (QueueSummary(printers=(QueuedPrinter(PRINTER, "Labels", labels_left=90),)), ""),
        (
            QueueSummary(
                waiting=2,
                printers=(QueuedPrinter(PRINTER, "Labels", PrinterTrouble.OUT_OF_PAPER),),
            ),
            "2 waiting, printer out of labels",
        ),
        (
            QueueSummary(failed=1, printing=1, held=3),
            "1 not printed, 1 printing, 3 on hold",
        ),
        (
            QueueSummary(printers=(QueuedPrinter(PRINTER, "Labels", labels_left=9, is_low=True),)),
            "9 labels left",
        ),
    ],
)
def test_the_queue_is_one_line(summary: QueueSummary, line: str) -> None:
    assert queue_line(summary) == line
    assert summary.is_quiet == (not line)


def test_a_printer_says_how_it_is() -> None:
    fine = QueuedPrinter(PRINTER, "Labels", labels_left=90)
    low = QueuedPrinter(PRINTER, "Labels", labels_left=1, is_low=True)
    open_ = QueuedPrinter(PRINTER, "Labels", PrinterTrouble.COVER_OPEN, 1, is_low=True)
    assert (printer_sentence(fine), printer_step(fine)) == ("Ready.", "")
    assert printer_sentence(low) == "1 label left, by our count."
    assert printer_step(low) == "Have the next roll at hand."
    assert printer_sentence(open_) == "The printer's cover is open."


def test_a_badge_says_what_keeps_it() -> None:
    now = datetime(2024, 5, 6, tzinfo=UTC)
    job = PrintJob(
        "0" * 32, "1" * 32, "Jana", PRINTER, PrintJobState.FAILED, PrintCause.ASKED, now, now
    )
    assert job_sentence(job) == ""
