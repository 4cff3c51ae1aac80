"""How text finds its size and its line breaks. Every character is one em wide here."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.fitting import (
    Setting,
    break_evenly,
    fit_display,
    fit_stack,
    stack_height_pt,
    wrap,
)


def measure(text: str) -> float:
    return float(len(text))


NAME = Setting(
    measure,
    cap_height_em=0.7,
    size_pt=30,
    min_size_pt=8,
    wrap_below_pt=12,
    max_lines=3,
    leading=1.0,
)
BODY = replace(NAME, size_pt=10, min_size_pt=6, wrap_below_pt=0)


def test_a_short_name_takes_the_full_size_on_one_line() -> None:
    fitted = fit_display(["Bo Li", "Bo\nLi"], NAME, width_pt=200, height_pt=60)
    assert (fitted.lines, fitted.size_pt) == (("Bo Li",), 30)


def test_first_and_last_name_part_when_two_lines_are_larger_than_one() -> None:
    fitted = fit_display(["Jakub Boratyński", "Jakub\nBoratyński"], NAME, 200, 60)
    assert (fitted.lines, fitted.size_pt) == (("Jakub", "Boratyński"), 20)


def test_sizes_come_in_half_points() -> None:
    assert fit_display(["1234567"], NAME, 100, 60).size_pt == 14


def test_a_name_shrinks_before_it_is_broken_at_a_hyphen() -> None:
    ways = ["Eva Gross-Kleinemann", "Eva\nGross-Kleinemann"]
    assert fit_display(ways, NAME, 200, 60).lines == ("Eva", "Gross-Kleinemann")
    narrow = fit_display(ways, NAME, 150, 60)
    assert (narrow.lines, narrow.size_pt) == (("Eva", "Gross-", "Kleinemann"), 15)


def test_a_name_that_needs_less_than_the_smallest_size_is_kept_whole_and_reported() -> None:
    fitted = fit_display(["A" * 50], NAME, 200, 60)
    assert fitted.overflows
    assert fitted.lines == ("A" * 50,)
    assert fitted.size_pt * 50 <= 200


def test_a_text_at_its_smallest_size_is_reported_as_shrunk() -> None:
    fitted = fit_display(["A" * 25], NAME, 200, 60)
    assert (fitted.size_pt, fitted.shrunk, fitted.overflows) == (8, True, False)


def test_lines_are_even_rather_than_full() -> None:
    assert wrap("one two three four", 14, measure) == ("one two", "three four")


def test_lines_break_after_hyphens_and_slashes_between_letters_only() -> None:
    assert break_evenly("Anna-Lisa", 2, measure) == ("Anna-", "Lisa")
    assert break_evenly("VDI/VDE", 2, measure) == ("VDI/", "VDE")
    assert break_evenly("AFPC - B", 2, measure) == ("AFPC", "- B")


def test_no_break_at_a_space_that_forbids_it() -> None:
    assert wrap("a\u00a0b c", 4, measure) == ("a\u00a0b", "c")


def test_paragraphs_shrink_together_until_they_fit() -> None:
    settings = (BODY, replace(BODY, size_pt=8))
    organisation, role = fit_stack(["word " * 8 + "end", "role"], settings, 100, 30)
    assert 6 <= organisation.size_pt < 10
    assert 6 <= role.size_pt < 8


def test_a_stack_that_never_fits_stays_whole_in_its_box() -> None:
    settings = (BODY, BODY)
    fitted = fit_stack(["abcdefgh " * 30, "abc"], settings, 100, 20)
    assert fitted[0].overflows
    assert stack_height_pt(fitted, settings) <= 20.001
    assert "".join(fitted[0].lines).replace(" ", "") == "abcdefgh" * 30


@given(
    st.lists(st.text("abcŁΩж-/", min_size=1, max_size=12), min_size=1, max_size=20),
    st.floats(1, 60),
)
def test_wrapping_loses_no_letter(words: list[str], width_em: float) -> None:
    lines = wrap(" ".join(words), width_em, measure)
    assert "".join(lines).replace(" ", "") == "".join(words)


@given(
    st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=8),
    st.floats(20, 300),
    st.floats(10, 100),
)
def test_a_name_never_leaves_its_box(words: list[str], width_pt: float, height_pt: float) -> None:
    fitted = fit_display([" ".join(words)], NAME, width_pt, height_pt)
    assert max(map(len, fitted.lines)) * fitted.size_pt <= width_pt + 0.01
    assert (0.7 + len(fitted.lines) - 1) * fitted.size_pt <= height_pt + 0.01
