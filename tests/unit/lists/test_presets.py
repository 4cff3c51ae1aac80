"""Which system a list comes from, and what its columns hold."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.attendee import FIELDS
from checkin_app.errors import UsageError
from checkin_app.lists.mapping.columns import MAPPABLE_FIELDS, ColumnMapping, guess_mapping
from checkin_app.lists.mapping.presets import (
    ListPreset,
    choose_preset,
    folded,
    known_presets,
    recognise_preset,
)
from checkin_app.lists.people.rows import ListRow, import_rows
from checkin_app.lists.problems import Problem
from checkin_app.lists.table import Table
from checkin_app.lists.writing.own_export import KNOWN_COLUMNS, extra_heading

_FILE = Path(__file__).parents[2] / "data" / "system_columns.toml"
LISTS: dict[str, list[str]] = {}
SYSTEMS: list[tuple[str, list[str]]] = []
ORDINARY: list[list[str]] = []
for name, one in tomllib.loads(_FILE.read_text(encoding="utf-8")).items():
    LISTS[name] = one["columns"].replace("\n", "").split(";")
    if one["preset"]:
        SYSTEMS.append((one["preset"], LISTS[name]))
    else:
        ORDINARY.append(LISTS[name])


def table(columns: Sequence[str], *rows: dict[str, str]) -> Table:
    cells = [tuple(row.get(name, "") for name in columns) for row in rows]
    return Table(Path("list.csv"), tuple(columns), cells, range(2, 2 + len(cells)), 1)


def understood(people: Table) -> tuple[ColumnMapping, list[ListRow | Problem]]:
    mapping = guess_mapping(people, recognise_preset(people))
    return mapping, [*import_rows(people, mapping)]


def only_row(columns: Sequence[str], **cells: str) -> ListRow:
    [row] = understood(table(columns, {name.replace("__", " "): v for name, v in cells.items()}))[1]
    assert isinstance(row, ListRow)
    return row


@pytest.mark.parametrize(("preset", "columns"), SYSTEMS)
def test_a_system_is_recognised_by_its_columns(preset: str, columns: list[str]) -> None:
    found = recognise_preset(table(columns))
    assert found is not None
    assert found.id == preset


@pytest.mark.parametrize(("preset", "columns"), SYSTEMS)
def test_a_system_is_recognised_in_any_spelling_and_with_further_questions(
    preset: str, columns: list[str]
) -> None:
    spelt = [f" {name.upper()}:" for name in columns]
    found = recognise_preset(table([*spelt, "Will you come to dinner?", "Your shoe size"]))
    assert found is not None
    assert found.id == preset


@pytest.mark.parametrize(("preset", "columns"), SYSTEMS)
def test_a_system_is_recognised_when_one_column_was_deleted(
    preset: str, columns: list[str]
) -> None:
    known = next(known for known in known_presets() if known.id == preset)
    needed = set().union(*(known.columns[key] for key in (*known.must, *known.first)))
    for place in range(1, len(columns)):
        if folded(columns[place]) not in needed:
            found = recognise_preset(table(columns[:place] + columns[place + 1 :]))
            assert found is known, columns[place]


@pytest.mark.parametrize("columns", ORDINARY)
def test_an_ordinary_list_is_of_no_system(columns: list[str]) -> None:
    assert recognise_preset(table(columns)) is None


@pytest.mark.parametrize("preset", known_presets(), ids=lambda preset: preset.id)
def test_presets_speak_of_their_own_columns_and_of_known_fields(preset: ListPreset) -> None:
    assert {*preset.first, *preset.must, *preset.telling, *preset.left_out} <= set(preset.columns)
    assert {key for keys in preset.fields.values() for key in keys} <= set(preset.columns)
    assert set(preset.fields) <= set(MAPPABLE_FIELDS)
    assert preset.order in ("", *preset.columns)
    assert preset.least <= len(preset.telling)
    assert all(all(names) for names in preset.columns.values())


@pytest.mark.parametrize("preset", known_presets(), ids=lambda preset: preset.id)
def test_no_two_columns_of_a_preset_are_called_the_same(preset: ListPreset) -> None:
    names = [name for names in preset.columns.values() for name in names]
    assert [name for name in set(names) if names.count(name) > 1] == []


def test_an_unknown_preset_is_answered_with_those_there_are() -> None:
    assert choose_preset("luma").name == "Luma, guests"
    assert choose_preset("alf.io") is choose_preset("alf-io")
    with pytest.raises(UsageError, match=r"pretix-check-in-list.*hi-events"):
        choose_preset("meetup")


def test_a_preset_may_be_chosen_for_a_list_that_lost_its_telling_columns() -> None:
    people = table(
        ["Order code", "Attendee name", "Secret"], {"Attendee name": "Anna", "Secret": "s"}
    )
    assert recognise_preset(people) is None
    mapping = guess_mapping(people, choose_preset("pretix-check-in-list"))
    assert mapping.columns == {"code": "Secret", "full_name": "Attendee name"}


def test_pretix_positions_give_the_ticket_secret_and_the_attendees_own_data() -> None:
    row = only_row(
        LISTS["pretix"],
        Order__code="A1B2C",
        Status="pending (confirmed)",
        Email="office@acme.eu",
        Product="Full ticket",
        Price="0.00",
        Attendee__name="Anna van der Berg",
        **{"Attendee name: Given name": "Anna", "Attendee name: Family name": "van der Berg"},
        Attendee__email="anna@acme.eu",
        Attendee__company="ACME",
        Country="Belgium",
        Ticket__secret="abc",
        Pseudonymization__ID="XYZ",
        Dietary__needs="vegan",
        **{"Workshops – Skills": "Yes"},
    )
    assert row.values == {
        "code": "abc",
        "first_name": "Anna",
        "last_name": "van der Berg",
        "organisation": "ACME",
        "country": "Belgium",
        "email": "anna@acme.eu",
        "category": "Full ticket",
        "status": "confirmed",
    }
    assert row.extra == {
        "Order code": "A1B2C",
        "Email": "office@acme.eu",
        "Dietary needs": "vegan",
        "Workshops – Skills": "Yes",
    }


def test_columns_of_a_preset_that_hold_nothing_give_way_to_others() -> None:
    row = only_row(
        [*LISTS["pretix"], "Your organisation"],
        Attendee__name="Anna Bell",
        Email="anna@acme.eu",
        Pseudonymization__ID="XYZ",
        Your__organisation="ACME",
    )
    assert row.values["email"] == "anna@acme.eu"
    assert row.values["organisation"] == "ACME"
    assert row.values["code"] == "XYZ"
    assert (row.values["first_name"], row.values["last_name"]) == ("Anna", "Bell")


def test_who_gave_no_data_of_their_own_has_those_of_the_order() -> None:
    names = ("Attendee name", "Attendee email", "Attendee company", "Email")
    rows = [
        ("Anna Bell", "anna@acme.eu", "ACME", "office@acme.eu", "ACME Holding"),
        ("Bea Cox", "", "", "office@acme.eu", "ACME Holding"),
        ("Cleo Day", "office@acme.eu", "", "office@acme.eu", ""),
        ("", "", "", "office@acme.eu", "ACME Holding"),
    ]
    cells = (dict(zip((*names, "Invoice address company"), row, strict=True)) for row in rows)
    orders = ({"Order code": "ZAB20", **row} for row in cells)
    mapping, found = understood(table(LISTS["pretix"], *orders))
    assert (mapping.columns["email"], mapping.columns["organisation"]) == names[1:3]
    people = [one for one in found if isinstance(one, ListRow)]
    assert [(one.values["email"], one.values["organisation"]) for one in people] == [
        ("anna@acme.eu", "ACME"),
        ("office@acme.eu", "ACME Holding"),
        ("office@acme.eu", ""),
        ("office@acme.eu", "ACME Holding"),
    ]
    assert people[-1].values["last_name"] == "guest 4 of ACME Holding"
    assert [one.extra.get("Email", "") for one in people] == ["office@acme.eu", "", "", ""]


def test_a_field_that_somebody_corrected_has_no_substitute() -> None:
    people = table(LISTS["pretix"], {"Attendee email": "a@b.eu"}, {"Email": "office@b.eu"})
    mapping = guess_mapping(people, choose_preset("pretix"))
    assert mapping.substitutes == {"email": ("Email",)}
    for field, column in (("email", "Attendee email"), ("email", None), ("role", "Email")):
        assert mapping.with_field(field, column).substitutes == {}


def test_pretix_in_german_is_understood_as_in_english() -> None:
    row = only_row(
        LISTS["pretix_german"],
        Status="storniert",
        **{"Teilnehmer*innenname: Vorname": "Anna", "Teilnehmer*innenname: Nachname": "Bell"},
        Land="Belgien",
        **{"Ticket-Code": "abc", "Preis": "5.00"},
    )
    assert row.values["status"] == "cancelled"
    assert row.values["code"] == "abc"
    assert (row.values["first_name"], row.values["last_name"]) == ("Anna", "Bell")
    assert row.extra == {}


def test_a_pretix_check_in_list_tells_who_has_not_paid_and_who_needs_attention() -> None:
    row = only_row(
        LISTS["pretix_check_in_list"],
        Attendee__name="Anna Bell",
        Paid="No",
        Secret="abc",
        Requires__special__attention="No",
        Checked__in="2024-05-01",
    )
    assert row.values["status"] == "pending"
    assert row.values["attention"] == ""
    assert row.extra == {}
    told = {"Attendee name": "Anna Bell", "Requires special attention": "Yes"}
    [row] = understood(table(LISTS["pretix_check_in_list"], told))[1]
    assert isinstance(row, ListRow)
    assert row.values["attention"] == "Requires special attention"


def test_eventbrite_gives_the_barcode_and_never_the_number_of_the_attendee_as_code() -> None:
    columns = [*LISTS["eventbrite"], "Barcode #"]
    cells = {"First Name": "Anna", "Last Name": "Bell", "Attendee #": "7", "Barcode #": "123001"}
    [row] = understood(table(columns, cells))[1]
    assert isinstance(row, ListRow)
    assert row.values["code"] == "123001"
    without = understood(table(LISTS["eventbrite"], cells))[0]
    assert "code" not in without.columns


def test_odoo_states_are_understood() -> None:
    row = only_row(
        LISTS["odoo"], Attendee__Name="Anna Bell", Barcode="99", Status="Unconfirmed", Event="X"
    )
    assert row.values["status"] == "pending"
    assert row.values["code"] == "99"
    assert row.extra == {}


def test_microsoft_forms_believes_the_form_before_the_account() -> None:
    row = only_row(
        LISTS["microsoft_forms"],
        Id="1",
        Email="anonymous",
        First__name="Anna",
        Surname="Bell",
        **{"Work e-mail": "anna@acme.eu"},
    )
    assert row.values["email"] == "anna@acme.eu"
    assert row.extra == {}


def test_an_anonymous_answer_has_no_email_address() -> None:
    columns = LISTS["microsoft_forms"][:5]
    signed_in = {"Email": "anna@acme.eu", "Name": "Anna Bell"}
    mapping, rows = understood(table(columns, signed_in, {"Email": "anonymous", "Name": "Bea Cox"}))
    assert mapping.columns == {"email": "Email", "full_name": "Name"}
    assert [row.values["email"] for row in rows if isinstance(row, ListRow)] == ["anna@acme.eu", ""]
    assert len(rows) == 2


def test_the_address_in_the_qr_of_luma_is_the_code() -> None:
    row = only_row(
        LISTS["luma"],
        guest_id="gst-1",
        name="Anna Bell",
        approval_status="pending_approval",
        qr_code_url="https://luma.com/check-in/evt?pk=g-1",
        amount="€0.00",
        **{"What is your company?": "ACME"},
    )
    assert row.values["code"] == "https://luma.com/check-in/evt?pk=g-1"
    assert row.values["status"] == "pending"
    assert row.values["organisation"] == "ACME"
    assert row.extra == {}


def test_the_public_id_of_hi_events_is_the_code() -> None:
    row = only_row(
        LISTS["hi_events"],
        First__Name="Anna",
        Public__ID="A-1",
        Status="ACTIVE",
        Notes="by the window",
    )
    assert (row.values["code"], row.values["status"]) == ("A-1", "confirmed")
    assert row.extra == {"Notes": "by the window"}


def test_our_own_export_comes_in_with_every_column_where_it_was() -> None:
    extra = ("Your function", "Quantity", "Status")
    columns = [*FIELDS, *map(extra_heading, extra), *KNOWN_COLUMNS]
    person = {
        "first_name": "Anna",
        "status": "waiting",
        "Your function": "Chair",
        "Quantity": "3",
        "extra: Status": "member",
        "checked_in_at": "2024-05-06 12:30:00",
        "badge_prints": "2",
    }
    gone = {"last_name": "Bell", "gone_at": "2024-05-06 12:30:00"}
    mapping, rows = understood(table(columns, person, gone))
    assert mapping.columns == {field: field for field in FIELDS}
    [row, gone_row] = rows
    assert isinstance(row, ListRow)
    assert row.values["role"] == ""
    assert row.values["status"] == "waiting"
    assert row.extra == {"Your function": "Chair", "Quantity": "3", "Status": "member"}
    assert not row.is_gone
    assert isinstance(gone_row, ListRow)
    assert gone_row.is_gone


def test_what_a_preset_leaves_out_can_be_asked_for() -> None:
    people = table(LISTS["hi_events"], {"First Name": "Anna", "Short ID": "a_1"})
    mapping = guess_mapping(people, recognise_preset(people))
    assert "Short ID" in mapping.left_out
    corrected = mapping.corrected({"code": "Short ID"}, people.columns)
    assert corrected.columns["code"] == "Short ID"
    assert corrected.preset is mapping.preset


@given(st.permutations(sorted({name for _, columns in SYSTEMS for name in columns})), st.data())
def test_any_heap_of_columns_is_of_one_system_or_none(
    names: list[str], data: st.DataObject
) -> None:
    columns = names[: data.draw(st.integers(1, 40))]
    mapping, _ = guess_mapping(table(columns), recognise_preset(table(columns))), None
    used = [*mapping.columns.values()]
    assert len(used) == len(set(used))
    assert set(used) <= set(columns)


def test_the_order_of_questions_does_not_matter() -> None:
    for preset, columns in SYSTEMS:
        known = next(known for known in known_presets() if known.id == preset)
        head, tail = columns[: len(known.first)], columns[len(known.first) :]
        random.Random(5).shuffle(tail)
        assert recognise_preset(table([*head, *tail])) is known
