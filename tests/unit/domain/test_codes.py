"""Codes are spelled, read and recognised as Crockford's base32 asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.tickets.codes import (
    ALPHABET,
    CODE_BITS,
    CODE_LENGTH,
    CodeKind,
    code_from_bits,
    code_readings,
    describe_code,
    is_our_code,
)

bits = st.integers(0, (1 << CODE_BITS) - 1)


@given(bits)
def test_a_code_spells_its_bits(value: int) -> None:
    code = code_from_bits(value)
    assert is_our_code(code)
    spelled = 0
    for letter in code:
        spelled = spelled * 32 + ALPHABET.index(letter)
    assert spelled == value


@pytest.mark.parametrize("value", [-1, 1 << CODE_BITS])
def test_what_does_not_fit_is_no_code(value: int) -> None:
    with pytest.raises(ValueError, match="100 bits"):
        code_from_bits(value)


@given(bits, st.randoms())
def test_a_code_is_read_however_it_is_typed(value: int, random: object) -> None:
    code = code_from_bits(value)
    typed = code.lower().replace("1", "l").replace("0", "o")
    grouped = "-".join(typed[start : start + 5] for start in range(0, CODE_LENGTH, 5))
    assert code in code_readings(f"  {grouped}\t")


def test_capital_i_and_o_are_read_as_digits() -> None:
    assert code_readings("IO" * 10)[-1] == "10" * 10


def test_a_foreign_code_is_read_as_it_came_and_without_blanks_around_it() -> None:
    assert code_readings(" abc-10 ") == (" abc-10 ", "abc-10")


@given(st.text(max_size=200))
def test_the_most_literal_reading_comes_first(text: str) -> None:
    readings = code_readings(text)
    assert readings[0] == text
    assert len(readings) == len(set(readings)) <= 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", CodeKind.NOTHING),
        (" \r\n\t", CodeKind.NOTHING),
        ("https://example.org/x", CodeKind.WEB_LINK),
        ("WWW.example.org", CodeKind.WEB_LINK),
        ("BEGIN:VCARD\nVERSION:3.0", CodeKind.CONTACT_CARD),
        ("MECARD:N:Nowak,Anna;", CodeKind.CONTACT_CARD),
        ("WIFI:T:WPA;S:guests;;", CodeKind.WIFI),
        ("mailto:anna@example.org", CodeKind.EMAIL),
        ("anna@example.org", CodeKind.EMAIL),
        ("5449000000996", CodeKind.PRODUCT),
        ("7J3M4Q8ZK1XW5V9T2R6P", CodeKind.OTHER_TICKET),
        ("njv9ua4lhkgf2z58fd9habcdefghijkl", CodeKind.OTHER_TICKET),
        ("Good morning, all", CodeKind.TEXT),
    ],
)
def test_an_unknown_reading_is_named_by_what_it_looks_like(text: str, kind: CodeKind) -> None:
    assert describe_code(text) is kind


@given(st.text(max_size=300))
def test_anything_at_all_looks_like_something(text: str) -> None:
    assert describe_code(text) in CodeKind
