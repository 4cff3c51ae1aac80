"""How text finds its size and its line breaks. Every character is one em wide here."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.text.fitting import (
    Setting,
    fit_display,
    fit_stack,
    stack_height_pt,
    wrap,
)
from checkin_app.badges.text.line_breaks import Flow


def measure(text: str) -> float:
    return float(len(text))


def flows(*texts: str) -> list[Flow]:
    return [Flow(text, measure) for text in texts]


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
    assert Flow("Anna-Lisa", measure).on_lines(2).texts == ("Anna-", "Lisa")
    assert Flow("VDI/VDE", measure).on_lines(2).texts == ("VDI/", "VDE")
    assert Flow("AFPC - B", measure).on_lines(2).texts == ("AFPC", "- B")


def test_no_break_at_a_space_that_forbids_it() -> None:
    assert wrap("a\u00a0b c", 4, measure) == ("a\u00a0b", "c")


def test_paragraphs_shrink_together_until_they_fit() -> None:
    settings = (BODY, replace(BODY, size_pt=8))
    organisation, role = fit_stack(flows("word " * 8 + "end", "role"), settings, 100, 30)
    assert 6 <= organisation.size_pt < 10
    assert 6 <= role.size_pt < 8


def test_a_stack_that_never_fits_stays_whole_in_its_box() -> None:
    settings = (BODY, BODY)
    fitted = fit_stack(flows(("abcdefgh " * 30).strip(), "abc"), settings, 100, 20)
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


WORDS = st.lists(st.text("abcŁΩж-/李", min_size=1, max_size=12), min_size=1, max_size=12)
SIDES = st.floats(5, 300)


def placed_letters(lines: tuple[str, ...]) -> str:
    return "".join(lines).replace(" ", "")


@given(WORDS, WORDS, SIDES, SIDES)
def test_a_name_loses_no_letter_and_keeps_its_order(
    first: list[str], last: list[str], width_pt: float, height_pt: float
) -> None:
    names = " ".join(first), " ".join(last)
    fitted = fit_display([" ".join(names), "\n".join(names)], NAME, width_pt, height_pt)
    assert placed_letters(fitted.lines) == "".join(first + last)
    assert len(fitted.lines) <= NAME.max_lines


@given(st.lists(WORDS, min_size=1, max_size=3), SIDES, SIDES)
def test_a_stack_loses_no_letter_and_never_leaves_its_box(
    paragraphs: list[list[str]], width_pt: float, height_pt: float
) -> None:
    settings = [BODY] * len(paragraphs)
    texts = [" ".join(words) for words in paragraphs]
    fitted = fit_stack(flows(*texts), settings, width_pt, height_pt)
    for one, text in zip(fitted, texts, strict=True):
        assert placed_letters(one.lines) == text.replace(" ", "")
        assert max(map(len, one.lines)) * one.size_pt <= width_pt + 0.01
        assert len(one.lines) <= BODY.max_lines
    assert stack_height_pt(fitted, settings) <= height_pt + 0.01


@given(WORDS, SIDES, SIDES, st.floats(1, 3), st.floats(1, 3))
def test_a_larger_box_never_sets_a_stack_smaller(
    words: list[str], width_pt: float, height_pt: float, wider: float, higher: float
) -> None:
    texts = flows(" ".join(words), "role")
    (small, _role) = fit_stack(texts, [BODY, BODY], width_pt, height_pt)
    (large, _role) = fit_stack(texts, [BODY, BODY], width_pt * wider, height_pt * higher)
    assert large.size_pt >= small.size_pt


@given(WORDS, SIDES, SIDES, st.floats(1, 3), st.floats(1, 3))
def test_a_larger_box_never_sets_a_title_smaller_than_where_breaking_begins(
    words: list[str], width_pt: float, height_pt: float, wider: float, higher: float
) -> None:
    for setting in (NAME, replace(NAME, wrap_below_pt=99)):
        small = fit_display([" ".join(words)], setting, width_pt, height_pt)
        large = fit_display([" ".join(words)], setting, width_pt * wider, height_pt * higher)
        assert large.size_pt >= min(small.size_pt, setting.wrap_below_pt)


@given(WORDS, WORDS, SIDES, SIDES, st.floats(1, 3), st.floats(1, 3))
def test_a_name_that_can_be_read_can_be_read_in_a_larger_box(
    first: list[str],
    last: list[str],
    width_pt: float,
    height_pt: float,
    wider: float,
    higher: float,
) -> None:
    names = " ".join(first), " ".join(last)
    ways = [" ".join(names), "\n".join(names)]
    if not fit_display(ways, NAME, width_pt, height_pt).overflows:
        assert not fit_display(ways, NAME, width_pt * wider, height_pt * higher).overflows


@given(WORDS, st.integers(1, 5))
def test_no_other_breaks_make_the_longest_line_shorter(words: list[str], count: int) -> None:
    words = [word.replace("-", "").replace("/", "").replace("李", "") or "x" for word in words]
    longest = max(Flow(" ".join(words), measure).on_lines(count).widths_em)
    places = range(1, len(words))
    for breaks in itertools.combinations(places, min(count, len(words)) - 1):
        edges = [0, *breaks, len(words)]
        lines = [" ".join(words[at:end]) for at, end in itertools.pairwise(edges)]
        assert longest <= max(map(len, lines))


def test_first_and_last_name_are_mixed_only_where_they_would_be_unreadable_apart() -> None:
    two_lines = replace(NAME, max_lines=2)
    names = "María de los Ángeles", "Ruiz"
    ways = [" ".join(names), "\n".join(names)]
    assert fit_display(ways, two_lines, 180, 60).lines == names
    squeezed = fit_display(ways, two_lines, 130, 60)
    assert squeezed.lines == ("María de los", "Ángeles Ruiz")
    assert not squeezed.overflows


def test_words_are_never_hyphenated() -> None:
    fitted = fit_display(["Donaudampfschifffahrtsgesellschaft"], NAME, 100, 60)
    assert fitted.lines == ("Donaudampfschifffahrtsgesellschaft",)


def test_chinese_and_japanese_break_between_characters_but_not_before_a_full_stop() -> None:
    assert wrap("中国社会科学院", 4, measure) == ("中国社会", "科学院")
    assert wrap("東京大学。", 4, measure) == ("東京大", "学。")
    assert wrap("「東京」大学", 4, measure) == ("「東京」", "大学")
    assert wrap("Tokyo大学", 5, measure) == ("Tokyo", "大学")


def test_korean_breaks_at_spaces() -> None:
    assert wrap("서울대학교 사회과학연구원", 8, measure) == ("서울대학교", "사회과학연구원")


def test_a_word_without_end_still_ends_in_its_box() -> None:
    (fitted,) = fit_stack(flows("x" * 10_000), [BODY], 100, 30)
    assert fitted.overflows
    assert fitted.size_pt * 10_000 <= 100
