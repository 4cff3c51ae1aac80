"""The lists organisers really have, read as they expect."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from checkin_app.errors import ListFileError
from checkin_app.lists.mapping.columns import guess_mapping
from checkin_app.lists.mapping.presets import recognise_preset
from checkin_app.lists.people.rows import ListRow, import_rows
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.reading.readers import read_table

LISTS = Path(__file__).parents[2] / "data" / "lists"
EXPECTED: dict[str, Any] = json.loads((LISTS / "expected.json").read_text(encoding="utf-8"))
READABLE = [name for name, answer in EXPECTED.items() if "refused" not in answer]
REFUSED = [name for name, answer in EXPECTED.items() if "refused" in answer]


def candidates(name: str) -> tuple[list[ListRow], list[Problem]]:
    table = read_table(LISTS / name)
    found = [*import_rows(table, guess_mapping(table, recognise_preset(table)))]
    rows = [item for item in found if isinstance(item, ListRow)]
    return rows, [item for item in found if isinstance(item, Problem)]


@pytest.mark.parametrize("name", READABLE)
def test_every_row_is_read_and_every_person_found(name: str) -> None:
    expected = EXPECTED[name]
    assert len(read_table(LISTS / name).rows) == expected["read"]
    rows, _ = candidates(name)
    for person in expected.get("people", []):
        assert any(person.items() <= row.values.items() for row in rows), person


@pytest.mark.parametrize("name", [name for name in READABLE if name != "hand-kept.xlsx"])
def test_a_sound_list_gives_every_row_without_a_problem(name: str) -> None:
    rows, problems = candidates(name)
    assert len(rows) == EXPECTED[name]["added"]
    assert problems == []


@pytest.mark.parametrize("name", [name for name in READABLE if "status" in EXPECTED[name]])
def test_the_states_of_a_registration_system_become_ours(name: str) -> None:
    rows, _ = candidates(name)
    assert Counter(row.values["status"] for row in rows) == EXPECTED[name]["status"]


@pytest.mark.parametrize("name", [name for name in READABLE if EXPECTED[name].get("codes")])
def test_codes_of_the_list_are_kept_and_all_different(name: str) -> None:
    rows, _ = candidates(name)
    codes = {row.values["code"] for row in rows}
    assert len(codes) == EXPECTED[name]["added"]
    assert "" not in codes


@pytest.mark.parametrize("name", [name for name in READABLE if "delimiter" in EXPECTED[name]])
def test_the_delimiter_is_found(name: str) -> None:
    assert read_table(LISTS / name).delimiter == EXPECTED[name]["delimiter"]


@pytest.mark.parametrize("name", READABLE)
def test_the_system_a_list_comes_from_is_recognised(name: str) -> None:
    preset = recognise_preset(read_table(LISTS / name))
    assert (preset.id if preset else None) == EXPECTED[name].get("preset")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_of_people_is_refused_with_its_name(name: str) -> None:
    with pytest.raises(ListFileError, match=name) as refusal:
        candidates(name)
    assert refusal.value.path == LISTS / name


def test_a_hand_kept_list_is_found_on_its_second_sheet_below_its_title() -> None:
    table = read_table(LISTS / "hand-kept.xlsx")
    assert table.sheet == "Participants"
    assert table.sheets == ("Read me", "Participants")
    assert table.header_row == 5
    assert table.columns == ("No.", "Name", "ORGANISATION", "Position", "E-mail", "Badge no.")


def test_a_hand_kept_list_says_which_rows_are_wrong() -> None:
    rows, problems = candidates("hand-kept.xlsx")
    assert "100000" in [row.values["code"] for row in rows]
    assert [(p.row, p.column, p.value, p.severity) for p in problems] == [
        (27, "Name", "", Severity.REJECTED),
        (38, "E-mail", "not an address", Severity.WARNING),
        (42, "", "", Severity.WARNING),
        (53, "Name", "", Severity.REJECTED),
    ]


def test_formulas_in_a_list_stay_plain_text() -> None:
    rows, _ = candidates("traps.csv")
    organisations = [row.values["organisation"] for row in rows]
    assert organisations[:8] == [
        '=HYPERLINK("http://example.org","x")',
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "Line one Line two",
        'He said "hi"; and left',
        organisations[7],
    ]
    assert set(organisations[7]) == {"A"}


def test_an_old_workbook_is_read_like_a_new_one() -> None:
    old, new = read_table(LISTS / "eusurvey.xls"), read_table(LISTS / "eusurvey.xlsx")
    assert (old.columns, old.rows, old.header_row) == (new.columns, new.rows, new.header_row)
