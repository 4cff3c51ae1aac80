"""The serial ports of this computer: what is plugged in, and where a chosen scanner is now.

pyserial lists them. A scanner at USB is known by maker, product and serial number, for the name
of its port may change with the socket. Why a port does not open is told in four words here; what
to do about it is said by the window.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from checkin_app.settings.device_settings import SerialScanner


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A port that is there.

    Attributes:
        device: the system's name: "COM3", "/dev/ttyACM0".
        usb_id: maker, product and serial number as "0c2e:0b6a:16230B1234"; empty without USB.
        maker, product: as the device calls itself; may be empty.
    """

    device: str
    usb_id: str = ""
    maker: str = ""
    product: str = ""


class PortTrouble(Enum):
    """Why a port cannot be read."""

    ABSENT = "it is not there"
    TAKEN = "another program has it"
    FORBIDDEN = "this user may not open it"
    BROKEN = "the system gives another reason"


def list_ports() -> tuple[SerialPort, ...]:
    """All ports, those at USB first. May take some ten milliseconds, or longer on Windows."""
    from serial.tools.list_ports import comports

    ports = [
        SerialPort(
            port.device,
            _usb_id(port.vid, port.pid, port.serial_number),
            port.manufacturer or "",
            port.product or "",
        )
        for port in comports()
        if _is_for_reading(port.device)
    ]
    return tuple(sorted(ports, key=lambda port: (not port.usb_id, port.device)))


def find_ports(wanted: SerialScanner, ports: Iterable[SerialPort]) -> tuple[str, ...]:
    """Where the scanner may be now, most likely first; empty when it is not there.

    A port without USB cannot be recognised: it is the one of that name, and whether something
    is behind it shows when it is opened. Of two scanners without a serial number either may be
    the one that is wanted; the other's port is taken.
    """
    if not wanted.usb_id:
        return (wanted.port,)
    devices = (port.device for port in ports if port.usb_id == wanted.usb_id)
    return tuple(sorted(devices, key=lambda device: (device != wanted.port, device)))


def trouble_of(device: str, error: OSError) -> PortTrouble:
    """What kept a port from being opened."""
    if _is_one_of(error, (errno.ENOENT, errno.ENODEV, errno.ENXIO), "FileNotFoundError"):
        return PortTrouble.ABSENT
    if _is_one_of(error, (errno.EBUSY, errno.EAGAIN), "exclusively lock"):
        return PortTrouble.TAKEN
    if _is_one_of(error, (errno.EACCES, errno.EPERM), "PermissionError"):
        return _refusal(device)
    return PortTrouble.BROKEN


def group_of(device: str) -> str:
    """The group whose members may open a port; empty where that cannot be known."""
    try:
        return Path(device).group()
    except (OSError, KeyError, NotImplementedError):
        return ""


def _usb_id(vendor: int | None, product: int | None, serial_number: str | None) -> str:
    if vendor is None or product is None:
        return ""
    return f"{vendor:04x}:{product:04x}:{serial_number or ''}"


def _is_for_reading(device: str) -> bool:
    """macOS lists each port twice; opening the "tty" one waits for a carrier, as modems send."""
    return sys.platform != "darwin" or not device.startswith("/dev/tty.")


def _is_one_of(error: OSError, numbers: tuple[int, ...], words: str) -> bool:
    # On Windows pyserial 3.5 tells the system's error only in the text of its own.
    return error.errno in numbers or words in str(error)


def _refusal(device: str) -> PortTrouble:
    """Windows says "access denied" of a port that another program has; rights it asks for none."""
    if sys.platform == "win32":
        return PortTrouble.TAKEN
    may_open = os.access(device, os.R_OK | os.W_OK)
    return PortTrouble.BROKEN if may_open else PortTrouble.FORBIDDEN
