"""``scan`` at a laptop that shares its event: durable there first, then told to the others."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hub_laptop import Laptop, two_laptops

from checkin_app.cli import main
from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.domain.ledger import EntryKind
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.services.event_files import open_event
from checkin_app.services.sharing.exchanging import brief_sharing, scan_sharing

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="has no folders of its own by variables"),
    pytest.mark.skipif(not lan_addresses(), reason="this machine is in no network"),
]

ANY_TIME_S = 60.0
TRIES = 10
Scanned = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def shared(_sample_template: Path) -> Iterator[tuple[Laptop, Laptop]]:
    """The laptop with the hub, and one that joined."""
    with two_laptops() as (first, second):
        shutil.copy(_sample_template, first.file)
        link = first.answer("start", first.file, "--desk", "Entrance")["pairing"]["link"]
        second.answer("join", link, second.file, "--desk", "Side door")
        yield first, second


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Scanned:
    """Scans in this process, where a slow machine is waited for as long as it takes."""
    for module, name in (
        (brief_sharing, "MEET_WITHIN_S"),
        (brief_sharing, "HAND_IN_WITHIN_S"),
        (brief_sharing, "END_WITHIN_S"),
        (scan_sharing, "ANSWER_WITHIN_S"),
    ):
        monkeypatch.setattr(module, name, ANY_TIME_S)

    def scan(laptop: Laptop, *words: str) -> list[dict[str, Any]]:
        for name, folder in laptop.folders.items():
            monkeypatch.setenv(name, folder)
        main(["scan", str(laptop.file), *words, "--json"], lambda _path: 2)
        said = capsys.readouterr()
        assert said.err == ""
        return [json.loads(line) for line in said.out.splitlines()]

    return scan


def expected_codes(laptop: Laptop) -> list[str]:
    """Of people whom a scan lets in."""
    with open_event(laptop.file) as event_file:
        people = [record.attendee for record in event_file.records() if not record.check_ins]
    return [one.code for one in people if one.code and one.status is AttendeeStatus.CONFIRMED]


def desk_that_let_in(laptop: Laptop, code: str) -> str:
    """As its file has it; nobody did where it is empty."""
    with open_event(laptop.file) as event_file:
        (record,) = (one for one in event_file.records() if one.attendee.code == code)
    return next((one.desk for one in record.check_ins.values()), "")


def refused(laptop: Laptop) -> int:
    with open_event(laptop.file) as event_file:
        return sum(entry.kind is EntryKind.REFUSED for entry in event_file.ledger())


def test_what_a_scan_noted_is_with_the_hub_when_the_command_ends(
    shared: tuple[Laptop, Laptop], scanned: Scanned
) -> None:
    first, second = shared
    for code in expected_codes(second)[:TRIES]:
        admitted, unknown = scanned(second, code, "SOMEBODY")
        assert (admitted["outcome"], unknown["outcome"]) == ("admitted", "unknown_code")
        assert "shared" not in unknown
        # A machine that stands still for seconds has its hub out of reach.
        if admitted["shared"] and second.answer("sync", second.file)["sent"] == 0:
            break
    else:
        pytest.fail("the hub never answered")
    first.answer("sync", first.file)
    assert desk_that_let_in(first, code) == "Side door"
    assert refused(first) == refused(second) > 0


def test_who_came_in_at_another_desk_is_not_let_in_a_second_time(
    shared: tuple[Laptop, Laptop], scanned: Scanned
) -> None:
    first, second = shared
    for code in expected_codes(first)[:TRIES]:
        assert [one["outcome"] for one in scanned(first, code)] == ["admitted"]
        first.answer("sync", first.file)
        assert desk_that_let_in(second, code) == ""
        (answer,) = scanned(second, code)
        if answer["outcome"] != "admitted":
            break
        assert answer["shared"] is False
    else:
        pytest.fail("the hub never answered")
    assert answer["outcome"] == "already_in"
    assert answer["check_in"]["desk"] == "Entrance"
    assert desk_that_let_in(second, code) == "Entrance"
    second.answer("sync", second.file)
    first.answer("sync", first.file)
    assert desk_that_let_in(first, code) == "Entrance"


def test_a_hub_that_is_away_is_said_in_a_word_and_stops_nobody(
    shared: tuple[Laptop, Laptop],
) -> None:
    first, second = shared
    one, other, *_ = expected_codes(second)
    first.answer("stop", first.file)
    done = second.command("scan", second.file, one, other)
    first.answer("start", first.file)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.endswith(" (not yet shared)") for line in done.stdout.splitlines()] == [True] * 2
    assert second.answer("sync", second.file)["waiting"] == 0
    first.answer("sync", first.file)
    assert [desk_that_let_in(first, code) for code in (one, other)] == ["Side door"] * 2


def test_what_is_entered_afterwards_with_its_time_asks_nobody(
    shared: tuple[Laptop, Laptop], scanned: Scanned
) -> None:
    _first, second = shared
    second.answer("sync", second.file)
    (code, *_) = expected_codes(second)
    (answer,) = scanned(second, code, "--at", "2024-05-06T08:00:00Z")
    assert (answer["outcome"], "shared" in answer) == ("admitted", False)
    assert answer["check_in"]["at"] == "2024-05-06T08:00:00Z"
    assert second.answer("sync", second.file)["sent"] == 1
