"""A text in capitals or small letters, as its language writes them.

Only labels are ever cased; a name stays as its owner writes it.
"""

from __future__ import annotations

import re
import unicodedata

from checkin_app.domain.badges.badge_text import LetterCase

_TURKIC = ("tr", "az")
_UPPER_I = str.maketrans({"i": "İ", "ı": "I"})
_LOWER_I = str.maketrans({"I": "ı", "İ": "i"})
# "SS" would turn Weiß into Weiss, another name; the capital letter has been German since 2017.
_SHARP_S = str.maketrans({"ß": "ẞ"})

_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_DIAERESIS = "\u0308"
# Grave, acute, long, short, smooth and rough breathing, circumflex, diaeresis.
_GREEK_ACCENTS = re.compile(
    "(?<=[\u0370-\u03ff])[\u0300\u0301\u0304\u0306\u0313\u0314\u0342\u0308]+"
)
# Between the two letters an accent tells that they are not a diphthong; capitals tell it by dots.
_PARTED_VOWELS = re.compile("([αεηουω][\u0300\u0301\u0342][ιυ])(?!\u0308)", re.IGNORECASE)
_OR = re.compile(r"\bή\b")


def cased(text: str, letter_case: LetterCase, language: str = "") -> str:
    """The text as a label writes it.

    Args:
        language: two letters (ISO 639-1); Turkish and Azerbaijani have two letters i. Unknown if
            empty: i then becomes I, as in all other languages.
    """
    match letter_case:
        case LetterCase.AS_WRITTEN:
            return text
        case LetterCase.UPPER:
            return _upper(text, language)
        case LetterCase.LOWER:
            return (text.translate(_LOWER_I) if language in _TURKIC else text).lower()


def _upper(text: str, language: str) -> str:
    if text.isascii() and language not in _TURKIC:
        return text.upper()
    if language in _TURKIC:
        text = text.translate(_UPPER_I)
    if _GREEK.search(text):
        text = _without_greek_accents(text)
    return text.translate(_SHARP_S).upper()


def _without_greek_accents(text: str) -> str:
    """Capitals carry no accents, only the dots that part two vowels (Μάιος, ΜΑΪΟΣ).

    The word ή ("or") keeps its accent, as the Unicode locale data have it, to be told from η.
    """
    kept = _OR.sub("\ufdd0", unicodedata.normalize("NFC", text))
    apart = unicodedata.normalize("NFD", kept)
    dotted = _PARTED_VOWELS.sub(rf"\1{_DIAERESIS}", apart)
    bare = _GREEK_ACCENTS.sub(lambda found: _DIAERESIS * (_DIAERESIS in found[0]), dotted)
    return unicodedata.normalize("NFC", bare).replace("\ufdd0", "ή")
