"""Codes come through wrong keyboard settings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_app.domain.tickets.codes import ALPHABET, CODE_BITS, code_from_bits, is_our_code
from checkin_app.scanning.keyboard_layouts import CapsLock, garblings, repairs
from checkin_app.scanning.keyboard_tables import DEAD, NATIONAL_LAYOUTS, UNITED_STATES

GARBLINGS = garblings()
CODES = st.integers(0, (1 << CODE_BITS) - 1).map(code_from_bits)


def repaired(text: str) -> list[str]:
    return [repair.text for repair in repairs(text)]


@pytest.mark.parametrize("layout", [UNITED_STATES, *NATIONAL_LAYOUTS], ids=lambda lay: lay.name)
def test_a_table_has_every_key_once_without_and_with_shift(layout):
    for rows in (layout.plain, layout.shifted):
        assert [len(row) for row in rows] == [13, 12, 12, 11]
        assert not set("".join(rows)) & set(" \t\n")


@pytest.mark.parametrize("garbling", GARBLINGS, ids=lambda garbling: garbling.name)
def test_every_character_of_our_codes_survives(garbling):
    written = garbling.garble(ALPHABET)
    assert written is not None
    assert DEAD not in written
    assert ALPHABET in garbling.undo(written)


@settings(max_examples=300)
@given(CODES, st.sampled_from(GARBLINGS))
def test_our_code_typed_through_any_wrong_setting_is_repaired_to_itself(code, garbling):
    written = garbling.garble(code)
    if garbling.computer.name == "Greek" and sum(map(code.count, "SW")) > 5:
        return  # S and W write the same there; beyond 64 readings no more are tried
    assert written == code or code in repaired(written)


@given(CODES.filter(lambda code: sum(map(code.count, "SW")) < 6), st.sampled_from(NATIONAL_LAYOUTS))
def test_our_code_comes_before_any_other_guess(code, layout):
    garbling = next(g for g in GARBLINGS if g.computer is layout)
    written = garbling.garble(code)
    guesses = repaired(written)
    before = guesses if written == code else guesses[: guesses.index(code)]
    assert all(is_our_code(guess) for guess in before)


@pytest.mark.parametrize(
    ("garbled", "code", "layout"),
    [
        ("&é\"'(-è_çà", "1234567890", "French (AZERTY)"),
        ("&é\"'(§è!çà", "1234567890", "Belgian (AZERTY)"),
        ("TKTß00Zß17", "TKT-00Y-17", "German (QWERTZ)"),
        ("TKT'00-", "TKT-00/", "Italian"),
        ("+ěščřžýáíé", "1234567890", "Czech (QWERTZ)"),
        ('httpsM!!zzz:event:eu!t!q&é"', "https://www.event.eu/t/a123", "French (AZERTY)"),
        ("!@#$%^&*()", "1234567890", "United States (QWERTY), scanner on French (AZERTY)"),
        ("<", ",", None),
    ],
)
def test_known_garblings(garbled, code, layout):
    found = {repair.text: repair.layout for repair in repairs(garbled)}
    assert found.get(code) == layout


def test_caps_lock_is_undone():
    assert "aBc1" in repaired("AbC1")
    garbling = next(
        g
        for g in GARBLINGS
        if g.computer.name == "French (AZERTY)" and g.caps_lock is CapsLock.ALL_KEYS
    )
    assert garbling.garble("A1B2") == "q1b2"
    assert "A1B2" in repaired("q1b2")[:8] or "A1B2C3D4E5" in repaired("q1b2c3d4e5")


def test_short_codes_that_may_both_exist_are_not_exchanged():
    """Y012 and Z012 may be two people of one list."""
    assert "Z012" not in repaired("Y012")
    assert "Q12" not in repaired("A12")


def test_long_codes_of_other_systems_are_repaired_though_nothing_looks_wrong():
    assert "aqz7y4wzk2m9" in repaired("aqy7z4wyk2m9")


@given(st.text(max_size=60))
def test_any_text_gets_an_answer_without_itself(text):
    found = repaired(text)
    assert text not in found
    assert len(found) == len(set(found)) <= 64


@pytest.mark.parametrize("text", ["", "Σ" * 1000, "é" * 1000, "\x00" * 1000, "😀", "\ud800"])
def test_strange_and_long_texts_get_an_answer(text):
    assert len(repairs(text)) <= 64
