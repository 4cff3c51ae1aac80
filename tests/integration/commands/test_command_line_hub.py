"""``hub …`` as people and programs use it: two laptops, each with folders of its own."""

from __future__ import annotations

import json
import socket
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from command_line import run
from hub_laptop import Laptop
from multicast import hears_itself
from PIL import Image

from checkin_app.domain.event_document import iso_utc
from checkin_app.domain.ledger import EntryKind
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.scanning.pictures import codes_in_file
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import open_event

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="has no folders of its own by variables"),
    pytest.mark.skipif(not lan_addresses(), reason="this machine is in no network"),
]


def test_a_day_of_two_laptops(first: Laptop, second: Laptop) -> None:
    picture = first.folder / "pairing.png"
    started = first.answer("start", first.file, "--desk", "Entrance", "--qr", picture)
    assert (started["new"], started["was_running"], started["waiting"]) == (True, False, 0)
    pairing = started["pairing"]
    (code,) = codes_in_file(picture)
    assert code.text == pairing["link"]

    joined = second.answer("join", pairing["link"], second.file, "--desk", "Side door")
    assert (joined["new"], joined["waiting"], joined["desks"]) == (True, 0, 1)
    assert joined["hub"] == first.answer("status", first.file)["hub"]

    assert run("scan", second.file, "SOMEBODY", "--desk", "Side door").returncode == 1
    sent = second.answer("sync", second.file)
    assert (sent["sent"], sent["waiting"]) == (1, 0)
    assert first.answer("sync", first.file)["came"] == 1

    status = first.answer("status", first.file)
    assert (status["running"], status["here"]) == (True, True)
    assert [desk["name"] for desk in status["desks"]] == ["Entrance", "Side door"]
    assert [one["desks"] for one in status["pairings"] if one["id"] == pairing["id"]] == [1]
    assert status["bytes"] > 0

    desk_id = joined["desk"]
    withdrawn = first.answer("withdraw", first.file, "Side door")
    assert withdrawn == {"withdrawn": desk_id, "code_holds": pairing["id"]}
    assert "withdrawn" in second.refusal("sync", second.file)
    rejoined = second.answer("join", pairing["link"], second.file)["desk"]
    withdrawn = first.answer("withdraw", first.file, rejoined, "--with-its-code")
    assert withdrawn == {"withdrawn": rejoined, "code_withdrawn": pairing["id"]}
    assert "withdrawn" in second.refusal("join", pairing["link"], second.file)

    assert second.answer("take-over", second.file)["new"]
    assert second.answer("stop", second.file) == {"stopped": True}
    assert second.answer("stop", second.file) == {"stopped": False}
    assert not second.answer("status", second.file)["running"]
    assert second.answer("remove", second.file) == {"removed": started["event_id"]}
    assert "organises no hub" in second.refusal("status", second.file)


def test_a_desk_has_one_name_for_the_hub_the_command_line_and_the_window(
    first: Laptop, second: Laptop
) -> None:
    link = first.answer("start", first.file)["pairing"]["link"]
    assert second.answer("join", link, second.file)["name"] == "Desk 2"
    assert second.settings()["desk_name"] == "Desk 2"
    second.answer("sync", second.file, "--desk", "Side door")
    assert second.answer("join", link, second.file)["name"] == "Side door"
    assert second.settings()["desk_name"] == "Side door"
    second.command("scan", second.file, "SOMEBODY")
    second.answer("sync", second.file)
    status = first.answer("status", first.file)
    assert [desk["name"] for desk in status["desks"]] == ["Desk 1", "Side door"]
    assert status["borrowed"] == []


def test_what_the_command_line_records_has_the_time_of_the_hub(
    first: Laptop, second: Laptop
) -> None:
    link = first.answer("start", first.file)["pairing"]["link"]
    second.answer("join", link, second.file)
    (membership,) = second.folder.glob("checkin-app/memberships/*.json")
    kept = json.loads(membership.read_text())
    membership.write_text(json.dumps({**kept, "clock_error_ms": 3_600_000}))
    first.answer("stop", first.file)
    before = utc_now()
    second.command("scan", second.file, "SOMEBODY")
    with open_event(second.file) as event_file:
        (refused,) = [e for e in event_file.ledger() if e.kind is EntryKind.REFUSED]
    second_more = timedelta(seconds=1)
    assert before - second_more < refused.at + timedelta(hours=1) < utc_now() + second_more


def test_a_desk_is_told_that_another_laptop_organises_the_hub(
    first: Laptop, second: Laptop
) -> None:
    second.answer("join", first.answer("start", first.file)["pairing"]["link"], second.file)
    for command in ("status", "stop", "pair", "remove"):
        assert "hub sync" in second.refusal(command, second.file)


def photographed(said: str, picture: Path) -> Path:
    """The symbol among the lines of a command, as on a dark terminal: letters are light."""
    halves = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}
    lines = [line for line in said.splitlines() if line and set(line) <= set(halves)]
    rows = [[halves[letter][half] for letter in line] for line in lines for half in (0, 1)]
    side = len(rows[0])
    image = Image.new("L", (side, len(rows)))
    image.putdata([dot for row in rows for dot in row])
    image.resize((side * 8, len(rows) * 8), Image.Resampling.NEAREST).save(picture)
    return picture


def test_a_pairing_is_shown_as_code_link_and_symbol_and_ends_when_it_is_withdrawn(
    first: Laptop, second: Laptop
) -> None:
    said = first.run("start", first.file).stdout
    (code,) = codes_in_file(photographed(said, first.folder / "terminal.png"))
    assert f"Link: {code.text}\n" in said
    pairing = first.answer("pair", first.file, "--valid", "2")
    assert first.answer("withdraw", first.file, pairing["id"]) == {"withdrawn": pairing["id"]}
    assert "withdrawn" in second.refusal("join", pairing["link"], second.file)
    assert not second.file.exists()


def test_starting_again_shows_the_code_that_holds(first: Laptop) -> None:
    started = first.answer("start", first.file)["pairing"]
    assert first.answer("start", first.file)["pairing"] == started
    first.answer("stop", first.file)
    assert first.answer("start", first.file)["pairing"]["code"] == started["code"]
    further = first.answer("pair", first.file)
    assert further["id"] != started["id"]
    assert first.answer("start", first.file)["pairing"]["id"] == started["id"]
    assert len(still_valid(first)) == 2

    first.answer("withdraw", first.file, started["id"])
    first.answer("withdraw", first.file, further["id"])
    another = first.answer("pair", first.file, "--valid", "2")
    assert first.answer("start", first.file)["pairing"]["link"] == another["link"]
    assert still_valid(first) == [another["id"]]


def test_a_code_that_is_to_hold_so_long_is_a_new_one(first: Laptop) -> None:
    started = first.answer("start", first.file)["pairing"]
    said = first.run("start", first.file, "--valid", "2").stdout
    assert started["code"] not in said
    assert "Others can join with it for 2 hours." in said
    assert len(still_valid(first)) == 2


def still_valid(laptop: Laptop) -> list[str]:
    pairings = laptop.answer("status", laptop.file)["pairings"]
    now = iso_utc(utc_now())
    return [one["id"] for one in pairings if not one["withdrawn"] and one["valid_until"] > now]


def test_a_picture_that_cannot_be_written_is_said_and_the_pairing_is_told(first: Laptop) -> None:
    first.answer("start", first.file)
    done = first.run("pair", first.file, "--json", "--qr", first.folder / "nowhere" / "door.png")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    pairing = json.loads(done.stdout)
    assert pairing["qr"] is None
    status = first.answer("status", first.file)
    assert pairing["id"] in [one["id"] for one in status["pairings"]]


@pytest.mark.skipif(
    not hears_itself(), reason="this machine is in no network that lets laptops tell each other"
)
def test_a_hub_is_found_in_the_network_by_whoever_listens(first: Laptop, second: Laptop) -> None:
    started = first.answer("start", first.file)
    port = int(started["addresses"][0].rpartition(":")[2])
    heard: set[int] = set()
    for _ in range(20):  # somebody who finds nothing looks again
        heard |= {hub["port"] for hub in second.answer("find", "--wait", "2")["hubs"]}
        if port in heard:
            break
    assert port in heard


def test_a_port_that_is_taken_is_said_and_nothing_is_started(first: Laptop) -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        assert f"port {port}" in first.refusal("start", first.file, "--port", port)
    assert "organises no hub" in first.refusal("status", first.file)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("status",), "organises no hub"),
        (("stop",), "organises no hub"),
        (("pair",), "organises no hub"),
        (("withdraw", "Desk 2"), "organises no hub"),
        (("sync",), "Join first"),
        (("start", "--dsn", "nonsense"), "no address of a PostgreSQL"),
        (("start", "--dsn", "host=127.0.0.1 port=1 dbname=x"), "does not answer"),
        (("start", "--port", "80"), "from 1024"),
        (("pair", "--valid", "0"), "number of hours"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    first: Laptop, words: tuple[str, ...], said: str
) -> None:
    command, *more = words
    assert said in first.refusal(command, first.file, *more)


def test_what_is_no_link_is_said(second: Laptop) -> None:
    assert "pairing" in second.refusal("join", "https://example.org", second.file)
