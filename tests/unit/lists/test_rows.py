"""Rows of a table → registrations and problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_app.errors import Cancelled, ListFileError, UsageError
from checkin_app.lists.mapping.columns import ColumnMapping, guess_mapping
from checkin_app.lists.people.rows import ListRow, import_rows
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.table import Table


def table(*rows: tuple[str, ...]) -> Table:
    header, *body = rows
    return Table(Path("list.csv"), header, body, range(2, len(body) + 2), 1)


def imported(*rows: tuple[str, ...]) -> list[ListRow | Problem]:
    people = table(*rows)
    return [*import_rows(people, guess_mapping(people))]


def test_columns_nobody_knows_are_kept_as_extra_where_they_hold_something() -> None:
    [anna, bea] = imported(
        ("First name", "Last name", "Diet", "Hotel"),
        ("Anna", "Bell", "vegan", ""),
        ("Bea", "Cox", "", "A"),
    )
    assert anna == ListRow(2, {"first_name": "Anna", "last_name": "Bell"}, {"Diet": "vegan"})
    assert bea == ListRow(3, {"first_name": "Bea", "last_name": "Cox"}, {"Hotel": "A"})


def test_a_row_without_any_name_is_rejected_and_a_last_name_is_enough() -> None:
    [bell, nobody] = imported(("First name", "Last name", "Role"), ("", "Bell", "x"), ("", "", "y"))
    assert isinstance(bell, ListRow)
    assert isinstance(nobody, Problem)
    assert (nobody.row, nobody.column, nobody.severity) == (3, "Last name", Severity.REJECTED)


def test_an_exact_repeat_is_dropped_with_a_warning_that_names_the_first() -> None:
    [_, repeat, other] = imported(
        ("Name", "Email"), ("Anna Bell", "a@b.eu"), ("Anna Bell", "a@b.eu"), ("Anna Bell", "c@d.eu")
    )
    assert isinstance(repeat, Problem)
    assert (repeat.row, repeat.severity) == (3, Severity.WARNING)
    assert "row 2" in repeat.reason
    assert isinstance(other, ListRow)


@pytest.mark.parametrize("email", ["not an address", "a@b", "a@@b.eu", "a@b.eu, c@d.eu", "a@b..eu"])
def test_what_is_no_email_address_is_kept_with_a_warning(email: str) -> None:
    [problem, row] = imported(("Name", "Email"), ("Anna Bell", email))
    assert isinstance(problem, Problem)
    assert (problem.row, problem.column, problem.value) == (2, "Email", email)
    assert isinstance(row, ListRow)
    assert row.values["email"] == email


@pytest.mark.parametrize("code", ["4.45573E+21", "4,45573E+21", "1.23456789012345E+15"])
def test_a_code_that_a_spreadsheet_has_shortened_is_left_out_with_a_warning(code: str) -> None:
    [problem, row] = imported(("Name", "Code"), ("Anna Bell", code))
    assert isinstance(problem, Problem)
    assert (problem.column, problem.value, problem.severity) == ("Code", code, Severity.WARNING)
    assert isinstance(row, ListRow)
    assert row.values["code"] == ""


@pytest.mark.parametrize("code", ["1.5", "100000", "12E34", "1.2E+3X", "E+15"])
def test_other_codes_stay_as_they_are(code: str) -> None:
    [row] = imported(("Name", "Code"), ("Anna Bell", code))
    assert isinstance(row, ListRow)
    assert row.values["code"] == code


def test_an_unknown_status_says_nothing_but_a_warning() -> None:
    [bell, problem, cox] = imported(
        ("Name", "Status"), ("Anna Bell", "Storniert"), ("Bea Cox", "perhaps?")
    )
    assert isinstance(bell, ListRow)
    assert bell.values["status"] == "cancelled"
    assert isinstance(problem, Problem)
    assert isinstance(cox, ListRow)
    assert cox.values["status"] == ""


def test_an_empty_status_says_nothing() -> None:
    [row] = imported(("Name", "Status"), ("Anna Bell", ""))
    assert isinstance(row, ListRow)
    assert row.values["status"] == ""


def test_a_full_name_fills_only_where_the_parts_are_missing() -> None:
    [anna, berg] = imported(
        ("Title", "First name", "Last name", "Full name"),
        ("", "Anna", "Bell", "Somebody Else"),
        ("Ms", "", "", "Dr. Eva van der Berg"),
    )
    assert isinstance(anna, ListRow)
    assert anna.values == {"title": "", "first_name": "Anna", "last_name": "Bell"}
    assert isinstance(berg, ListRow)
    assert berg.values == {"title": "Ms", "first_name": "Eva", "last_name": "van der Berg"}


def test_a_mapping_that_does_not_fit_is_refused_before_the_first_row() -> None:
    people = table(("Name",), ("Anna",))
    with pytest.raises(ListFileError):
        import_rows(people, ColumnMapping({"role": "Name"}))
    with pytest.raises(UsageError):
        import_rows(people, ColumnMapping({"last_name": "Surname"}))


def test_the_work_can_be_watched_and_stopped() -> None:
    people = table(("Name",), *((f"Person {number}",) for number in range(2500)))
    mapping = guess_mapping(people)
    seen: list[tuple[int, int]] = []
    assert len([*import_rows(people, mapping, progress=lambda *at: seen.append(at))]) == 2500
    assert seen == [(0, 2500), (1000, 2500), (2000, 2500), (2500, 2500)]
    with pytest.raises(Cancelled):
        list(import_rows(people, mapping, cancelled=lambda: True))


def test_a_bare_yes_to_a_question_of_the_desk_becomes_the_question_and_a_no_nothing() -> None:
    rows = imported(
        ("Name", "Special needs"),
        *(("Anna Bell", "Yes"), ("Bea Cox", "nein"), ("Cleo Day", "✓"), ("Dan Eco", "Wheelchair")),
    )
    told = [row.values["attention"] for row in rows if isinstance(row, ListRow)]
    assert told == ["Special needs", "", "Special needs", "Wheelchair"]
