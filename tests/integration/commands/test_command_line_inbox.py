"""The inbox without a screen: what waits, a word about it, records merged."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from command_line import answer, run
from settable_clock import DURING_REGISTRATION as NOW

from checkin_app.domain.attendee import Attendee
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.registrations import walk_in
from checkin_app.storage.event_file import EventFile


@pytest.fixture
def two_walk_ins(sample_path: Path, tmp_path: Path) -> list[Attendee]:
    """Somebody let in at two desks, and somebody registered at both."""
    other_path = Path(shutil.copy(sample_path, tmp_path / "other.checkin"))
    named = {"first_name": "Zofia", "last_name": "Gżegżółkowska"}
    people = []
    with EventFile(sample_path) as first, EventFile(other_path) as second:
        guest = first.records()[0].attendee
        for number, event_file in enumerate((first, second), 1):
            at = NOW + timedelta(minutes=number)
            reception = event_file.check_in_lists()[0]
            CheckInDesk(event_file, f"Desk {number}", reception, lambda at=at: at).check_in(
                guest.id
            )
            people.append(walk_in(event_file, f"Desk {number}", at, named))
        with first.transaction("Desk 1", NOW) as transaction:
            transaction.take_in_unshared(list(second.ledger()))
    return people


def test_what_waits_is_listed_answered_and_opened_again(
    sample_path: Path, two_walk_ins: list[Attendee]
) -> None:
    listed = answer("conflicts", sample_path)
    (conflict,) = listed["conflicts"]
    assert {conflict["stands"]["desk"], conflict["later"]["desk"]} == {"Desk 1", "Desk 2"}
    assert conflict["as"] is None
    words = ("resolve", sample_path, conflict["check_in"][:24])
    said = answer(*words, "passed-on-badge", "--note", "her colleague")
    assert said == {"check_in": conflict["check_in"], "as": "passed-on badge"}
    (resolved,) = answer("conflicts", sample_path)["conflicts"]
    assert (resolved["as"], resolved["note"]) == ("passed-on badge", "her colleague")
    assert answer(*words, "open")["as"] is None
    assert answer("conflicts", sample_path)["conflicts"] == [conflict]
    assert answer("verify", sample_path)["ok"]


def test_two_records_are_merged_and_taken_apart(
    sample_path: Path, two_walk_ins: list[Attendee]
) -> None:
    (double,) = answer("conflicts", sample_path)["doubles"]
    ids = (double["kept"]["id"], double["double"]["id"])
    assert set(ids) == {one.id for one in two_walk_ins}
    people = answer("stats", sample_path)["registered"]
    assert answer("merge-people", sample_path, *ids)["merged"]
    assert answer("stats", sample_path)["registered"] == people - 1
    assert [one["id"] for one in answer("find", sample_path, "gzegzol")["results"]] == [ids[0]]
    assert not answer("merge-people", sample_path, *ids, "--apart")["merged"]
    assert answer("stats", sample_path)["registered"] == people
    answer("merge-people", sample_path, *ids, "--apart")
    assert answer("conflicts", sample_path)["doubles"] == []


def test_people_read_one_line_for_each(sample_path: Path, two_walk_ins: list[Attendee]) -> None:
    lines = run("conflicts", sample_path).stdout.splitlines()
    assert len(lines) == 2
    assert "Let in twice · " in lines[0]
    assert lines[0].count("Desk ") == 2
    assert "  Zofia Gżegżółkowska · Registered twice · Desk " in lines[1]


def test_what_is_not_there_is_said_in_one_line(sample_path: Path) -> None:
    assert run("conflicts", sample_path).stdout == "Nothing waits, and nothing was said.\n"
    done = run("resolve", sample_path, "0123", "mistake")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such second check-in" in done.stderr
    done = run("merge-people", sample_path, "12", "13")
    assert done.returncode == 2
    assert "give the id" in done.stderr
