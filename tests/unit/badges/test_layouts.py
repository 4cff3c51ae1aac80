"""Layout files and category colours."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.layouts.built_in import (
    DEFAULT_LAYOUT,
    built_in_layout,
    layout_names,
    read_layout,
)
from checkin_app.badges.layouts.category_colours import category_colours
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.badge_text import TextBlock
from checkin_app.domain.language.lengths import millimetres, points
from checkin_app.errors import BadgeError, UsageError

CARD = Path(__file__).parents[2] / "data" / "layouts" / "card.toml"
GOOD = CARD.read_text(encoding="utf-8")


def test_the_layout_to_begin_with_comes_first() -> None:
    assert layout_names()[0] == DEFAULT_LAYOUT
    assert built_in_layout().name == DEFAULT_LAYOUT


def test_a_face_takes_the_design_that_is_nearest_in_shape_and_size() -> None:
    """A6 and A7 have nearly one shape: then the size decides."""
    base = read_layout(CARD).designs[0]
    sizes = ((85.0, 54.0), (74.0, 105.0), (105.0, 148.0))
    designs = tuple(replace(base, width_mm=width, height_mm=height) for width, height in sizes)
    layout = BadgeLayout("trial", "Trial", designs)

    def chosen(width_mm: float, height_mm: float) -> int:
        faces = [one.stretched_to(width_mm, height_mm) for one in designs]
        return faces.index(layout.design_for(width_mm, height_mm))

    assert [chosen(90, 60), chosen(76, 106), chosen(101.6, 152.4), chosen(96, 134)] == [0, 1, 2, 2]


def test_a_layout_suits_faces_of_about_its_shape() -> None:
    layout = read_layout(CARD)
    assert layout.suits(85, 54)
    assert layout.suits(75, 40)
    assert not layout.suits(54, 85)
    assert not layout.suits(210, 133)


def test_type_on_a_smaller_badge_stays_large_enough_to_be_read() -> None:
    small = read_layout(CARD).designs[0].stretched_to(42.5, 27)
    event_name = small.front[0].element
    assert isinstance(event_name, TextBlock)
    (paragraph,) = event_name.paragraphs
    assert (paragraph.min_size_pt, paragraph.size_pt, paragraph.wrap_below_pt) == (5.5, 5.5, 5.5)


def test_a_box_on_its_side_grows_along_its_own_sides() -> None:
    wide = Box(10, 20, 60, 6).stretched(1.0, 2.0, 90)
    assert wide == Box(-20, 43, 120, 6)
    assert wide.x_mm + wide.width_mm / 2 == 40


def test_an_unknown_layout_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="name-first"):
        built_in_layout("brutalist")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"{country}"',
            '"{land}"',
            "line 103, design 1, front, element 7 (text): there is no field {land}",
        ),
        ('"{country}"', '"{contry}"', "Did you mean {country}?"),
        ('fill = "category"', 'fill = "sky"', 'there is no colour "sky"'),
        ('colour = "quiet"', 'colour = "quite"', 'Did you mean "quiet"?'),
        ('kind = "qr"', 'kind = "barcode"', '"barcode" is not a kind of element'),
        ("box = [64.05, 28.05, 18.5, 18.5]", "", 'element 8 (qr): "box" is missing'),
        ("[64.05, 28.05, 18.5, 18.5]", "[64.05, 28.05, 18.5]", "[x, y, width, height]"),
        ("size_pt = [10, 34]", "size_pt = [34, 10]", "put the smaller first"),
        ("wrap_below_pt = 16", "wrap_below = 16", 'Did you mean "wrap_below_pt"?'),
        ('vertical_align = "middle"', 'vertical_align = "centre"', '"middle"'),
        ('title = "Name first"', "", '"title" is missing'),
        ('no_category = "#3d4656"', "", '"no_category" is missing'),
        ("width_mm = 85", "width_mm = -85", "write 5 to 2000"),
        ("[colours]", "[colours", "line 6"),
    ],
)
def test_a_mistake_in_a_layout_file_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(BadgeError) as raised:
        read_layout(file)
    assert "mine.toml" in str(raised.value)
    assert told in str(raised.value)


def test_a_layout_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "card.toml"
    file.write_text(GOOD, encoding="utf-8-sig")
    assert read_layout(file).designs == read_layout(CARD).designs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD + "\n[[designs]]" * 50, "there are 51 designs: keep up to 50"),
        (
            GOOD + '\n[[designs.front]]\nkind = "text"' * 300,
            r"design 1: the front has \d+ elements: keep up to 300",
        ),
        ("a = " + "[" * 5000 + "]" * 5000, "lists within lists"),
    ],
)
def test_more_than_a_layout_can_hold_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "trial.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadgeError, match=told):
        read_layout(file)


@given(st.lists(st.text(min_size=1), unique_by=str.casefold, max_size=8))
def test_the_categories_of_an_event_have_colours_of_their_own(categories: list[str]) -> None:
    layout = built_in_layout()
    colours = category_colours(layout, categories)
    unknown = [one for one in categories if one.casefold() not in layout.category_colours]
    for one, other in combinations(unknown, 2):
        assert colours[one] != colours[other]
    assert colours == category_colours(layout, reversed(categories))


def test_lengths_turn_into_points_and_back() -> None:
    assert points(25.4) == 72
    assert millimetres(points(85)) == pytest.approx(85)
