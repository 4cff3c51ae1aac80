"""What people type for a stock, and what they get."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkin_app.domain.badges.stock import A6_ON_A4, A6_SINGLE, CARD_ON_A4, EVERYDAY, Stock
from checkin_app.errors import UsageError
from checkin_app.stock.search import find_stock, search_stock


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("L4785", "Avery L4785"),
        ("l-4785", "Avery L4785"),
        ("4785", "Avery L4785"),
        ("Avery L 4785", "Avery L4785"),
        ("Avery Zweckform L4785-20", "Avery L4785"),
        ("avery 5395", "Avery 5395"),
        ("5395 AVERY", "Avery 5395"),
        ("dymo 99014", "Dymo 99014"),
        ("S0722560", "Dymo 11356"),
        ("dk1202", "Brother DK-11202"),
        ("DK-11202", "Brother DK-11202"),
        ("durable 1445", "Durable 1445-02"),
        ("90x54", "Durable 1445-02"),
        ("9 × 5,4 cm", "Durable 1445-02"),
        ("62x100", "Brother DK-11202"),
        ('4"x6"', "4x6 in"),
        ("4x3", "4x3 in"),
        ("297x105 mm", "Name tent A4"),
        ("butterfly", "Butterfly 82x203"),
        ("CR-80 card", "CR80 card"),
        ("a6 folded a4", "A6 folded on A4"),
        ("zebra", "Zebra 800262-405"),
    ],
)
def test_the_first_answer_is_the_stock_that_was_meant(text: str, name: str) -> None:
    assert search_stock(text)[0].name == name


@pytest.mark.parametrize(
    ("text", "stock"),
    [
        ("85x54 on A4", CARD_ON_A4),
        ("85×54", CARD_ON_A4),
        ("85 x 54 mm", CARD_ON_A4),
        ("avery c32011-10", CARD_ON_A4),
        ("C32011", CARD_ON_A4),
        ("a6 ON a4", A6_ON_A4),
        ("10809", A6_ON_A4),
        ("A6 single", A6_SINGLE),
    ],
)
def test_everyday_stock_is_found_by_name_size_or_number(text: str, stock: Stock) -> None:
    assert find_stock(text) == stock


def test_the_name_alone_tells_a_plastic_card_from_the_sheet_of_its_size() -> None:
    assert find_stock("cr80").name == "CR80 card"
    assert find_stock("85x54").name == "85x54 on A4"


def test_a_paper_size_finds_all_that_is_cut_or_folded_to_it() -> None:
    names = [stock.name for stock in search_stock("A6")]
    assert {"A6 on A4", "A6 single", "A6 folded on A4", "A6 landscape on A4"} <= set(names)
    assert {stock.name for stock in search_stock("name tent")} >= {"Name tent A4", "Name tent A5"}


def test_a_size_finds_every_maker_but_the_same_sheet_once() -> None:
    found = search_stock("85x54", limit=50)
    assert found[0] == CARD_ON_A4
    assert len({stock.brand for stock in found}) > 3
    kinds = [
        (stock.brand, stock.badge_width_mm, stock.columns, stock.rows, stock.left_mm)
        for stock in found
    ]
    assert len(set(kinds)) == len(kinds)


def test_half_a_word_finds_while_one_types() -> None:
    assert "Avery 5395" in [stock.name for stock in search_stock("avery 539")]
    assert "Butterfly 82x203" in [stock.name for stock in search_stock("butterf")]


def test_no_more_is_found_than_asked_for_and_nothing_by_nonsense() -> None:
    assert len(search_stock("avery", limit=7)) == 7
    assert search_stock("no such stock") == ()
    assert search_stock("  ") == EVERYDAY


def test_own_stock_is_found_and_comes_before_equals() -> None:
    own = replace(CARD_ON_A4, name="Club cards", part_numbers=(), left_mm=14.0)
    assert search_stock("club", own=(own,)) == (own,)
    assert search_stock("", own=(own,))[0] == own
    assert find_stock("Club Cards", (own,)) == own


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no such stock", 'There is no stock "no such stock".*"A6 on A4"'),
        ("aveery l4785", 'nearest are: "Avery L4785"'),
        ("avery 539", 'nearest are: "Avery 5392", "Avery 5395"'),
        ("A6", 'Several stocks are "A6". Choose one of: "A6 on A4", "A6 single"'),
        ("avery", 'Several stocks are "avery"'),
    ],
)
def test_a_text_that_means_no_one_stock_is_answered_with_the_nearest(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        find_stock(text)
