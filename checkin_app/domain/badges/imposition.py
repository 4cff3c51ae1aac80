"""How the badges of a run are laid on their sheets: what the organiser chooses for paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Fill(StrEnum):
    """In which direction the slots of a sheet are filled, and counted."""

    BY_ROW = "row"
    BY_COLUMN = "column"


class Duplex(StrEnum):
    """Whether backs are printed, and along which edge of the sheet the printer turns it."""

    NONE = "none"
    LONG_EDGE = "long-edge"
    SHORT_EDGE = "short-edge"


@dataclass(frozen=True, slots=True)
class PrinterOffset:
    """What a printer does wrong on a stock, measured on a test sheet and corrected in the PDF.

    Attributes:
        right_mm, down_mm: how far the print is moved.
        scale_x, scale_y: by how much it is stretched about the sheet's top left corner.
    """

    right_mm: float = 0.0
    down_mm: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0


@dataclass(frozen=True, slots=True)
class SheetRange:
    """Some sheets of a run, counted from 1, both ends included.

    ``last`` None means to the end. Lets a run be resumed where the printer stopped: the other
    sheets are imposed as ever, but not written.
    """

    first: int = 1
    last: int | None = None

    def holds(self, sheet: int) -> bool:
        """Whether a sheet (from 1) is one of them."""
        return sheet >= self.first and (self.last is None or sheet <= self.last)


@dataclass(frozen=True, slots=True)
class Imposition:
    """The choices of a run.

    Attributes:
        first_slot: where to begin on the first sheet, counted from 1 in the order of filling.
        skipped_slots: slots of the first sheet that are used up already, counted likewise.
        copies: of each badge, one after the other.
        fill: order of slots on a sheet.
        duplex: backs on the other side of each sheet, mirrored so that they meet their fronts.
        cut_and_stack: order for a guillotine: after cutting, pile 1 holds badges 1 to k, pile 2
            the next k, so that the piles put one on another are in order.
        crop_marks: short lines in the margin to cut along.
        registration_marks: crosses in the margins, for judging how front and back meet.
        outlines: the edge of every slot, for proofs.
        sheets: which of the sheets are written.
        offset: the printer's correction.
    """

    first_slot: int = 1
    skipped_slots: frozenset[int] = frozenset()
    copies: int = 1
    fill: Fill = Fill.BY_ROW
    duplex: Duplex = Duplex.NONE
    cut_and_stack: bool = False
    crop_marks: bool = False
    registration_marks: bool = False
    outlines: bool = False
    sheets: SheetRange = field(default_factory=SheetRange)
    offset: PrinterOffset = field(default_factory=PrinterOffset)


@dataclass(frozen=True, slots=True)
class Tray:
    """A box of pre-printed badges, for the desk to find them in.

    Attributes:
        name: what stands on it: "A-F".
        size: how many badges lie in it, one after the other in the order of the run.
    """

    name: str
    size: int
