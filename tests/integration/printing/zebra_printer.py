"""A printer that speaks as much ZPL II as badges need, written from Zebra's programming guide."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

from paper import MM_PER_INCH, Received
from PIL import Image
from tcp_printer import TcpPrinter

_COMMAND = re.compile(rb"([\^~])([A-Z]{2})([^\^~]*)")
_REPEATS = re.compile(r"([g-z]?)([G-Y]?)([0-9A-F])|([,!:])")


@dataclass(slots=True)
class _Label:
    width: int = 0
    length: int = 0
    picture: Image.Image | None = None


class ZebraPrinter(TcpPrinter):
    """The ZPL printer.

    Attributes:
        is_held: labels wait in it, as when it is paused.
        flags: set flags of ``~HS`` by name, from ``FLAGS``.
        is_mute: it does not answer ``~HS``.
        darkness: by the last ``~SD``.
        errors: bits of ``~HQES``; None when it does not know that command.
        heard: all commands so far, with their first character.
    """

    FLAGS = (
        *("-", "paper out", "pause", "-", "formats", "buffer full", "diagnostic", "partial"),
        *("-", "ram lost", "cold", "hot", "-", "-", "head open", "ribbon out", "-", "-", "-"),
        *("label waiting", "remaining", "-", "-"),
    )

    def __init__(self, dots_per_mm: int = 8, dpi: float = 203.2) -> None:
        self.is_held = False
        self.flags: set[str] = set()
        self.is_mute = False
        self.mute_after_end = False
        self.darkness: int | None = None
        self.errors: int | None = None
        self.warnings = 0
        self.heard: list[str] = []
        self.printed: list[Received] = []
        self._waiting: list[Received] = []
        self._dots_per_mm, self._dpi = dots_per_mm, dpi
        self._label: _Label | None = None
        self._unread = b""
        super().__init__()

    def go_on(self) -> None:
        """What was held is printed."""
        with self.lock:
            self.is_held = False
            self.printed += self._waiting
            self._waiting.clear()

    def switch_off(self) -> None:
        """Away, and all that it had in memory is lost."""
        self.unplug()
        with self.lock:
            self._waiting.clear()
            self._label, self._unread = None, b""

    def read(self, data: bytes, connection: socket.socket) -> None:
        self._unread += data
        while found := _COMMAND.match(self._unread.lstrip()):
            self._unread = self._unread.lstrip()
            found = _COMMAND.match(self._unread)
            name = (found[1] + found[2]).decode()
            rest = self._unread[found.end() :]
            # Commands with parameters end where the next one begins.
            if not rest and name not in ("~HS", "~HI", "~HQ", "~JA", "~JX", "^XA", "^XZ"):
                return
            if name == "~HQ" and not found[3].startswith(b"ES"):
                return
            self._unread = rest
            self._obey(name, found[3].decode().strip(), connection)

    def _obey(self, name: str, parameters: str, connection: socket.socket) -> None:
        self.heard.append(name)
        if name == "~HS":
            if not self.is_mute:
                connection.sendall(self._host_status())
        elif name == "~HI":
            answer = f"\x02ZD421-203dpi ZPL,V84.20.18Z,{self._dots_per_mm},8176KB,XXX\x03\r\n"
            connection.sendall(answer.encode())
        elif name == "~HQ":
            if self.errors is not None:
                connection.sendall(self._error_status())
        elif name == "~SD":
            self.darkness = int(parameters)
        elif name == "~JA":
            self._waiting.clear()
        elif name == "~JX":
            self._label = None
        elif name == "^XA":
            if self._label is None:
                self._label = _Label()
        elif self._label is not None:
            self._draw(self._label, name, parameters)

    def _draw(self, label: _Label, name: str, parameters: str) -> None:
        if name == "^PW":
            label.width = int(parameters)
        elif name == "^LL":
            label.length = int(parameters)
        elif name == "^GF":
            kind, _, total, row_bytes, data = parameters.split(",", 4)
            assert kind == "A"
            label.picture = _picture(data, int(total), int(row_bytes), label.width)
        elif name == "^XZ":
            self._label = None
            assert label.picture is not None
            paper = Image.new("L", (label.width, label.length), 255)
            paper.paste(label.picture, (0, 0))
            self._waiting.append(
                Received(self._mm(label.width), self._mm(label.length), paper, self._dpi)
            )
            if self.mute_after_end:
                self.is_mute = True
            if not self.is_held:
                self.go_on()

    def _mm(self, dots: int) -> float:
        return dots / self._dpi * MM_PER_INCH

    def _host_status(self) -> bytes:
        values = {"formats": f"{len(self._waiting):03d}", "remaining": "00000000"}
        values["partial"] = str(int(self._label is not None))
        fields = [values.get(name, str(int(name in self.flags))) for name in self.FLAGS]
        lines = (fields[:12], fields[12:], ["1234", "0"])
        return b"".join(f"\x02{','.join(line)}\x03\r\n".encode() for line in lines)

    def _error_status(self) -> bytes:
        return (
            "\x02\r\n\r\n  PRINTER STATUS\r\n"
            f"   ERRORS:         {int(bool(self.errors))} 00000000 {self.errors or 0:08X}\r\n"
            f"   WARNINGS:       {int(bool(self.warnings))} 00000000 {self.warnings:08X}\r\n\x03"
        ).encode()


def _picture(data: str, total: int, row_bytes: int, width: int) -> Image.Image | None:
    """The dots of ``^GFA``: hexadecimal digits with repeat counts, rows filled up or repeated.

    None for a picture that broke off.
    """
    digits = row_bytes * 2
    rows: list[str] = []
    row = ""
    for many, few, digit, sign in _REPEATS.findall(data):
        if sign == ":":
            rows.append(rows[-1])
        elif sign:
            row = row.ljust(digits, "0" if sign == "," else "F")
        else:
            count = (ord(many) - ord("f")) * 20 if many else 0
            count += ord(few) - ord("F") if few else 0
            row += digit * (count or 1)
        while len(row) >= digits:
            rows.append(row[:digits])
            row = row[digits:]
    if row or len(rows) * row_bytes != total:
        return None
    bits = bytes.fromhex("".join(rows))
    size = (row_bytes * 8, len(rows))
    return Image.frombytes("1", size, bits, "raw", "1;I").convert("L").crop((0, 0, width, size[1]))
