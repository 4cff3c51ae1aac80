"""What the organiser chose: whose badges, and how they lie on paper. Plain values.

The two are apart because the people of 10,000 are found once, while paper is chosen again and
again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from checkin_app.badges.preflight.findings import USUAL_DPI
from checkin_app.badges.sheets.impose import slot_boxes
from checkin_app.badges.sheets.sheet_plan import check_imposition
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.imposition import Duplex, Fill, Imposition
from checkin_app.domain.badges.stock import CARD_ON_A4, Stock
from checkin_app.errors import UsageError
from checkin_app.services.bulk_badges.badge_choice import DEFAULT_SORT, Wanted


class Sort(Enum):
    """In which order badges leave the printer; the value is for ``choose_attendees``."""

    LAST_NAME = DEFAULT_SORT
    FIRST_NAME = ("first_name", "last_name")
    ORGANISATION = ("organisation", "last_name", "first_name")
    CATEGORY = ("category", "last_name", "first_name")
    COUNTRY = ("country", "last_name", "first_name")
    CATEGORY_ORGANISATION = ("category", "organisation", "last_name", "first_name")


@dataclass(frozen=True, slots=True)
class PeopleChoice:
    """Whose badges, in which order.

    Attributes:
        wanted: who; None means the people of ``selection``.
        selection: attendee ids chosen on another screen.
        since: only those registered at this moment (UTC) or later.
        category: only this one; None means every category.
    """

    wanted: Wanted | None = Wanted.EXPECTED
    selection: tuple[str, ...] = ()
    since: datetime | None = None
    category: str | None = None
    sort: Sort = Sort.LAST_NAME


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """What the badges look like and what they are printed on.

    Attributes:
        layout: None until the layouts of the event are known.
        trays: as typed: "A-F,G-M", or how many; empty for one pile.
        photos: folder of the attendees' pictures.
        printer_dpi: of the printer, for judging codes and pictures.
        fonts: folder of the fonts that the organiser has added.
    """

    layout: BadgeLayout | None = None
    stock: Stock = CARD_ON_A4
    imposition: Imposition = field(default_factory=Imposition)
    trays: str = ""
    photos: Path | None = None
    printer_dpi: int = USUAL_DPI
    fonts: Path | None = None


@dataclass(frozen=True, slots=True)
class Possible:
    """What a stock allows.

    Attributes:
        backs: whether its other side can be printed.
        several: whether a sheet holds several badges, which can be cut apart and stacked.
    """

    backs: bool
    several: bool


def possible(stock: Stock) -> Possible:
    """What a stock allows."""
    return Possible(_is_allowed(stock, Imposition(duplex=Duplex.LONG_EDGE)), stock.slots > 1)


def _is_allowed(stock: Stock, imposition: Imposition) -> bool:
    try:
        check_imposition(stock, imposition)
    except UsageError:
        return False
    return True


def begun_at(imposition: Imposition, slot: int) -> Imposition:
    """The first sheet begun at a slot, which then cannot be one that is used up."""
    return replace(imposition, first_slot=slot, skipped_slots=imposition.skipped_slots - {slot})


def with_used(imposition: Imposition, slot: int, stock: Stock) -> Imposition:
    """A slot of the first sheet used up, or free again if it was.

    When it is the one to begin at, the sheet begins at the next free one. The last free slot
    stays free.
    """
    if slot < imposition.first_slot:
        # All before the first count as used: from now on they do so one by one.
        before = frozenset(range(1, imposition.first_slot)) - {slot}
        return replace(imposition, first_slot=1, skipped_slots=imposition.skipped_slots | before)
    used = imposition.skipped_slots ^ {slot}
    free = [one for one in range(imposition.first_slot, stock.slots + 1) if one not in used]
    return replace(imposition, skipped_slots=used) if free else imposition


def whole_sheet(imposition: Imposition) -> Imposition:
    """The first sheet unused."""
    return replace(imposition, first_slot=1, skipped_slots=frozenset())


def filled_by(imposition: Imposition, stock: Stock, fill: Fill) -> Imposition:
    """Slots filled in another direction; the same places of the first sheet stay used up."""
    if fill is imposition.fill:
        return imposition
    boxes = slot_boxes(stock, imposition.fill)
    used = used_slots(imposition)
    numbers = {box: slot for slot, box in enumerate(slot_boxes(stock, fill), 1)}
    skipped = frozenset(numbers[boxes[slot - 1]] for slot in used)
    return replace(imposition, fill=fill, first_slot=1, skipped_slots=skipped)


def used_slots(imposition: Imposition) -> frozenset[int]:
    """The slots of the first sheet that stay empty because they are used up."""
    return imposition.skipped_slots | frozenset(range(1, imposition.first_slot))
