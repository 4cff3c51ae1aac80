"""In which order a list writes whole names."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_app.lists.mapping.columns import guess_mapping
from checkin_app.lists.people.name_order import name_order
from checkin_app.lists.people.names import AS_SPOKEN, NameOrder
from checkin_app.lists.people.rows import ListRow, import_rows
from checkin_app.lists.table import Table

FAMILY_FIRST = NameOrder(family_first=True)


def table(*columns: str, rows: tuple[tuple[str, ...], ...] = ()) -> Table:
    rows = rows or (("x",) * len(columns),)
    return Table(Path("list.csv"), columns, rows, range(2, 2 + len(rows)), 1)


def order_of(people: Table) -> NameOrder:
    return name_order(people, guess_mapping(people))


@pytest.mark.parametrize(
    "column", ["Név", "Teljes név", "Nom et prénom", "Nazwisko i imię", "Surname and name", "ФИО"]
)
def test_a_column_that_asks_for_the_family_name_first_has_it_first(column: str) -> None:
    assert order_of(table(column)) == FAMILY_FIRST


@pytest.mark.parametrize(
    "column", ["Name", "Vor- und Nachname", "Nome e cognome", "Imię i nazwisko"]
)
def test_other_columns_have_first_names_first(column: str) -> None:
    assert order_of(table(column)) == AS_SPOKEN


def test_spanish_columns_hold_two_family_names() -> None:
    assert order_of(table("Nombre y apellidos")) == NameOrder(two_family_names=True)
    assert order_of(table("Apellidos y nombre")) == NameOrder(True, True)


def test_email_addresses_are_believed_before_the_name_of_the_column() -> None:
    spoken = tuple((f"Jean Dupont{end}", f"jean.dupont{end}@example.fr") for end in "abcde")
    assert order_of(table("Nom et prénom", "Courriel", rows=spoken)) == AS_SPOKEN
    listed = tuple((f"Nagy{end} János", f"janos.nagy{end}@example.hu") for end in "abcde")
    assert order_of(table("Name", "Email", rows=listed)) == FAMILY_FIRST
    both = (*spoken, *listed)
    assert order_of(table("Name", "Email", rows=both)) == AS_SPOKEN
    assert order_of(table("Név", "Email", rows=both)) == FAMILY_FIRST


def test_a_hungarian_list_is_split_as_it_is_written() -> None:
    people = table("Név", "Szervezet", rows=(("Dr. Nagy János", "ACME"),))
    [row] = import_rows(people, guess_mapping(people))
    assert isinstance(row, ListRow)
    assert row.values == {
        "title": "Dr.",
        "first_name": "János",
        "last_name": "Nagy",
        "organisation": "ACME",
    }
