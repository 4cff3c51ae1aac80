"""Badges for a Zebra printer, by network (TCP port 9100).

The printer itself is the spooler. It has no numbers for jobs, so what it printed is told from
how many labels it still has. A label is sent in two steps: all of it but the end, then, once the
printer has answered that it read so far, the end. If anything breaks before the end was sent, the
label is not printed.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass

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
from checkin_app.printing.zebra_labels import (
    END,
    GREATEST_DENSITY,
    LEAST_DENSITY,
    darkness,
    label_without_end,
)
from checkin_app.printing.zebra_status import (
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

_JOBS_REMEMBERED = 200
_GLANCE_S = 0.05

_MUTE = "takes the connection, but does not tell how it is doing"


@dataclass(slots=True)
class _SentJob:
    """A job that the printer has.

    Attributes:
        labels: how many it consists of.
        was_away: the printer was not to be reached since; if it was switched off, the job is lost.
    """

    address: str
    labels: int
    was_away: bool = False


class ZebraSpooler:
    """Zebra printers; their addresses are typed by the organiser: "10.0.0.7:9100"."""

    kind = SpoolerKind.ZEBRA
    remembers = False

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._dpi: dict[str, float] = {}
        self._sent: dict[str, _SentJob] = {}
        self._done: deque[str] = deque(maxlen=_JOBS_REMEMBERED)

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
                for number, raster in enumerate(rasters):
                    _send_label(connection, label_without_end(raster), is_first=number == 0)
        except OSError as error:
            raise PrinterError(
                "The label printer does not answer. Check that it is switched on and connected."
            ) from error
        self._sent[token] = _SentJob(address, len(rasters))
        return SpooledJob(token, SpooledState.PRINTING)

    def job(self, address: str, job_id: str) -> SpooledJob:
        """Whether the printer still has labels to print; then this one may be among them."""
        if job_id in self._done:
            return SpooledJob(job_id, SpooledState.DONE)
        sent = self._sent.get(job_id)
        if sent is None:
            return SpooledJob(job_id, SpooledState.UNKNOWN)
        try:
            with self._connection(address) as connection:
                status = _status(connection)
        except OSError as error:
            sent.was_away = True
            return SpooledJob(job_id, SpooledState.PRINTING, str(error))
        if status is None:
            return SpooledJob(job_id, SpooledState.PRINTING, _MUTE)
        if status.pending or status.is_stopped:
            return SpooledJob(job_id, SpooledState.PRINTING, status.detail)
        del self._sent[job_id]
        if sent.was_away:
            return SpooledJob(job_id, SpooledState.UNKNOWN, "the printer was away in between")
        self._done.append(job_id)
        return SpooledJob(job_id, SpooledState.DONE)

    def find(self, address: str, token: str) -> SpooledJob | None:
        """None: a printer keeps no names of jobs."""
        return None

    def cancel(self, address: str, job_id: str) -> bool:
        """Take the job back, when the printer stands still and has nothing else to print.

        Printers can only be told to forget everything, and a label that is on its way cannot be
        stopped.
        """
        sent = self._sent.get(job_id)
        shares = any(one.address == address for id_, one in self._sent.items() if id_ != job_id)
        if sent is None or shares:
            return False
        try:
            with self._connection(address) as connection:
                status = _status(connection)
                if status is None or not status.is_stopped or status.pending != sent.labels:
                    return False
                connection.send(_CANCEL_ALL)
                status = _status(connection)
        except OSError:
            return False
        if status is None or status.pending:
            return False
        del self._sent[job_id]
        return True

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
        until = time.monotonic() + self._patience.answering
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


def _send_label(connection: PrinterConnection, label: bytes, is_first: bool) -> None:
    try:
        connection.send(label)
        has_label = _host_status(connection) is not None
    except OSError:
        has_label = False
    if not has_label:
        if is_first:
            raise PrinterError(
                "The label printer stopped in the middle of a label. Nothing was printed; "
                "check the printer."
            )
        raise _uncertain()
    try:
        connection.send(END)
        is_taken = _host_status(connection) is not None
    except OSError as error:
        raise _uncertain() from error
    if not is_taken:
        raise _uncertain()


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
