"""A printer that understands raster jobs, written from Brother's "Raster Command Reference"."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import threading
import tty
from dataclasses import dataclass, field
from pathlib import Path

from paper import MM_PER_INCH, Received
from PIL import Image
from tcp_printer import TcpPrinter

from tests.pseudo_terminals import open_pair

DPI = 300

# How many bytes follow each command.
_PARAMETERS = {
    b"\x1b@": 0,
    b"\x1biS": 0,
    b"\x1bia": 1,
    b"\x1bi!": 1,
    b"\x1biz": 10,
    b"\x1biM": 1,
    b"\x1biA": 1,
    b"\x1biK": 1,
    b"\x1bid": 2,
    b"M": 1,
    b"Z": 0,
    b"\x0c": 0,
    b"\x1a": 0,
}


@dataclass(slots=True)
class QlPage:
    """One label as it was told to the printer."""

    kind: int = 0
    width_mm: int = 0
    length_mm: int = 0
    lines_told: int = 0
    is_first: bool = True
    margin: int = 0
    flags: int = 0
    lines: list[bytes] = field(default_factory=list)
    red_lines: list[bytes] = field(default_factory=list)

    def received(self) -> Received:
        """The label on paper: what the head printed, put where the head is over the paper."""
        assert len(self.lines) == self.lines_told
        row_bytes = len(self.lines[0])
        head = Image.frombytes("1", (row_bytes * 8, len(self.lines)), b"".join(self.lines))
        head = head.convert("L").point(lambda value: 255 - value)
        head = head.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        length_mm = self.length_mm or (len(self.lines) + 2 * self.margin) / DPI * MM_PER_INCH
        return Received(float(self.width_mm), length_mm, head, DPI)


class QlInterpreter:
    """Reads a stream of commands, however it is cut into pieces."""

    def __init__(self) -> None:
        self.pages: list[QlPage] = []
        self.status_requests = 0
        self.commands: list[bytes] = []
        self._page = QlPage()
        self._unread = b""

    def read(self, data: bytes) -> None:
        self._unread += data
        while self._unread and self._step():
            pass

    def _step(self) -> bool:
        """Obeys one command; False when the rest of it is still to come."""
        head = self._unread[0]
        if head == 0:
            self._unread = self._unread.lstrip(b"\0")
            return True
        if head in b"gw":
            return self._read_line(is_red=self._unread[:2] == b"w\x02")
        size = 1 if head != 0x1B else 2 if self._unread[1:2] == b"@" else 3
        if len(self._unread) < size:
            return False
        command = self._unread[:size]
        end = size + _PARAMETERS[command]
        if len(self._unread) < end:
            return False
        parameters, self._unread = self._unread[size:end], self._unread[end:]
        self._obey(command, parameters)
        return True

    def _read_line(self, is_red: bool) -> bool:
        if len(self._unread) < 3 or len(self._unread) < 3 + self._unread[2]:
            return False
        end = 3 + self._unread[2]
        (self._page.red_lines if is_red else self._page.lines).append(self._unread[3:end])
        self._unread = self._unread[end:]
        return True

    def _obey(self, command: bytes, parameters: bytes) -> None:
        self.commands.append(command + parameters)
        page = self._page
        if command == b"\x1b@":
            self._page = QlPage()
        elif command == b"\x1biS":
            self.status_requests += 1
        elif command == b"\x1biz":
            told = struct.unpack("<BBBBIBB", parameters)
            page.kind, page.width_mm, page.length_mm, page.lines_told = told[1:5]
            page.is_first = told[5] == 0
        elif command == b"\x1bid":
            page.margin = struct.unpack("<H", parameters)[0]
        elif command == b"\x1biK":
            page.flags = parameters[0]
        elif command in (b"\x0c", b"\x1a"):
            self.pages.append(page)
            self._page = QlPage()


class BrotherPrinter(TcpPrinter):
    """A QL printer in the network: it never answers."""

    def __init__(self) -> None:
        self.printed: list[QlPage] = []
        self.is_held = False
        self._readers: dict[socket.socket, QlInterpreter] = {}
        self._waiting: list[QlPage] = []
        super().__init__()

    def go_on(self) -> None:
        """What was held is printed."""
        with self.lock:
            self.is_held = False
            self.printed += self._waiting
            self._waiting.clear()

    def read(self, data: bytes, connection: socket.socket) -> None:
        reader = self._readers.setdefault(connection, QlInterpreter())
        reader.read(data)
        self._waiting += reader.pages
        reader.pages.clear()
        if not self.is_held:
            self.go_on()


class BrotherUsbPrinter:
    """A QL printer at a device file, played by a pseudo-terminal.

    Attributes:
        errors: bits of error information 1 (low byte) and 2 (high byte).
        media: kind, width and length of the roll.
        says_when_printed: it reports each page that is out.
        is_deaf: it reads nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.printed: list[QlPage] = []
        self.errors = 0
        self.media = (0x0A, 62, 0)
        self.model = (0x34, 0x35)
        self.says_when_printed = True
        self.is_deaf = False
        self.reader = QlInterpreter()
        self.lock = threading.RLock()
        self.plug_in()

    def plug_in(self) -> None:
        """The device file appears."""
        self._gone = threading.Event()
        self._printer_end, self.computer_end = open_pair()
        tty.setraw(self.computer_end)
        self.path.symlink_to(os.ttyname(self.computer_end))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """The device file is gone, also for who has it open."""
        self.path.unlink()
        self._gone.set()
        self._thread.join()
        for end in (self._printer_end, self.computer_end):
            os.close(end)

    def status(self, kind: int = 0, phase: int = 0) -> bytes:
        """The 32 bytes."""
        media_kind, width_mm, length_mm = self.media
        answer = bytearray(32)
        answer[:5] = (0x80, 0x20, 0x42, *self.model)
        answer[8:12] = (self.errors & 0xFF, self.errors >> 8, width_mm, media_kind)
        answer[17:20] = (length_mm, kind, phase)
        return bytes(answer)

    def say(self, status: bytes) -> None:
        """Tell something without being asked."""
        os.write(self._printer_end, status)

    def _serve(self) -> None:
        while not self._gone.is_set():
            if self.is_deaf or not select.select([self._printer_end], [], [], 0.02)[0]:
                self._gone.wait(0.01)
                continue
            with contextlib.suppress(OSError):
                self._read(os.read(self._printer_end, 4096))

    def _read(self, data: bytes) -> None:
        with self.lock:
            asked = self.reader.status_requests
            self.reader.read(data)
            for _ in range(self.reader.status_requests - asked):
                self.say(self.status())
            for page in self.reader.pages:
                self.say(self.status(kind=6, phase=1))
                self.printed.append(page)
                if self.says_when_printed:
                    self.say(self.status(kind=1))
                    self.say(self.status(kind=6, phase=0))
            self.reader.pages.clear()
