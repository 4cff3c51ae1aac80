"""Lines that mix directions, against the reference implementation of python-bidi."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import example, given
from hypothesis import strategies as st

from checkin_app.badges.text.writing_direction import reads_right_to_left, stretches


def printed(text: str, right_to_left: bool) -> str:
    """The characters as eyes meet them from left to right; brackets are turned later."""
    return "".join(run[::-1] if turned else run for run, turned in stretches(text, right_to_left))


@given(st.text("abÅж אבג دمح 0129٣ +-,./:%€()[]{}«»&’ \u0301\u064e", max_size=24), st.booleans())
@example("شركة ABC (DEF)", True)
@example("ABC (مصر) 2024", False)
@example("a) (ب", False)
def test_lines_read_as_the_unicode_algorithm_has_them(text: str, right_to_left: bool) -> None:
    line = text.strip()
    expected = get_display(line, base_dir="R" if right_to_left else "L")
    assert printed(line, right_to_left) == expected


@pytest.mark.parametrize(
    ("text", "leftwards"),
    [
        ("محمد Smith", True),
        ("Smith محمد", False),
        ("(دوד)", True),
        ("2024", False),
        ("", False),
        ("Dr. דוד", False),
    ],
)
def test_the_first_letter_says_where_a_paragraph_begins(text: str, leftwards: bool) -> None:
    assert reads_right_to_left(text) is leftwards


def test_europe_s_alphabets_need_no_reordering() -> None:
    line = "Łukasz Παπαδόπουλος Шевченко (12) ქართული Հայ"
    assert stretches(line, False) == [(line, False)]


def test_the_joiners_of_persian_stay_in_their_word() -> None:
    assert stretches("علی\u200cرضا", True) == [("علی\u200cرضا", True)]
