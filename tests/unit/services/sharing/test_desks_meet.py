"""Desks that work apart with the real services, and what holds once their files have met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION as NOW
from settable_clock import SettableClock
from shared_parcels import packed

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.scan import Scan
from checkin_app.errors import EventClosed
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.registrations import correct
from checkin_app.storage.event_file import EventFile

CODES = tuple(f"T-{number}" for number in range(4))
FIELDS = ("role", "country", "organisation")
LISTS = ("registration", "day-2", "dinner")
DESKS = 3


def at(minute: float) -> SettableClock:
    return SettableClock(NOW + timedelta(minutes=minute))


@pytest.fixture
def event_file(empty_event_file: EventFile, tmp_path: Path) -> Iterator[EventFile]:
    """Four people, a desk, a second day and a dinner for two."""
    event, (desk,) = empty_event_file.event(), empty_event_file.check_in_lists()
    lists = (desk, CheckInList("day-2", "Second day"), CheckInList("dinner", "Dinner", capacity=2))
    people = [Attendee("", code, last_name=f"Guest {code}") for code in CODES]
    began, path = NOW - timedelta(hours=2), tmp_path / "made.checkin"
    with EventFile.create(path, event, lists, people, desk="Desk", now=began) as event_file:
        yield event_file


def copies(event_file: EventFile, folder: Path, stack: ExitStack) -> list[EventFile]:
    for leftover in folder.glob("desk-*"):
        leftover.unlink()
    parcels = list(packed(event_file))
    return [
        stack.enter_context(
            EventFile.create_from(folder / f"desk-{n}.checkin", parcels, desk="Desk", now=NOW)
        )
        for n in range(DESKS)
    ]


def meet(files: Sequence[EventFile]) -> None:
    ledgers = [list(event_file.ledger()) for event_file in files]
    for event_file in files:
        with event_file.transaction("Desk", NOW, even_closed=True) as transaction:
            for ledger in ledgers:
                transaction.take_in_unshared(ledger)
        assert event_file.verify().differences == ()
    assert len({event_file.sharing.fold_digest() for event_file in files}) == 1


def scan(event_file: EventFile, desk: int, code: str, list_id: str, minute: float) -> OutcomeKind:
    check_in_list = next(one for one in event_file.check_in_lists() if one.id == list_id)
    made = CheckInDesk(event_file, f"Desk {desk}", check_in_list, at(minute))
    return made.handle(Scan(code)).kind


def person(event_file: EventFile, code: str) -> str:
    (match,) = event_file.find_code(code)
    return match.attendee_id


def corrections(event_file: EventFile, code: str) -> list[Entry]:
    history = event_file.history(person(event_file, code))
    return [entry for entry in history if entry.kind is EntryKind.AMENDED]


STEPS = st.lists(
    st.tuples(
        st.integers(0, DESKS - 1),
        st.sampled_from(CODES),
        st.one_of(
            st.tuples(st.just("scan"), st.sampled_from(LISTS), st.just("")),
            st.tuples(st.just("correct"), st.sampled_from(FIELDS), st.sampled_from("ABC")),
            st.tuples(st.just("meet"), st.just(""), st.just("")),
        ),
    ),
    max_size=14,
)


@settings(max_examples=60)
@given(steps=STEPS)
def test_of_each_field_the_later_word_holds_and_of_each_list_the_earlier_admission(
    steps: list[tuple[int, str, tuple[str, str, str]]], event_file: EventFile, tmp_path: Path
) -> None:
    """Several lists, one of them with a capacity; who is let in is told from the answers alone."""
    with ExitStack() as stack:
        files = copies(event_file, tmp_path, stack)
        admitted: dict[tuple[str, str], list[int]] = {}
        said: dict[tuple[str, str], str] = {}
        changed = dict.fromkeys(CODES, 0)
        for minute, (desk, code, (what, which, value)) in enumerate(steps, 1):
            if what == "meet":
                meet(files[:2])
            elif what == "scan":
                present = files[desk].category_counts(which)
                kind = scan(files[desk], desk, code, which, minute)
                if kind is OutcomeKind.ADMITTED:
                    admitted.setdefault((code, which), []).append(minute)
                    arrived = sum(count.arrived for count in present)
                    assert which != "dinner" or arrived < 2
            else:
                known = files[desk].record(person(files[desk], code))
                assert known is not None
                if getattr(known.attendee, which) != value:
                    now = at(minute)()
                    correct(files[desk], f"Desk {desk}", now, known.attendee.id, {which: value})
                    said[code, which] = value
                    changed[code] += 1
        meet(files)
        for code in CODES:
            record = files[0].record(person(files[0], code))
            assert record is not None
            for field in FIELDS:
                assert getattr(record.attendee, field) == said.get((code, field), "")
            assert len(corrections(files[0], code)) == changed[code]
            let_in = {list_id for who, list_id in admitted if who == code}
            assert set(record.check_ins) == let_in
            for list_id in let_in:
                first, *later = admitted[code, list_id]
                assert record.check_ins[list_id].at == at(first)()
                of_list = [one for one in record.open_conflicts if one.list_id == list_id]
                assert [one.later_at for one in of_list] == [at(minute)() for minute in later]


def test_a_capacity_that_was_exceeded_apart_is_seen_and_lets_nobody_else_in(
    event_file: EventFile, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        files = copies(event_file, tmp_path, stack)
        for desk in range(DESKS):
            assert scan(files[desk], desk, CODES[desk], "dinner", desk) is OutcomeKind.ADMITTED
        meet(files)
        assert sum(count.arrived for count in files[0].category_counts("dinner")) == 3
        assert scan(files[0], 0, CODES[3], "dinner", 9) is OutcomeKind.FULL


def test_a_list_that_is_described_at_one_desk_is_asked_at_all(
    event_file: EventFile, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        files = copies(event_file, tmp_path, stack)
        dinner = files[0].check_in_lists()[2]
        with files[0].transaction("Desk 0", NOW) as transaction:
            transaction.describe_list(replace(dinner, capacity=1))
            transaction.describe_list(CheckInList("day-3", "Third day"))
        assert scan(files[1], 1, CODES[0], "dinner", 1) is OutcomeKind.ADMITTED
        meet(files)
        assert scan(files[2], 2, CODES[1], "dinner", 2) is OutcomeKind.FULL
        assert scan(files[2], 2, CODES[1], "day-3", 3) is OutcomeKind.ADMITTED


def test_what_others_scan_while_the_event_is_closed_counts_and_names_nobody(
    event_file: EventFile, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        files = copies(event_file, tmp_path, stack)
        scan(files[0], 0, CODES[0], "registration", 1)
        with files[0].transaction("Desk 0", at(2)()) as transaction:
            transaction.erase_everybody({})
        assert scan(files[1], 1, CODES[1], "registration", 3) is OutcomeKind.ADMITTED
        assert scan(files[2], 2, CODES[0], "registration", 4) is OutcomeKind.ADMITTED
        meet(files)
        for file in files:
            assert sum(count.arrived for count in file.category_counts("registration")) == 2
            assert all(code not in str(list(file.ledger())) for code in CODES)
            with pytest.raises(EventClosed):
                scan(file, 9, CODES[2], "registration", 5)


@pytest.mark.parametrize("step", [timedelta(hours=-3), timedelta(days=-4000), timedelta(hours=5)])
def test_a_clock_that_is_set_in_mid_event_loses_nothing_and_keeps_the_order(
    event_file: EventFile, tmp_path: Path, step: timedelta
) -> None:
    """Without a hub, which would have told the time."""
    with ExitStack() as stack:
        file, other, _ = copies(event_file, tmp_path, stack)
        desk = CheckInDesk(file, "Desk 0", file.check_in_lists()[0], clock := at(1))
        first = desk.handle(Scan(CODES[0]))
        clock.now += step
        assert desk.handle(Scan(CODES[0])).kind is OutcomeKind.ALREADY_IN
        second = desk.handle(Scan(CODES[1]))
        assert first.check_in is not None
        assert second.check_in is not None
        assert second.check_in.entry_id > first.check_in.entry_id
        desk.undo(person(file, CODES[0]), first.check_in.entry_id)
        assert desk.handle(Scan(CODES[0])).kind is OutcomeKind.ADMITTED
        clock.now -= step
        correct(file, "Desk 0", clock(), person(file, CODES[1]), {"role": "Speaker"})
        meet([file, other])
        record = other.record(person(other, CODES[1]))
        assert record is not None
        assert record.check_ins["registration"].at == at(1)() + step
        assert record.attendee.role == "Speaker"
        again = other.record(person(other, CODES[0]))
        assert again is not None
        assert (len(again.check_ins), again.open_conflicts) == (1, ())
