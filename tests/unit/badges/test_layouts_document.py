"""docs/layouts.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from badge_people import MEETING, attendee

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.fields import FIELD_NAMES
from checkin_app.badges.layouts.built_in import layout_names
from checkin_app.badges.layouts.layout_file import layout_from_text
from checkin_app.badges.preflight.inspector import check
from checkin_app.domain.badges.stock import Stock
from checkin_app.errors import BadgeError

DOCS = Path(__file__).parents[3] / "docs"
DOCUMENT = (DOCS / "layouts.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(title.*?)```", DOCUMENT, re.DOTALL)


def test_its_example_makes_good_badges() -> None:
    layout = layout_from_text(EXAMPLE, "mine", "mine.toml")
    stock = Stock("trial", 90, 54, 90, 54)
    person = attendee("Lukas", "Nögel", organisation="Go-clusters", role="Consultant")
    assert check([person], BadgePlan(layout, stock, MEETING)) == ()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("{first_name} {last_name}", "{first_nam} {last_name}"),
        ('fill = "brand"', 'fill = "brant"'),
        ("wrap_below_pt", "wrap_below"),
        ("[10, 34]", "[34, 10]"),
        ('kind = "qr"', 'kind = "barcode"'),
    ],
)
def test_mistakes_are_answered_as_it_says(right: str, wrong: str) -> None:
    with pytest.raises(BadgeError) as raised:
        layout_from_text(EXAMPLE.replace(right, wrong, 1), "mine", "mine.toml")
    assert f"\n{raised.value}\n" in DOCUMENT


@pytest.mark.parametrize("name", layout_names())
def test_it_shows_every_layout(name: str) -> None:
    picture = f"pictures/layout-{name}.png"
    assert f"### {name}\n" in DOCUMENT
    assert f"![{name}]({picture})" in DOCUMENT
    assert (DOCS / picture).is_file()


def test_it_names_every_field() -> None:
    assert [name for name in FIELD_NAMES if f"`{name}`" not in DOCUMENT] == []
