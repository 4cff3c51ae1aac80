"""Order lines for several people, and people whose name nobody gave."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.lists.mapping.columns import guess_mapping
from checkin_app.lists.mapping.presets import recognise_preset
from checkin_app.lists.people.guests import guest_of
from checkin_app.lists.people.rows import ListRow, import_rows
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.table import Table

PRETIX = ("Order code", "Position ID", "Product ID", "Ticket secret", "Attendee name", "Company")


def read(*rows: tuple[str, ...]) -> tuple[list[ListRow], list[Problem]]:
    header, *body = rows
    table = Table(Path("list.csv"), header, body, range(2, len(body) + 2), 1)
    found = [*import_rows(table, guess_mapping(table, recognise_preset(table)))]
    people = [item for item in found if isinstance(item, ListRow)]
    return people, [item for item in found if isinstance(item, Problem)]


def names(people: list[ListRow]) -> list[str]:
    return [f"{row.values['first_name']} {row.values['last_name']}".strip() for row in people]


def test_a_quantity_of_three_registers_three_people_and_says_so() -> None:
    people, problems = read(
        ("Name", "Organisation", "Email", "Quantity", "Hotel"),
        ("Anna Bell", "ACME", "a@acme.eu", "3", "A"),
        ("Bea Cox", "ACME", "b@acme.eu", "1", ""),
    )
    assert names(people) == ["Anna Bell", "guest 2 of ACME", "guest 3 of ACME", "Bea Cox"]
    assert [row.number for row in people] == [2, 2, 2, 3]
    assert {row.values["email"] for row in people[:3]} == {"a@acme.eu"}
    assert [row.extra for row in people] == [{"Hotel": "A"}] * 3 + [{}]
    assert [row.guest_of for row in people] == ["", "ACME", "ACME", ""]
    [problem] = problems
    assert (problem.row, problem.column, problem.value) == (2, "Quantity", "3")
    assert problem.severity is Severity.WARNING
    assert "guest 2 of ACME" in problem.reason


def test_a_row_without_a_name_that_stands_for_three_registers_three_guests() -> None:
    people, _ = read(("Name", "Company", "Tickets"), ("", "ACME", "3"), ("Bea Cox", "", "1"))
    assert names(people)[:3] == ["guest 1 of ACME", "guest 2 of ACME", "guest 3 of ACME"]


def test_guests_without_an_organisation_are_those_of_the_person_who_ordered() -> None:
    people, _ = read(("Name", "Company", "Anzahl"), ("Anna Bell", "", "2"))
    assert names(people) == ["Anna Bell", "guest 2 of Anna Bell"]


def test_the_guests_of_two_orders_of_one_organisation_are_different_people() -> None:
    people, _ = read(
        ("Name", "Company", "Quantity"), ("Anna Bell", "ACME", "2"), ("Bea Cox", "ACME", "3")
    )
    assert names(people) == [
        "Anna Bell",
        "guest 2 of ACME",
        "Bea Cox",
        "guest 3 of ACME",
        "guest 4 of ACME",
    ]


def test_only_the_first_of_a_row_has_its_code_and_what_else_belongs_to_one() -> None:
    people, _ = read(
        ("Title", "Name", "Company", "Role", "Code", "Quantity"),
        ("Dr", "Anna Bell", "ACME", "Chair", "X1", "2"),
    )
    assert [row.values["code"] for row in people] == ["X1", ""]
    assert [row.values["role"] for row in people] == ["Chair", ""]
    assert [row.values["title"] for row in people] == ["Dr", ""]


def test_positions_of_an_order_without_a_name_are_counted_within_the_order() -> None:
    people, problems = read(
        PRETIX,
        ("A1", "1", "7", "s1", "Anna Bell", "ACME"),
        ("A1", "2", "7", "s2", "", "ACME"),
        ("B2", "1", "7", "s3", "Bea Cox", "Initech"),
        ("A1", "3", "7", "s4", "", ""),
    )
    assert names(people) == ["Anna Bell", "guest 2 of ACME", "Bea Cox", "guest 3 of Anna Bell"]
    assert [row.values["code"] for row in people] == ["s1", "s2", "s3", "s4"]
    assert [problem.row for problem in problems] == [3, 5]
    assert all(problem.severity is Severity.WARNING for problem in problems)


def test_an_order_of_nobody_known_is_called_by_its_number() -> None:
    people, _ = read(PRETIX, ("A1", "1", "7", "s1", "", ""), ("B1", "1", "7", "s2", "Bea Cox", ""))
    assert names(people) == ["guest 1 of A1", "Bea Cox"]


def test_equal_rows_without_name_and_code_are_guests_and_no_repeats() -> None:
    header = ("Order code", "Product ID", "Order locale", "Attendee name", "Company")
    empty = ("A1", "7", "en", "", "ACME")
    people, _ = read(header, empty, empty, ("A1", "7", "en", "Anna Bell", "ACME"))
    assert names(people) == ["guest 1 of ACME", "guest 2 of ACME", "Anna Bell"]


def test_equal_rows_with_a_name_are_one_person() -> None:
    people, problems = read(
        ("Name", "Company", "Quantity"), ("Anna Bell", "ACME", "2"), ("Anna Bell", "ACME", "2")
    )
    assert len(people) == 2
    assert "same as row 2" in problems[-1].reason


def test_an_ordinary_list_makes_up_nobody() -> None:
    people, problems = read(("Name", "Company"), ("", "ACME"), ("Anna Bell", "ACME"))
    assert names(people) == ["Anna Bell"]
    assert [problem.severity for problem in problems] == [Severity.REJECTED]


def test_a_row_that_tells_nothing_is_rejected_in_a_list_of_orders_too() -> None:
    people, problems = read(
        ("Name", "Company", "Quantity", "Note"), ("Anna Bell", "ACME", "2", ""), ("", "", "2", "x")
    )
    assert len(people) == 2
    assert problems[-1].severity is Severity.REJECTED


@pytest.mark.parametrize("value", ["two", "2.5", "1000", "-3"])
def test_a_column_that_holds_no_numbers_of_people_is_an_extra_field(value: str) -> None:
    people, problems = read(("Name", "Tickets"), ("Anna Bell", value))
    assert [row.extra for row in people] == [{"Tickets": value}]
    assert problems == []


def test_further_people_may_have_columns_of_their_own() -> None:
    people, _ = read(
        ("Company", "Number of persons", "Guest 1 name", "Guest 2 name", "Guest 3 name"),
        ("ACME", "3", "Anna Bell", "Dr. Bea van der Berg", ""),
        ("Initech", "1", "Dan Day", "", ""),
        ("Foo", "3", "Eve Fox", "Gil Hay", "Ida Joy"),
    )
    assert names(people) == [
        "Anna Bell",
        "Bea van der Berg",
        "guest 3 of ACME",
        "Dan Day",
        "Eve Fox",
        "Gil Hay",
        "Ida Joy",
    ]
    assert people[1].values["title"] == "Dr."


def test_columns_called_like_guests_that_hold_no_names_are_extra_fields() -> None:
    people, _ = read(("Name", "Quantity", "Guest 2"), ("Anna Bell", "2", "vegetarian"))
    assert names(people) == ["Anna Bell", "guest 2 of Anna Bell"]
    assert people[0].extra == {"Guest 2": "vegetarian"}


def test_a_guest_without_a_name_is_known_by_the_name_it_was_given() -> None:
    assert guest_of("", "guest 2 of ACME") == "ACME"
    assert guest_of("", "guest 12 of Anna Bell") == "Anna Bell"
    assert guest_of("Anna", "guest 2 of ACME") == ""
    assert guest_of("", "Guest") == ""


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "Anna Bell", "Bea Cox"]),
            st.sampled_from(["", "ACME", "Initech"]),
            st.sampled_from(["", "1", "2", "5"]),
        ),
        min_size=1,
    )
)
def test_everybody_of_a_list_of_orders_has_a_name_and_guests_different_ones(
    rows: list[tuple[str, str, str]],
) -> None:
    people, problems = read(("Name", "Company", "Quantity"), *rows, ("Eve Fox", "", "2"))
    guests = [row.values["last_name"] for row in people if row.guest_of]
    assert len(guests) == len(set(guests))
    assert all(names(people))
    assert (people, problems) == read(("Name", "Company", "Quantity"), *rows, ("Eve Fox", "", "2"))
