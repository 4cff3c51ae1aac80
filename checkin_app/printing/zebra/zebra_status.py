"""What a Zebra printer says about itself → a printer's state in our words.

The commands and their answers are those of Zebra's ZPL II Programming Guide: ``~HS`` (host status),
``~HQES`` (errors and warnings), ``~HI`` (identification).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkin_app.domain.printers import (
    PrinterActivity,
    PrinterId,
    PrinterState,
    PrinterTrouble,
)

STX, ETX = b"\x02", b"\x03"

HOST_STATUS = b"~HS"
HOST_STATUS_LINES = 3
ERROR_STATUS = b"~HQES"
IDENTIFICATION = b"~HI"

_DOTS_PER_MM_TO_DPI = {6: 152.4, 8: 203.2, 12: 300.0, 24: 600.0}
"""Zebra rounds: heads of "12 dots/mm" have 300 dots an inch, those of 8 are exact."""

_TROUBLES = (
    # Place in the first or second line of ~HS, from 0; what 1 means there.
    (0, 1, PrinterTrouble.OUT_OF_PAPER, "paper out"),
    (0, 2, PrinterTrouble.PAUSED, "paused"),
    (0, 5, PrinterTrouble.REFUSES, "buffer full"),
    (0, 6, PrinterTrouble.OTHER, "in diagnostic mode"),
    (0, 9, PrinterTrouble.OTHER, "configuration lost"),
    (0, 10, PrinterTrouble.OTHER, "too cold"),
    (0, 11, PrinterTrouble.OTHER, "too hot"),
    (1, 2, PrinterTrouble.COVER_OPEN, "head open"),
    (1, 3, PrinterTrouble.INK_EMPTY, "ribbon out"),
)

_ERRORS = re.compile(r"ERRORS:\s*\d\s+[0-9A-Fa-f]{8}\s+([0-9A-Fa-f]{8})")
_WARNINGS = re.compile(r"WARNINGS:\s*\d\s+[0-9A-Fa-f]{8}\s+([0-9A-Fa-f]{8})")
_ERROR_BITS = (
    (0x1, PrinterTrouble.OUT_OF_PAPER, "paper out"),
    (0x2, PrinterTrouble.INK_EMPTY, "ribbon out"),
    (0x4, PrinterTrouble.COVER_OPEN, "head open"),
    (0x8, PrinterTrouble.JAM, "cutter fault"),
    (0x30, PrinterTrouble.OTHER, "too hot"),
    (0xC0, PrinterTrouble.OTHER, "print head fault"),
)
_WARNING_BITS = ((0x8, PrinterTrouble.PAPER_LOW, "paper near end"),)

_ORDER = tuple(PrinterTrouble)


@dataclass(frozen=True, slots=True)
class ZebraStatus:
    """How a Zebra printer is doing.

    Attributes:
        troubles: the most urgent first.
        pending: labels that it has and did not print yet.
        is_in_format: it has the beginning of a label and waits for the end.
        detail: the troubles in Zebra's words.
    """

    troubles: tuple[PrinterTrouble, ...] = ()
    pending: int = 0
    is_in_format: bool = False
    detail: str = ""

    @property
    def is_stopped(self) -> bool:
        """No label comes out until somebody sees to it."""
        return any(trouble.stops_printing for trouble in self.troubles)

    def as_state(self, printer: PrinterId) -> PrinterState:
        """The same for the desk."""
        if self.is_stopped:
            activity = PrinterActivity.STOPPED
        else:
            activity = PrinterActivity.PRINTING if self.pending else PrinterActivity.IDLE
        return PrinterState(printer, activity, self.troubles, self.detail)


def status_from(answer: bytes) -> ZebraStatus | None:
    """What the three lines of ``~HS`` mean; None when they are something else."""
    lines = [line.split(",") for line in _lines(answer)]
    if len(lines) < HOST_STATUS_LINES or len(lines[0]) < 12 or len(lines[1]) < 11:
        return None
    try:
        pending = int(lines[0][4]) + int(lines[1][8])
    except ValueError:
        return None
    found = [
        (trouble, words) for line, place, trouble, words in _TROUBLES if lines[line][place] == "1"
    ]
    return ZebraStatus(_sorted(found), pending, lines[0][7] == "1", _words(found))


def status_from_errors(answer: bytes) -> ZebraStatus | None:
    """What ``~HQES`` means; None when it is something else."""
    text = answer.decode("ascii", "replace")
    errors, warnings = _ERRORS.search(text), _WARNINGS.search(text)
    if errors is None:
        return None
    found = _set_bits(int(errors[1], 16), _ERROR_BITS)
    if warnings is not None:
        found += _set_bits(int(warnings[1], 16), _WARNING_BITS)
    return ZebraStatus(_sorted(found), detail=_words(found))


def head_dpi_from(answer: bytes) -> float | None:
    """Dots an inch of the head by ``~HI``: "ZD421-203dpi,V84.20.18Z,8,8176KB"; None if untold."""
    fields = next(iter(_lines(answer)), "").split(",")
    if len(fields) < 3 or not fields[2].strip().isdigit():
        return None
    return _DOTS_PER_MM_TO_DPI.get(int(fields[2]))


def _lines(answer: bytes) -> list[str]:
    """What stands between STX and ETX, as often as it does."""
    found = re.findall(STX + rb"([^\x02\x03]*)" + ETX, answer)
    return [line.decode("ascii", "replace") for line in found]


def _set_bits(
    bits: int, meanings: tuple[tuple[int, PrinterTrouble, str], ...]
) -> list[tuple[PrinterTrouble, str]]:
    return [(trouble, words) for mask, trouble, words in meanings if bits & mask]


def _sorted(found: list[tuple[PrinterTrouble, str]]) -> tuple[PrinterTrouble, ...]:
    return tuple(sorted({trouble for trouble, _ in found}, key=_ORDER.index))


def _words(found: list[tuple[PrinterTrouble, str]]) -> str:
    return ", ".join(words for _, words in found)
