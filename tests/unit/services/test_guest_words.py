"""The words of the guest window are whole in every language, and written in its own letters."""

from __future__ import annotations

import unicodedata
from dataclasses import fields

import pytest

from checkin_app.services.guest_words import GuestWords, guest_words, offered_languages

OFFICIAL_IN_THE_EU = {
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt",
    "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
}  # fmt: skip
SCRIPTS = {
    "ar": "ARABIC", "bg": "CYRILLIC", "el": "GREEK", "he": "HEBREW", "ka": "GEORGIAN",
    "mk": "CYRILLIC", "ru": "CYRILLIC", "uk": "CYRILLIC",
}  # fmt: skip
FOREIGN_LETTERS = {"bg": "ыэіїєґ", "ru": "іїєґј", "uk": "ыэёъ", "mk": "ыэйщъ"}
TEXTS = [one.name for one in fields(GuestWords) if one.name != "right_to_left"]


def test_all_official_languages_of_the_union_are_there_and_those_of_its_neighbours():
    neighbours = {"no", "uk", "tr", "sr", "sq", "mk", "ka", "ar", "he", "ru"}
    assert set(offered_languages()) == OFFICIAL_IN_THE_EU | neighbours


@pytest.mark.parametrize("tag", offered_languages())
class TestWords:
    def test_nothing_is_missing_or_untidy(self, tag):
        words = guest_words(tag)
        for name in TEXTS:
            text = getattr(words, name)
            assert text == text.strip() != ""
            assert text == unicodedata.normalize("NFC", text)
            assert "  " not in text
            assert len(text) <= 60
        assert words.starts_at.format(time="13:25") != words.starts_at

    def test_letters_are_of_one_script(self, tag):
        words = guest_words(tag)
        script = SCRIPTS.get(tag, "LATIN")
        for name in TEXTS:
            text = getattr(words, name).replace("{time}", "")
            for letter in filter(str.isalpha, text):
                assert unicodedata.name(letter).startswith((script, "MODIFIER")), (name, letter)

    def test_letters_are_of_the_language(self, tag):
        everything = " ".join(getattr(guest_words(tag), name) for name in TEXTS).lower()
        assert not set(FOREIGN_LETTERS.get(tag, "")) & set(everything)

    def test_yes_and_no_cannot_be_taken_for_each_other(self, tag):
        words = guest_words(tag)
        assert words.yes != words.no
        assert words.right_to_left == (tag in ("ar", "he"))
