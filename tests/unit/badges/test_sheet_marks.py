"""Lines around badges: on the paper, in the waste, and behind each other on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.sheets.impose import back_box, slot_boxes
from checkin_app.badges.sheets.sheet_marks import (
    Line,
    creases,
    crop_marks,
    lines_behind,
    page_transform,
    registration_marks,
)
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.imposition import Duplex, PrinterOffset
from checkin_app.domain.badges.stock import A6_ON_A4, A6_SINGLE, CARD_ON_A4, Fold, Stock
from tests.unit.badges.stocks import any_stock

TINY_MM = 1e-6
TURNS = (Duplex.LONG_EDGE, Duplex.SHORT_EDGE)


def touches(line: Line, box: Box) -> bool:
    return (
        line.x1_mm < box.right_mm - TINY_MM
        and line.x2_mm > box.x_mm + TINY_MM
        and line.y1_mm < box.bottom_mm - TINY_MM
        and line.y2_mm > box.y_mm + TINY_MM
    )


@given(any_stock(), st.sampled_from([0.0, 2.0, 3.0]))
def test_marks_lie_on_the_paper_and_never_touch_a_badge(stock: Stock, bleed_mm: float) -> None:
    for line in (*crop_marks(stock, bleed_mm), *registration_marks(stock)):
        assert -TINY_MM <= line.x1_mm <= line.x2_mm <= stock.paper_width_mm + TINY_MM
        assert -TINY_MM <= line.y1_mm <= line.y2_mm <= stock.paper_height_mm + TINY_MM
        for box in slot_boxes(stock):
            # A line exactly on an edge would be cut through, and leave half its ink on the badge.
            grown = Box(box.x_mm - 0.5, box.y_mm - 0.5, box.width_mm + 1, box.height_mm + 1)
            assert not touches(line, grown)


@given(any_stock())
def test_every_cut_that_has_a_margin_is_marked(stock: Stock) -> None:
    lines = crop_marks(stock)
    for box in slot_boxes(stock):
        for x_mm in (box.x_mm, box.right_mm):
            if stock.top_mm >= 3 and 0 < x_mm < stock.paper_width_mm:
                assert any(line.x1_mm == line.x2_mm == pytest.approx(x_mm) for line in lines)


@given(any_stock(), st.sampled_from(TURNS))
def test_marks_of_the_back_lie_behind_those_of_the_front(stock: Stock, duplex: Duplex) -> None:
    lines = crop_marks(stock)
    behind = lines_behind(lines, stock, duplex)
    twice = lines_behind(behind, stock, duplex)
    for line, again in zip(lines, twice, strict=True):
        assert (line.x1_mm, line.y1_mm) == pytest.approx((again.x1_mm, again.y1_mm))
    backs = [back_box(box, stock, duplex) for box in slot_boxes(stock)]
    assert not any(touches(line, box) for line in behind for box in backs)


def test_cards_have_marks_above_below_and_beside_them() -> None:
    lines = crop_marks(CARD_ON_A4)
    assert Line(15, 7.5, 15, 12.5) in lines
    assert Line(195, 284.5, 195, 289.5) in lines
    assert Line(9, 67.5, 14, 67.5) in lines
    assert len(lines) == 4 * 2 + 6 * 2


def test_marks_keep_clear_of_the_bleed() -> None:
    assert Line(15, 5.5, 15, 10.5) in crop_marks(CARD_ON_A4, bleed_mm=3)


def test_a_sheet_filled_by_its_badges_has_no_marks() -> None:
    assert crop_marks(A6_SINGLE) == ()
    assert registration_marks(A6_ON_A4) == ()
    assert crop_marks(A6_ON_A4) == ()


def test_without_margins_the_gaps_are_marked() -> None:
    stock = Stock("gaps", 110, 50, 50, 50, columns=2, pitch_x_mm=60)
    assert crop_marks(stock) == ()
    stock = Stock("gaps", 110, 110, 50, 50, columns=2, rows=2, pitch_x_mm=60, pitch_y_mm=60)
    assert set(crop_marks(stock)) == {
        Line(50, 51, 50, 59),
        Line(60, 51, 60, 59),
        Line(51, 50, 59, 50),
        Line(51, 60, 59, 60),
    }


def test_registration_crosses_stand_in_the_four_margins_clear_of_the_cuts() -> None:
    lines = registration_marks(CARD_ON_A4)
    assert len(lines) == 8
    cuts = {edge for box in slot_boxes(CARD_ON_A4) for edge in (box.y_mm, box.bottom_mm)}
    upright = [line for line in lines if line.x1_mm == line.x2_mm and 50 < line.y1_mm < 250]
    assert all(not line.y1_mm <= cut <= line.y2_mm for line in upright for cut in cuts)


def test_the_crease_of_a_tent_runs_across_its_middle_and_of_a_book_down() -> None:
    assert creases(Stock("t", 148, 210, 148, 210, fold=Fold.TENT)) == (Line(0, 105, 148, 105),)
    assert creases(Stock("b", 210, 148, 210, 148, fold=Fold.BOOK)) == (Line(105, 0, 105, 148),)
    assert creases(A6_SINGLE) == ()


def test_the_offset_moves_and_stretches_the_page_about_its_top_left_corner() -> None:
    a, b, c, d, e, f = page_transform(PrinterOffset(1.5, -2, 1.01, 0.99), paper_height_mm=297)
    assert (b, c) == (0, 0)
    assert (a * 0 + e, d * 297 + f) == pytest.approx((1.5, 297 + 2))
    assert (a * 100 + e, 297 - (d * (297 - 50) + f)) == pytest.approx((102.5, 49.5 - 2))
