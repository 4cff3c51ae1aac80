"""A guest is greeted in the language of the list's column, the country, the event, or English."""

from __future__ import annotations

import pytest

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.guest_language import (
    MAIN_LANGUAGES,
    country_code,
    guest_language,
    language_tag,
)
from checkin_app.services.guest_words import language_names, offered_languages

NAMES, OFFERED = language_names(), offered_languages()


def language_of(country: str = "", event_language: str = "", **extra: str) -> str:
    attendee = Attendee("a" * 32, country=country, extra=extra)
    return guest_language(attendee, event_language, NAMES, OFFERED)


@pytest.mark.parametrize(
    ("column", "text", "tag"),
    [
        ("Language", "French", "fr"),
        ("Sprache der Einladung", "Deutsch", "de"),
        ("preferred_language", "pl-PL", "pl"),
        ("Langue", "FR", "fr"),
        ("Język", "polski", "pl"),
        ("Γλώσσα", "Ελληνικά", "el"),
        ("Languages spoken", "Finnish / English", "fi"),
        ("Språk", "nb", "no"),
        ("LANGUAGE", "ger", "de"),
    ],
)
def test_the_lists_column_decides(column, text, tag):
    assert language_of(country="Italy", **{column: text}) == tag


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("Language", "Klingon"),
        ("Language", ""),
        ("Sign language", "no"),
        ("Sprache", "siehe Bemerkung"),
        ("Diet", "Italian"),
    ],
)
def test_a_column_that_names_no_language_does_not(column, text):
    assert language_of(country="Poland", **{column: text}) == "pl"


@pytest.mark.parametrize(
    ("country", "tag"),
    [
        ("Germany", "de"),
        ("Deutschland", "de"),
        ("Niemcy", "de"),
        ("GR", "el"),
        ("Ελλάδα", "el"),
        ("U.K.", "en"),
        ("the Netherlands", "nl"),
        ("TÜRKİYE", "tr"),
        ("Republic of Moldova", "ro"),
        ("North Macedonia", "mk"),
        ("المملكة العربية السعودية", "ar"),
    ],
)
def test_else_the_country_decides(country, tag):
    assert language_of(country=country, event_language="sv") == tag


@pytest.mark.parametrize("country", ["Belgium", "Switzerland", "Luxembourg", "", "Atlantis"])
def test_where_no_language_goes_without_saying_the_event_decides(country):
    assert language_of(country=country, event_language="fr-BE") == "fr"
    assert language_of(country=country) == "en"
    assert language_of(country=country, event_language="zh") == "en"


def test_every_main_language_has_words_and_its_country_a_name():
    assert set(MAIN_LANGUAGES.values()) <= set(OFFERED)
    for country in MAIN_LANGUAGES:
        assert country_code(country, NAMES) == country


def test_every_language_is_known_by_its_own_name():
    from checkin_app.services.guest_words import guest_words

    for tag in OFFERED:
        assert language_tag(guest_words(tag).language, NAMES) == tag
