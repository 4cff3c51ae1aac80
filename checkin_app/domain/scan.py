"""One reading of a device, before any judgement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ScanSource(StrEnum):
    """Where a reading came from."""

    KEYBOARD = "keyboard"
    SEARCH = "search"
    PICTURE = "picture"
    CAMERA = "camera"
    SERIAL = "serial"
    COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Repair:
    """What a garbled reading would say had the scanner's keyboard setting been right.

    Attributes:
        text: the repaired code.
        layout: the computer's keyboard layout that garbled it, for example "French (AZERTY)";
            empty when only characters were taken off: a key typed just before the scan, or what
            the scanner adds.
    """

    text: str
    layout: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A reading: the text as it arrived, and what it may have been before garbling.

    Attributes:
        text: as read, with line ends removed; may be anything at all.
        repairs: other readings, most likely first; the desk takes the first that is known.
    """

    text: str
    source: ScanSource = ScanSource.KEYBOARD
    repairs: tuple[Repair, ...] = ()
