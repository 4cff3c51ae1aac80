"""Handing in a long list takes as long as somebody waits for: it tells how far it is."""

from __future__ import annotations

from pathlib import Path

from founded_hub import FoundedHub
from postgres import PostgresServer

from checkin_app.domain.attendee import Attendee
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import create_sample_event
from checkin_app.services.sharing.exchanging.one_exchange import exchange_once
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock


def test_handing_in_tells_how_far_it_is_from_the_first_entry_to_the_last(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    with create_sample_event(tmp_path / "event.checkin") as event_file:
        people = [Attendee("", code=f"C{n}", last_name=f"Name {n}") for n in range(1200)]
        with event_file.transaction("Desk 1", utc_now()) as transaction:
            transaction.register_many(people)
        hub = FoundedHub(postgres, postgres.dsn, event_id=event_file.sharing.event_id())
        with hub.open_ones:
            access = hub.joined()
            exchange_once(
                event_file, access, "Desk 1", SharedClock(), lambda *far: told.append(far)
            )
            before = list(told)
            exchange_once(
                event_file, access, "Desk 1", SharedClock(), lambda *far: told.append(far)
            )
    (total,) = {total for _, total in before}
    assert before[-1] == (total, total)
    assert [done for done, _ in before] == sorted(done for done, _ in before)
    # A parcel holds 500 entries, and each is signed and sent.
    assert len(before) > 3
    assert told == before
