"""The desk shows on arrival where the printed badge waits, and when it is of no use."""

from __future__ import annotations

import pytest
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.badges.badge_prints import BadgePrint
from checkin_app.services.bulk_badges.badge_records import record_prints, record_spoilt
from checkin_app.services.registrations import correct

NOW = DURING_REGISTRATION


@pytest.fixture
def anna(desk_screen):
    """Somebody expected whose badge waits in a tray."""
    person = desk_screen.people()[0]
    badge = BadgePrint(person, tray="K–M", place=14)
    record_prints(desk_screen.event_file, "Organiser", NOW, [badge])
    return person


def test_the_tray_is_shown_on_arrival(desk_screen, anna):
    desk_screen.scan(anna.code)
    answer = desk_screen.wait_for_answer("Welcome", anna.last_name)
    assert answer.step == "Hand over the badge: tray K–M, 14th."
    assert "tray K–M, 14th" in answer.full_text


def test_a_badge_out_of_date_is_to_be_printed_anew(desk_screen, anna):
    correct(desk_screen.event_file, "Desk 2", NOW, anna.id, {"organisation": "Elsewhere"})
    desk_screen.scan(anna.code)
    answer = desk_screen.wait_for_answer("Welcome", anna.last_name)
    assert answer.step == "Print a new badge. The old one is in tray K–M, 14th."
    assert "Changed since the badge was printed" in answer.remarks


def test_a_spoilt_badge_waits_in_no_tray(desk_screen, anna):
    record_spoilt(desk_screen.event_file, "Desk 2", NOW, [anna.id])
    desk_screen.scan(anna.code)
    answer = desk_screen.wait_for_answer("Welcome", anna.last_name)
    assert answer.step == "Print the badge."
    assert "tray" not in answer.full_text
