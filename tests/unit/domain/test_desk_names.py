"""What a desk is called that joins under a name others have."""

from __future__ import annotations

import pytest

from checkin_app.domain.sharing import free_name


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Desk 1", (), "Desk 1"),
        ("Desk 1", ("Desk 1",), "Desk 2"),
        ("Desk 1", ("Desk 1", "Desk 2", "Desk 3"), "Desk 4"),
        ("Desk 7", ("Desk 7",), "Desk 8"),
        ("North door", ("North door",), "North door 2"),
        ("Κεντρική είσοδος", ("Κεντρική είσοδος", "Κεντρική είσοδος 2"), "Κεντρική είσοδος 3"),
        ("3", ("3",), "3 2"),
    ],
)
def test_a_name_that_is_taken_gets_the_next_number(
    wanted: str, taken: tuple[str, ...], name: str
) -> None:
    assert free_name(wanted, taken) == name
