"""What CUPS tells of a queue is read between the lines."""

from __future__ import annotations

from checkin_app.domain.printers import (
    PrinterActivity,
    PrinterId,
    PrinterState,
    PrinterTrouble,
    SpoolerKind,
)
from checkin_app.printing.cups.cups_states import (
    may_be_outdated,
    printer_state,
    spooled_job,
    with_news,
)
from checkin_app.printing.cups.ipp_messages import Attributes
from checkin_app.printing.spooler import SpooledState

PRINTER = PrinterId(SpoolerKind.CUPS, "Badges")
IDLE, PRINTING, STOPPED = 3, 4, 5


def queue(
    state: int, *reasons: str, message: str = "", accepts: bool = True, jobs: int = 0
) -> Attributes:
    return {
        "printer-state": (state,),
        "printer-state-reasons": reasons or ("none",),
        "printer-state-message": (message,),
        "printer-is-accepting-jobs": (accepts,),
        "queued-job-count": (jobs,),
    }


def state(*words: object, **more: object) -> PrinterState:
    return printer_state(PRINTER, queue(*words, **more))  # type: ignore[arg-type]


def test_a_queue_with_nothing_to_do_is_idle_and_well() -> None:
    assert state(IDLE) == PrinterState(PRINTER, PrinterActivity.IDLE)


def test_a_printer_that_cannot_be_reached_says_so_in_its_message_alone() -> None:
    unreachable = "The printer may not exist or is unavailable at this time."
    assert state(PRINTING, message=unreachable, jobs=1).stopped_by is PrinterTrouble.OFFLINE


def test_what_prepares_the_page_does_not_talk_over_a_printer_that_is_away() -> None:
    unreachable = "The printer may not exist or is unavailable at this time."
    preparing = queue(PRINTING, message="Processing page 1...", jobs=1)
    assert printer_state(PRINTER, preparing, unreachable).stopped_by is PrinterTrouble.OFFLINE


def test_a_printer_that_took_its_job_is_there_again_whatever_the_job_said_before() -> None:
    unreachable = "The printer may not exist or is unavailable at this time."
    connected = queue(PRINTING, message="Connected to printer.", jobs=1)
    waiting = queue(PRINTING, "cups-waiting-for-job-completed", message="Idle.", jobs=1)
    assert printer_state(PRINTER, connected, unreachable).troubles == ()
    assert printer_state(PRINTER, waiting, unreachable).troubles == ()


def test_the_message_of_the_last_job_is_no_news_of_an_idle_printer() -> None:
    assert state(IDLE, message="The printer is not responding.").troubles == ()


def test_a_stopped_queue_is_paused_even_when_it_gives_no_reason() -> None:
    assert state(STOPPED).troubles == (PrinterTrouble.PAUSED,)


def test_a_queue_that_takes_no_jobs_refuses() -> None:
    assert state(IDLE, accepts=False).stopped_by is PrinterTrouble.REFUSES


def test_the_own_words_of_the_printer_are_kept_for_the_log() -> None:
    detail = state(PRINTING, "media-empty-error", message="Load paper.").detail
    assert detail == "Load paper.; media-empty-error"


def test_the_reason_of_an_idle_queue_may_be_outdated_but_not_that_it_is_paused() -> None:
    empty, paused = queue(IDLE, "media-empty-error"), queue(STOPPED, "paused")
    assert may_be_outdated(printer_state(PRINTER, empty), empty)
    assert not may_be_outdated(printer_state(PRINTER, paused), paused)
    busy = queue(PRINTING, "media-empty-error", jobs=1)
    assert not may_be_outdated(printer_state(PRINTER, busy), busy)


def test_a_printer_that_was_filled_again_puts_its_queue_right() -> None:
    old = state(IDLE, "media-empty-error", "paused")
    well = PrinterState(PRINTER, PrinterActivity.IDLE)
    assert with_news(old, well).troubles == (PrinterTrouble.PAUSED,)


def test_a_printer_that_is_still_empty_confirms_its_queue() -> None:
    old = state(IDLE, "media-empty-error")
    assert with_news(old, old).troubles == (PrinterTrouble.OUT_OF_PAPER,)


def test_a_printer_that_cannot_be_asked_gets_the_next_badge() -> None:
    assert with_news(state(IDLE, "media-empty-error"), None).troubles == ()


def test_a_job_is_called_by_number_and_token() -> None:
    job = spooled_job({"job-id": (12,), "job-state": (9,), "job-state-reasons": ("none",)}, "a1b2")
    assert (job.id, job.state, job.detail) == ("12/a1b2", SpooledState.DONE, "")
