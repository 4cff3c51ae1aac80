"""The numbers of the dashboard: the same from one query, from new entries, and one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.dashboard import Dashboard, Share, top
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.programme import Event
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.errors import UsageError
from checkin_app.services.attendance import event_numbers, is_listed, is_no_show
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.dashboard import LiveCount, dashboard, write_report
from checkin_app.services.desk_numbers import LiveDeskNumbers, desk_numbers
from checkin_app.services.documents.attendance_documents import (
    write_attendance_list,
    write_no_show_list,
)
from checkin_app.services.documents.exports import Export, export
from checkin_app.services.documents.paper_list import write_paper_list
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people import dashboard_counts

DAY = date(2024, 5, 6)
NOON = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)
EVENT = Event("Assembly", "Europe/Brussels", DAY, DAY)
LISTS = (
    CheckInList("desk", "Registration"),
    CheckInList("press", "Press room", categories=frozenset({"press"})),
)
CATEGORIES = ("", "press", "speaker", "Συμμετέχων")
people = st.builds(
    Attendee,
    id=st.just(""),
    last_name=st.just("N"),
    category=st.sampled_from(CATEGORIES),
    organisation=st.sampled_from(("", "ACME", "Öko e. V.")),
    country=st.sampled_from(("", "Italy", "Malta")),
    status=st.sampled_from(AttendeeStatus),
    walk_in=st.booleans(),
)
whom = st.integers(0, 6)
happenings = st.one_of(
    st.tuples(st.just("register"), people),
    st.tuples(st.just(EntryKind.CHECKED_IN), whom, st.sampled_from(("desk", "press"))),
    st.tuples(st.just(EntryKind.UNDONE), whom),
    st.tuples(
        st.just(EntryKind.REFUSED),
        whom,
        st.sampled_from(("desk", "press")),
        st.sampled_from(("already_in", "cancelled", "unknown_code")),
    ),
    st.tuples(st.just(EntryKind.AMENDED), whom, st.sampled_from(CATEGORIES)),
    st.tuples(st.just(EntryKind.GONE_FROM_LIST), whom),
    st.tuples(st.just(EntryKind.BACK_ON_LIST), whom),
    st.tuples(st.just(EntryKind.BADGE_PRINTED), whom, st.sampled_from(("", "lost", "damaged"))),
    st.tuples(st.just(EntryKind.BADGE_SPOILT), whom),
    st.tuples(st.just(EntryKind.TICKET_SENT), whom),
    st.tuples(st.just(EntryKind.TICKET_BOUNCED), whom),
)


def happen(event_file: EventFile, ids: list[str], number: int, what: tuple) -> None:
    """One thing that a ledger may say, at one of two desks, some seconds after the last."""
    now = NOON + timedelta(seconds=17 * number)
    with event_file.transaction(f"Desk {number % 2}", now) as transaction:
        kind, *details = what
        if kind == "register":
            ids += transaction.register_many(details)
            return
        if not ids:
            return
        attendee_id = ids[details[0] % len(ids)]
        match kind:
            case EntryKind.UNDONE:
                record = transaction.record(attendee_id)
                for check_in in tuple(record.check_ins.values())[:1]:
                    transaction.append(kind, attendee_id, payload={"undoes": check_in.entry_id})
            case EntryKind.REFUSED:
                transaction.append(kind, attendee_id, details[1], {"outcome": details[2]})
            case EntryKind.AMENDED:
                changes = {"category": details[1], "organisation": "Neu"}
                transaction.append(kind, attendee_id, payload={"changes": changes})
            case EntryKind.BADGE_PRINTED:
                reason = {"reason": details[1]} if details[1] else {}
                transaction.append(kind, attendee_id, payload={"mark": "00", **reason})
            case EntryKind.CHECKED_IN:
                transaction.append(kind, attendee_id, details[1])
            case _:
                transaction.append(kind, attendee_id)


def shares(groups: dict[str, list[int]]) -> set[tuple[str, int, int]]:
    return {(name, arrived, expected) for name, (arrived, expected) in groups.items()}


def assert_counted_right(shown: Dashboard, event_file: EventFile) -> None:
    """Against a plain count over all people and all entries."""
    chosen = shown.check_in_list
    records, entries = event_file.records(), list(event_file.ledger())
    came = {
        record.attendee.id: [
            one for one in record.check_ins.values() if chosen is None or one.list_id == chosen.id
        ]
        for record in records
    }
    counted = [record for record in records if is_listed(record, chosen)]
    assert shown.registered == len(records)
    assert shown.expected == len(counted)
    assert shown.missing == sum(is_no_show(record, chosen) for record in records)
    assert shown.arrived == sum(bool(check_ins) for check_ins in came.values())
    assert shown.walk_ins == sum(record.attendee.walk_in for record in records)
    assert shown.gone == sum(
        record.gone_at is not None and not came[record.attendee.id] for record in records
    )
    assert shown.tickets_sent == sum(record.ticket_sent_at is not None for record in records)
    for field, found in (
        ("category", shown.categories),
        ("organisation", shown.organisations),
        ("country", shown.countries),
    ):
        groups: dict[str, list[int]] = {}
        for record in counted:
            group = groups.setdefault(getattr(record.attendee, field), [0, 0])
            group[0] += bool(came[record.attendee.id])
            group[1] += 1
        assert {(one.name, one.arrived, one.expected) for one in found} == shares(groups)
        assert [one.expected for one in found] == sorted(
            (one.expected for one in found), reverse=True
        )
    series = shown.series
    assert sum(series.counts) + series.earlier + series.later == shown.arrived
    desks = Counter(one.desk for check_ins in came.values() for one in check_ins)
    assert {one.desk: one.arrived for one in shown.desks} == dict(desks)
    refused = Counter(
        entry.payload["outcome"]
        for entry in entries
        if entry.kind is EntryKind.REFUSED and (chosen is None or entry.list_id == chosen.id)
    )
    assert dict(shown.refusals) == dict(refused)
    prints = [entry for entry in entries if entry.kind is EntryKind.BADGE_PRINTED]
    reasons = Counter(e.payload["reason"] for e in prints if e.payload.get("reason"))
    assert dict(shown.badges.reprints) == dict(reasons)
    assert shown.badges.prints == len(prints)
    assert shown.badges.people == sum(record.badge_prints > 0 for record in records)
    assert shown.badges.spoilt == sum(e.kind is EntryKind.BADGE_SPOILT for e in entries)


@settings(max_examples=30)
@given(st.lists(st.lists(happenings, min_size=1, max_size=8), min_size=1, max_size=5))
def test_whatever_happens_new_entries_lead_to_the_same_numbers_as_counting_one_by_one(rounds):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "event.checkin"
        first = [Attendee(id="", last_name="A", category="press"), Attendee(id="", last_name="B")]
        with EventFile.create(path, EVENT, LISTS, first, desk="A", now=NOON) as event_file:
            ids = [record.attendee.id for record in event_file.records()]
            live = {choice: LiveCount(event_file) for choice in (*LISTS, None)}
            at_desk = LiveDeskNumbers(event_file)
            number = 0
            for happened in rounds:
                for what in happened:
                    number += 1
                    happen(event_file, ids, number, what)
                now = NOON + timedelta(seconds=17 * number)
                for choice, count in live.items():
                    shown = count.count(choice, now)
                    assert_counted_right(shown, event_file)
                    assert shown == dashboard(event_file, choice, now)
                    if choice is not None:
                        beside = {one.desk: one.arrived for one in shown.desks}
                        numbers = at_desk.count(choice, "Desk 1", now)
                        here = beside.get("Desk 1", 0) if "Desk 0" in beside else None
                        assert numbers.at_this_desk == here


def test_after_many_new_entries_all_is_counted_anew(monkeypatch, sample_event_file, desk, clock):
    monkeypatch.setattr(dashboard_counts, "MOST_NEW_ENTRIES", 3)
    live = LiveCount(sample_event_file)
    now = clock()
    assert live.count(desk.check_in_list, now).arrived == 0
    for record in sample_event_file.records()[:9]:
        desk.handle(Scan(record.attendee.code, ScanSource.COMMAND_LINE))
    assert_counted_right(live.count(desk.check_in_list, now), sample_event_file)


@pytest.mark.parametrize("categories", [(), ("Expert", "EC official")])
def test_desk_commands_lists_and_dashboard_mean_the_same_people(
    sample_event_file, desk, clock, tmp_path, categories
):
    chosen = replace(desk.check_in_list, categories=frozenset(categories))
    records = sample_event_file.records()
    for record in records[::3]:
        desk.admit_anyway(record.attendee.id, "let in by the organiser")
    with sample_event_file.transaction("Organiser", clock.now) as transaction:
        for record in records[:5]:
            transaction.append(EntryKind.GONE_FROM_LIST, record.attendee.id)
    shown = dashboard(sample_event_file, chosen, clock.now)
    assert shown.arrived == len(records[::3])
    assert shown.gone == 3
    assert shown.missing > 0

    numbers = event_numbers(sample_event_file, chosen)
    assert (numbers.registered, numbers.checked_in) == (shown.registered, shown.arrived)
    assert (numbers.expected, numbers.no_shows) == (shown.expected, shown.missing)
    at_desk = desk_numbers(sample_event_file, chosen, clock.now)
    assert (at_desk.arrived, at_desk.expected) == (shown.arrived, shown.expected)
    path = tmp_path / "list.csv"
    assert export(sample_event_file, path, Export.ATTENDANCE, chosen) == shown.expected
    assert export(sample_event_file, path, Export.NO_SHOWS, chosen) == shown.missing
    for write, count in (
        (write_attendance_list, shown.expected),
        (write_no_show_list, shown.missing),
        (write_paper_list, shown.expected),
    ):
        assert write(sample_event_file, tmp_path / "list.pdf", chosen) == count


def test_each_desk_has_its_last_minute(sample_event_file, clock):
    people = sample_event_file.records()
    confirmed = [r for r in people if r.attendee.status is AttendeeStatus.CONFIRMED]
    chosen = sample_event_file.check_in_lists()[0]
    for number, record in enumerate(confirmed[:12]):
        clock.now += timedelta(seconds=10)
        CheckInDesk(sample_event_file, f"Desk {2 + number % 2 * 8}", chosen, clock).check_in(
            record.attendee.id
        )
    shown = dashboard(sample_event_file, chosen, clock.now)
    assert [(one.desk, one.arrived, one.last_minute) for one in shown.desks] == [
        ("Desk 2", 6, 3),
        ("Desk 10", 6, 4),
    ]
    assert shown.per_minute == 12 / 5
    missing = shown.expected - 12
    assert shown.everybody_in_at == clock.now + timedelta(minutes=missing / (12 / 5))


def test_a_list_with_places_for_few_expects_no_more_than_these(sample_event_file, clock):
    chosen = next(one for one in sample_event_file.check_in_lists() if one.capacity)
    shown = dashboard(sample_event_file, chosen, clock.now)
    assert shown.places == 60 < shown.expected
    assert dashboard(sample_event_file, replace(chosen, capacity=None), clock.now).places > 60


def test_the_whole_event_is_expected_as_its_registration_desk_is(sample_event_file, clock):
    whole = dashboard(sample_event_file, None, clock.now)
    at_desk = dashboard(sample_event_file, sample_event_file.check_in_lists()[0], clock.now)
    assert whole.check_in_list is None
    assert whole.window == at_desk.window
    assert whole.series == at_desk.series


def test_the_smallest_are_added_up_in_the_last_line():
    shares = tuple(Share(f"{n}", 1, 10 - n) for n in range(6))
    assert top(shares, 6) == shares
    assert top(shares, 3) == (*shares[:2], Share("", 4, 8 + 7 + 6 + 5, 4))


def test_a_report_of_another_kind_is_refused(sample_event_file, tmp_path):
    with pytest.raises(UsageError, match=r"\.pdf or \.png"):
        write_report(sample_event_file, tmp_path / "numbers.docx")
