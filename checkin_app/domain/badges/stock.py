"""The material badges are printed on: a sheet, roll or card with its grid of badge places.

Everything is in millimetres, as the maker measures it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fold(StrEnum):
    """How one piece of stock is folded into a badge with two faces."""

    NONE = "none"
    TENT = "tent"
    """Across the middle, crease at the top: the upper face stands on its head on the sheet."""
    BOOK = "book"
    """Along the middle, crease at the left: both faces upright, the back on the left half."""


class Feed(StrEnum):
    """What the printer is fed with."""

    SHEET = "sheet"
    ROLL = "roll"
    """Die-cut labels on a roll: one label is one page."""
    ENDLESS = "endless"
    """A roll without a pitch: the printer cuts each badge off at the badge's height."""
    CARD = "card"
    """Single plastic cards."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Bought badge material.

    Attributes:
        name: what people choose it by, for example "85x54 on A4".
        paper_width_mm, paper_height_mm: the sheet, as it leaves the printer.
        badge_width_mm, badge_height_mm: one piece, unfolded.
        columns, rows: the grid of pieces.
        left_mm, top_mm: from the sheet's top left corner to that of the first piece.
        pitch_x_mm, pitch_y_mm: from one piece to the next.
        corner_radius_mm: of the piece; 0 for square corners.
        waste_x_mm, waste_y_mm: how far print may run over the edge of a piece before it
            touches anything that is kept.
        fold: how the piece becomes a badge.
        feed: what the printer is fed with.
        printable_width_mm, printable_height_mm: what the printer reaches of a single piece,
            in its middle; 0 where it reaches everything.
        paper: name of the paper, for example "A4"; empty for a single piece.
        brand: the maker; empty for paper sizes and own stock.
        part_numbers: as on the box, each with its maker: "Avery C32011-10".
        description: what the maker calls it.
        source: who measured it.
        doubt: why a test sheet should be printed first; empty when the facts agree.
    """

    name: str
    paper_width_mm: float
    paper_height_mm: float
    badge_width_mm: float
    badge_height_mm: float
    columns: int = 1
    rows: int = 1
    left_mm: float = 0.0
    top_mm: float = 0.0
    pitch_x_mm: float = 0.0
    pitch_y_mm: float = 0.0
    corner_radius_mm: float = 0.0
    waste_x_mm: float = 0.0
    waste_y_mm: float = 0.0
    fold: Fold = Fold.NONE
    feed: Feed = Feed.SHEET
    printable_width_mm: float = 0.0
    printable_height_mm: float = 0.0
    paper: str = ""
    brand: str = ""
    part_numbers: tuple[str, ...] = ()
    description: str = ""
    source: str = ""
    doubt: str = ""

    @property
    def slots(self) -> int:
        """Badges on one sheet."""
        return self.columns * self.rows

    @property
    def face_width_mm(self) -> float:
        """Width of one face of the folded badge."""
        return self.badge_width_mm / 2 if self.fold is Fold.BOOK else self.badge_width_mm

    @property
    def face_height_mm(self) -> float:
        """Height of one face of the folded badge."""
        return self.badge_height_mm / 2 if self.fold is Fold.TENT else self.badge_height_mm


CARD_ON_A4 = Stock(
    name="85x54 on A4",
    paper_width_mm=210,
    paper_height_mm=297,
    badge_width_mm=85,
    badge_height_mm=54,
    columns=2,
    rows=5,
    left_mm=15,
    top_mm=13.5,
    pitch_x_mm=95,
    pitch_y_mm=54,
    paper="A4",
    part_numbers=("Avery C32011-10",),
    source="gLabels templates",
)
A6_ON_A4 = Stock(
    name="A6 on A4",
    paper_width_mm=210,
    paper_height_mm=297,
    badge_width_mm=105,
    badge_height_mm=148,
    columns=2,
    rows=2,
    pitch_x_mm=105,
    pitch_y_mm=148,
    paper="A4",
    part_numbers=("Herma 10809",),
    source="gLabels templates",
)
A6_SINGLE = Stock(
    name="A6 single",
    paper_width_mm=105,
    paper_height_mm=148,
    badge_width_mm=105,
    badge_height_mm=148,
    paper="A6",
    source="ISO 216",
)
EVERYDAY = (CARD_ON_A4, A6_ON_A4, A6_SINGLE)
"""What most events use."""
