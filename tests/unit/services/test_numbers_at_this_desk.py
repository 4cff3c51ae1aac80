"""The counters of a desk beside others: how many of those who came it let in itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from settable_clock import SettableClock
from shared_parcels import packed

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.desk_numbers import LiveDeskNumbers
from checkin_app.services.sharing.files.file_merging import merge_event_files
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people import desk_counts


class Door:
    """A desk, and its counters."""

    def __init__(self, event_file: EventFile, name: str, clock: SettableClock) -> None:
        self.file, self.name, self._clock = event_file, name, clock
        self.codes = [
            record.attendee.code for record in event_file.records() if record.attendee.code
        ]
        self._live = LiveDeskNumbers(event_file)
        self._list = event_file.check_in_lists()[0]

    def let_in(self, codes: list[str], name: str = "") -> None:
        desk = CheckInDesk(self.file, name or self.name, self._list, self._clock)
        for code in codes:
            desk.handle(Scan(code, ScanSource.COMMAND_LINE))

    def undo(self, code: str) -> None:
        record = next(r for r in self.file.records() if r.attendee.code == code)
        CheckInDesk(self.file, self.name, self._list, self._clock).undo(
            record.attendee.id, record.check_ins[self._list.id].entry_id
        )

    def join(self, desk: str, *names: str) -> None:
        for name in names:
            with self.file.transaction(name, self._clock.now) as transaction:
                transaction.append(EntryKind.DESK_JOINED, payload={"desk": desk, "name": name})

    @property
    def here(self) -> int | None:
        """As somebody who looks all day sees it; whoever opens the window now sees the same."""
        shown = self._live.count(self._list, self.name, self._clock.now)
        assert shown == LiveDeskNumbers(self.file).count(self._list, self.name, self._clock.now)
        return shown.at_this_desk


@pytest.fixture
def door(sample_event_file: EventFile, clock: SettableClock) -> Door:
    return Door(sample_event_file, "Desk 1", clock)


def test_one_desk_alone_needs_no_number_of_its_own(door: Door) -> None:
    assert door.here is None
    door.let_in(door.codes[:3])
    assert door.here is None


def test_beside_another_desk_each_knows_whom_it_let_in(door: Door) -> None:
    door.let_in(door.codes[:5])
    assert door.here is None
    door.let_in(door.codes[5:7], "Side door")
    assert door.here == 5
    door.let_in(door.codes[7:8])
    assert door.here == 6


def test_a_shared_event_has_the_number_before_anybody_came(door: Door) -> None:
    door.join("1" * 32, "Desk 1")
    assert door.here is None
    door.join("2" * 32, "Side door")
    assert door.here == 0


def test_a_check_in_taken_back_counts_no_more(door: Door) -> None:
    door.let_in(door.codes[:4])
    door.let_in(door.codes[4:5], "Side door")
    assert door.here == 4
    door.undo(door.codes[0])
    assert door.here == 3


def test_a_desk_with_a_new_name_goes_on_counting(door: Door) -> None:
    door.join("1" * 32, "Desk 1")
    door.join("2" * 32, "Side door")
    door.let_in(door.codes[:4])
    door.let_in(door.codes[4:6], "Side door")
    assert door.here == 4
    door.join("1" * 32, "Main entrance")
    door.name = "Main entrance"
    door.let_in(door.codes[6:7])
    assert door.here == 5


def test_a_name_that_two_desks_had_is_counted_for_neither_s_past(door: Door) -> None:
    door.join("1" * 32, "Desk 1", "Main entrance")
    door.join("2" * 32, "Desk 1", "Side door")
    door.let_in(door.codes[:4])
    door.name = "Main entrance"
    door.let_in(door.codes[4:6])
    assert door.here == 2


def test_after_many_new_entries_everybody_is_counted_anew(
    monkeypatch: pytest.MonkeyPatch, door: Door
) -> None:
    monkeypatch.setattr(desk_counts, "MOST_NEW_ENTRIES", 3)
    door.let_in(door.codes[:1], "Side door")
    assert door.here == 0
    door.let_in(door.codes[1:8])
    assert door.here == 7


def test_what_another_desk_shares_late_counts_there(door: Door, clock: SettableClock) -> None:
    path = door.file.path.with_name("other.checkin")
    with EventFile.create_from(path, packed(door.file), desk="Desk 2", now=clock.now) as other:
        side = Door(other, "Side door", clock)
        side.let_in(door.codes[:3])
        clock.now += timedelta(minutes=5)
        door.let_in([*door.codes[3:6], door.codes[2]])
        assert door.here is None
        merge_event_files(door.file.path, path, "Desk 1", clock.now)
        # The third was let in at both, first at the side door.
        assert (door.here, side.here) == (3, 3)
        assert door.file.inbox.open_conflicts() == 1
