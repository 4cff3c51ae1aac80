"""What the print system of Windows says of printers and jobs, by winspool.drv.

Qt prints there, but tells neither what is wrong with a printer nor what became of a job.
Structures, functions and bits are those of winspool.h (PRINTER_INFO_2, JOB_INFO_1, GetPrinter,
EnumJobs, SetJob).
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_uint32, c_void_p, c_wchar_p
from dataclasses import dataclass
from typing import Any

from checkin_app.domain.printers import (
    PrinterActivity,
    PrinterId,
    PrinterState,
    PrinterTrouble,
)
from checkin_app.printing.spooler import SpooledJob, SpooledState

_PRINTER_TROUBLES = (
    (0x00000080, PrinterTrouble.OFFLINE, "offline"),
    (0x00001000, PrinterTrouble.OFFLINE, "not available"),
    (0x00800000, PrinterTrouble.OFFLINE, "server unknown"),
    (0x00000008, PrinterTrouble.JAM, "paper jam"),
    (0x00400000, PrinterTrouble.COVER_OPEN, "door open"),
    (0x00000010, PrinterTrouble.OUT_OF_PAPER, "paper out"),
    (0x00000040, PrinterTrouble.WRONG_PAPER, "paper problem"),
    (0x00000020, PrinterTrouble.WRONG_PAPER, "manual feed"),
    (0x00040000, PrinterTrouble.INK_EMPTY, "no toner"),
    (0x00000001, PrinterTrouble.PAUSED, "paused"),
    (0x00000004, PrinterTrouble.REFUSES, "being deleted"),
    (0x00000002, PrinterTrouble.OTHER, "error"),
    (0x00000800, PrinterTrouble.OTHER, "output bin full"),
    (0x00100000, PrinterTrouble.OTHER, "needs somebody"),
    (0x00200000, PrinterTrouble.OTHER, "out of memory"),
    (0x00020000, PrinterTrouble.INK_LOW, "toner low"),
)
_PRINTER_WORKS = 0x0100 | 0x0200 | 0x0400 | 0x4000
_WORKS_OFFLINE = 0x0400
"""An attribute, not a status: Windows sets it for USB printers that are switched off."""

_JOB_STATES = (
    # The first that applies. A job that was deleted while it is printed still says so.
    (0x0080 | 0x1000, SpooledState.DONE, "printed"),
    (0x0004 | 0x0100, SpooledState.CANCELLED, "deleted"),
    (0x0010, SpooledState.PRINTING, "printing"),
    (0x0002, SpooledState.PRINTING, "error"),
    (0x0020, SpooledState.PRINTING, "offline"),
    (0x0040, SpooledState.PRINTING, "paper out"),
    (0x0400, SpooledState.PRINTING, "needs somebody"),
)
_JOB_TROUBLES = (
    (0x0020, PrinterTrouble.OFFLINE, "offline"),
    (0x0040, PrinterTrouble.OUT_OF_PAPER, "paper out"),
    (0x0002 | 0x0200 | 0x0400, PrinterTrouble.OTHER, "job cannot be printed"),
)
"""Many drivers tell what is wrong at the job only."""

_DELETE_JOB = 5
_MOST_JOBS = 1000

_ORDER = tuple(PrinterTrouble)


class PrinterInfo2(Structure):
    """PRINTER_INFO_2W."""

    _fields_ = (
        *((name, c_wchar_p) for name in ("server", "printer", "share", "port", "driver")),
        *((name, c_wchar_p) for name in ("comment", "location")),
        ("device_mode", c_void_p),
        *((name, c_wchar_p) for name in ("separator", "processor", "datatype", "parameters")),
        ("security", c_void_p),
        *((name, c_uint32) for name in ("attributes", "priority", "default_priority")),
        *((name, c_uint32) for name in ("start_time", "until_time", "status", "jobs", "average")),
    )


class JobInfo1(Structure):
    """JOB_INFO_1W."""

    _fields_ = (
        ("job_id", c_uint32),
        *((name, c_wchar_p) for name in ("printer", "machine", "user", "document")),
        *((name, c_wchar_p) for name in ("datatype", "status_text")),
        *((name, c_uint32) for name in ("status", "priority", "position")),
        *((name, c_uint32) for name in ("total_pages", "pages_printed")),
        ("submitted", ctypes.c_uint16 * 8),
    )


@dataclass(frozen=True, slots=True)
class WindowsJob:
    """A job in the queue of a Windows printer.

    Attributes:
        document: the name that it was given.
        status: JOB_STATUS bits.
    """

    number: int
    document: str
    status: int


def jobs_from(infos: Any, count: int) -> tuple[WindowsJob, ...]:
    """The jobs of an array of ``JobInfo1``."""
    return tuple(
        WindowsJob(info.job_id, info.document or "", info.status) for info in infos[:count]
    )


def spooled_job(job: WindowsJob) -> SpooledJob:
    """A job in our words; it is called by the name of its document."""
    for mask, state, words in _JOB_STATES:
        if job.status & mask:
            return SpooledJob(job.document, state, words)
    return SpooledJob(job.document, SpooledState.WAITING)


def printer_state(
    printer: PrinterId, status: int, attributes: int, jobs: tuple[WindowsJob, ...]
) -> PrinterState:
    """A printer in our words, from its PRINTER_STATUS bits and those of its jobs."""
    found = [(trouble, words) for mask, trouble, words in _PRINTER_TROUBLES if status & mask]
    if attributes & _WORKS_OFFLINE:
        found.append((PrinterTrouble.OFFLINE, "works offline"))
    of_jobs = 0
    for job in jobs:
        of_jobs |= job.status
    found += [(trouble, words) for mask, trouble, words in _JOB_TROUBLES if of_jobs & mask]
    troubles = tuple(sorted({trouble for trouble, _ in found}, key=_ORDER.index))
    if any(trouble.stops_printing for trouble in troubles):
        activity = PrinterActivity.STOPPED
    else:
        is_busy = bool(status & _PRINTER_WORKS or jobs)
        activity = PrinterActivity.PRINTING if is_busy else PrinterActivity.IDLE
    detail = ", ".join(dict.fromkeys(words for _, words in found))
    return PrinterState(printer, activity, troubles, detail)


class WindowsPrinters:
    """The print system of Windows.

    Raises:
        OSError: it does not answer, or knows no such printer: from every method.
    """

    def __init__(self) -> None:
        self._library = _winspool()

    def state(self, printer: PrinterId) -> PrinterState:
        """How a printer is doing."""
        with self._opened(printer.address) as handle:
            needed = c_uint32()
            self._library.GetPrinterW(handle, 2, None, 0, byref(needed))
            buffer = ctypes.create_string_buffer(needed.value)
            self._check(self._library.GetPrinterW(handle, 2, buffer, len(buffer), byref(needed)))
            info = ctypes.cast(buffer, POINTER(PrinterInfo2)).contents
            return printer_state(printer, info.status, info.attributes, self._jobs(handle))

    def jobs(self, address: str) -> tuple[WindowsJob, ...]:
        """What waits or is printed."""
        with self._opened(address) as handle:
            return self._jobs(handle)

    def delete(self, address: str, job: WindowsJob) -> bool:
        """Take a job out of the queue; False when it was over."""
        with self._opened(address) as handle:
            return bool(self._library.SetJobW(handle, job.number, 0, None, _DELETE_JOB))

    @contextmanager
    def _opened(self, address: str) -> Iterator[c_void_p]:
        handle = c_void_p()
        self._check(self._library.OpenPrinterW(c_wchar_p(address), byref(handle), None))
        try:
            yield handle
        finally:
            self._library.ClosePrinter(handle)

    def _jobs(self, handle: c_void_p) -> tuple[WindowsJob, ...]:
        needed, count = c_uint32(), c_uint32()
        asked = (handle, 0, _MOST_JOBS, 1)
        self._library.EnumJobsW(*asked, None, 0, byref(needed), byref(count))
        buffer = ctypes.create_string_buffer(max(needed.value, 1))
        done = self._library.EnumJobsW(*asked, buffer, len(buffer), byref(needed), byref(count))
        self._check(done)
        return jobs_from(ctypes.cast(buffer, POINTER(JobInfo1)), count.value)

    def _check(self, done: int) -> None:
        if not done:
            raise OSError("the print system of Windows refused")


def _winspool() -> Any:
    if sys.platform != "win32":
        raise OSError("this is not Windows")
    library = ctypes.WinDLL("winspool.drv")
    library.OpenPrinterW.argtypes = (c_wchar_p, POINTER(c_void_p), c_void_p)
    library.ClosePrinter.argtypes = (c_void_p,)
    library.GetPrinterW.argtypes = (c_void_p, c_uint32, c_void_p, c_uint32, POINTER(c_uint32))
    library.EnumJobsW.argtypes = (
        *(c_void_p, c_uint32, c_uint32, c_uint32, c_void_p, c_uint32),
        *(POINTER(c_uint32), POINTER(c_uint32)),
    )
    library.SetJobW.argtypes = (c_void_p, c_uint32, c_uint32, c_void_p, c_uint32)
    return library
