"""What the desk is told about a person's badge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from checkin_app.domain.admission import Outcome, OutcomeKind, badge_notes
from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.programme import Event
from checkin_app.services.wording import (
    badge_sentence,
    entry_sentence,
    message,
    next_step,
    tray_text,
)

EVENT = Event("Assembly", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
ANNA = AttendeeRecord(Attendee("1" * 32, "CODE", first_name="Anna", last_name="Nowak"))
PRINTED = replace(ANNA, badge_prints=1)
IN_TRAY = replace(PRINTED, tray="K–M", tray_place=14)


def admitted(record: AttendeeRecord) -> Outcome:
    return Outcome(OutcomeKind.ADMITTED, "CODE", "Registration", record, notes=badge_notes(record))


@pytest.mark.parametrize(
    ("record", "step", "sentence"),
    [
        (ANNA, "Print the badge.", "No badge printed yet."),
        (PRINTED, "Hand over the badge.", "Badge printed."),
        (IN_TRAY, "Hand over the badge: tray K–M, 14th.", "Badge printed: tray K–M, 14th."),
        (
            replace(PRINTED, badge_spoilt=True),
            "Print the badge.",
            "Badge spoilt: print a new one.",
        ),
        (
            replace(PRINTED, badge_spoilt=True, changed_since_print=True),
            "Print the badge.",
            "Badge spoilt: print a new one.",
        ),
        (
            replace(PRINTED, changed_since_print=True),
            "Print a new badge.",
            "Badge out of date: print a new one.",
        ),
        (
            replace(IN_TRAY, changed_since_print=True),
            "Print a new badge. The old one is in tray K–M, 14th.",
            "Badge out of date: print a new one.",
        ),
    ],
)
def test_the_desk_is_told_what_to_do_about_the_badge(
    record: AttendeeRecord, step: str, sentence: str
) -> None:
    assert next_step(admitted(record), EVENT) == step
    assert badge_sentence(record) == sentence


def test_a_badge_out_of_date_is_a_remark_on_the_answer() -> None:
    said = message(admitted(replace(IN_TRAY, changed_since_print=True)), EVENT)
    assert said == (
        "Welcome: Anna Nowak. Print a new badge. The old one is in tray K–M, 14th."
        " (changed since the badge was printed)"
    )
    assert badge_notes(replace(PRINTED, changed_since_print=True, badge_spoilt=True)) == ()


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (0, "tray A"),
        (1, "tray A, 1st"),
        (2, "tray A, 2nd"),
        (3, "tray A, 3rd"),
        (4, "tray A, 4th"),
        (11, "tray A, 11th"),
        (12, "tray A, 12th"),
        (13, "tray A, 13th"),
        (21, "tray A, 21st"),
        (112, "tray A, 112th"),
        (1023, "tray A, 1023rd"),
    ],
)
def test_a_place_is_said_as_people_count(place: int, text: str) -> None:
    assert tray_text("A", place) == text


def test_the_history_names_the_tray() -> None:
    def line(kind: EntryKind, **payload: object) -> str:
        at = datetime(2024, 5, 6, tzinfo=UTC)
        return entry_sentence(Entry("0" * 32, kind, at, "Desk 1", payload=payload), {})

    assert line(EntryKind.BADGE_PRINTED) == "Badge printed"
    assert line(EntryKind.BADGE_PRINTED, tray="K–M", place=2) == "Badge printed: tray K–M, 2nd"
    assert line(EntryKind.BADGE_SPOILT) == "Badge spoilt"
