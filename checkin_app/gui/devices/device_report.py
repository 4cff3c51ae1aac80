"""How a device of the desk is doing, in words: one line of the device page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


class DeviceKind(Enum):
    """What it is for; the order of the device page."""

    SCANNER = auto()
    CAMERA = auto()
    PRINTER = auto()
    LOUDSPEAKER = auto()
    VOICE = auto()
    GUEST_SCREEN = auto()


class DeviceHealth(Enum):
    """How it is doing, for sign and colour."""

    OFF = auto()
    """Not wanted; nothing is wrong."""
    GOOD = auto()
    BUSY = auto()
    WARNING = auto()
    """It works, but somebody should look at it soon."""
    TROUBLE = auto()
    """It does not work until somebody does something."""


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """One device at one moment. All texts are translated.

    Attributes:
        key: tells it from the other devices, for as long as the window lives.
        title: what people call it: "Zebra ZD421", "Camera of this laptop".
        words: how it is doing, in one sentence.
        next_step: what to do now; empty when there is nothing to do.
        last_event: what happened last: "Scanned", "Printed"; empty before the first.
        last_event_at: when (UTC); None before the first.
        can_be_tested: a button may call ``test`` of whoever reports it.
    """

    key: str
    kind: DeviceKind
    title: str
    health: DeviceHealth
    words: str
    next_step: str = ""
    last_event: str = ""
    last_event_at: datetime | None = None
    can_be_tested: bool = False
