"""Which names may be one person's, and which are two people's."""

from __future__ import annotations

import pytest

from checkin_app.services.list_merge.names import (
    Likeness,
    first_names_likeness,
    last_names_likeness,
    name_key,
    persons_likeness,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jon", "John"),
        ("Sofia", "Sophia"),
        ("Mohammed", "Mohamed"),
        ("Katarina", "Catarina"),
        ("Anna", "Anna Maria"),
        ("A.", "Anna"),
        ("Jean-Paul", "Jean Paul"),
        ("Γιώργος", "Giorgos"),
        ("Jürgen", "Juergen"),
        ("", "Anna"),
    ],
)
def test_first_names_of_one_sound_are_one(one: str, other: str) -> None:
    assert first_names_likeness(one, other) is Likeness.SAME
    assert first_names_likeness(other, one) is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria", "Mario"),
        ("Jan", "Jana"),
        ("Marta", "Maria"),
        ("Anna", "Hanna"),
        ("Sara", "Zara"),
        ("Daniel", "Daniela"),
        ("Jean-Paul", "Jean-Pierre"),
        ("Lena", "Lina"),
    ],
)
def test_first_names_that_end_or_begin_otherwise_are_two(one: str, other: str) -> None:
    assert first_names_likeness(one, other) is Likeness.DIFFERENT
    assert first_names_likeness(other, one) is Likeness.DIFFERENT


@pytest.mark.parametrize(("one", "other"), [("Katarzyna", "Katarzna"), ("Piotr", "Pitor")])
def test_a_letter_missing_inside_is_doubtful(one: str, other: str) -> None:
    assert first_names_likeness(one, other) is Likeness.DOUBTFUL


@pytest.mark.parametrize(
    ("one", "other"), [("Smith", "Smyth"), ("Nowak", "Novak"), ("van der Berg", "Berg")]
)
def test_last_names_may_be_spelled_better(one: str, other: str) -> None:
    assert last_names_likeness(one, other) is Likeness.SAME


def test_a_new_last_name_needs_the_same_address() -> None:
    before, married = ("Anna", "Nowak"), ("Anna", "Kowalska")
    assert persons_likeness(before, married) is Likeness.DIFFERENT
    assert persons_likeness(before, married, is_same_email=True) is Likeness.SAME


def test_accents_titles_and_order_make_no_other_name() -> None:
    assert name_key("Dr. Anna", "Müller") == name_key("Mueller", "ANNA") == "anna muller"
    assert name_key("!", "?") != name_key("?", "?")
