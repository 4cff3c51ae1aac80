"""What holds for all lists, whatever is in them and whatever happens between two imports."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION
from taken_lists import ORGANISER, an_event, plan_of, tables_of, take

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.list_import.import_undo import undo_import
from checkin_app.services.list_merge.planned_rows import summary
from checkin_app.services.registrations import correct
from checkin_app.storage.event_file import EventFile

HEAD = "Code,First name,Last name,Organisation,Email,Role"

# Few of each, so that people meet: namesakes, families, office addresses, codes given twice.
codes = st.sampled_from(["", "", "C-1", "C-2", "C-3"])
first_names = st.sampled_from(["Anna", "Ana", "Maria", "Mario", "Jan", "Dr. Jürgen", ""])
last_names = st.sampled_from(["Nowak", "Nowák", "Rossi", "Müller", "Jan"])
organisations = st.sampled_from(["", "EAPN", "ACME"])
emails = st.sampled_from(["", "info@x.org", "anna@x.org", "m@x.org"])
roles = st.sampled_from(["", "Chair", "Clerk"])
lines = st.lists(
    st.tuples(codes, first_names, last_names, organisations, emails, roles).map(",".join),
    max_size=6,
)
laws = settings(max_examples=80)


def entries_of(event_file: EventFile) -> int:
    return len(list(event_file.ledger()))


@laws
@given(first=lines, newer=lines)
def test_the_same_list_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], newer: list[str]
) -> None:
    with an_event(tmp_path_factory) as event_file:
        take(event_file, HEAD, *first)
        take(event_file, HEAD, *newer)
        entries = entries_of(event_file)
        again = take(event_file, HEAD, *newer)
        assert (again.added, again.updated, again.gone, again.import_id) == (0, 0, 0, "")
        assert entries_of(event_file) == entries
        assert event_file.verify().ok


@laws
@given(first=lines, newer=lines)
def test_every_row_is_of_exactly_one_kind(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], newer: list[str]
) -> None:
    with an_event(tmp_path_factory) as event_file:
        take(event_file, HEAD, *first)
        plan = plan_of(event_file, HEAD, *newer)
    placed = Counter(
        [
            *plan.addition_rows,
            *(update.row for update in plan.updates),
            *plan.same_rows,
            *plan.rejected_rows,
            *plan.repeated_rows,
        ]
    )
    assert placed == Counter(range(2, len(newer) + 2))
    assert plan.read == len(newer)
    counted = summary(plan)
    assert plan.read == (
        counted.new
        + counted.changed
        + counted.unchanged
        + counted.unclear
        + counted.rejected
        + counted.repeated
    )
    concerned = [person.id for person in plan.same]
    concerned += [update.attendee.id for update in plan.updates]
    concerned += [person.id for person in plan.gone]
    assert len(concerned) == len(set(concerned))


different_people = st.lists(
    st.tuples(
        codes,
        st.sampled_from(["Anna", "Maria", "Jan", "Zoe"]),
        st.sampled_from(["Nowak", "Rossi", "Müller"]),
        organisations,
        emails,
        roles,
    ),
    max_size=6,
    unique_by=(lambda row: row[1:3], lambda row: row[0] or row[1:3]),
).map(lambda rows: [",".join(row) for row in rows])


@laws
@given(first=different_people, newer=different_people, data=st.data())
def test_who_is_who_does_not_depend_on_the_order_of_the_rows(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[str],
    newer: list[str],
    data: st.DataObject,
) -> None:
    shuffled = data.draw(st.permutations(newer))
    with an_event(tmp_path_factory) as event_file:
        take(event_file, HEAD, *first)
        outcomes = [
            (
                sorted(str(person) for person in plan.additions),
                sorted(str((u.attendee.id, u.changes, u.is_back)) for u in plan.updates),
                sorted(person.id for person in plan.same),
                sorted(person.id for person in plan.gone),
                sorted(str((row.attendee, row.doubt)) for row in plan.unclear.values()),
            )
            for rows in (newer, shuffled)
            for plan in [plan_of(event_file, HEAD, *rows)]
        ]
    assert outcomes[0] == outcomes[1]


@laws
@given(first=lines, newer=lines)
def test_undoing_an_import_brings_all_tables_back(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], newer: list[str]
) -> None:
    with an_event(tmp_path_factory) as event_file:
        take(event_file, HEAD, *first)
        before = tables_of(event_file.path)
        if take(event_file, HEAD, *newer).import_id:
            plan = undo_import(event_file, ORGANISER, DURING_REGISTRATION)
            assert plan.staying == ()
        assert tables_of(event_file.path) == before
        assert event_file.verify().ok


steps = st.lists(
    st.one_of(
        lines,
        st.integers(0, 5),
        st.tuples(st.integers(0, 5), st.sampled_from(["organisation", "last_name", "role"])),
        st.just("undo"),
    ),
    max_size=8,
)


@laws
@given(first=lines, happening=steps)
def test_no_check_in_is_lost_by_whatever_lists_come(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[str],
    happening: list[list[str] | int | tuple[int, str] | str],
) -> None:
    """People are scanned and corrected between imports and undone imports."""
    with an_event(tmp_path_factory) as event_file:
        take(event_file, HEAD, *first)
        desk = CheckInDesk(
            event_file, "Desk 1", event_file.check_in_lists()[0], lambda: DURING_REGISTRATION
        )
        came: set[str] = set()
        for minute, step in enumerate(happening):
            now = DURING_REGISTRATION + timedelta(minutes=minute)
            records = event_file.records()
            match step:
                case "undo":
                    if any(not one.is_undone for one in event_file.imports.done()):
                        undo_import(event_file, ORGANISER, now)
                case list():
                    take(event_file, HEAD, *step, now=now)
                case int() if records:
                    record = records[step % len(records)]
                    desk.handle(Scan(record.attendee.code))
                    came.add(record.attendee.id)
                case (int(place), str(field)) if records:
                    record = records[place % len(records)]
                    correct(event_file, "Desk 1", now, record.attendee.id, {field: "Corrected"})
            here = {r.attendee.id for r in event_file.records() if r.checked_in_at is not None}
            assert here == came
        assert event_file.verify().ok, event_file.verify().differences
        told = [e.id for e in event_file.ledger() if e.kind is EntryKind.CHECKED_IN]
        assert len(told) == len(came)
