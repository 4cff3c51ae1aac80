"""How a scanner at a serial port is doing, in words, and what to do about it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import PurePosixPath

from PySide6.QtCore import QCoreApplication

from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.scanning.serial_ports import PortTrouble, SerialPort, group_of
from checkin_app.scanning.serial_reader import Connected, Disconnected
from checkin_app.settings.device_settings import SerialScanner

_CONTEXT = "SerialScanners"


def serial_report(
    scanner: SerialScanner,
    state: Connected | Disconnected | None,
    last_scan_at: datetime | None,
    *,
    is_legible: bool = True,
) -> DeviceReport:
    """The report of one scanner; ``state`` None: it was not tried yet."""
    health, words, next_step = _state_words(scanner, state, is_legible)
    return DeviceReport(
        key=f"serial {scanner.usb_id or scanner.port}",
        kind=DeviceKind.SCANNER,
        title=serial_title(scanner),
        health=health,
        words=words,
        next_step=next_step,
        last_event=_tr("Scanned") if last_scan_at else "",
        last_event_at=last_scan_at,
        can_be_tested=True,
    )


def serial_title(scanner: SerialScanner) -> str:
    """What people call it: its own name, or the port."""
    return scanner.name or _tr("Scanner at {port}").format(port=short_name(scanner.port))


def port_title(port: SerialPort) -> str:
    """A port in a list to choose from: who is there, and where."""
    name = device_name(port)
    where = short_name(port.device)
    return _tr("{name} ({port})").format(name=name, port=where) if name else where


def device_name(port: SerialPort) -> str:
    """Maker and product as the device tells them; empty when it tells neither."""
    maker, product = port.maker.strip(), port.product.strip()
    return product if product.startswith(maker) else f"{maker} {product}".strip()


def short_name(device: str) -> str:
    """The name of a port without the folder of all devices."""
    return PurePosixPath(device).name if device.startswith("/dev/") else device


def _state_words(
    scanner: SerialScanner, state: Connected | Disconnected | None, is_legible: bool
) -> tuple[DeviceHealth, str, str]:
    match state:
        case None:
            return DeviceHealth.BUSY, _tr("Being looked for."), ""
        case Connected(device=device) if is_legible:
            words = _tr("Connected at {port}. Whatever it reads is heard.")
            return DeviceHealth.GOOD, words.format(port=short_name(device)), ""
        case Connected():
            return (
                DeviceHealth.TROUBLE,
                _tr("It sends signs that are no text."),
                _tr("Set the same speed (baud rate) here and in the scanner."),
            )
        case Disconnected(trouble=trouble, device=device, reason=reason):
            return DeviceHealth.TROUBLE, *_trouble_words(scanner, trouble, device, reason)


def _trouble_words(
    scanner: SerialScanner, trouble: PortTrouble, device: str, reason: str
) -> tuple[str, str]:
    port = short_name(device)
    match trouble:
        case PortTrouble.ABSENT if scanner.usb_id:
            return (
                _tr("Not connected. The desk waits for it to come back."),
                _tr("Plug it in, into any socket. Other ways to check in work meanwhile."),
            )
        case PortTrouble.ABSENT:
            return (
                _tr("There is no port {port}. The desk waits for it to come back.").format(
                    port=port
                ),
                _tr("Plug the scanner in, or switch it on."),
            )
        case PortTrouble.TAKEN:
            return _tr("Another program uses {port}.").format(port=port), _how_to_free()
        case PortTrouble.FORBIDDEN:
            return _tr("This user may not read {port}.").format(port=port), _how_to_permit(device)
        case PortTrouble.BROKEN:
            return (
                _tr("{port} cannot be read: {reason}").format(port=port, reason=reason),
                _tr("Unplug the scanner and plug it in again, or choose another port."),
            )


def _how_to_free() -> str:
    if sys.platform == "linux":
        # https://modemmanager.org/docs/modemmanager/port-and-device-detection
        return _tr(
            "Close that program. Just after plugging in it may be ModemManager looking for a"
            " modem: it lets go by itself."
        )
    return _tr("Close that program; the scanner is then connected by itself.")


def _how_to_permit(device: str) -> str:
    group = group_of(device) or "dialout"
    command = f"sudo usermod -aG {group} $USER"
    return _tr("In a terminal: {command} Then log out and in again.").format(command=command)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
