"""Labels in capitals, as the languages of Europe write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.text.letter_case import cased
from checkin_app.domain.badges.badge_text import LetterCase


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("participant", "PARTICIPANT"),
        ("journalistin für Kultur", "JOURNALISTIN FÜR KULTUR"),
        ("Weiß", "WEIẞ"),
        ("Présidente", "PRÉSIDENTE"),
        ("участник", "УЧАСТНИК"),
        ("Iğdır istasyonu", "IĞDIR ISTASYONU"),
    ],
)
def test_capitals_keep_the_marks_of_their_language(text: str, capitals: str) -> None:
    assert cased(text, LetterCase.UPPER) == capitals


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("Συμμετέχων", "ΣΥΜΜΕΤΕΧΩΝ"),
        ("Προϊστάμενος", "ΠΡΟΪΣΤΑΜΕΝΟΣ"),
        ("Μάιος", "ΜΑΪΟΣ"),
        ("Άυλη", "ΑΫΛΗ"),
        ("ΰ ΐ", "Ϋ Ϊ"),
        ("Ἀθῆναι", "ΑΘΗΝΑΙ"),
        ("ομιλητής ή πρόεδρος", "ΟΜΙΛΗΤΗΣ Ή ΠΡΟΕΔΡΟΣ"),
        ("délégué της Αθήνας", "DÉLÉGUÉ ΤΗΣ ΑΘΗΝΑΣ"),
    ],
)
def test_greek_capitals_have_no_accents_but_keep_their_dots(text: str, capitals: str) -> None:
    assert cased(text, LetterCase.UPPER) == capitals


def test_the_two_letters_i_are_told_apart_where_the_language_is_known() -> None:
    assert cased("Iğdır istasyonu", LetterCase.UPPER, "tr") == "IĞDIR İSTASYONU"
    assert cased("ISPARTA İL", LetterCase.LOWER, "tr") == "ısparta il"


def test_small_letters_end_a_greek_word_with_its_own_sigma() -> None:
    assert cased("ΣΥΝΕΔΡΟΣ", LetterCase.LOWER) == "συνεδρος"


@given(st.text(max_size=30))
def test_text_as_written_is_left_alone(text: str) -> None:
    assert cased(text, LetterCase.AS_WRITTEN) == text


@given(st.text(max_size=30))
def test_capitals_lose_no_word(text: str) -> None:
    assert len(cased(text, LetterCase.UPPER).split()) == len(text.split())
