"""What the fold says of printed badges, whatever the order in which entries arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registration_payload import payload_of_attendee

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.badges.badge_prints import (
    BadgePrint,
    PrintRun,
    imposition_document,
    imposition_from_document,
    print_mark,
    run_from_payload,
)
from checkin_app.domain.badges.imposition import Duplex, Fill, Imposition, PrinterOffset, SheetRange
from checkin_app.domain.fold import FROM_DESK, fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind, entry_id, next_clock

START = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
ANNA = Attendee(
    "a" * 32, "CODE", first_name="Anna", last_name="Nowak", extra={"diet": "none", "table": "4"}
)

NAMES = ("first_name", "last_name")


def entries(*happened: tuple[EntryKind, dict[str, Any]]) -> list[Entry]:
    """Entries about Anna, a minute apart."""
    told, clock = [], 0
    for number, (kind, payload) in enumerate(happened):
        at = START + timedelta(minutes=number)
        clock = next_clock(clock, at)
        told.append(Entry(entry_id(clock, number), kind, at, "Desk 1", ANNA.id, "", payload))
    return told


def fold(*happened: tuple[EntryKind, dict[str, Any]]) -> AttendeeRecord:
    record = fold_attendee(entries(registered(), *happened))
    assert record is not None
    return record


def registered() -> tuple[EntryKind, dict[str, Any]]:
    return EntryKind.REGISTERED, payload_of_attendee(ANNA)


def printed(**known: Any) -> tuple[EntryKind, dict[str, Any]]:
    return EntryKind.BADGE_PRINTED, BadgePrint(ANNA, **known).payload()


def amended(**changes: Any) -> tuple[EntryKind, dict[str, Any]]:
    return EntryKind.AMENDED, {"changes": changes, "source": FROM_DESK}


OLD_PRINT: tuple[EntryKind, dict[str, Any]] = (EntryKind.BADGE_PRINTED, {})
SPOILT: tuple[EntryKind, dict[str, Any]] = (EntryKind.BADGE_SPOILT, {})


def test_who_was_only_registered_has_no_badge() -> None:
    record = fold()
    assert record.registered_at == START
    assert (record.badge_prints, record.badge_spoilt, record.changed_since_print) == (0, False, 0)
    assert (record.tray, record.tray_place) == ("", 0)


def test_a_printed_badge_waits_in_its_tray_until_it_is_printed_again() -> None:
    in_tray = printed(run="7f3a", sheet=2, slot=5, tray="K–M", place=14)
    record = fold(in_tray)
    assert (record.tray, record.tray_place, record.badge_prints) == ("K–M", 14, 1)
    assert fold(in_tray, printed()).tray == ""
    assert fold(in_tray, printed(tray="A–D", place=2)).tray == "A–D"


def test_a_spoilt_badge_waits_nowhere_until_it_is_printed_again() -> None:
    in_tray = printed(tray="K–M", place=14)
    spoilt = fold(in_tray, SPOILT)
    assert (spoilt.badge_spoilt, spoilt.tray, spoilt.tray_place) == (True, "", 0)
    assert spoilt.badge_prints == 1
    again = fold(in_tray, SPOILT, printed(tray="K–M", place=14))
    assert (again.badge_spoilt, again.tray, again.badge_prints) == (False, "K–M", 2)
    assert not fold(SPOILT).badge_spoilt


def test_a_print_taken_back_never_was() -> None:
    told = entries(registered(), printed(tray="K–M", place=14), SPOILT)
    undone = Entry(
        entry_id(next_clock(0, START + timedelta(hours=1)), 9),
        EntryKind.UNDONE,
        START,
        "Desk 1",
        ANNA.id,
        payload={"undoes": told[1].id},
    )
    record = fold_attendee([undone, *told])
    assert record is not None
    assert (record.badge_prints, record.tray, record.badge_spoilt) == (0, "", False)


@pytest.mark.parametrize("print_entry", [printed(), OLD_PRINT, printed(fields=("last_name",))])
def test_a_badge_is_out_of_date_while_it_would_show_something_else(
    print_entry: tuple[EntryKind, dict[str, Any]],
) -> None:
    assert not fold(print_entry).changed_since_print
    assert fold(print_entry, amended(last_name="Nowák")).changed_since_print
    assert not fold(
        print_entry, amended(last_name="Nowák"), amended(last_name="Nowak")
    ).changed_since_print
    assert not fold(print_entry, amended(last_name="Nowák"), OLD_PRINT).changed_since_print


def test_only_what_the_badge_shows_counts() -> None:
    by_name = printed(fields=(*NAMES, "event_name", "column:diet"))
    assert not fold(by_name, amended(organisation="EAPN")).changed_since_print
    assert not fold(by_name, amended(extra={"table": "5"})).changed_since_print
    assert fold(by_name, amended(extra={"diet": "vegan"})).changed_since_print
    assert fold(by_name, amended(first_name="Ann")).changed_since_print
    new_code = (EntryKind.CODE_REPLACED, {"code": "SECOND"})
    assert not fold(by_name, new_code).changed_since_print
    assert fold(printed(fields=("code_in_groups",)), new_code).changed_since_print
    assert fold(OLD_PRINT, new_code).changed_since_print
    assert not fold(OLD_PRINT, amended(attention="Speaks at 10")).changed_since_print


def test_a_change_while_the_badges_were_printed_is_noticed() -> None:
    """The person was corrected after the run had taken the name, before it was recorded."""
    assert fold(amended(last_name="Nowák"), printed()).changed_since_print
    now = replace(ANNA, last_name="Nowák")
    recorded = (EntryKind.BADGE_PRINTED, BadgePrint(now).payload())
    assert not fold(amended(last_name="Nowák"), recorded).changed_since_print


happenings = st.lists(
    st.sampled_from(
        [
            OLD_PRINT,
            SPOILT,
            printed(tray="K–M", place=3, fields=NAMES),
            printed(run="7f3a", sheet=1, slot=2, copies=2),
            amended(last_name="Nowák"),
            amended(last_name="Nowak"),
            amended(organisation="EAPN"),
            (EntryKind.CODE_REPLACED, {"code": "SECOND"}),
            (EntryKind.CHECKED_IN, {}),
        ]
    ),
    max_size=8,
)


@given(happenings, st.data())
def test_the_order_of_arrival_makes_no_difference(
    happened: list[tuple[EntryKind, dict[str, Any]]], data: st.DataObject
) -> None:
    told = entries(registered(), *happened)
    repeated = data.draw(st.lists(st.sampled_from(told), max_size=4))
    arrived = data.draw(st.permutations(told + repeated))
    assert fold_attendee(arrived) == fold_attendee(told)


def test_a_print_says_only_what_is_known() -> None:
    assert BadgePrint(ANNA).payload() == {"copies": 1, "mark": print_mark(ANNA)}
    known = BadgePrint(ANNA, "7f3a", 2, 5, 3, "K–M", 14, NAMES).payload()
    assert known == {
        "run": "7f3a",
        "sheet": 2,
        "slot": 5,
        "copies": 3,
        "tray": "K–M",
        "place": 14,
        "fields": list(NAMES),
        "mark": print_mark(ANNA, NAMES),
    }


@given(
    st.builds(
        Imposition,
        first_slot=st.integers(1, 20),
        skipped_slots=st.frozensets(st.integers(1, 20)),
        copies=st.integers(1, 9),
        fill=st.sampled_from(Fill),
        duplex=st.sampled_from(Duplex),
        cut_and_stack=st.booleans(),
        crop_marks=st.booleans(),
        sheets=st.builds(SheetRange, st.integers(1, 5), st.none() | st.integers(5, 9)),
        offset=st.builds(PrinterOffset, st.floats(-5, 5), st.floats(-5, 5)),
    )
)
def test_the_choices_of_a_run_come_back_as_they_were(imposition: Imposition) -> None:
    run = PrintRun("7f3a", "Avery L4785", "name-first", imposition, 150, START, "Desk 1")
    assert run_from_payload(run.payload(), START, "Desk 1") == run


def test_choices_that_an_older_program_did_not_know_are_as_usual() -> None:
    document = imposition_document(Imposition(copies=2))
    del document["offset"], document["duplex"]
    assert imposition_from_document({**document, "invented": 1}) == Imposition(copies=2)
    assert run_from_payload({"run": "7f3a"}, START, "").imposition == Imposition()
