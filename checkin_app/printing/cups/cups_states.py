"""What CUPS tells of a queue or a job, in our words.

Three things need reading between the lines. A printer that is switched off has no reason: its job
goes on "processing" and only a message says that it cannot be reached. The queue's message is soon
overwritten by those who prepare the page, while the job's stays when the printer is back. And a
reason stays after its job was cancelled: a queue without a job knows nothing of its printer.
"""

from __future__ import annotations

from checkin_app.domain.printers import (
    PrinterActivity,
    PrinterId,
    PrinterState,
    PrinterTrouble,
)
from checkin_app.printing.cups.ipp_messages import Attributes, number, text, texts
from checkin_app.printing.cups.ipp_reasons import (
    has_reached_printer,
    is_of_the_queue,
    trouble_of_message,
    troubles_of_reasons,
)
from checkin_app.printing.spooler import SpooledJob, SpooledState

PRINTER_STATE_ATTRIBUTES = (
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "queued-job-count",
    "device-uri",
)

_ACTIVITIES = {
    3: PrinterActivity.IDLE,
    4: PrinterActivity.PRINTING,
    5: PrinterActivity.STOPPED,
}
"""``printer-state``, RFC 8011, 5.4.11."""

_JOB_STATES = {
    3: SpooledState.WAITING,
    4: SpooledState.WAITING,  # held
    5: SpooledState.PRINTING,
    6: SpooledState.WAITING,  # its printer stopped; it will be begun again
    7: SpooledState.CANCELLED,
    8: SpooledState.FAILED,  # aborted by the system
    9: SpooledState.DONE,
}
"""``job-state``, RFC 8011, 5.3.7."""

_NO_REASON = ("", "none")


def printer_state(printer: PrinterId, queue: Attributes, job_message: str = "") -> PrinterState:
    """How a queue is doing, taken at its word.

    Args:
        queue: its ``PRINTER_STATE_ATTRIBUTES``.
        job_message: ``job-printer-state-message`` of the job at hand.
    """
    activity = _ACTIVITIES.get(number(queue, "printer-state"), PrinterActivity.UNKNOWN)
    is_printing = activity is PrinterActivity.PRINTING
    is_waiting = is_printing or activity is PrinterActivity.STOPPED
    reasons, message = texts(queue, "printer-state-reasons"), text(queue, "printer-state-message")
    troubles = set(troubles_of_reasons(reasons, is_waiting))
    told = trouble_of_message(message)
    if not has_reached_printer(message, reasons):
        told = told or trouble_of_message(job_message)
    if is_printing and told:
        troubles.add(told)
    if not number(queue, "printer-is-accepting-jobs", otherwise=1):
        troubles.add(PrinterTrouble.REFUSES)
    if activity is PrinterActivity.STOPPED and not troubles:
        troubles.add(PrinterTrouble.PAUSED)
    words = (message, *(reason for reason in reasons if reason not in _NO_REASON))
    detail = "; ".join(word for word in words if word)
    return PrinterState(printer, activity, _most_urgent_first(troubles), detail)


def may_be_outdated(state: PrinterState, queue: Attributes) -> bool:
    """The queue repeats what its printer said while it had its last job."""
    has_nothing_to_do = (
        state.activity is PrinterActivity.IDLE and number(queue, "queued-job-count") == 0
    )
    return has_nothing_to_do and any(not is_of_the_queue(trouble) for trouble in state.troubles)


def with_news(state: PrinterState, device: PrinterState | None) -> PrinterState:
    """A state that may be outdated, put right by what the printer itself says.

    Args:
        device: None when it cannot be asked; then it is taken to be well, for the next job will
            tell, and would never be sent if it were not.
    """
    of_the_queue = {trouble for trouble in state.troubles if is_of_the_queue(trouble)}
    news = set(device.troubles) if device else set()
    detail = device.detail if device else ""
    troubles = _most_urgent_first(of_the_queue | news)
    return PrinterState(state.printer, state.activity, troubles, detail)


def spooled_job(job: Attributes, token: str) -> SpooledJob:
    """A job, from its ``job-id``, ``job-state`` and reasons; called by its number and token."""
    state = _JOB_STATES.get(number(job, "job-state"), SpooledState.UNKNOWN)
    message = text(job, "job-printer-state-message")
    words = (message, *texts(job, "job-state-reasons"))
    detail = "; ".join(word for word in words if word not in _NO_REASON)
    return SpooledJob(f"{number(job, 'job-id')}/{token}", state, detail)


def _most_urgent_first(troubles: set[PrinterTrouble]) -> tuple[PrinterTrouble, ...]:
    return tuple(trouble for trouble in PrinterTrouble if trouble in troubles)
