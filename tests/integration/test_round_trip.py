"""What is exported imports again without a change."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION, SettableClock

from checkin_app.domain.attendee import FIELDS, TEXT_FIELDS, Attendee, AttendeeStatus
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.programme import Event
from checkin_app.domain.tickets.codes import LONGEST_CODE
from checkin_app.lists.reading.cleaning import clean_cell
from checkin_app.lists.writing.formula_guard import guarded
from checkin_app.lists.writing.own_export import KNOWN_COLUMNS
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.documents.exports import Export, export
from checkin_app.services.list_import.registration_lists import (
    ListChoices,
    apply_import,
    plan_import,
    read_list,
)
from checkin_app.services.registrations import walk_in
from checkin_app.storage.event_file import EventFile

LISTS = Path(__file__).parents[1] / "data" / "lists"
EXPECTED = json.loads((LISTS / "expected.json").read_text(encoding="utf-8"))
TAKEN = [name for name, found in EXPECTED.items() if not found.get("refused")]
NOW = DURING_REGISTRATION
EVENT = Event("Assembly", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
DESK_LIST = CheckInList("registration", "Registration desk")
TRAPS = (
    "=1+1", "+32 2 123", "-", "-2", "@SUM(A1)", "'=x", "''@y", "'t Hoff", "'", "007", "1E5", "1,5",
    "TRUE", "2024-05-06", "06.05.2024", "12:30", "_x000D_", "a;b", 'say "yes"', "a\tb", "NULL",
    "Ὀδυσσεύς", "محمد", "👩‍🚀", "n/a", "#REF!", "5%", "https://example.org", "x" * 3000,
)  # fmt: skip
COLUMNS = (
    *FIELDS, *KNOWN_COLUMNS, "Status", "First Name", "E-mail", "Badge prints", "extra: x", "Firma",
    "Name", "Column 3", "Diet (2)", "=1+1", "-note", "Quantity", "Order code", "'quoted",
)  # fmt: skip

texts = (st.sampled_from(TRAPS) | st.text(max_size=30)).map(clean_cell)
named = texts.filter(bool)
columns = st.sampled_from(COLUMNS) | st.text(min_size=1, max_size=20).map(clean_cell).filter(bool)


@st.composite
def people(draw: st.DrawFn) -> Sequence[Attendee]:
    """People as lists and desks bring them: clean text in all fields, a name and a code."""
    possible = named.filter(lambda text: len(text) <= LONGEST_CODE)
    codes = draw(st.lists(possible, min_size=1, max_size=6, unique=True))
    own = draw(st.lists(columns, max_size=4, unique=True))
    return [
        Attendee(
            id=f"{number:032x}",
            code=code,
            status=draw(st.sampled_from(AttendeeStatus)),
            extra={name: value for name in own if (value := draw(texts))},
            walk_in=draw(st.booleans()),
            **{name: draw(texts) for name in TEXT_FIELDS if name != "last_name"},
            last_name=draw(named),
        )
        for number, code in enumerate(codes, 1)
    ]


@pytest.mark.parametrize("ending", ["csv", "tsv as csv", "xlsx"])
@settings(max_examples=40)
@given(people())
@example([Attendee("1" * 32, code="0012", last_name="=cmd", extra={"desk": "oak", "Desk": "ash"})])
@example([Attendee("1" * 32, code="A", last_name="Bell", extra={"status": "x", "Status": "y"})])
def test_an_export_imports_again_without_a_change(
    tmp_path: Path, ending: str, attendees: Sequence[Attendee]
) -> None:
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        path = Path(folder) / "event.checkin"
        with EventFile.create(
            path, EVENT, [DESK_LIST], attendees, desk="Organiser", now=NOW
        ) as event_file:
            assert changes_by_coming_again(event_file, Path(folder), ending) == NOTHING


NOTHING = {"added": 0, "updated": 0, "rejected": 0, "gone": 0, "unclear": 0, "writes": False}


def changes_by_coming_again(
    event_file: EventFile, folder: Path, ending: str = "csv"
) -> Mapping[str, object]:
    """What importing the event's own export would change."""
    file = folder / f"people.{ending.rpartition(' ')[2]}"
    delimiter = "\t" if ending.startswith("tsv") else ";"
    rows = export(event_file, file, Export.ATTENDEES, delimiter=delimiter)
    # Of a handful of odd rows no reader could guess the delimiter for sure.
    choices = ListChoices(delimiter=delimiter) if ending != "xlsx" else ListChoices()
    plan = plan_import(event_file, read_list(file, choices))
    assert plan.read == rows
    return {
        "added": len(plan.additions),
        "updated": plan.updated,
        "rejected": plan.rejected,
        "gone": len(plan.gone),
        "unclear": len(plan.unclear),
        "writes": plan.writes,
    }


@pytest.mark.parametrize("name", sorted(TAKEN))
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_list_that_came_in_goes_out_and_in_again(
    empty_event_file: EventFile, tmp_path: Path, name: str, ending: str
) -> None:
    reading = read_list(LISTS / name)
    plan = plan_import(empty_event_file, reading)
    apply_import(empty_event_file, "Organiser", NOW, plan, reading)
    assert changes_by_coming_again(empty_event_file, tmp_path, ending) == NOTHING


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_the_desk_did_comes_in_again_without_a_change(
    sample_event_file: EventFile, tmp_path: Path, clock: SettableClock, ending: str
) -> None:
    desk = CheckInDesk(sample_event_file, "Desk 1", sample_event_file.check_in_lists()[0], clock)
    arrived, gone, *_others = (record.attendee for record in sample_event_file.records())
    desk.check_in(arrived.id)
    walk_in(sample_event_file, "Desk 1", NOW, {"last_name": "=Nowak", "first_name": "-Anna"})
    with sample_event_file.transaction("Organiser", NOW) as transaction:
        transaction.append(EntryKind.GONE_FROM_LIST, gone.id, payload={"import": "1"})
    assert changes_by_coming_again(sample_event_file, tmp_path, ending) == NOTHING


@pytest.fixture
def dangerous(tmp_path: Path) -> Iterator[EventFile]:
    """People whose names a spreadsheet program would run."""
    attendees = [
        Attendee(f"{number:032x}", code=f"00{number}", last_name=clean_cell(text) or "x")
        for number, text in enumerate(TRAPS[:12], 1)
    ]
    path = tmp_path / "event.checkin"
    with EventFile.create(
        path, EVENT, [DESK_LIST], attendees, desk="Organiser", now=NOW
    ) as event_file:
        yield event_file


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not there to open lists.")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_libreoffice_opens_an_export_and_runs_nothing_in_it(
    dangerous: EventFile, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"people.{ending}"
    export(dangerous, file, Export.ATTENDEES, delimiter=";")
    opened = tmp_path / "opened"
    # Comma, double quotes, UTF-8, from row 1; as CSV with what formulas would have computed.
    read_as = ["--infilter=CSV:59,34,76,1,,0,false,true"] if ending == "csv" else []
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *(*read_as, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"),
            *("--outdir", str(opened), str(file)),
        ],
        capture_output=True,
        timeout=600,
        check=True,
    )
    with (opened / "people.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    people = [record.attendee for record in dangerous.records()]
    if ending == "xlsx":
        assert [row["last_name"] for row in rows] == [person.last_name for person in people]
        assert [row["code"] for row in rows] == [person.code for person in people]
        return
    # A CSV has no types, so 007 becomes a number; but what could run is still its own text.
    for row, person in zip(rows, people, strict=True):
        if guarded(person.last_name) != person.last_name:
            assert row["last_name"] == guarded(person.last_name)
