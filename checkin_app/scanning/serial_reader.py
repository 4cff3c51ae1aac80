"""Reads one serial scanner for as long as it is wanted: finds, opens, reads, waits, begins again.

Made to run in a thread of its own, for opening a port and waiting for bytes both take their time.
What happens is told by a callback in that thread; there is no Qt here.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from checkin_app.scanning.serial_lines import SerialLines, SerialReading
from checkin_app.scanning.serial_ports import PortTrouble, find_ports, list_ports, trouble_of
from checkin_app.settings.device_settings import SerialScanner

if TYPE_CHECKING:
    from serial import Serial

if sys.platform == "win32":
    _TERMINAL_ERRORS: tuple[type[Exception], ...] = ()
else:
    import termios

    # pyserial 3.5 lets it through when a port goes away while it is opened. It is no OSError.
    _TERMINAL_ERRORS = (termios.error,)

AGAIN_AFTER_S = 1.0
_LOOK_UP_S = 0.05


@dataclass(frozen=True, slots=True)
class Connected:
    """The port is open; its name at present."""

    device: str


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The port cannot be read. It is tried again by itself.

    Attributes:
        device: the port that was tried.
        reason: the system's own words; empty when the port is not there.
    """

    trouble: PortTrouble
    device: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A code was read; when its last byte came, by ``time.monotonic``."""

    reading: SerialReading
    at_ms: int


SerialNews: TypeAlias = Connected | Disconnected | Read


def read_scanner(
    scanner: SerialScanner,
    tell: Callable[[SerialNews], None],
    stop: threading.Event,
    again_after_s: float = AGAIN_AFTER_S,
) -> None:
    """Read until ``stop`` is set; returns within a fraction of a second then.

    Args:
        tell: called for each change and each code, in this thread.
        again_after_s: how long to wait after each failure.
    """
    told: SerialNews | None = None

    def tell_changes(news: SerialNews) -> None:
        nonlocal told
        if news != told or isinstance(news, Read):
            told = news
            tell(news)

    while not stop.is_set():
        _read_once(scanner, tell_changes, stop)
        stop.wait(again_after_s)


def _read_once(
    scanner: SerialScanner, tell: Callable[[SerialNews], None], stop: threading.Event
) -> None:
    """One connection, from opening the port until it is lost or no longer wanted."""
    opened = _open_first(scanner)
    if isinstance(opened, Disconnected):
        tell(opened)
        return
    port, device = opened, str(opened.port)
    tell(Connected(device))
    try:
        with port:
            _read_lines(port, tell, stop)
    except OSError as error:
        # Unplugged. Should it be something else, the next opening says what.
        tell(Disconnected(PortTrouble.ABSENT, device, str(error)))


def _open_first(scanner: SerialScanner) -> Serial | Disconnected:
    """The first of the ports the scanner may be at that opens; else what is wrong with the last."""
    failed = Disconnected(PortTrouble.ABSENT, scanner.port)
    for device in find_ports(scanner, list_ports() if scanner.usb_id else ()):
        try:
            return _opened(device, scanner.baud_rate)
        except OSError as error:
            failed = Disconnected(trouble_of(device, error), device, str(error))
        except ValueError as error:  # pyserial: a baud rate that this port cannot have
            failed = Disconnected(PortTrouble.BROKEN, device, str(error))
    return failed


def _opened(device: str, baud_rate: int) -> Serial:
    import serial

    # Windows keeps other programs out by itself and knows no such request.
    exclusive = None if sys.platform == "win32" else True
    try:
        return serial.Serial(device, baud_rate, timeout=_LOOK_UP_S, exclusive=exclusive)
    except _TERMINAL_ERRORS as error:
        raise OSError(*error.args) from error


def _read_lines(port: Serial, tell: Callable[[SerialNews], None], stop: threading.Event) -> None:
    lines = SerialLines()
    last_byte_ms = _now_ms()
    while not stop.is_set():
        readings: tuple[SerialReading, ...] = ()
        if received := port.read(1):
            last_byte_ms = _now_ms()
            readings = lines.feed(received + port.read(port.in_waiting))
        elif lines.wait_ms is not None and _now_ms() - last_byte_ms >= lines.wait_ms:
            readings = lines.silence()
        for reading in readings:
            tell(Read(reading, last_byte_ms))


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000
