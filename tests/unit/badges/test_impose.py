"""Where badges lie on sheets, for any stock that its maker could sell."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.sheets.impose import (
    Edges,
    Placement,
    SheetSide,
    bleed_room_mm,
    impose,
    sheet_count,
    sheet_of,
    slot_boxes,
)
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import Side
from checkin_app.domain.badges.imposition import Duplex, Fill, Imposition, SheetRange, Tray
from checkin_app.domain.badges.stock import A6_ON_A4, A6_SINGLE, CARD_ON_A4, Feed, Fold, Stock
from checkin_app.errors import UsageError
from tests.unit.badges.stocks import any_stock

TINY_MM = 1e-6
A6_TENT = Stock("tent", 148, 210, 148, 210, fold=Fold.TENT)
A5_BOOK = Stock("book", 210, 148, 210, 148, fold=Fold.BOOK)


@st.composite
def any_imposition(draw: st.DrawFn, stock: Stock, *, duplex: bool = True) -> Imposition:
    stacked = draw(st.booleans())
    first_slot = 1 if stacked else draw(st.integers(1, stock.slots))
    others = st.integers(1, stock.slots).filter(lambda slot: slot != first_slot)
    skips = not stacked and stock.slots > 1
    return Imposition(
        first_slot=first_slot,
        skipped_slots=draw(st.frozensets(others, max_size=4)) if skips else frozenset(),
        copies=draw(st.integers(1, 4)),
        fill=draw(st.sampled_from(Fill)),
        duplex=draw(st.sampled_from(Duplex)) if duplex else Duplex.NONE,
        cut_and_stack=stacked,
    )


@st.composite
def any_trays(draw: st.DrawFn) -> tuple[Tray, ...]:
    sizes = draw(st.lists(st.integers(0, 60), max_size=5))
    return tuple(Tray(f"tray {number}", size) for number, size in enumerate(sizes))


@st.composite
def any_run(draw: st.DrawFn) -> tuple[int, Stock, Imposition, tuple[Tray, ...]]:
    stock = draw(any_stock())
    trays = draw(any_trays())
    badges = sum(tray.size for tray in trays) if trays else draw(st.integers(0, 120))
    return badges, stock, draw(any_imposition(stock)), trays


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x_mm < other.right_mm - TINY_MM
        and other.x_mm < one.right_mm - TINY_MM
        and one.y_mm < other.bottom_mm - TINY_MM
        and other.y_mm < one.bottom_mm - TINY_MM
    )


def is_on_paper(box: Box, stock: Stock) -> bool:
    return (
        box.x_mm >= -TINY_MM
        and box.y_mm >= -TINY_MM
        and box.right_mm <= stock.paper_width_mm + TINY_MM
        and box.bottom_mm <= stock.paper_height_mm + TINY_MM
    )


def numbers(side: SheetSide) -> list[int]:
    return [placement.badge for placement in side.placements]


def on_page(placement: Placement) -> Edges:
    room = placement.room
    if placement.turned:
        return Edges(room.right_mm, room.bottom_mm, room.left_mm, room.top_mm)
    return room


@given(any_run())
def test_no_two_badges_overlap_and_none_leaves_the_paper(
    run: tuple[int, Stock, Imposition, tuple[Tray, ...]],
) -> None:
    badges, stock, imposition, trays = run
    for side in impose(badges, stock, imposition, trays):
        boxes = [placement.box for placement in side.placements]
        assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
        assert all(is_on_paper(box, stock) for box in boxes)


@given(any_run())
def test_every_copy_of_every_badge_is_placed_once_and_no_sheet_is_empty(
    run: tuple[int, Stock, Imposition, tuple[Tray, ...]],
) -> None:
    badges, stock, imposition, trays = run
    fronts = [side for side in impose(badges, stock, imposition, trays) if not side.is_back]
    placed = Counter(number for side in fronts for number in numbers(side))
    assert placed == Counter(dict.fromkeys(range(badges), imposition.copies))
    assert [side.sheet for side in fronts] == list(range(1, len(fronts) + 1))
    assert len(fronts) == sheet_count(badges, stock, imposition, trays)
    assert all(side.placements for side in fronts)


@given(st.data(), any_stock(), st.integers(0, 200))
def test_badges_fill_the_slots_in_order(data: st.DataObject, stock: Stock, badges: int) -> None:
    first_slot = data.draw(st.integers(1, stock.slots))
    fill = data.draw(st.sampled_from(Fill))
    sides = list(impose(badges, stock, Imposition(first_slot=first_slot, fill=fill)))
    assert [number for side in sides for number in numbers(side)] == list(range(badges))
    boxes = slot_boxes(stock, fill)
    for side in sides:
        for placement in side.placements:
            assert placement.box == boxes[placement.slot - 1]
    slots = [(side.sheet - 1, place.slot) for side in sides for place in side.placements]
    assert [sheet * stock.slots + slot for sheet, slot in slots] == list(
        range(first_slot, first_slot + badges)
    )


@given(any_run())
def test_used_slots_concern_the_first_sheet_only(
    run: tuple[int, Stock, Imposition, tuple[Tray, ...]],
) -> None:
    badges, stock, imposition, trays = run
    for side in impose(badges, stock, imposition, trays):
        slots = {placement.slot for placement in side.placements}
        if side.sheet == 1:
            assert min(slots) >= imposition.first_slot
            assert not slots & imposition.skipped_slots
        else:
            assert 1 in slots


@given(any_run())
def test_every_back_lies_behind_its_front_when_the_paper_is_turned(
    run: tuple[int, Stock, Imposition, tuple[Tray, ...]],
) -> None:
    badges, stock, imposition, trays = run
    if imposition.duplex is Duplex.NONE:
        return
    sides = list(impose(badges, stock, imposition, trays))
    width, height = stock.paper_width_mm, stock.paper_height_mm
    vertical_axis = (imposition.duplex is Duplex.LONG_EDGE) == (width <= height)
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        assert front.sheet == back.sheet
        assert (front.is_back, back.is_back) == (False, True)
        for fore, hind in zip(front.placements, back.placements, strict=True):
            assert (fore.badge, fore.slot) == (hind.badge, hind.slot)
            assert (fore.side, hind.side) == (Side.FRONT, Side.BACK)
            through_left = width - hind.box.right_mm if vertical_axis else hind.box.x_mm
            through_top = hind.box.y_mm if vertical_axis else height - hind.box.bottom_mm
            assert through_left == pytest.approx(fore.box.x_mm)
            assert through_top == pytest.approx(fore.box.y_mm)
            assert hind.turned is not vertical_axis
            # Who turns the badge over finds left where right was, and top still at the top.
            assert hind.room == Edges(
                fore.room.right_mm, fore.room.top_mm, fore.room.left_mm, fore.room.bottom_mm
            )


@given(st.data(), any_run())
def test_ranges_of_sheets_partition_the_run(
    data: st.DataObject, run: tuple[int, Stock, Imposition, tuple[Tray, ...]]
) -> None:
    badges, stock, imposition, trays = run
    whole = list(impose(badges, stock, imposition, trays))
    known = sheet_count(badges, stock, imposition, trays)
    if known < 2:
        return
    last = data.draw(st.integers(1, known - 1))
    parts = [
        side
        for sheets in (SheetRange(1, last), SheetRange(last + 1))
        for side in impose(badges, stock, replace(imposition, sheets=sheets), trays)
    ]
    assert parts == whole


@given(any_stock(), st.integers(1, 200), st.integers(1, 3), st.sampled_from(Fill))
def test_piles_of_a_cut_stack_are_in_order_one_on_another(
    stock: Stock, badges: int, copies: int, fill: Fill
) -> None:
    imposition = Imposition(cut_and_stack=True, copies=copies, fill=fill)
    piles: dict[int, list[int]] = {}
    for side in impose(badges, stock, imposition):
        for placement in side.placements:
            piles.setdefault(placement.slot, []).append(placement.badge)
    stacked = [number for slot in sorted(piles) for number in piles[slot]]
    assert stacked == sorted(list(range(badges)) * copies)
    heights = [len(piles[slot]) for slot in sorted(piles)]
    assert all(height == heights[0] for height in heights[:-1])


@given(any_run())
def test_each_tray_begins_on_a_new_sheet(
    run: tuple[int, Stock, Imposition, tuple[Tray, ...]],
) -> None:
    badges, stock, imposition, trays = run
    trays_of: dict[int, set[int | None]] = {}
    for side in impose(badges, stock, imposition, trays):
        trays_of.setdefault(side.sheet, set()).add(side.tray)
        for number in numbers(side):
            if side.tray is not None:
                before = sum(tray.size for tray in trays[: side.tray])
                assert before <= number < before + trays[side.tray].size
    assert all(len(several) == 1 for several in trays_of.values())
    assert trays or set.union(set(), *trays_of.values()) <= {None}


@given(any_run())
def test_every_badge_is_found_where_it_lies(
    run: tuple[int, Stock, Imposition, tuple[Tray, ...]],
) -> None:
    badges, stock, imposition, trays = run
    first: dict[int, tuple[int, int]] = {}
    for side in impose(badges, stock, imposition, trays):
        for placement in side.placements:
            # The first copy of a cut stack lies in the lowest slot, not on the first sheet.
            place = (side.sheet, placement.slot)
            order = (lambda p: (p[1], p[0])) if imposition.cut_and_stack else (lambda p: p)
            first[placement.badge] = min(first.get(placement.badge, place), place, key=order)
    for badge in range(badges):
        assert sheet_of(badge, badges, stock, imposition, trays) == first[badge]


@given(any_stock(folds=tuple(Fold)), st.integers(1, 60))
def test_the_faces_of_a_folded_badge_share_its_piece(stock: Stock, badges: int) -> None:
    pieces = slot_boxes(stock)
    for side in impose(badges, stock):
        boxes = [placement.box for placement in side.placements]
        assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
        for placement in side.placements:
            box, piece = placement.box, pieces[placement.slot - 1]
            assert (box.width_mm, box.height_mm) == (stock.face_width_mm, stock.face_height_mm)
            assert piece.x_mm <= box.x_mm
            assert box.bottom_mm <= piece.bottom_mm + TINY_MM


@given(any_run())
def test_colour_may_run_over_an_edge_but_never_onto_another_badge_or_off_the_paper(
    run: tuple[int, Stock, Imposition, tuple[Tray, ...]],
) -> None:
    badges, stock, imposition, trays = run
    for side in impose(badges, stock, imposition, trays):
        for placement in side.placements:
            room, box = on_page(placement), placement.box
            reach = Box(
                box.x_mm - room.left_mm,
                box.y_mm - room.top_mm,
                box.width_mm + room.left_mm + room.right_mm,
                box.height_mm + room.top_mm + room.bottom_mm,
            )
            assert is_on_paper(reach, stock)
            others = (other for other in side.placements if other is not placement)
            assert not any(overlap(reach, other.box) for other in others)


def test_cards_lie_where_the_perforation_is() -> None:
    boxes = slot_boxes(CARD_ON_A4)
    assert boxes[0] == Box(15, 13.5, 85, 54)
    assert boxes[3] == Box(110, 67.5, 85, 54)
    assert slot_boxes(CARD_ON_A4, Fill.BY_COLUMN)[3] == Box(15, 175.5, 85, 54)
    assert sheet_count(150, CARD_ON_A4) == 15
    assert sheet_count(150, CARD_ON_A4, Imposition(first_slot=2)) == 16


def test_the_upper_half_of_a_tent_stands_on_its_head() -> None:
    (side,) = impose(1, A6_TENT)
    front, back = side.placements
    assert (front.side, front.box, front.turned) == (Side.FRONT, Box(0, 105, 148, 105), False)
    assert (back.side, back.box, back.turned) == (Side.BACK, Box(0, 0, 148, 105), True)


def test_both_faces_of_a_book_fold_are_upright_with_the_back_on_the_left() -> None:
    (side,) = impose(1, A5_BOOK)
    front, back = side.placements
    assert (front.side, front.box, front.turned) == (Side.FRONT, Box(105, 0, 105, 148), False)
    assert (back.side, back.box, back.turned) == (Side.BACK, Box(0, 0, 105, 148), False)


def test_colour_stops_at_the_crease_and_may_fill_the_margin() -> None:
    stock = Stock("t", 100, 120, 80, 100, left_mm=10, top_mm=5, fold=Fold.TENT)
    (side,) = impose(1, stock)
    front, back = side.placements
    assert front.room == Edges(left_mm=10, top_mm=0, right_mm=10, bottom_mm=15)
    assert back.room == Edges(left_mm=10, top_mm=0, right_mm=10, bottom_mm=5)


def test_neighbours_share_the_gap_between_them() -> None:
    assert bleed_room_mm(CARD_ON_A4, 1) == Edges(15, 13.5, 5, 0)
    assert bleed_room_mm(CARD_ON_A4, 10) == Edges(5, 0, 15, 13.5)
    assert bleed_room_mm(A6_ON_A4, 1) == Edges(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("stock", "imposition", "words"),
    [
        (CARD_ON_A4, Imposition(first_slot=11), "slots 1 to 10; there is no 11"),
        (CARD_ON_A4, Imposition(first_slot=0), "there is no 0"),
        (CARD_ON_A4, Imposition(skipped_slots=frozenset({3, 12})), "there is no 12"),
        (A6_ON_A4, Imposition(skipped_slots=frozenset({1, 2, 3, 4})), "No slot of the first sheet"),
        (A6_ON_A4, Imposition(first_slot=4, skipped_slots=frozenset({4})), "No slot of the first"),
        (A6_ON_A4, Imposition(copies=0), "0 copies"),
        (A6_ON_A4, Imposition(sheets=SheetRange(3, 2)), "Sheets 3 to 2"),
        (A6_ON_A4, Imposition(sheets=SheetRange(4)), "has 3 sheets; there is no sheet 4"),
        (A6_ON_A4, Imposition(first_slot=2, cut_and_stack=True), "whole sheets"),
        (A6_TENT, Imposition(duplex=Duplex.LONG_EDGE), "both faces on one side"),
        (
            Stock("label", 62, 100, 62, 100, feed=Feed.ROLL),
            Imposition(duplex=Duplex.SHORT_EDGE),
            "from a roll",
        ),
        (
            Stock("tight", 210, 297, 85, 54, columns=2, pitch_x_mm=80),
            Imposition(),
            "Badges overlap across: the step from one to the next is 80 mm",
        ),
        (Stock("wide", 100, 100, 120, 50), Imposition(), "end at 120 mm, beyond the paper"),
    ],
)
def test_impossible_choices_are_refused_in_plain_words(
    stock: Stock, imposition: Imposition, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        impose(12, stock, imposition)


def test_trays_that_hold_other_badges_than_the_run_are_refused() -> None:
    with pytest.raises(UsageError, match="trays hold 3 badges, but the run has 4"):
        impose(4, CARD_ON_A4, trays=(Tray("A-F", 1), Tray("G-Z", 2)))


def test_nobody_needs_no_sheet() -> None:
    assert list(impose(0, A6_SINGLE)) == []
    assert sheet_count(0, A6_SINGLE) == 0
    with pytest.raises(UsageError, match="there is no badge 1"):
        sheet_of(0, 0, A6_SINGLE)
