"""Badges for the printers of the system through Qt: on Windows, and wherever nothing better is.

A page is drawn by PDFium with the printer's own dots and put on paper of the badge's size: no
margins, no scaling, nothing smoothed. Qt allows ``QPrinter`` to be painted on away from the main
thread, as it does ``QImage`` (https://doc.qt.io/qt-6/threads-modules.html, "Painting In Threads");
neither is a QObject, and all calls come one after the other.

What Qt does not know, Windows is asked: what is wrong with a printer, and what became of a job.
Elsewhere a job is done here when the system has taken it.
"""

from __future__ import annotations

import math
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

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
from checkin_app.errors import PrinterError
from checkin_app.printing.drawn_pages import DrawnPage, drawn_pages
from checkin_app.printing.spooler import SpooledJob, SpooledState
from checkin_app.printing.windows_spooler_state import (
    WindowsJob,
    WindowsPrinters,
    spooled_job,
)

_MM_PER_INCH = 25.4
_POINTS_PER_MM = 72 / _MM_PER_INCH
_MOST_DPI = 600
"""Finer dots are not seen on a badge, and an A4 sheet of them has 140 million."""

_JOBS_REMEMBERED = 200

_ACTIVITIES = {
    QPrinter.PrinterState.Idle: PrinterActivity.IDLE,
    QPrinter.PrinterState.Active: PrinterActivity.PRINTING,
    QPrinter.PrinterState.Aborted: PrinterActivity.STOPPED,
    QPrinter.PrinterState.Error: PrinterActivity.STOPPED,
}


class SystemSpooler:
    """The printers that the system has; their addresses are their names there."""

    kind = SpoolerKind.SYSTEM
    remembers = False

    def __init__(self) -> None:
        self._windows = WindowsPrinters() if sys.platform == "win32" else None
        self._taken: deque[str] = deque(maxlen=_JOBS_REMEMBERED)

    def printers(self) -> tuple[FoundPrinter, ...]:
        """The printers of the system; asking takes a quarter of a second."""
        return tuple(
            FoundPrinter(
                PrinterId(self.kind, info.printerName()),
                info.description() or info.printerName(),
                info.makeAndModel(),
                info.isDefault(),
            )
            for info in QPrinterInfo.availablePrinters()
        )

    def abilities(self, address: str) -> PrinterAbilities:
        """How fine it prints, which CUPS does not say; how dark is set in its own driver."""
        if self._windows is None:
            return PrinterAbilities()
        resolutions = QPrinterInfo.printerInfo(address).supportedResolutions()
        return PrinterAbilities(max(resolutions, default=0))

    def state(self, address: str) -> PrinterState:
        """How a printer is doing, as far as the system knows."""
        printer = PrinterId(self.kind, address)
        info = QPrinterInfo.printerInfo(address)
        if info.isNull():
            return PrinterState(printer, PrinterActivity.UNKNOWN, (PrinterTrouble.GONE,))
        if self._windows is not None:
            try:
                return self._windows.state(printer)
            except OSError as error:
                return PrinterState(printer, detail=str(error))
        activity = _ACTIVITIES[info.state()]
        is_stopped = activity is PrinterActivity.STOPPED
        return PrinterState(printer, activity, (PrinterTrouble.OTHER,) if is_stopped else ())

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        """Hand a badge to the system; the token is the name of its document.

        Raises:
            PrinterError: it was not accepted, and will not be printed.
        """
        info = QPrinterInfo.printerInfo(address)
        if info.isNull():
            raise PrinterError(
                "This computer knows that printer no more. Connect it, or choose another."
            )
        printer = _set_up(info, sheet, token)
        target = _target(printer, sheet)
        size = _picture_size(target, printer.resolution())
        pages = drawn_pages(sheet.pdf, size, in_grey=False)
        with _painting(printer) as painter:
            for number, page in enumerate(pages):
                if number and not printer.newPage():
                    raise PrinterError(
                        "The printer took one side of the badge only. Check it, then print the"
                        " badge again."
                    )
                _draw(painter, page, target)
        self._taken.append(token)
        if self._windows is None:
            return SpooledJob(token, SpooledState.DONE, "taken by the print system")
        return SpooledJob(token, SpooledState.WAITING)

    def job(self, address: str, job_id: str) -> SpooledJob:
        """How it is getting on; a job that left the queue of Windows is printed or deleted."""
        job = self._windows_job(address, job_id)
        if job is not None:
            return spooled_job(job)
        is_taken = job_id in self._taken
        return SpooledJob(job_id, SpooledState.DONE if is_taken else SpooledState.UNKNOWN)

    def find(self, address: str, token: str) -> SpooledJob | None:
        """None: what was printed is in no queue any more."""
        return None

    def cancel(self, address: str, job_id: str) -> bool:
        """Take a job out of the queue of Windows, unless it is being printed."""
        job = self._windows_job(address, job_id)
        if self._windows is None or job is None:
            return False
        if spooled_job(job).state is not SpooledState.WAITING:
            return False
        is_deleted = self._windows.delete(address, job)
        if is_deleted and job_id in self._taken:
            self._taken.remove(job_id)
        return is_deleted

    def _windows_job(self, address: str, token: str) -> WindowsJob | None:
        if self._windows is None:
            return None
        try:
            jobs = self._windows.jobs(address)
        except OSError as error:
            raise PrinterError(
                "The print system of Windows does not answer. Restart the computer."
            ) from error
        return next((job for job in jobs if job.document == token), None)


def _set_up(info: QPrinterInfo, sheet: BadgeSheet, token: str) -> QPrinter:
    """The printer with paper of exactly the badge's size."""
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(token)
    printer.setFullPage(True)
    layout = QPageLayout(_paper(sheet), QPageLayout.Orientation.Portrait, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    both = QPrinter.DuplexMode.DuplexLongSide
    printer.setDuplex(both if sheet.is_two_sided else QPrinter.DuplexMode.DuplexNone)
    return printer


def _paper(sheet: BadgeSheet) -> QPageSize:
    size = QSizeF(_paper_mm(sheet.width_mm), _paper_mm(sheet.height_mm))
    return QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)


def _paper_mm(length_mm: float) -> float:
    """A length that is still the nearest point after CUPS has cut off the fraction of a point."""
    if sys.platform == "win32":
        return length_mm
    points = round(length_mm * _POINTS_PER_MM)
    return (math.ceil(points / _POINTS_PER_MM * 100) + 1) / 100


@contextmanager
def _painting(printer: QPrinter) -> Iterator[QPainter]:
    """A document from its first page to its last; what fails in between is not printed."""
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterError(
            "The computer's print system did not take the badge. Check the printer there."
        )
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        yield painter
    except BaseException:
        printer.abort()
        painter.end()
        raise
    if not painter.end() or printer.printerState() is QPrinter.PrinterState.Error:
        raise PrinterError(
            "The computer's print system did not take the badge. Check the printer there."
        )


def _draw(painter: QPainter, page: DrawnPage, target: QRectF) -> None:
    image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
    painter.drawImage(target, image)


def _target(printer: QPrinter, sheet: BadgeSheet) -> QRectF:
    """The badge in its true size, in dots of the printer; the paper may differ by a hair."""
    dots = printer.resolution() / _MM_PER_INCH
    return QRectF(0, 0, round(sheet.width_mm * dots), round(sheet.height_mm * dots))


def _picture_size(target: QRectF, resolution: int) -> tuple[int, int]:
    """A pixel for each dot, or for a square of them where they are very fine."""
    dots_per_pixel = -(-resolution // _MOST_DPI)
    return round(target.width() / dots_per_pixel), round(target.height() / dots_per_pixel)
