"""Badges for a Zebra printer, by network (TCP port 9100).

The printer itself is the spooler. It has no numbers for jobs, so what it printed is told from
how many labels it still has. A label is sent in two steps: all of it but the end, then, once the
printer has answered that it read so far, the end. If anything breaks before the end was sent, the
label is not printed.
"""

from __future__ import annotations

import time

from checkin_app.domain.printers import (
    BadgeSheet,
    FoundPrinter,
    PrinterAbilities,
    PrinterActivity,
    PrinterId,
    PrinterState,
    PrinterTrouble,
    SpoolerKind,
)
from checkin_app.errors import PrinterError, PrinterUncertain
from checkin_app.printing.label_raster import rasters_of
from checkin_app.printing.printer_connection import Patience, PrinterConnection, host_and_port
from checkin_app.printing.spooler import SpooledJob, SpooledState
from checkin_app.printing.zebra.zebra_jobs import SentJob, ZebraJobs
from checkin_app.printing.zebra.zebra_labels import (
    END,
    GREATEST_DENSITY,
    LEAST_DENSITY,
    darkness,
    label_without_end,
)
from checkin_app.printing.zebra.zebra_status import (
    ERROR_STATUS,
    ETX,
    HOST_STATUS,
    HOST_STATUS_LINES,
    IDENTIFICATION,
    ZebraStatus,
    head_dpi_from,
    status_from,
    status_from_errors,
)

_CANCEL_ALL = b"~JA"
_FORGET_BEGUN_LABEL = b"~JX"

_USUAL_DPI = 203.2
"""Of a printer that does not say: what most desktop printers have."""

_GLANCE_S = 0.05

_MUTE = "takes the connection, but does not tell how it is doing"


class ZebraSpooler:
    """Zebra printers; their addresses are typed by the organiser: "10.0.0.7:9100"."""

    kind = SpoolerKind.ZEBRA
    remembers = False

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._dpi: dict[str, float] = {}
        self._jobs = ZebraJobs()

    def printers(self) -> tuple[FoundPrinter, ...]:
        """None: nobody tells which there are."""
        return ()

    def abilities(self, address: str) -> PrinterAbilities:
        """The head's dots an inch, by the printer's own word."""
        try:
            with self._connection(address) as connection:
                dpi = self._head_dpi(connection, address)
        except OSError:
            dpi = self._dpi.get(address)
        return PrinterAbilities(round(dpi or 0), (LEAST_DENSITY, GREATEST_DENSITY))

    def state(self, address: str) -> PrinterState:
        """How the printer is doing now."""
        printer = PrinterId(self.kind, address)
        try:
            with self._connection(address) as connection:
                status = _status(connection)
        except OSError as error:
            return PrinterState(
                printer, PrinterActivity.UNKNOWN, (PrinterTrouble.OFFLINE,), str(error)
            )
        if status is None:
            return PrinterState(printer, PrinterActivity.UNKNOWN, (PrinterTrouble.OTHER,), _MUTE)
        return status.as_state(printer)

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        """Send a badge; front and back are two labels.

        Raises:
            PrinterError: the printer did not take it, and will not print it.
            PrinterUncertain: the connection broke at its very end: it may be printed.
        """
        try:
            with self._connection(address) as connection:
                self._prepare(connection)
                rasters = rasters_of(sheet, self._head_dpi(connection, address) or _USUAL_DPI)
                if sheet.density is not None:
                    connection.send(darkness(sheet.density))
                job = SentJob(token, address, tuple(map(label_without_end, rasters)))
                _send(connection, job)
        except OSError as error:
            raise PrinterError(
                "The label printer does not answer. Check that it is switched on and connected."
            ) from error
        self._jobs.add(job)
        return SpooledJob(token, SpooledState.PRINTING)

    def job(self, address: str, job_id: str) -> SpooledJob:
        """Whether its labels are among those that the printer still has."""
        sent = self._jobs.sent(job_id)
        if sent is None:
            return SpooledJob(job_id, self._jobs.ended(job_id) or SpooledState.UNKNOWN)
        try:
            with self._connection(address) as connection:
                status = _status(connection)
        except OSError as error:
            self._jobs.note_absence(address)
            return SpooledJob(job_id, SpooledState.PRINTING, str(error))
        if status is None:
            return SpooledJob(job_id, SpooledState.PRINTING, _MUTE)
        if status.is_stopped or not self._jobs.is_out(sent, status.pending):
            return SpooledJob(job_id, SpooledState.PRINTING, status.detail)
        state = SpooledState.UNKNOWN if sent.was_away else SpooledState.DONE
        self._jobs.end(job_id, state)
        return SpooledJob(job_id, state, "it was away in between" if sent.was_away else "")

    def find(self, address: str, token: str) -> SpooledJob | None:
        """None: a printer keeps no names of jobs."""
        return None

    def cancel(self, address: str, job_id: str) -> bool:
        """Take the job back, when the printer stands still and has labels of ours only.

        A label that is on its way cannot be stopped, and a printer can only be told to forget all
        that it has. The other jobs are sent to it again.
        """
        jobs = self._jobs.at(address)
        if all(job.id != job_id for job in jobs):
            return False
        ours = sum(len(job.labels) for job in jobs)
        try:
            with self._connection(address) as connection:
                status = _status(connection)
                if status is None or not status.is_stopped or status.pending != ours:
                    return False
                connection.send(_CANCEL_ALL)
                status = _status(connection)
                if status is None or status.pending:
                    return False
                self._jobs.end(job_id, SpooledState.CANCELLED)
                self._send_again(connection, tuple(job for job in jobs if job.id != job_id))
        except OSError:
            return self._jobs.ended(job_id) is SpooledState.CANCELLED
        return True

    def _send_again(self, connection: PrinterConnection, jobs: tuple[SentJob, ...]) -> None:
        """Give jobs to a printer that has forgotten them."""
        for job in jobs:
            try:
                _send(connection, job)
            except PrinterUncertain:
                self._jobs.end(job.id, SpooledState.UNKNOWN)
            except PrinterError:
                self._jobs.end(job.id, SpooledState.FAILED)

    def _connection(self, address: str) -> PrinterConnection:
        return PrinterConnection(*host_and_port(address), self._patience)

    def _head_dpi(self, connection: PrinterConnection, address: str) -> float | None:
        if address not in self._dpi:
            connection.send(IDENTIFICATION)
            dpi = head_dpi_from(connection.answer(ETX) or b"")
            if dpi is None:
                return None
            self._dpi[address] = dpi
        return self._dpi[address]

    def _prepare(self, connection: PrinterConnection) -> None:
        """Make sure that the printer listens, and is not in the middle of another label.

        What a desk left there that went away would swallow the next label. A desk that is just
        sending is given the time to end.
        """
        until = time.monotonic() + self._patience.others
        while (status := _host_status(connection)) is not None:
            if not status.is_in_format or status.pending:
                return
            if time.monotonic() > until:
                connection.send(_FORGET_BEGUN_LABEL)
                return
            time.sleep(_GLANCE_S)
        raise PrinterError(
            "The label printer takes no label. Check its labels, its cover and its display."
        )


def _send(connection: PrinterConnection, job: SentJob) -> None:
    """Send all labels of a job.

    Raises:
        PrinterError: nothing of it will be printed.
        PrinterUncertain: something of it may be.
    """
    for number, label in enumerate(job.labels):
        if not _has_read(connection, label):
            if number:
                raise _uncertain()
            raise PrinterError(
                "The label printer stopped in the middle of a label. Nothing was printed; "
                "check the printer."
            )
        if not _has_read(connection, END):
            raise _uncertain()


def _has_read(connection: PrinterConnection, data: bytes) -> bool:
    """Sends something, and asks; an answer proves that the printer read up to the question."""
    try:
        connection.send(data)
        return _host_status(connection) is not None
    except OSError:
        return False


def _uncertain() -> PrinterUncertain:
    return PrinterUncertain(
        "The label printer broke off at the end of a label. Look whether the badge came out "
        "before it is printed again."
    )


def _status(connection: PrinterConnection) -> ZebraStatus | None:
    """How the printer is doing; None when it does not say.

    Some models do not answer ``~HS`` while they are out of labels or open, so says its
    description, but ``~HQES``.
    """
    status = _host_status(connection)
    if status is None:
        connection.send(ERROR_STATUS)
        status = status_from_errors(connection.answer(ETX) or b"")
    return status


def _host_status(connection: PrinterConnection) -> ZebraStatus | None:
    connection.send(HOST_STATUS)
    return status_from(connection.answer(ETX, HOST_STATUS_LINES) or b"")
