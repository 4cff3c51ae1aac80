"""Layout files and category colours."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.category_colours import category_colours
from checkin_app.badges.inks import contrast, ink
from checkin_app.badges.layouts import built_in_layout, layout_names, read_layout, ticket_layout
from checkin_app.domain.lengths import millimetres, points
from checkin_app.errors import BadgeError, UsageError
from checkin_app.resource_files import resource_path

GOOD = resource_path("layouts", "name-first.toml").read_text(encoding="utf-8")


def test_the_built_in_layout_has_a_card_and_a_portrait_face() -> None:
    assert layout_names() == ("name-first",)
    layout = built_in_layout()
    assert (layout.design_for(85, 54).width_mm, layout.design_for(105, 148).height_mm) == (85, 148)


def test_an_unknown_layout_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="name-first"):
        built_in_layout("brutalist")


def test_every_element_lies_on_its_badge() -> None:
    for layout in (built_in_layout(), ticket_layout()):
        for design in layout.designs:
            for part in (*design.front, *design.back):
                assert part.element.box.x_mm >= 0
                assert part.element.box.y_mm >= 0
                assert part.element.box.right_mm <= design.width_mm
                assert part.element.box.bottom_mm <= design.height_mm


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


def test_white_lettering_is_legible_on_every_category_colour() -> None:
    layout = built_in_layout()
    colours = [*layout.category_colours.values(), *layout.category_palette]
    for colour in (*colours, layout.colours["no_category"]):
        assert contrast(ink(colour), (1.0, 1.0, 1.0)) >= 4.5


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
