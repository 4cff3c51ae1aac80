"""How the printers of the queue are doing, for the device page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.print_jobs import (
    AT_SPOOLER,
    PrintJob,
    PrintJobState,
    QueuedPrinter,
    QueueSummary,
)
from checkin_app.domain.printers import PrinterId
from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.gui.plain_text import shown
from checkin_app.services.device_wording import (
    labels_left_sentence,
    printer_sentence,
    printer_step,
)

_KEY = "printer "


def printer_reports(summary: QueueSummary, jobs: Sequence[PrintJob]) -> tuple[DeviceReport, ...]:
    """One report for each printer."""
    return tuple(_report(printer, jobs) for printer in summary.printers)


def key_of_printer(printer: PrinterId) -> str:
    """The key of its report."""
    return f"{_KEY}{printer}"


def printer_of_key(key: str) -> PrinterId | None:
    """The printer that a report is about."""
    return PrinterId.from_text(key.removeprefix(_KEY))


def words(text: str) -> str:
    """The translation of a sentence of ``device_wording``."""
    return QCoreApplication.translate("DeviceWording", text)


def _report(printer: QueuedPrinter, jobs: Sequence[PrintJob]) -> DeviceReport:
    sentences = [printer_sentence(printer, words)]
    if printer.trouble is None and not printer.is_low:
        sentences.append(labels_left_sentence(printer, words))
    printed_at = _last_printed_at(printer.id, jobs)
    return DeviceReport(
        key=key_of_printer(printer.id),
        kind=DeviceKind.PRINTER,
        title=shown(printer.title),
        health=_health(printer, jobs),
        words=" ".join(filter(None, sentences)),
        next_step=printer_step(printer, words),
        last_event=_tr("Printed") if printed_at is not None else "",
        last_event_at=printed_at,
        can_be_tested=True,
    )


def _health(printer: QueuedPrinter, jobs: Sequence[PrintJob]) -> DeviceHealth:
    if printer.trouble is not None and printer.trouble.stops_printing:
        return DeviceHealth.TROUBLE
    if printer.trouble is not None or printer.is_low:
        return DeviceHealth.WARNING
    is_busy = any(job.printer == printer.id and job.state in AT_SPOOLER for job in jobs)
    return DeviceHealth.BUSY if is_busy else DeviceHealth.GOOD


def _last_printed_at(printer: PrinterId, jobs: Sequence[PrintJob]) -> datetime | None:
    done = (
        job.changed_at for job in jobs if job.printer == printer and job.state is PrintJobState.DONE
    )
    return max(done, default=None)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrinterReports", text)
