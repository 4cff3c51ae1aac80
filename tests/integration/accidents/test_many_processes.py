"""Many processes work on one event file at once, and none of them is told to wait."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import start
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.services.event_files import open_event

DESKS = 4
PEOPLE = 120


def test_four_desks_an_import_and_a_search_share_one_file(empty_path: Path, tmp_path: Path) -> None:
    codes = [f"PERSON-{number:05}" for number in range(PEOPLE)]
    event_file = open_event(empty_path)
    with event_file.transaction("Organiser", DURING_REGISTRATION) as transaction:
        transaction.register(Attendee("", code, last_name=f"Nowak{code}") for code in codes)
    event_file.close()
    newer = tmp_path / "newer.csv"
    rows = (f"NEWER-{number:05},Jakub{number},Zuk{number}" for number in range(3000))
    newer.write_text("\n".join(["Ticket code,First name,Last name", *rows]), encoding="utf-8")

    desks = [
        start("scan", empty_path, "-", "--json", "--desk", f"Desk {number}")
        for number in range(DESKS)
    ]
    others = [
        start("import", empty_path, newer, "--json"),
        start("find", empty_path, "nowak", "--limit", "100", "--json"),
    ]
    given = "".join(f"{code}\n" for code in codes).encode()
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write(given)
        desk.stdin.close()
        desk.stdin = None
    answered = [process.communicate() for process in desks + others]

    assert [errors.decode() for _, errors in answered] == [""] * len(answered)
    outcomes = [json.loads(line) for output, _ in answered[:DESKS] for line in output.splitlines()]
    assert len(outcomes) == DESKS * PEOPLE
    admitted = [o["code"] for o in outcomes if o["outcome"] == "admitted"]
    assert sorted(admitted) == codes
    assert {o["outcome"] for o in outcomes} == {"admitted", "already_in"}
    assert json.loads(answered[DESKS][0])["added"] == 3000
    assert len(json.loads(answered[DESKS + 1][0])["results"]) == 100

    event_file = open_event(empty_path)
    kinds = [entry.kind for entry in event_file.ledger()]
    assert kinds.count(EntryKind.CHECKED_IN) == PEOPLE
    assert kinds.count(EntryKind.REFUSED) == (DESKS - 1) * PEOPLE
    assert len(event_file.records()) == PEOPLE + 3000
    assert event_file.verify().ok
    event_file.close()
