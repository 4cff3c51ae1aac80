"""The program's table of stock: complete, possible, and honest about what is in doubt."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from checkin_app.badges.sheets.impose import slot_boxes
from checkin_app.domain.badges.stock import A6_ON_A4, CARD_ON_A4, EVERYDAY, Feed, Fold, Stock
from checkin_app.domain.badges.stock_faults import OVERHANG_MM, stock_faults
from checkin_app.resource_files import resource_path
from checkin_app.stock.catalogue import built_in_stock


def named(name: str) -> Stock:
    (stock,) = (stock for stock in built_in_stock() if stock.name == name)
    return stock


def test_every_part_of_the_large_table_is_known_once() -> None:
    with resource_path("stock", "stock.csv").open(encoding="utf-8", newline="") as file:
        parts = {f"{row['brand']} {row['part']}".casefold() for row in csv.DictReader(file)}
    known = Counter(part.casefold() for stock in built_in_stock() for part in stock.part_numbers)
    assert parts <= set(known)
    assert set(known.values()) == {1}
    assert len(built_in_stock()) == len({stock.name for stock in built_in_stock()})
    assert len(parts) == 1459


def test_the_everyday_stock_comes_first() -> None:
    assert built_in_stock()[:3] == EVERYDAY


def test_stock_without_doubt_can_be_printed_on() -> None:
    for stock in built_in_stock():
        assert stock.doubt or not stock_faults(stock), stock.name


def test_stock_whose_table_contradicts_itself_is_in_doubt() -> None:
    impossible = [stock for stock in built_in_stock() if stock_faults(stock)]
    assert "Rayfilm 7001" in {stock.name for stock in impossible}
    assert len(impossible) < 20


def test_the_badges_of_possible_stock_lie_on_the_sheet() -> None:
    for stock in built_in_stock():
        if not stock_faults(stock):
            last = slot_boxes(stock)[-1]
            assert last.right_mm <= stock.paper_width_mm + OVERHANG_MM
            assert last.bottom_mm <= stock.paper_height_mm + OVERHANG_MM


def test_measures_are_those_of_the_makers() -> None:
    stock = named("Avery 5395")
    assert (stock.badge_width_mm, stock.badge_height_mm, stock.corner_radius_mm) == (
        85.72,
        59.27,
        4.76,
    )
    assert (stock.columns, stock.rows, stock.pitch_x_mm, stock.pitch_y_mm) == (2, 4, 95.25, 63.5)
    assert (stock.paper, stock.feed, stock.doubt) == ("Letter", Feed.SHEET, "")


def test_a_part_that_two_sources_know_is_one_stock() -> None:
    assert "Avery C32011-10" in CARD_ON_A4.part_numbers
    assert "Herma 10809" in A6_ON_A4.part_numbers
    assert not any(stock.name == "Brother DK-1202" for stock in built_in_stock())
    assert "Brother DK-1202" in named("Brother DK-11202").part_numbers


@pytest.mark.parametrize("name", ["Avery L4785", "Avery L4784", "Avery 5384", "Dymo 11356"])
def test_sources_that_disagree_or_round_leave_a_doubt(name: str) -> None:
    assert named(name).doubt


def test_a_label_printer_reaches_less_than_the_label() -> None:
    label = named("Brother DK-11202")
    assert (label.badge_width_mm, label.badge_height_mm, label.feed) == (62, 100, Feed.ROLL)
    assert label.printable_width_mm == pytest.approx(696 / 300 * 25.4, abs=0.01)
    assert label.printable_height_mm == pytest.approx(1109 / 300 * 25.4, abs=0.01)


@pytest.mark.parametrize(
    ("name", "fold", "face"),
    [
        ("A6 folded on A4", Fold.TENT, (105, 148.5)),
        ("A6 landscape folded single", Fold.TENT, (148, 105)),
        ("A6 book single", Fold.BOOK, (105, 148)),
        ("Butterfly 82x203", Fold.TENT, (82, 101.5)),
        ("Name tent A4", Fold.TENT, (297, 105)),
    ],
)
def test_folded_stock_has_faces_of_half_a_piece(
    name: str, fold: Fold, face: tuple[float, float]
) -> None:
    stock = named(name)
    assert (stock.fold, (stock.face_width_mm, stock.face_height_mm)) == (fold, face)
