"""A contact card that a keyboard scanner types line by line is one scan."""

from __future__ import annotations

import pytest

from checkin_app.scanning.card_lines import CardLines
from checkin_app.scanning.keyboard_layouts import garblings
from checkin_app.scanning.keystrokes import Ending, KeyboardReading
from checkin_app.scanning.scanner_scans import keyboard_scan
from checkin_app.settings.device_settings import ScannerSettings

CARD = ["BEGIN:VCARD", "VERSION:3.0", "N:Kovacs;Anna", "EMAIL:anna@example.org", "END:VCARD"]


def scans_of(lines, pause_ms=20):
    """The texts that reach the desk."""
    cards, now_ms, scans = CardLines(), 1_000, []
    for line in lines:
        reading = KeyboardReading(line, Ending.ENTER, len(line), 3)
        scan = keyboard_scan(reading, ScannerSettings())
        now_ms += pause_ms
        if not cards.is_further_line(scan, now_ms, now_ms + 3 * len(line)):
            scans.append(scan.text)
        now_ms += 3 * len(line)
    return scans


def test_a_card_is_one_scan_and_the_next_code_is_another():
    assert scans_of([*CARD, "1042-77"]) == ["BEGIN:VCARD", "1042-77"]


def test_two_cards_are_two():
    assert scans_of(CARD * 2) == ["BEGIN:VCARD"] * 2


def test_codes_that_follow_each_other_at_once_are_all_scans():
    codes = [f"TKT-{number}" for number in range(20)]
    assert scans_of(codes, pause_ms=0) == codes


def test_a_card_cut_off_does_not_swallow_the_next_code():
    assert scans_of(["BEGIN:VCARD", "1042-77"], pause_ms=600) == ["BEGIN:VCARD", "1042-77"]


@pytest.mark.parametrize("name", ["French (AZERTY)", "German (QWERTZ)", "Italian"])
def test_a_card_under_another_keyboard_layout_is_one_scan_too(name):
    garbling = next(one for one in garblings() if one.name == name)
    lines = [garbling.garble(line) or line for line in CARD]
    assert scans_of([*lines, "1042-77"])[1:] == ["1042-77"]
