"""Text is made fit to store, and never becomes something else than text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.language.text import clean_line, storable

with_surrogates = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Anna \t Maria\r\nNowak ", "Anna Maria Nowak"),
        ("Nowa\u0301k", "Nowák"),
        ("Anna\u200bNowak\ufeff", "AnnaNowak"),
        ("Nowa\u200b\u0301k", "Nowák"),
        ("\u202eevil\u202c", "evil"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("bad\udcffbyte", "badbyte"),
        ("<b>Bold</b> & co", "<b>Bold</b> & co"),
    ],
)
def test_a_line_keeps_what_is_visible(text: str, line: str) -> None:
    assert clean_line(text) == line


@given(with_surrogates)
def test_a_clean_line_is_one_line_that_stays_as_it_is(text: str) -> None:
    line = clean_line(text)
    assert clean_line(line) == line
    assert line == line.strip()
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}
    line.encode("utf-8")


@given(with_surrogates)
def test_any_reading_can_be_stored_and_other_text_is_not_touched(text: str) -> None:
    stored = storable(text)
    stored.encode("utf-8")
    assert len(stored) == len(text)
    assert storable(stored) == stored
