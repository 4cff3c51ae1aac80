"""What is asked of a registration."""

from __future__ import annotations

import pytest

from checkin_app.domain.attendee import Attendee

PERSON = Attendee("0" * 32, extra={"Photo": "anna.jpg", "diet": "none", "DIET": "vegan"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Photo", "anna.jpg"),
        ("photo", "anna.jpg"),
        ("DIET", "vegan"),
        ("diet", "none"),
        ("Diet", "none"),
        ("table", ""),
    ],
)
def test_a_column_is_found_however_the_list_spells_it(name: str, text: str) -> None:
    assert PERSON.column(name) == text


def test_a_list_without_further_columns_has_no_column() -> None:
    assert Attendee("0" * 32).column("photo") == ""
