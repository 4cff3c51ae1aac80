"""Names of all Europe are found with any keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.language.search_text import (
    fold,
    index_words,
    match_spans,
    query_words,
    sort_key,
    spellings,
)


def is_found(typed: str, shown: str) -> bool:
    """Whether every typed word begins an indexed word, as the index answers it."""
    indexed = index_words(shown).split()
    return all(
        any(word.startswith(choice) for choice in choices for word in indexed)
        for choices in query_words(typed)
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("nogel", "Heike Nögel"),
        ("noegel", "Heike Nögel"),
        ("nögel", "Heike Nogel"),
        ("kincso", "Kíncső Nagy"),
        ("papadopoulos", "Παπαδόπουλος"),
        ("papadopoylos", "Παπαδόπουλος"),
        ("παπαδοπουλος", "Παπαδόπουλος"),
        ("ΠΑΠΑΔΟΠΟΥΛΟΣ", "Παπαδόπουλος"),
        ("boratynski", "Jakub Boratyński"),
        ("djordje", "Ђорђе Јовановић"),
        ("Jovanovic", "Ђорђе Јовановић"),
        ("oconnor", "Seán O'Connor"),
        ("o'connor", "Seán O’Connor"),
        ("connor", "Seán O'Connor"),
        ("dell acqua", "Lucia Dell'Acqua"),
        ("nagy kin", "Kíncső Nagy"),
        ("KIN NAGY", "Kíncső Nagy"),
        ("sorensen", "Åse Sørensen"),
        ("soerensen", "Åse Sørensen"),
        ("aase", "Åse Sørensen"),
        ("ase", "Åse Sørensen"),
        ("strasse", "Haus an der Straße"),
        ("weiss", "Jürgen Weiß"),
        ("juergen", "Jürgen Weiß"),
        ("dimitrov", "Георги Димитров"),
        ("димитров", "Георги Димитров"),
        ("smith-jones", "Anne Smith-Jones"),
        ("jones", "Anne Smith-Jones"),
        ("thorsteinn", "Guðmundur Þorsteinn Ægisson"),
        ("lodz", "Łódź"),
    ],
)
def test_a_name_is_found_as_it_is_typed(typed: str, shown: str) -> None:
    assert is_found(typed, shown)


@pytest.mark.parametrize(("typed", "shown"), [("nagel", "Nögel"), ("ogel", "Nögel"), ("x", "Anna")])
def test_other_names_are_not_found(typed: str, shown: str) -> None:
    assert not is_found(typed, shown)


def test_people_are_sorted_by_last_name_without_accents_and_case() -> None:
    people = [("Zoé", "Žižek"), ("Anna", "Ąbc"), ("Émile", "zola"), ("Plato", "")]
    keys = sorted(sort_key(last, first) for first, last in people)
    assert keys == ["abc\tanna", "plato", "zizek\tzoe", "zola\temile"]


def test_the_beginning_that_was_typed_is_highlighted() -> None:
    assert match_spans("Heike Nögel", query_words("noe")) == ((6, 8),)
    assert match_spans("Heike Nögel", query_words("nog")) == ((6, 9),)
    assert match_spans("Γιώργος Παπαδόπουλος", query_words("papadopoul")) == ((8, 18),)
    assert match_spans("O'Connor", query_words("oconn")) == ((0, 6),)
    assert match_spans("Anna Nowak", query_words("now an")) == ((0, 2), (5, 8))
    assert match_spans("Anna Nowak", query_words("xyz")) == ()


@given(st.text(max_size=40), st.text(max_size=20))
def test_highlights_lie_within_the_text_in_order_and_apart(shown: str, typed: str) -> None:
    spans = match_spans(shown, query_words(typed))
    ends = [0]
    for start, end in spans:
        assert ends[-1] <= start < end <= len(shown)
        ends.append(end)


@given(st.text(max_size=60))
def test_any_text_becomes_plain_words(text: str) -> None:
    for spelling in (fold(text), *spellings(text)):
        assert spelling.isascii()
        assert spelling == spelling.lower()
    for word in index_words(text).split():
        assert word.isascii()
        assert word.isalnum()
    for choices in query_words(text):
        assert choices
        assert all(choice.isascii() and choice.isalnum() for choice in choices)


@given(st.lists(st.text("abcdeäöüßéøåαβγουδłńőżЂжи'-", min_size=1, max_size=10), max_size=4))
def test_who_types_the_name_as_it_is_written_finds_it(words: list[str]) -> None:
    name = " ".join(words)
    assert is_found(name, name)
    assert is_found(" ".join(reversed(words)), name)
