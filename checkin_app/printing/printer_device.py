"""A printer at a device file, as Linux has it for USB: "/dev/usb/lp0".

Such a file can be opened by one program at a time, and what a printer says while nobody has it
open is lost.
"""

from __future__ import annotations

import os
import select
import time

from checkin_app.printing.printer_connection import Patience


class PrinterDevice:
    """An open device file.

    Raises:
        OSError: it is not there, another program has it open, or it was unplugged: from every
            method.
    """

    def __init__(self, path: str, patience: Patience) -> None:
        self._patience = patience
        # Neither flag exists on Windows, which has no such files either.
        flags = os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        self._file = os.open(path, flags)

    def close(self) -> None:
        """Let go of the printer."""
        os.close(self._file)

    def send(self, data: bytes) -> None:
        """The printer has taken all of it.

        Raises:
            TimeoutError: it takes no more.
        """
        remaining = memoryview(data)
        while remaining:
            if not select.select([], [self._file], [], self._patience.taking)[1]:
                raise TimeoutError("the printer takes no more")
            remaining = remaining[os.write(self._file, remaining) :]

    def answer(self, size: int) -> bytes:
        """The next bytes that it says; fewer when it says no more in time."""
        received = b""
        until = time.monotonic() + self._patience.answering
        while len(received) < size:
            left_s = until - time.monotonic()
            if left_s <= 0 or not select.select([self._file], [], [], left_s)[0]:
                break
            part = os.read(self._file, size - len(received))
            if not part:
                raise OSError("the device is gone")
            received += part
        return received

    def speaks(self, wait_s: float) -> bool:
        """Whether there is something to read, now or within this time."""
        return bool(select.select([self._file], [], [], wait_s)[0])
