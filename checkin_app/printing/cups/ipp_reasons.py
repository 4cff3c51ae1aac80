"""From the words in which IPP printers and CUPS tell what is wrong to the troubles of a desk.

The keywords of ``printer-state-reasons`` are those of RFC 8011, 5.4.12, and of the registry of
IPP keywords (https://www.iana.org/assignments/ipp-registrations), where PWG 5100.9 added states and
alerts of parts and PWG 5100.13 those of driverless printers. CUPS adds some that begin with "cups-"
(https://openprinting.github.io/cups/doc/spec-ipp.html).

A keyword may end in "-report" (nothing is wrong), "-warning" (it goes on for now) or "-error"; no
ending means error. While a badge waits in the printer a warning is taken as an error: CUPS and
printers call an empty roll "media-empty-warning" for as long as they wait for paper.

Not a trouble is "connecting-to-device": every job begins with it, and when nobody answers a message
says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from checkin_app.domain.printers import PrinterTrouble

_REPORT, _WARNING, _ERROR = "-report", "-warning", "-error"

_TROUBLES = {
    PrinterTrouble.OFFLINE: (
        "offline",  # set by the drivers of CUPS for USB
        "shutdown",
        "timed-out",
        "power-down",
        "hibernate",
        "suspend",
        "deactivated",
        "unknown",
    ),
    PrinterTrouble.JAM: ("media-jam", "media-path-jam", "input-media-jam", "output-media-jam"),
    PrinterTrouble.COVER_OPEN: (
        "cover-open",
        "door-open",
        "interlock-open",
        "input-tray-missing",
        "input-tray-position-failure",
        "marker-supply-missing",
        "output-tray-missing",
        "print-head-open",
        "roll-cover-open",
    ),
    PrinterTrouble.OUT_OF_PAPER: (
        "media-empty",
        "media-needed",
        "input-media-supply-empty",
        "media-path-input-empty",
        "label-empty",
    ),
    PrinterTrouble.WRONG_PAPER: (
        "input-media-size-change",
        "input-media-type-change",
        "input-media-form-parts-change",
        "input-manual-input-request",
        "media-path-media-size-mismatch",
        "media-mismatch",
    ),
    PrinterTrouble.INK_EMPTY: (
        "marker-supply-empty",
        "marker-ink-empty",
        "marker-toner-empty",
        "marker-print-ribbon-empty",
        "marker-toner-cartridge-missing",
        "marker-waste-full",
        "marker-waste-ink-receptacle-full",
        "marker-waste-toner-receptacle-full",
        "toner-empty",
        "opc-life-over",
    ),
    PrinterTrouble.PAUSED: ("paused", "moving-to-paused", "stopped-partly", "hold-new-jobs"),
    PrinterTrouble.REFUSES: (
        "account-authorization-failed",
        "account-closed",
        "account-info-needed",
        "account-limit-reached",
        "cups-certificate-error",
        "password-required",
        "spool-area-full",
    ),
    PrinterTrouble.OTHER: (
        "other",
        "cups-insecure-filter",
        "cups-missing-filter",
        "configuration-change",
        "fuser-over-temp",
        "fuser-under-temp",
        "marker-failure",
        "output-area-full",
        "output-mailbox-select-failure",
        "overtemp",
        "print-head-over-temp",
        "subunit-unrecoverable-failure",
        "subunit-recoverable-failure",
        "subunit-unrecoverable-storage",
        "cutter-error",
    ),
    PrinterTrouble.PAPER_LOW: ("media-low", "input-media-supply-low"),
    PrinterTrouble.INK_LOW: (
        "marker-supply-low",
        "marker-ink-almost-empty",
        "marker-toner-almost-empty",
        "marker-print-ribbon-almost-empty",
        "marker-waste-almost-full",
        "marker-waste-ink-receptacle-almost-full",
        "marker-waste-toner-receptacle-almost-full",
        "opc-near-eol",
        "toner-low",
    ),
}

_BY_KEYWORD = {word: trouble for trouble, words in _TROUBLES.items() for word in words}

_MILDER = {
    PrinterTrouble.OUT_OF_PAPER: PrinterTrouble.PAPER_LOW,
    PrinterTrouble.INK_EMPTY: PrinterTrouble.INK_LOW,
}
"""What a warning of a printer that does its work comes to: one of its trays is empty."""

_OF_THE_QUEUE = frozenset({PrinterTrouble.PAUSED, PrinterTrouble.REFUSES})

_MESSAGES = {
    "may not exist or is unavailable": PrinterTrouble.OFFLINE,
    "is unreachable": PrinterTrouble.OFFLINE,
    "not responding": PrinterTrouble.OFFLINE,
    "unable to locate printer": PrinterTrouble.OFFLINE,
    "waiting for printer to become available": PrinterTrouble.OFFLINE,
    "unable to connect to": PrinterTrouble.OFFLINE,
    "no longer exists": PrinterTrouble.OFFLINE,
    "authentication required": PrinterTrouble.REFUSES,
    "password required": PrinterTrouble.REFUSES,
}
"""Parts of what the backends of CUPS (``ipp.c``, ``socket.c``, ``usb-libusb.c``) say in place of a
reason when a printer cannot be reached. They go on trying; the job goes on "processing"."""

_REACHED_MESSAGES = ("Connected to printer.", "Printing.", "Sending data to printer.")
_REACHED_REASONS = ("cups-waiting-for-job-completed", "cups-remote-")


def troubles_of_reasons(reasons: Iterable[str], is_waiting: bool) -> tuple[PrinterTrouble, ...]:
    """What is wrong with a printer, the most urgent first.

    Args:
        reasons: the values of ``printer-state-reasons``.
        is_waiting: a job is being printed or the printer is stopped, so a warning is what it
            waits for.
    """
    found = {_trouble_of(reason.lower(), is_waiting) for reason in reasons}
    return tuple(trouble for trouble in PrinterTrouble if trouble in found)


def has_reached_printer(message: str, reasons: Iterable[str]) -> bool:
    """The job at hand is in the printer, or on its way into it."""
    return message in _REACHED_MESSAGES or any(
        reason.startswith(_REACHED_REASONS) for reason in reasons
    )


def trouble_of_message(message: str) -> PrinterTrouble | None:
    """What the message of a printer or job that is under way tells, for want of a reason."""
    lowered = message.lower()
    return next((trouble for part, trouble in _MESSAGES.items() if part in lowered), None)


def is_of_the_queue(trouble: PrinterTrouble) -> bool:
    """It is the print server's own doing, of which the printer knows nothing."""
    return trouble in _OF_THE_QUEUE


def _trouble_of(reason: str, is_waiting: bool) -> PrinterTrouble | None:
    if reason.endswith(_REPORT):
        return None
    is_warning = reason.endswith(_WARNING)
    trouble = _BY_KEYWORD.get(reason.removesuffix(_WARNING).removesuffix(_ERROR))
    if trouble is None or not is_warning or is_waiting:
        return trouble
    return _MILDER.get(trouble, trouble if not trouble.stops_printing else None)
