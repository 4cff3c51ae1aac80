"""How many badges → which sheet and slot each falls on, by number alone.

``impose`` turns the numbers into places on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from checkin_app.domain.badges.imposition import Duplex, Imposition, Tray
from checkin_app.domain.badges.stock import Feed, Fold, Stock
from checkin_app.domain.badges.stock_faults import stock_faults
from checkin_app.errors import UsageError


@dataclass(frozen=True, slots=True)
class Batch:
    """Badges that share sheets: those of a tray, or all.

    Attributes:
        first_sheet: counted from 1.
        first_place: of the run's places (badges times copies), from 0.
        open_slots: of its first sheet, from 0.
    """

    tray: int | None
    first_sheet: int
    sheets: int
    first_place: int
    places: int
    open_slots: tuple[int, ...]
    slots: int
    stacked: bool

    def filled(self, sheet: int) -> Iterator[tuple[int, int]]:
        """Slot (from 0) and place in the run of all that lie on one of its sheets (from 0)."""
        if self.stacked:
            numbers = range(sheet, self.places, self.sheets)
            return zip(range(self.slots), (self.first_place + n for n in numbers), strict=False)
        if sheet == 0:
            free: Sequence[int] = self.open_slots
            first = 0
        else:
            free = range(self.slots)
            first = len(self.open_slots) + (sheet - 1) * self.slots
        numbers = range(first, min(first + len(free), self.places))
        return zip(free, (self.first_place + n for n in numbers), strict=False)

    def sheet_and_slot(self, place: int) -> tuple[int, int]:
        """Where its place (from 0) lies, both from 0."""
        if self.stacked:
            return place % self.sheets, place // self.sheets
        if place < len(self.open_slots):
            return 0, self.open_slots[place]
        sheet, slot = divmod(place - len(self.open_slots), self.slots)
        return sheet + 1, slot


def plan_batches(
    badges: int, stock: Stock, imposition: Imposition, trays: Sequence[Tray]
) -> tuple[Batch, ...]:
    sizes = [tray.size for tray in trays] or [badges]
    if sum(sizes) != badges or min(sizes) < 0:
        raise UsageError(f"The trays hold {sum(sizes)} badges, but the run has {badges}.")
    batches = []
    first_sheet = 1
    open_slots = _open_slots(stock, imposition)
    for number, (size, end) in enumerate(zip(sizes, accumulate(sizes), strict=True)):
        if not size:
            continue
        places = size * imposition.copies
        sheets = 1 + max(0, -(-(places - len(open_slots)) // stock.slots))
        batches.append(
            Batch(
                tray=number if trays else None,
                first_sheet=first_sheet,
                sheets=sheets,
                first_place=(end - size) * imposition.copies,
                places=places,
                open_slots=open_slots,
                slots=stock.slots,
                stacked=imposition.cut_and_stack,
            )
        )
        first_sheet += sheets
        open_slots = tuple(range(stock.slots))
    return tuple(batches)


def check_imposition(stock: Stock, imposition: Imposition) -> None:
    """Looks for choices that contradict each other or the stock.

    Raises:
        UsageError: saying which, and what to choose instead.
    """
    faults = stock_faults(stock)
    if faults:
        raise UsageError(
            f"{stock.name} cannot be printed on. {faults[0]} If these are its maker's measures,"
            " measure a sheet and define it as your own stock."
        )
    first, skipped = imposition.first_slot, imposition.skipped_slots
    beyond = [slot for slot in (first, *sorted(skipped)) if not 1 <= slot <= stock.slots]
    if beyond:
        raise UsageError(
            f"A sheet of {stock.name} has the slots 1 to {stock.slots}; there is no {beyond[0]}."
        )
    if not _open_slots(stock, imposition):
        raise UsageError(
            "No slot of the first sheet is left. Skip fewer slots, or begin at slot 1 of a new "
            "sheet."
        )
    if imposition.copies < 1:
        raise UsageError(f"{imposition.copies} copies cannot be printed. Choose 1 or more.")
    sheets = imposition.sheets
    if sheets.first < 1 or (sheets.last is not None and sheets.last < sheets.first):
        raise UsageError(
            f"Sheets {sheets.first} to {sheets.last} cannot be printed. Sheets are counted from 1, "
            "the first before the last."
        )
    if imposition.cut_and_stack and (first > 1 or skipped):
        raise UsageError(
            "Cutting in stacks takes whole sheets. Begin at slot 1 and skip none, or turn it off."
        )
    if imposition.duplex is not Duplex.NONE and stock.fold is not Fold.NONE:
        raise UsageError(
            f"{stock.name} is folded, with both faces on one side. Print it on one side only."
        )
    if imposition.duplex is not Duplex.NONE and stock.feed in (Feed.ROLL, Feed.ENDLESS):
        raise UsageError(f"{stock.name} comes from a roll, without a back. Print one side only.")


def _open_slots(stock: Stock, imposition: Imposition) -> tuple[int, ...]:
    """Slots (from 0) of the first sheet that can be filled."""
    return tuple(
        slot - 1
        for slot in range(imposition.first_slot, stock.slots + 1)
        if slot not in imposition.skipped_slots
    )
