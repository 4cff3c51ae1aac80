"""A desk that was away finds many scans of others, each in a parcel of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from founded_hub import FoundedHub, new_id, sealed
from postgres import PostgresServer

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.services.event_files import create_sample_event
from checkin_app.services.sharing.exchanging.exchange import Exchange
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock


def test_more_parcels_than_are_read_at_once_are_all_taken_in_by_one_exchange(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    event_file = create_sample_event(tmp_path / "event.checkin")
    hub = FoundedHub(postgres, postgres.dsn, event_id=event_file.sharing.event_id())
    with hub.open_ones:
        other, access = hub.joined(), hub.joined()
        scans = [_refused() for _ in range(230)]
        hub.desk(other).put([sealed(other, place, scan) for place, scan in enumerate(scans, 1)])
        exchange = Exchange(event_file, access, "Desk 1", SharedClock())
        connection = hub.desk(access)
        came = exchange.take_in(connection).came
        assert set(came) == {scan.id for scan in scans}
        assert not exchange.take_in(connection)
    event_file.close()


def _refused() -> Entry:
    now = datetime.now(UTC).replace(microsecond=0)
    payload = {"outcome": OutcomeKind.UNKNOWN_CODE.value, "code": "77", "source": "keyboard"}
    return Entry(new_id(), EntryKind.REFUSED, now, "Desk 2", "", "1", payload)
