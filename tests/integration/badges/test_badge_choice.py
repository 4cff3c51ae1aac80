"""Whose badges the command line prints, in which order and trays, and what it notes of them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command_line import answer, run, start
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.services.bulk_badges.badge_records import last_runs, record_spoilt, run_places
from checkin_app.services.event_files import open_event
from checkin_app.services.registrations import correct
from checkin_app.storage.event_file import EventFile

NOW = DURING_REGISTRATION
NAMES = ("Olsen", "Zorn", "Österberg", "Åberg", "Nowak")


@pytest.fixture
def event_path(empty_path: Path) -> Path:
    """Five people who were registered on the day of the event."""
    with closing(open_event(empty_path)) as event_file:
        register(event_file, *NAMES)
    return empty_path


def register(event_file: EventFile, *last_names: str) -> None:
    with event_file.transaction("Organiser", NOW) as transaction:
        transaction.register(Attendee("", first_name="Kim", last_name=name) for name in last_names)


def printed(event_path: Path, folder: Path, *words: object, status: int = 0) -> list[str]:
    """The last names of the badges that a command prints, in the order of the sheets."""
    before = len(prints(event_path))
    made = answer("badges", event_path, "-o", folder / "badges.pdf", *words, status=status)
    new = prints(event_path)[before:]
    assert made["badges"] == made["proof_read"] == sum(payload["copies"] for _, payload in new)
    return [name for name, _ in new]


def prints(event_path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Last name and payload of every print in the ledger."""
    with closing(open_event(event_path)) as event_file:
        names = {r.attendee.id: r.attendee.last_name for r in event_file.records()}
        return [
            (names[entry.attendee_id], dict(entry.payload))
            for entry in event_file.ledger()
            if entry.kind is EntryKind.BADGE_PRINTED
        ]


def person_id(event_file: EventFile, name: str) -> str:
    return event_file.search(name)[0].attendee.id


def test_the_language_of_the_event_sorts_its_badges(event_path: Path, tmp_path: Path) -> None:
    assert printed(event_path, tmp_path) == ["Åberg", "Nowak", "Olsen", "Österberg", "Zorn"]
    swedish = ["Nowak", "Olsen", "Zorn", "Åberg", "Österberg"]
    assert printed(event_path, tmp_path, "--language", "sv") == swedish
    assert printed(event_path, tmp_path) == swedish
    refused = run("badges", event_path, "-o", tmp_path / "no.pdf", "--language", "Swedish!")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Write it like sv" in refused.stderr


def test_an_event_is_made_in_a_language(tmp_path: Path) -> None:
    path = tmp_path / "new.checkin"
    made = ("--name", "Möte", "--date", "2024-05-06")
    assert run("new", path, *made, "--language", "svenska!").returncode == 2
    assert not path.exists()
    answer("new", path, *made, "--language", "sv")
    answer("new", tmp_path / "sample.checkin", "--sample", "--language", "da")
    for name, language in (("new", "sv"), ("sample", "da")):
        with closing(open_event(tmp_path / f"{name}.checkin")) as event_file:
            assert event_file.event().language == language


def test_badges_out_of_date_or_spoilt_are_printed_again(event_path: Path, tmp_path: Path) -> None:
    nobody = run("badges", event_path, "-o", tmp_path / "no.pdf", "--status", "spoilt")
    assert (nobody.returncode, nobody.stderr.count("\n")) == (2, 1)
    assert len(printed(event_path, tmp_path)) == 5
    with closing(open_event(event_path)) as event_file:
        organisation = {"organisation": "EAPN"}
        correct(event_file, "Desk 1", NOW, person_id(event_file, "olsen"), organisation)
        record_spoilt(event_file, "Desk 1", NOW, [person_id(event_file, "zorn")])
    assert printed(event_path, tmp_path, "--status", "changed") == ["Olsen"]
    assert printed(event_path, tmp_path, "--status", "spoilt") == ["Zorn"]
    for status in ("changed", "spoilt", "unprinted"):
        assert run("badges", event_path, "-o", tmp_path / "no.pdf", "--status", status).returncode


@pytest.mark.parametrize("since", ["2024-05-06", "2024-05-06T12:40", "2024-05-06T10:40:00Z"])
def test_badges_for_who_was_registered_since(event_path: Path, tmp_path: Path, since: str) -> None:
    assert len(printed(event_path, tmp_path, "--since", since)) == 5
    late = run("badges", event_path, "-o", tmp_path / "no.pdf", "--since", "2024-05-07")
    assert late.returncode == 2


def test_badges_lie_in_trays_and_the_desk_says_where(event_path: Path, tmp_path: Path) -> None:
    words = ("--tray-split", "A-N,O-Z", "--copies", "2")
    printed(event_path, tmp_path, *words)
    places = [(name, p["tray"], p["place"], p["copies"]) for name, p in prints(event_path)]
    assert places == [
        ("Åberg", "A–N", 1, 2),
        ("Nowak", "A–N", 2, 2),
        ("Olsen", "O–Z", 1, 2),
        ("Österberg", "O–Z", 2, 2),
        ("Zorn", "O–Z", 3, 2),
    ]
    with closing(open_event(event_path)) as event_file:
        (latest,) = last_runs(event_file)
        found = run_places(event_file, latest.id)
        code = event_file.search("zorn")[0].attendee.code
        assert event_file.verify().ok
    assert (latest.badges, latest.imposition.copies, len(found)) == (5, 2, 5)
    assert [place.slot for place in found] == [1, 3, 1, 3, 5]
    said = answer("scan", event_path, code, "--at", "2024-05-06T12:40:00+02:00")["message"]
    assert said == "Welcome: Kim Zorn. Hand over the badge: tray O–Z, 3rd."


def test_four_runs_at_once_keep_the_layout_once(event_path: Path, tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    assert run("layouts", "--copy", "name-first", "-o", own).returncode == 0
    runs = [
        start("badges", event_path, "-o", tmp_path / f"{number}.pdf", "--layout", own, "--json")
        for number in range(4)
    ]
    assert [process.communicate()[1] for process in runs] == [b""] * 4
    with closing(open_event(event_path)) as event_file:
        kinds = [entry.kind for entry in event_file.ledger()]
        assert kinds.count(EntryKind.LAYOUT_KEPT) == 1
        assert kinds.count(EntryKind.BADGE_RUN) == len(last_runs(event_file)) == 4
        assert kinds.count(EntryKind.BADGE_PRINTED) == 4 * len(NAMES)
        assert len(event_file.kept_layouts()) == 1
        assert event_file.verify().ok


@pytest.mark.parametrize("split", ["A-F,F-Z", "Z-A", "?", "0"])
def test_trays_that_cannot_be_are_said(event_path: Path, tmp_path: Path, split: str) -> None:
    refused = run("badges", event_path, "-o", tmp_path / "no.pdf", "--tray-split", split)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "no.pdf").exists()
    assert prints(event_path) == []


def test_the_ledger_is_exported_without_the_pictures_of_layouts(
    event_path: Path, tmp_path: Path
) -> None:
    event_file = open_event(event_path)
    with event_file.transaction("Organiser", NOW) as transaction:
        transaction.keep_layout("mine", {"toml": "", "pictures": {"a.png": "A" * 50_000}})
    event_file.close()
    file = tmp_path / "ledger.json"
    answer("export", event_path, file, "--what", "ledger")
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert rows[-1]["kind"] == "badge layout kept"
    assert json.loads(rows[-1]["details"]) == {"name": "mine"}
