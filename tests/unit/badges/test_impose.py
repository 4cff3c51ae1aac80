"""Where badges and marks lie on sheets, for any stock that its maker could sell."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.impose import cut_marks, sheet_count, sheets, slot_boxes
from checkin_app.domain.badge_layout import Box
from checkin_app.domain.stock import CARD_ON_A4, STOCKS, Stock
from checkin_app.errors import UsageError


@st.composite
def any_stock(draw: st.DrawFn) -> Stock:
    columns, rows = draw(st.integers(1, 6)), draw(st.integers(1, 12))
    width, height = draw(st.floats(10, 210)), draw(st.floats(10, 297))
    gap_x, gap_y = draw(st.floats(0, 20)), draw(st.floats(0, 20))
    left, top = draw(st.floats(0, 30)), draw(st.floats(0, 30))
    right, bottom = draw(st.floats(0, 30)), draw(st.floats(0, 30))
    return Stock(
        "any",
        paper_width_mm=left + columns * width + (columns - 1) * gap_x + right,
        paper_height_mm=top + rows * height + (rows - 1) * gap_y + bottom,
        badge_width_mm=width,
        badge_height_mm=height,
        columns=columns,
        rows=rows,
        left_mm=left,
        top_mm=top,
        pitch_x_mm=width + gap_x,
        pitch_y_mm=height + gap_y,
    )


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x_mm < other.right_mm - 1e-6
        and other.x_mm < one.right_mm - 1e-6
        and one.y_mm < other.bottom_mm - 1e-6
        and other.y_mm < one.bottom_mm - 1e-6
    )


@given(any_stock())
def test_no_two_badges_overlap_and_none_leaves_the_paper(stock: Stock) -> None:
    boxes = slot_boxes(stock)
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    for box in boxes:
        assert box.x_mm >= 0
        assert box.y_mm >= 0
        assert box.right_mm <= stock.paper_width_mm + 1e-6
        assert box.bottom_mm <= stock.paper_height_mm + 1e-6


@given(st.data(), any_stock(), st.integers(0, 500))
def test_every_badge_is_placed_once_in_order(
    data: st.DataObject, stock: Stock, badges: int
) -> None:
    first_slot = data.draw(st.integers(1, stock.slots))
    placed = list(sheets(badges, stock, first_slot))
    assert [number for sheet in placed for number, _box in sheet] == list(range(badges))
    assert len(placed) == sheet_count(badges, stock, first_slot)
    if badges:
        assert placed[0][0][1] == slot_boxes(stock)[first_slot - 1]


@given(any_stock())
def test_cut_marks_lie_on_the_paper_and_never_inside_a_badge(stock: Stock) -> None:
    for mark in cut_marks(stock):
        assert 0 <= mark.x1_mm <= mark.x2_mm <= stock.paper_width_mm + 1e-6
        assert 0 <= mark.y1_mm <= mark.y2_mm <= stock.paper_height_mm + 1e-6


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_the_stocks_fit_their_paper(stock: Stock) -> None:
    assert slot_boxes(stock)[-1].right_mm <= stock.paper_width_mm
    assert slot_boxes(stock)[-1].bottom_mm <= stock.paper_height_mm


def test_cards_lie_where_the_perforation_is() -> None:
    boxes = slot_boxes(CARD_ON_A4)
    assert boxes[0] == Box(15, 13.5, 85, 54)
    assert boxes[3] == Box(110, 67.5, 85, 54)
    assert sheet_count(150, CARD_ON_A4) == 15
    assert sheet_count(150, CARD_ON_A4, first_slot=2) == 16


def test_a_slot_that_the_sheet_does_not_have_is_named() -> None:
    with pytest.raises(UsageError, match="slots 1 to 10; there is no 11"):
        list(sheets(3, CARD_ON_A4, first_slot=11))
