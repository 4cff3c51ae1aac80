"""A desk that joins late has everything, but for what one laptop alone has to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest
from busy_day import busy_day
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import packed
from taken_lists import reading_of

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.domain.tally import Counted
from checkin_app.services.dashboard import dashboard
from checkin_app.services.list_import.import_undo import imports, plan_undo
from checkin_app.services.list_import.registration_lists import apply_import, plan_import
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.inbox.conflicts import inbox_conflicts, resolve
from checkin_app.services.sharing.inbox.doubles import keep_apart, merge, possible_doubles
from checkin_app.services.sharing.inbox.inbox import read_inbox
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter
from checkin_app.storage.people.tables_of_people import other_tables

LATER = NOW + timedelta(hours=1)
ONE_LAPTOPS = {"print_job", "mailing", "mail_job", "online_send"}
"""What this laptop has to print, to mail and to tell pretix: said in docs/apart.md."""
OF_SHARING = {
    "parcel", "parcel_entry", "hub", "hub_parcel", "desk_parcels", "blanked_parcel",
    "shared_up_to", "late_entry", "left_out", "key_elsewhere", "unfinished_erasure",
}  # fmt: skip


@pytest.fixture
def first(sample_event_file: EventFile) -> EventFile:
    """The desk that was there all day."""
    busy_day(sample_event_file)
    file = sample_event_file
    reading = reading_of("First name,Last name,Email", "Ola,Olsen,o@x.org", "Per,Persen,p@x.org")
    apply_import(file, "Desk 1", NOW, plan_import(file, reading), reading)
    pairs = [
        [walk_in(file, f"Desk {n}", NOW, {"last_name": name}).id for n in (1, 2)]
        for name in ("Doubled", "Alike", "Waiting")
    ]
    merge(file, "Desk 1", LATER, *pairs[0])
    keep_apart(file, "Desk 1", LATER, *pairs[1])
    with file.transaction("Desk 2", LATER) as transaction:
        for who in file.records()[:2]:
            for _ in range(2):
                transaction.append(EntryKind.CHECKED_IN, who.attendee.id, "registration")
        transaction.append(EntryKind.DESK_JOINED, payload={"desk": "d1" * 16, "name": "Desk 2"})
        transaction.keep_layout("Ours", {"version": 2})
        transaction.keep_stock("Ours", {"width": 90})
        transaction.keep_mail_text("Ours", {"subject": "Welcome"})
    one = next(one for one in inbox_conflicts(file) if one.conflict.is_open)
    resolve(file, "Desk 1", LATER, one.conflict.later, ResolvedAs.PASSED_ON_BADGE, "his brother")
    assert possible_doubles(file)
    return file


@pytest.fixture
def joined(first: EventFile, tmp_path: Path) -> Iterator[EventFile]:
    """The desk that joined now."""
    path = tmp_path / "joined.checkin"
    with EventFile.create_from(path, packed(first), desk="Desk 3", now=LATER) as joined:
        yield joined


def _tables(event_file: EventFile) -> dict[str, int]:
    with closing(apsw.Connection(str(event_file.path))) as connection:
        names: list[Any] = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').get for (name,) in names}


def test_every_table_is_the_same_or_is_named_as_one_laptops(
    first: EventFile, joined: EventFile
) -> None:
    here, there = _tables(first), _tables(joined)
    assert {name for name in here if here[name] != there[name]} <= ONE_LAPTOPS | OF_SHARING
    assert all(there[name] == 0 for name in ONE_LAPTOPS)
    assert all(here[name] for name in ONE_LAPTOPS)
    with closing(apsw.Connection(str(first.path))) as connection:
        assert set(other_tables(connection)) <= ONE_LAPTOPS
    assert first.sharing.fold_digest() == joined.sharing.fold_digest()
    assert joined.verify().differences == ()


SHOWN: dict[str, Callable[[EventFile], object]] = {
    "the event": lambda file: file.event(),
    "check-in lists": lambda file: file.check_in_lists(),
    "everybody": lambda file: {one.attendee.id: one for one in file.records()},
    "everybody's fold": lambda file: [
        file.record(one.attendee.id) for one in sorted(file.records(), key=lambda o: o.attendee.id)
    ],
    "histories": lambda file: {
        one.attendee.id: file.history(one.attendee.id) for one in file.records()
    },
    "the ledger": lambda file: list(file.ledger()),
    "a search": lambda file: {line.attendee.id for line in file.search("k", 1000)},
    "filters": lambda file: [
        len(file.attendees(wanted))
        for wanted in (AttendeeFilter(), AttendeeFilter(changed=True), AttendeeFilter(arrived=True))
    ],
    "layouts": lambda file: file.kept_layouts(),
    "stock": lambda file: file.kept_stock(),
    "mail texts": lambda file: file.mail_jobs.texts(),
    "bulk prints": lambda file: [(run, file.run_places(run.id)) for run in file.last_runs()],
    "imports": lambda file: imports(file),
    "what undoing an import would do": lambda file: plan_undo(file, ""),
    "the inbox": lambda file: read_inbox(file),
    "counts by category": lambda file: file.category_counts("registration"),
    "sums": lambda file: file.numbers.count_all(Counted("registration")).tally,
    "the dashboard": lambda file: dashboard(file, file.check_in_lists()[0], LATER),
    "minutes": lambda file: file.arrivals_by_minute("registration"),
    "latest arrivals": lambda file: {
        (one.listed.attendee.id, one.check_in) for one in file.latest_arrivals("registration", 999)
    },
    "desks": lambda file: [(one.id, one.names, one.joined_at) for one in file.sharing.desks()],
    "codes": lambda file: file.imports.people().replaced_codes,
}


@pytest.mark.parametrize("what", SHOWN)
def test_what_screens_show_is_the_same(first: EventFile, joined: EventFile, what: str) -> None:
    here, there = SHOWN[what](first), SHOWN[what](joined)
    assert here
    assert here == there
