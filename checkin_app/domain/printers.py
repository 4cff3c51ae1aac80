"""Printers as the desk sees them: which they are, how they are doing, what a badge is sent as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SpoolerKind(StrEnum):
    """Who takes a badge from us and sees it printed."""

    CUPS = "cups"
    """The print system of Linux and macOS."""
    SYSTEM = "system"
    """The print system of Windows, and of any other through Qt."""
    FOLDER = "folder"
    """A folder that collects one PDF for each badge."""
    ZEBRA = "zebra"
    """A label printer that speaks ZPL, by network."""
    BROTHER = "brother"
    """A label printer of the Brother QL series, by network or device file."""


@dataclass(frozen=True, slots=True, order=True)
class PrinterId:
    """Which printer: who drives it, and its name or address there.

    Written as one word in settings and on the command line: "cups:Badge_printer",
    "folder:/home/desk/badges", "zebra:10.0.0.7:9100", "brother:10.0.0.8:9100".
    """

    spooler: SpoolerKind
    address: str

    def __str__(self) -> str:
        return f"{self.spooler.value}:{self.address}"

    @staticmethod
    def from_text(text: str) -> PrinterId | None:
        """The printer that a setting names; None when it names none."""
        kind, separator, address = text.partition(":")
        if not separator or not address or kind not in set(SpoolerKind):
            return None
        return PrinterId(SpoolerKind(kind), address)


@dataclass(frozen=True, slots=True)
class FoundPrinter:
    """A printer that may be chosen.

    Attributes:
        title: what people call it.
        model: make and model, or empty.
        is_default: the system prefers it.
    """

    id: PrinterId
    title: str
    model: str = ""
    is_default: bool = False


class PrinterActivity(StrEnum):
    """What a printer is doing."""

    IDLE = "idle"
    PRINTING = "printing"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class PrinterTrouble(StrEnum):
    """What is wrong with a printer, in the order of how soon it must be seen to."""

    GONE = "gone"
    """The system knows no such printer any more."""
    OFFLINE = "offline"
    JAM = "jam"
    COVER_OPEN = "cover open"
    OUT_OF_PAPER = "out of paper"
    WRONG_PAPER = "wrong paper"
    INK_EMPTY = "ink empty"
    PAUSED = "paused"
    REFUSES = "refuses"
    """It takes no jobs: the queue is closed, or a password is wanted."""
    OTHER = "other"
    PAPER_LOW = "paper low"
    INK_LOW = "ink low"

    @property
    def stops_printing(self) -> bool:
        """False for a warning: badges still come out."""
        return self not in (PrinterTrouble.PAPER_LOW, PrinterTrouble.INK_LOW)


@dataclass(frozen=True, slots=True)
class PrinterState:
    """How a printer is doing at one moment.

    Attributes:
        troubles: the most urgent first; empty when all is well.
        detail: the spooler's own words, for the log and the device page.
    """

    printer: PrinterId
    activity: PrinterActivity = PrinterActivity.UNKNOWN
    troubles: tuple[PrinterTrouble, ...] = ()
    detail: str = ""

    @property
    def stopped_by(self) -> PrinterTrouble | None:
        """The trouble that keeps badges from coming out, or None."""
        return next((trouble for trouble in self.troubles if trouble.stops_printing), None)


@dataclass(frozen=True, slots=True)
class PrinterAbilities:
    """What may be asked of a printer.

    Attributes:
        dpi: dots an inch of the printing head; 0 when that is not known.
        densities: lowest and highest darkness it can be told; None where it takes none.
    """

    dpi: int = 0
    densities: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class BadgeSheet:
    """One badge, ready for a printer: a PDF of one page, or of two for front and back.

    Attributes:
        pdf: the file, its page as large as the paper.
        width_mm, height_mm: the paper.
        is_two_sided: the second page is the back of the first.
        density: darkness within ``PrinterAbilities.densities``; None leaves it to the printer.
    """

    pdf: bytes
    width_mm: float
    height_mm: float
    is_two_sided: bool = False
    density: int | None = None
