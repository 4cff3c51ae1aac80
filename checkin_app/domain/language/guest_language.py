"""In which language a guest is greeted.

By the column of the list that says so; else by the main language of the guest's country; else
as the event. A country in which several languages are official and none goes without saying
(Belgium, Bosnia and Herzegovina, Luxembourg, Montenegro, Switzerland) has no main one here: a
greeting in the wrong language of one's own country is worse than one in the event's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.search_text import fold

LAST_RESORT = "en"

MAIN_LANGUAGES = {
    country: language
    for language, countries in {
        "ar": "AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SY TN YE",
        "bg": "BG", "cs": "CZ", "da": "DK", "de": "AT DE LI", "el": "CY GR",
        "en": "AU CA GB IE NZ US",
        "es": "AR CL CO CR CU DO EC ES GT HN MX NI PA PE PY SV UY VE",
        "et": "EE", "fi": "FI", "fr": "FR MC", "he": "IL", "hr": "HR", "hu": "HU",
        "it": "IT SM VA", "ka": "GE", "lt": "LT", "lv": "LV", "mk": "MK", "mt": "MT", "nl": "NL",
        "no": "NO", "pl": "PL", "pt": "BR PT", "ro": "MD RO", "ru": "BY RU", "sk": "SK",
        "sl": "SI", "sq": "AL XK", "sr": "RS", "sv": "SE", "tr": "TR", "uk": "UA",
    }.items()
    for country in countries.split()
}  # fmt: skip
"""The main language of a country (ISO 3166-1 alpha-2, and XK for Kosovo)."""

# As ``fold`` spells them: "language" in the languages of Europe, Arabic and Hebrew left to the
# English columns that come with them.
_COLUMN_WORDS = frozenset(
    {
        "dil", "ena", "ezik", "gjuha", "glossa", "idioma", "jazyk", "jezik", "jezyk", "kalba",
        "keel", "kieli", "language", "languages", "langue", "langues", "limba", "lingua",
        "lingwa", "mova", "nyelv", "sprache", "sprachen", "sprak", "sprog", "taal", "teanga",
        "valoda", "yazyk",
    }
)  # fmt: skip
# Codes of Danish and Norwegian, but in such a column more often the answer to a question.
_NOT_A_CODE = frozenset({"da", "no"})
_WORD = re.compile(r"[a-z]+")
_BETWEEN = re.compile(r"\s*(?:[,;/|&+()]|\band\b|\bund\b|\bet\b)\s*")
_TAG = re.compile(r"([a-z]{2,3})[-_][a-z0-9]{2,8}")


@dataclass(frozen=True, slots=True)
class LanguageNames:
    """What languages and countries are called.

    Attributes:
        languages: folded name or code → tag of the language, "de".
        countries: folded name or code → ISO 3166-1 code of the country, "DE".
    """

    languages: Mapping[str, str]
    countries: Mapping[str, str]


def guest_language(
    attendee: Attendee, event_language: str, names: LanguageNames, offered: Collection[str]
) -> str:
    """The language to greet somebody in: one of ``offered``, which has "en".

    Args:
        event_language: BCP 47 tag of the event's language, or empty.
        offered: tags of the languages there are words for.
    """
    for tag in (
        _language_of_columns(attendee, names),
        main_language(attendee.country, names),
        _base(event_language, names),
    ):
        if tag in offered:
            return tag
    return LAST_RESORT


def country_code(country: str, names: LanguageNames) -> str:
    """The ISO code of a country as lists write it; empty when it is not known."""
    folded = _tidy(country)
    return names.countries.get(folded) or names.countries.get(folded.removeprefix("the "), "")


def main_language(country: str, names: LanguageNames) -> str:
    """The tag of a country's main language; empty when it has none or is not known."""
    return MAIN_LANGUAGES.get(country_code(country, names), "")


def language_tag(text: str, names: LanguageNames) -> str:
    """The first language that a text names: "Français / English" → "fr"; empty without any."""
    folded = _tidy(text)
    for part in (folded, *_BETWEEN.split(folded)):
        if part in names.languages and part not in _NOT_A_CODE:
            return names.languages[part]
        tag = _TAG.fullmatch(part)
        if tag is not None and tag[1] in names.languages:
            return names.languages[tag[1]]
    return ""


def _language_of_columns(attendee: Attendee, names: LanguageNames) -> str:
    for column, text in attendee.extra.items():
        if _COLUMN_WORDS.intersection(_WORD.findall(fold(column))) and (
            tag := language_tag(text, names)
        ):
            return tag
    return ""


def _base(tag: str, names: LanguageNames) -> str:
    """ "de-AT" → "de", "nb" → "no"."""
    return names.languages.get(re.split("[-_]", tag.lower())[0], "")


def _tidy(text: str) -> str:
    return " ".join(fold(text).replace(".", "").split())
