"""A Brother QL printer at a USB device file: it is asked, and tells by itself what it prints.

While it prints it must not be asked (Brother's reference, section 5.1). So the file stays open
until all its pages are out, and whatever it says meanwhile is heard here.
"""

from __future__ import annotations

import time
from collections import deque

from checkin_app.printing.brother.brother_raster import ASK_STATUS, END, RESET
from checkin_app.printing.brother.brother_status import STATUS_BYTES, BrotherStatus, status_from
from checkin_app.printing.printer_connection import Patience
from checkin_app.printing.printer_device import PrinterDevice
from checkin_app.printing.spooler import SpooledState

_LONGEST_SILENCE_S = 15.0
"""Of a printer that was told to print: it should have said that a page is out, or why not."""

_JOBS_REMEMBERED = 200


class BrotherUsb:
    """The printer at a device file. The file is open while something is printed.

    Raises:
        OSError: the device is away: from every method.
    """

    def __init__(self, path: str, patience: Patience) -> None:
        self._path = path
        self._patience = patience
        self._device: PrinterDevice | None = None
        self._last: BrotherStatus | None = None
        self._heard_at = 0.0
        # The tokens of all pages that it has, in their order; and of the jobs that are out.
        self._pages: deque[str] = deque()
        self._printed: deque[str] = deque(maxlen=_JOBS_REMEMBERED)

    def status(self) -> BrotherStatus | None:
        """How it is doing; None when it does not say."""
        self._listen()
        if self._pages:
            return self._last
        try:
            device = self._opened()
            device.send(RESET + ASK_STATUS)
            self._last = status_from(device.answer(STATUS_BYTES))
            return self._last
        finally:
            self._rest()

    def is_free(self) -> bool:
        """Whether all that it was given before is out, after a moment of patience."""
        until = time.monotonic() + self._patience.taking
        while self._pages and (left_s := until - time.monotonic()) > 0:
            self._listen(left_s)
        return not self._pages

    def send(self, job: bytes) -> None:
        """All of a job but its end."""
        self._opened().send(job)

    def end(self, token: str, pages: int) -> None:
        """The end of the job that was sent: from here on it is printed."""
        self._opened().send(END)
        self._pages += [token] * pages
        self._heard_at = time.monotonic()

    def progress(self, token: str) -> SpooledState:
        """Whether the job is out."""
        self._listen()
        if token in self._pages:
            if time.monotonic() - self._heard_at < _LONGEST_SILENCE_S or self._is_stopped():
                return SpooledState.PRINTING
            self.give_up()
        return SpooledState.DONE if token in self._printed else SpooledState.UNKNOWN

    def give_up(self) -> None:
        """Nothing more is expected of what it was given."""
        self._pages.clear()
        self._rest()

    def _is_stopped(self) -> bool:
        return self._last is not None and self._last.is_stopped

    def _opened(self) -> PrinterDevice:
        if self._device is None:
            self._device = PrinterDevice(self._path, self._patience)
        return self._device

    def _rest(self) -> None:
        """Leaves the printer to others, once nothing is expected of it."""
        if self._device is not None and not self._pages:
            self._device.close()
            self._device = None

    def _listen(self, wait_s: float = 0.0) -> None:
        """Hears what the printer says by itself, first of all that a page is out."""
        if not self._pages:
            return
        device = self._opened()
        while self._pages and device.speaks(wait_s):
            wait_s = 0.0
            status = status_from(device.answer(STATUS_BYTES))
            if status is not None:
                self._hear(status)
        self._rest()

    def _hear(self, status: BrotherStatus) -> None:
        self._heard_at = time.monotonic()
        self._last = status
        if status.has_printed:
            token = self._pages.popleft()
            if token not in self._pages:
                self._printed.append(token)
