"""Mappings kept under a name, and recognised again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.errors import CheckinError, UsageError
from checkin_app.lists.mapping.columns import guess_mapping
from checkin_app.lists.mapping.own_presets import (
    OwnPreset,
    forget_own_preset,
    make_own_preset,
    own_presets,
    save_own_preset,
)
from checkin_app.lists.mapping.presets import choose_preset, recognise_preset
from checkin_app.lists.people.rows import ListRow, import_rows
from checkin_app.lists.table import Table

COLUMNS = ("Wer", "Woher", "Ticketfarbe", "Zimmer", "Anmerkung")


def table(columns: Sequence[str], *rows: tuple[str, ...]) -> Table:
    rows = rows or (("x",) * len(columns),)
    return Table(Path("list.csv"), tuple(columns), rows, range(2, 2 + len(rows)), 1)


def made(name: str = "Our members") -> OwnPreset:
    people = table(COLUMNS)
    choices = {"full_name": "Wer", "organisation": "Woher", "category": "Ticketfarbe"}
    return make_own_preset(name, guess_mapping(people).corrected(choices, COLUMNS), COLUMNS)


def test_a_list_with_the_same_columns_is_mapped_as_it_was_corrected() -> None:
    preset = made().as_preset()
    people = table(COLUMNS, ("Anna Bell", "ACME", "red", "12", ""))
    assert recognise_preset(people) is None
    assert recognise_preset(people, [preset]) is preset
    mapping = guess_mapping(people, preset)
    assert mapping.columns == {
        "organisation": "Woher",
        "category": "Ticketfarbe",
        "full_name": "Wer",
    }
    [row] = import_rows(people, mapping)
    assert isinstance(row, ListRow)
    assert row.extra == {"Zimmer": "12"}


def test_new_questions_and_another_order_do_not_matter_but_a_missing_field_does() -> None:
    preset = made().as_preset()
    assert recognise_preset(table((*reversed(COLUMNS), "Neu")), [preset]) is preset
    assert recognise_preset(table(("WER?", "woher", "Ticket-Farbe", "Zimmer")), [preset]) is preset
    assert recognise_preset(table(COLUMNS[1:]), [preset]) is None
    assert recognise_preset(table(("Wer", "Woher", "Ticketfarbe")), [preset]) is None


def test_ones_own_preset_comes_before_that_of_the_program() -> None:
    columns = ("Timestamp", "Email Address", "Name", "Verein")
    people = table(columns, ("now", "a@b.eu", "Anna Bell", "ACME"))
    google = guess_mapping(people, recognise_preset(people))
    own = make_own_preset("Club", google.corrected({"role": "Verein"}, columns), columns)
    preset = own.as_preset()
    assert recognise_preset(people, [preset]) is preset
    assert choose_preset("club", [preset]) is preset
    assert guess_mapping(people, preset).columns["role"] == "Verein"


def test_the_words_of_the_system_hold_in_a_preset_made_from_it_again_and_again() -> None:
    columns = ("ID", "First Name", "Email", "Status", "Public ID", "Short ID", "Product Name")
    people = table(columns, ("1", "Anna", "a@b.eu", "AWAITING_PAYMENT", "A-1", "a_1", "T"))
    mapping = guess_mapping(people, recognise_preset(people))
    first = make_own_preset("Our Hi.Events", mapping, columns).as_preset()
    again = make_own_preset("Ours too", guess_mapping(people, first), columns).as_preset()
    for preset in (first, again):
        [row] = import_rows(people, guess_mapping(people, preset))
        assert isinstance(row, ListRow)
        assert row.values["status"] == "pending"
        assert row.extra == {}


def test_columns_that_fill_a_field_where_its_own_is_empty_are_kept(tmp_path: Path) -> None:
    columns = ("Order code", "Position ID", "Attendee name", "Attendee email", "Email", "Product")
    people = table(
        columns, ("A", "1", "Anna Bell", "", "o@x.eu", "T"), ("B", "2", "Jo Cox", "j@x.eu", "", "")
    )
    mapping = guess_mapping(people, recognise_preset(people))
    save_own_preset(tmp_path, make_own_preset("Ours", mapping, columns))
    [kept] = own_presets(tmp_path)
    own = guess_mapping(people, kept.as_preset())
    assert own.substitutes == mapping.substitutes == {"email": ("Email",)}


def test_presets_are_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert own_presets(folder) == ()
    save_own_preset(folder, made())
    save_own_preset(folder, made("Guests"))
    save_own_preset(folder, OwnPreset("our MEMBERS", ("Wer",), made().fields[-1:]))
    assert [preset.name for preset in own_presets(folder)] == ["Guests", "our MEMBERS"]
    forget_own_preset(folder, "guests")
    forget_own_preset(folder, "never there")
    assert [preset.id for preset in own_presets(folder)] == ["ourmembers"]


def test_what_is_kept_is_read_as_it_was(tmp_path: Path) -> None:
    save_own_preset(tmp_path, made("Élus & Zoë’s"))
    assert own_presets(tmp_path) == (made("Élus & Zoë’s"),)


@pytest.mark.parametrize("name", ["", "  ", "?!", "x" * 61, "pretix", "Luma, guests"])
def test_a_preset_needs_a_name_of_its_own(name: str) -> None:
    with pytest.raises(UsageError):
        made(name)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(CheckinError, match="could not be kept"):
        save_own_preset(blocked, made())


@given(st.binary(max_size=200))
def test_a_damaged_file_costs_only_what_cannot_be_read(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes
) -> None:
    folder = tmp_path_factory.mktemp("data")
    save_own_preset(folder, made())
    path = folder / "list-presets.json"
    text = path.read_bytes()
    path.write_bytes(text[: len(damage)] + damage + text[len(damage) :])
    for preset in own_presets(folder):
        recognise_preset(table(COLUMNS), [preset.as_preset()])
