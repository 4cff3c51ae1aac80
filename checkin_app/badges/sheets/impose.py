"""Stock + choices → which badge lies where on which side of which sheet. Pure geometry.

Millimetres from the top left corner of the page, as it is looked at. A sheet's back is a page of
its own, and its boxes are places on that page. ``sheet_marks`` has the lines around the badges.

How a printer turns the sheet decides where backs lie. Duplex along the long edge: one looks at
the front, turns the sheet about its longer edge, and the back page stands upright; along the short
edge, likewise about the shorter one. Drivers follow this for portrait and landscape pages alike.
A badge is turned about its vertical axis by who wears it, so where the sheet turns about its
horizontal axis, backs are drawn on their heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from checkin_app.badges.sheets.sheet_plan import Batch, check_imposition, plan_batches
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import Side
from checkin_app.domain.badges.imposition import Duplex, Fill, Imposition, Tray
from checkin_app.domain.badges.stock import Fold, Stock
from checkin_app.errors import UsageError

PLAIN = Imposition()
"""A run without special wishes: from the first slot, one copy, fronts only."""


@dataclass(frozen=True, slots=True)
class Edges:
    """A length at each edge of a box."""

    left_mm: float
    top_mm: float
    right_mm: float
    bottom_mm: float


class Placement(NamedTuple):
    """One face of a badge on one side of a sheet.

    Attributes:
        badge: counted from 0 in the order of the run; copies have the same number.
        slot: counted from 1 in the order of filling; a back has the number of its front.
        side: which face of the badge is drawn.
        box: the face on the page.
        turned: whether the face is drawn on its head.
        room: how far colour may run over each edge of the face, as one reads it.
    """

    badge: int
    slot: int
    side: Side
    box: Box
    turned: bool
    room: Edges


@dataclass(frozen=True, slots=True)
class SheetSide:
    """One page of a run.

    Attributes:
        sheet: counted from 1 over the whole run, whichever sheets are written.
        is_back: whether it is the other side of the page before it.
        tray: number of the tray its badges go to, from 0; None without trays.
        placements: in the order of the slots; both faces of a folded badge, front first.
    """

    sheet: int
    is_back: bool
    tray: int | None
    placements: tuple[Placement, ...]


def impose(
    badges: int, stock: Stock, imposition: Imposition = PLAIN, trays: Sequence[Tray] = ()
) -> Iterator[SheetSide]:
    """The pages of a run, in the order of printing; a sheet's back follows its front.

    Args:
        badges: how many, without their copies.
        trays: in the order of the run; together they hold all badges. Each begins on a new sheet.

    Raises:
        UsageError: the choices contradict each other or the stock.
    """
    check_imposition(stock, imposition)
    batches = plan_batches(badges, stock, imposition, trays)
    wanted = imposition.sheets
    known = sum(batch.sheets for batch in batches)
    if known and wanted.first > known:
        raise UsageError(f"The run has {known} sheets; there is no sheet {wanted.first}.")
    return _sides(batches, stock, imposition)


def sheet_count(
    badges: int, stock: Stock, imposition: Imposition = PLAIN, trays: Sequence[Tray] = ()
) -> int:
    """How many sheets the whole run takes, whichever of them are written.

    Raises:
        UsageError: the choices contradict each other or the stock.
    """
    check_imposition(stock, imposition)
    return sum(batch.sheets for batch in plan_batches(badges, stock, imposition, trays))


def sheet_of(
    badge: int,
    badges: int,
    stock: Stock,
    imposition: Imposition = PLAIN,
    trays: Sequence[Tray] = (),
) -> tuple[int, int]:
    """Sheet and slot, both from 1, of a badge (from 0); of its first copy when there are more.

    Raises:
        UsageError: the choices contradict each other or the stock, or there is no such badge.
    """
    check_imposition(stock, imposition)
    place = badge * imposition.copies
    for batch in plan_batches(badges, stock, imposition, trays):
        if 0 <= place - batch.first_place < batch.places:
            sheet, slot = batch.sheet_and_slot(place - batch.first_place)
            return batch.first_sheet + sheet, slot + 1
    raise UsageError(f"The run has {badges} badges; there is no badge {badge + 1}.")


def slot_boxes(stock: Stock, fill: Fill = Fill.BY_ROW) -> tuple[Box, ...]:
    """Where the pieces of one sheet lie on its front, unfolded, in the order of filling."""
    return tuple(
        Box(
            stock.left_mm + column * stock.pitch_x_mm,
            stock.top_mm + row * stock.pitch_y_mm,
            stock.badge_width_mm,
            stock.badge_height_mm,
        )
        for column, row in _cells(stock, fill)
    )


def bleed_room_mm(stock: Stock, slot: int, fill: Fill = Fill.BY_ROW) -> Edges:
    """How far colour may run over the edges of a piece on the front of a sheet.

    To the edge of the paper; towards a neighbour half of the gap, or the overprint its maker
    allows, but never onto the neighbour.

    Args:
        slot: counted from 1 in the order of filling.
    """
    column, row = _cells(stock, fill)[slot - 1]
    right_mm = stock.left_mm + (stock.columns - 1) * stock.pitch_x_mm + stock.badge_width_mm
    bottom_mm = stock.top_mm + (stock.rows - 1) * stock.pitch_y_mm + stock.badge_height_mm
    across = _gap_room(stock.pitch_x_mm - stock.badge_width_mm, stock.waste_x_mm)
    down = _gap_room(stock.pitch_y_mm - stock.badge_height_mm, stock.waste_y_mm)
    return Edges(
        across if column else max(stock.left_mm, 0.0),
        down if row else max(stock.top_mm, 0.0),
        across if column < stock.columns - 1 else max(stock.paper_width_mm - right_mm, 0.0),
        down if row < stock.rows - 1 else max(stock.paper_height_mm - bottom_mm, 0.0),
    )


def back_is_turned(stock: Stock, duplex: Duplex) -> bool:
    """Whether the sheet is turned about its horizontal axis, so that backs stand on their heads."""
    is_portrait = stock.paper_width_mm <= stock.paper_height_mm
    return duplex is (Duplex.SHORT_EDGE if is_portrait else Duplex.LONG_EDGE)


def back_box(box: Box, stock: Stock, duplex: Duplex) -> Box:
    """The place on the back page that lies behind a box on the front."""
    if back_is_turned(stock, duplex):
        return replace(box, y_mm=stock.paper_height_mm - box.bottom_mm)
    return replace(box, x_mm=stock.paper_width_mm - box.right_mm)


_Face = tuple[Side, Box, bool, Edges]


def _sides(batches: tuple[Batch, ...], stock: Stock, imposition: Imposition) -> Iterator[SheetSide]:
    fronts = _front_faces(stock, imposition.fill)
    backs = _back_faces(stock, imposition)
    pages = ((False, fronts), (True, backs)) if backs else ((False, fronts),)
    wanted, copies = imposition.sheets, imposition.copies
    for batch in batches:
        last = batch.first_sheet + batch.sheets - 1
        if wanted.last is not None:
            last = min(last, wanted.last)
        for sheet in range(max(batch.first_sheet, wanted.first), last + 1):
            filled = tuple(batch.filled(sheet - batch.first_sheet))
            for is_back, faces in pages:
                placements = tuple(
                    Placement(place // copies, slot + 1, *face)
                    for slot, place in filled
                    for face in faces[slot]
                )
                yield SheetSide(sheet, is_back, batch.tray, placements)


def _front_faces(stock: Stock, fill: Fill) -> tuple[tuple[_Face, ...], ...]:
    """For each slot the faces on the front of the sheet."""
    rooms = (bleed_room_mm(stock, slot, fill) for slot in range(1, stock.slots + 1))
    return tuple(
        _faces_of(box, room, stock.fold)
        for box, room in zip(slot_boxes(stock, fill), rooms, strict=True)
    )


def _faces_of(piece: Box, room: Edges, fold: Fold) -> tuple[_Face, ...]:
    """The faces of one piece; colour stops at the crease between them."""
    match fold:
        case Fold.NONE:
            return ((Side.FRONT, piece, False, room),)
        case Fold.TENT:
            upper = replace(piece, height_mm=piece.height_mm / 2)
            lower = replace(upper, y_mm=piece.y_mm + upper.height_mm)
            return (
                (Side.FRONT, lower, False, replace(room, top_mm=0.0)),
                (Side.BACK, upper, True, _half_turned(replace(room, bottom_mm=0.0))),
            )
        case Fold.BOOK:
            left = replace(piece, width_mm=piece.width_mm / 2)
            right = replace(left, x_mm=piece.x_mm + left.width_mm)
            return (
                (Side.FRONT, right, False, replace(room, left_mm=0.0)),
                (Side.BACK, left, False, replace(room, right_mm=0.0)),
            )


def _back_faces(stock: Stock, imposition: Imposition) -> tuple[tuple[_Face, ...], ...]:
    """For each slot the face on the back of the sheet; empty when backs are not printed."""
    duplex = imposition.duplex
    if duplex is Duplex.NONE:
        return ()
    turned = back_is_turned(stock, duplex)
    return tuple(
        ((Side.BACK, back_box(box, stock, duplex), turned, _room_behind(room)),)
        for ((_side, box, _turned, room),) in _front_faces(stock, imposition.fill)
    )


def _room_behind(room: Edges) -> Edges:
    """Seen from behind, left and right have changed places: for upright backs because the sheet
    is mirrored, for turned ones because top and bottom are mirrored and all is half turned."""
    return replace(room, left_mm=room.right_mm, right_mm=room.left_mm)


def _half_turned(room: Edges) -> Edges:
    return Edges(room.right_mm, room.bottom_mm, room.left_mm, room.top_mm)


def _cells(stock: Stock, fill: Fill) -> list[tuple[int, int]]:
    """Column and row of each slot, in the order of filling."""
    if fill is Fill.BY_COLUMN:
        return [(column, row) for column in range(stock.columns) for row in range(stock.rows)]
    return [(column, row) for row in range(stock.rows) for column in range(stock.columns)]


def _gap_room(gap_mm: float, waste_mm: float) -> float:
    return min(max(gap_mm / 2, waste_mm), max(gap_mm, 0.0))
