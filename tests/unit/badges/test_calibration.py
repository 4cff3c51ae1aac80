"""Test sheets: where the crosses lie, what the measures mean, and what stands on the paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from checkin_app.badges.sheets.calibration import (
    Cross,
    PrintError,
    cross_lines,
    measured_crosses,
    measured_offset,
    ruler_lines,
    ruler_numbers,
)
from checkin_app.badges.sheets.calibration_sheet import write_calibration_sheet
from checkin_app.domain.badges.imposition import Fill, PrinterOffset
from checkin_app.domain.badges.stock import A6_ON_A4, A6_SINGLE, CARD_ON_A4, Feed, Fold, Stock
from checkin_app.errors import UsageError
from tests.unit.badges.stocks import any_stock

DOTS_PER_MM = 8
LABEL = Stock("label", 54, 101, 54, 101, feed=Feed.ROLL)
SPECK = Stock("speck", 13, 25, 13, 25, feed=Feed.ROLL)
TENT = Stock("tent", 297, 210, 297, 210, fold=Fold.TENT)


def printed_mm(offset: PrinterOffset, at_mm: tuple[float, float]) -> tuple[float, float]:
    return (
        offset.scale_x * at_mm[0] + offset.right_mm,
        offset.scale_y * at_mm[1] + offset.down_mm,
    )


def darkest(picture: Image.Image, box_mm: tuple[float, float, float, float]) -> int:
    left, top, right, bottom = (round(value * DOTS_PER_MM) for value in box_mm)
    return min(picture.crop((left, top, right, bottom)).tobytes())


any_offset = st.builds(
    PrinterOffset,
    st.floats(-5, 5),
    st.floats(-5, 5),
    st.floats(0.98, 1.02),
    st.floats(0.98, 1.02),
)


@given(any_stock())
def test_both_crosses_lie_where_a_printer_reaches(stock: Stock) -> None:
    near, far = measured_crosses(stock)
    assert 0 < near.x_mm < far.x_mm < stock.paper_width_mm
    assert 0 < near.y_mm < far.y_mm < stock.paper_height_mm
    if stock.paper_width_mm >= 50:
        assert near.x_mm >= 7
        assert far.x_mm <= stock.paper_width_mm - 7


def test_crosses_lie_on_the_badges_where_there_is_a_margin_and_within_the_sheet_elsewhere() -> None:
    assert measured_crosses(CARD_ON_A4) == (Cross(15, 13.5, True), Cross(195, 283.5, True))
    assert measured_crosses(A6_ON_A4) == (Cross(20, 20, False), Cross(190, 277, False))
    assert measured_crosses(LABEL) == (Cross(14, 20, False), Cross(40, 81, False))


def test_the_corners_of_the_first_badge_have_crosses_too() -> None:
    middles = {
        ((line.x1_mm + line.x2_mm) / 2, (line.y1_mm + line.y2_mm) / 2)
        for line in cross_lines(CARD_ON_A4)
    }
    assert {(15, 13.5), (100, 13.5), (15, 67.5), (100, 67.5), (195, 283.5)} <= middles


@given(any_offset, st.tuples(st.floats(0, 210), st.floats(0, 297)))
def test_what_was_measured_is_made_good_everywhere_on_the_sheet(
    wrong: PrinterOffset, point: tuple[float, float]
) -> None:
    near, far = (
        PrintError(x - cross.x_mm, y - cross.y_mm)
        for cross in measured_crosses(CARD_ON_A4)
        for x, y in (printed_mm(wrong, (cross.x_mm, cross.y_mm)),)
    )
    correction = measured_offset(CARD_ON_A4, near, far)
    assert printed_mm(wrong, printed_mm(correction, point)) == pytest.approx(point, abs=0.01)


@given(any_offset, any_offset)
def test_measuring_a_corrected_sheet_makes_the_correction_better(
    wrong: PrinterOffset, applied: PrinterOffset
) -> None:
    near, far = (
        PrintError(x - cross.x_mm, y - cross.y_mm)
        for cross in measured_crosses(CARD_ON_A4)
        for x, y in (printed_mm(wrong, printed_mm(applied, (cross.x_mm, cross.y_mm))),)
    )
    better = measured_offset(CARD_ON_A4, near, far, applied)
    assert printed_mm(wrong, printed_mm(better, (100, 200))) == pytest.approx((100, 200), abs=0.01)


def test_one_measured_cross_moves_the_print_and_stretches_nothing() -> None:
    assert measured_offset(A6_SINGLE, PrintError(1.5, -0.5)) == PrinterOffset(-1.5, 0.5)


def test_a_label_too_small_for_a_scale_says_so() -> None:
    with pytest.raises(UsageError, match="too small to measure a scale"):
        measured_offset(SPECK, PrintError(0, 0), PrintError(1, 0))
    assert measured_offset(SPECK, PrintError(0.5, 0)).right_mm == -0.5


def test_rulers_run_through_cross_a_and_count_from_the_edge_of_the_paper() -> None:
    near, _far = measured_crosses(CARD_ON_A4)
    lines = ruler_lines(CARD_ON_A4)
    assert {line.y1_mm for line in lines if line.x1_mm == 0} == {near.y_mm}
    assert {line.x1_mm for line in lines if line.y1_mm == 0} == {near.x_mm}
    for number in ruler_numbers(CARD_ON_A4):
        assert number.value == (number.x_mm if number.is_across else number.y_mm)


@pytest.mark.parametrize("stock", [CARD_ON_A4, A6_ON_A4, A6_SINGLE, LABEL, TENT, SPECK])
def test_a_sheet_is_one_page_of_the_paper_and_all_its_words_lie_on_it(
    tmp_path: Path, stock: Stock
) -> None:
    path = tmp_path / "sheet.pdf"
    write_calibration_sheet(path, stock, printer="Büro 2")
    size_pt = (stock.paper_width_mm * 72 / 25.4, stock.paper_height_mm * 72 / 25.4)
    with pypdfium2.PdfDocument(path) as document:
        (page,) = document
        assert page.get_size() == pytest.approx(size_pt, abs=0.1)
        written = page.get_textpage()
        for index in range(written.count_rects()):
            left, bottom, right, top = written.get_rect(index)
            assert min(left, bottom) >= 0
            assert right <= size_pt[0]
            assert top <= size_pt[1]
        text = " ".join(written.get_text_range().split())
    assert stock is SPECK or f"Test sheet: {stock.name}, Büro 2" in text
    if stock is CARD_ON_A4:
        assert "A belongs 15 mm from the left and 13.5 mm from the top edge" in text
        assert "B belongs 15 mm from the right and 13.5 mm from the bottom edge" in text


def test_slots_are_numbered_in_the_order_of_filling(tmp_path: Path) -> None:
    def second(fill: Fill) -> tuple[float, float]:
        path = tmp_path / f"{fill}.pdf"
        write_calibration_sheet(path, CARD_ON_A4, fill)
        with pypdfium2.PdfDocument(path) as document:
            text = document[0].get_textpage()
            letters = [(text.get_text_range(at, 1), at) for at in range(text.count_chars())]
            boxes = [text.get_charbox(at) for letter, at in letters if letter == "2"]
        tallest = max(boxes, key=lambda box: box[3] - box[1])
        return tallest[0] * 25.4 / 72, 297 - tallest[3] * 25.4 / 72

    across, down = second(Fill.BY_ROW), second(Fill.BY_COLUMN)
    assert 110 < across[0] < 195
    assert 13.5 < across[1] < 67.5
    assert 15 < down[0] < 100
    assert 67.5 < down[1] < 121.5


@pytest.mark.parametrize("offset", [PrinterOffset(), PrinterOffset(3, -2, 1.01, 0.99)])
def test_the_crosses_are_printed_where_they_belong_and_move_with_the_correction(
    tmp_path: Path, offset: PrinterOffset
) -> None:
    path = tmp_path / "sheet.pdf"
    write_calibration_sheet(path, CARD_ON_A4, offset=offset)
    with pypdfium2.PdfDocument(path) as document:
        picture = document[0].render(scale=DOTS_PER_MM * 25.4 / 72, grayscale=True).to_pil()
    _near, far = measured_crosses(CARD_ON_A4)
    x_mm, y_mm = printed_mm(offset, (far.x_mm, far.y_mm))
    # Outside the last badge, where nothing but two arms of the cross lies.
    assert darkest(picture, (x_mm + 1.5, y_mm - 0.4, x_mm + 2.5, y_mm + 0.4)) < 128
    assert darkest(picture, (x_mm - 0.4, y_mm + 1.5, x_mm + 0.4, y_mm + 2.5)) < 128
    assert darkest(picture, (x_mm + 1.5, y_mm + 1.5, x_mm + 4, y_mm + 4)) == 255


def test_a_correction_stands_on_the_sheet_that_was_printed_with_it(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    write_calibration_sheet(path, replace(CARD_ON_A4, name="Ours"), offset=PrinterOffset(1.5, -2))
    with pypdfium2.PdfDocument(path) as document:
        text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "Printed with the correction: right 1.5 mm, down -2 mm" in text
