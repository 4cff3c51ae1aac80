"""The organiser's own stock: what is said while it is typed, and how it is kept."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.badges.stock import A6_SINGLE, CARD_ON_A4, Feed, Fold, Stock
from checkin_app.errors import UsageError
from checkin_app.stock.catalogue import built_in_stock
from checkin_app.stock.own_stock import (
    check_stock,
    load_own_stock,
    remove_own_stock,
    save_own_stock,
)
from checkin_app.stock.stock_document import stock_document, stock_from_document

CLUB_CARDS = replace(CARD_ON_A4, name="Club cards", fold=Fold.TENT, description="“Müller” 50 %")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "  "}, "has no name"),
        ({"name": "x" * 61}, "longer than 60"),
        ({"description": "two\nlines"}, "cannot be shown"),
        ({"badge_width_mm": 0}, "width of a badge is 0 mm. It has to be more than 0"),
        ({"badge_height_mm": -3}, "height of a badge is -3 mm"),
        ({"paper_width_mm": math.nan}, "width of the paper is no number"),
        ({"top_mm": math.inf}, "distance from the top edge is no number"),
        ({"left_mm": -1}, "distance from the left edge is -1 mm. It has to be 0 or more"),
        ({"paper_height_mm": 29700}, "can be 2000 mm at most"),
        ({"columns": 0}, "number of columns is 0"),
        ({"columns": 100, "rows": 100}, "10000 badges on a sheet"),
        ({"pitch_x_mm": 80}, "Badges overlap across.*has to be 85 mm or more, the width"),
        ({"pitch_y_mm": 50}, "Badges overlap down.*has to be 54 mm or more, the height"),
        ({"left_mm": 40}, "badges across end at 220 mm, beyond the paper's width of 210 mm"),
        ({"rows": 6}, "badges down end at 337.5 mm, beyond the paper's height of 297 mm"),
        ({"corner_radius_mm": 30}, "half of the shorter side at most: 27 mm"),
        ({"printable_width_mm": 90}, "printable part is larger than the badge"),
        ({"feed": Feed.ROLL}, "columns and rows have to be 1"),
    ],
)
def test_what_is_impossible_is_named_with_what_to_write(
    changes: dict[str, object], words: str
) -> None:
    (fault, *_others) = check_stock(replace(CARD_ON_A4, **changes))
    assert re.search(words, fault)


def test_good_stock_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "stock.toml"
    assert load_own_stock(path) == ()
    save_own_stock(CLUB_CARDS, path)
    save_own_stock(A6_SINGLE, path)
    assert load_own_stock(path) == (CLUB_CARDS, A6_SINGLE)
    moved = replace(CLUB_CARDS, name="club  CARDS", left_mm=14.0)
    save_own_stock(moved, path)
    assert load_own_stock(path) == (moved, A6_SINGLE)
    remove_own_stock("Club cards", path)
    remove_own_stock("never kept", path)
    assert load_own_stock(path) == (A6_SINGLE,)


def test_impossible_stock_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="overlap"):
        save_own_stock(replace(CARD_ON_A4, pitch_x_mm=1), tmp_path / "stock.toml")
    assert not (tmp_path / "stock.toml").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[stock]\n", "cannot be read.*line 1"),
        ("stock = 3\n", r"begin with a line \[\[stock\]\]"),
        ('[[stock]]\nname = "A"\n', '"paper_width_mm" is missing in the stock "A"'),
        ('[[stock]]\nname = "A"\nbadge_widht_mm = 3\n', 'Write "badge_width_mm"'),
        ('[[stock]]\nname = "A"\npaper_width_mm = "210"\n', "is missing|has to be a number"),
    ],
)
def test_a_damaged_file_is_named_and_left_as_it_was(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "stock.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=words):
        load_own_stock(path)
    with pytest.raises(UsageError):
        save_own_stock(CLUB_CARDS, path)
    assert path.read_text() == text


def test_measures_in_a_file_that_cannot_be_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "stock.toml"
    save_own_stock(CLUB_CARDS, path)
    path.write_text(path.read_text(encoding="utf-8").replace("columns = 2", "columns = 3"))
    with pytest.raises(UsageError, match='"Club cards" cannot be used'):
        load_own_stock(path)


@given(st.sampled_from(built_in_stock()))
def test_every_stock_comes_back_from_its_document(stock: Stock) -> None:
    assert stock_from_document(stock_document(stock)) == stock


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("columns", 2.5, "whole number"),
        ("columns", True, "has to be a number"),
        ("fold", "zigzag", "one of: none, tent, book"),
        ("feed", 3, "one of: sheet, roll, endless, card"),
        ("part_numbers", "L4785", "list of texts"),
        ("paper", 4, "text in quotation marks"),
        ("slot_hole", 3, 'There is no "slot_hole"'),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(key: str, value: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        stock_from_document({**stock_document(CARD_ON_A4), key: value})
