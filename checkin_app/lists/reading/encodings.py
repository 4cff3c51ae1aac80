"""Which encoding a text file was saved in, when nothing in it says so.

A byte order mark or the zero bytes of UTF-16 settle it; so does valid UTF-8. What is left are
the code pages of older programs, where every byte means something in each of them. The words
with letters beyond A-Z decide: a code page is likely when its reading of a word uses only
letters of one of its own languages ("Růžička" is Czech, "Rùžièka" is nothing), and when e-mail
addresses confirm it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from itertools import islice, pairwise
from string import ascii_lowercase

from checkin_app.lists.reading.encoding_evidence import addressed_words, words_confirmed

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LETTERS = {
    "da": "æøåéü",
    "de": "äöüß",
    "en": "éïèö",
    "es": "áéíóúñüçº",
    "et": "äöõüšž",
    "fi": "äöåéšž",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "ga": "áéíóú",
    "is": "áéíóúýþæöð",
    "it": "àèéìòùîó",
    "nl": "ëïéèöüáóê",
    "no": "æøåéô",
    "pt": "áâãàçéêíóôõúü",
    "sv": "åäöéüà",
    "tr": "çğıöşüâî\u0307",
    "ca": "àçèéíïóòúü",
    "cy": "âêîôûŵŷáéïö",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "pl": "ąćęłńóśźż",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "hr": "čćđšž",
    "sl": "čšžćđ",
    "sq": "çë",
    "lv": "āčēģīķļņšūžō",
    "lt": "ąčęėįšųūž",
    "mt": "ċġħżàèìòù",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
}
_WESTERN = (
    "de",
    "fr",
    "en",
    "it",
    "es",
    "nl",
    "pt",
    "sv",
    "da",
    "no",
    "fi",
    "is",
    "ga",
    "ca",
    "et",
)
_CENTRAL = ("de", "pl", "cs", "hu", "sk", "ro", "hr", "sl")
_CYRILLIC = ("bg", "uk", "ru", "sr")
_CANDIDATES = (
    ("cp1252", _WESTERN),
    ("iso8859_15", _WESTERN),
    ("cp1250", _CENTRAL),
    ("cp1251", _CYRILLIC),
    ("cp1253", ("el",)),
    ("cp1254", ("tr", "de", "fr", "nl")),
    ("cp1257", ("lt", "lv", "et", "de", "fi", "pl")),
    ("iso8859_2", _CENTRAL),
    ("iso8859_7", ("el",)),
    ("iso8859_13", ("lt", "lv", "et", "de", "fi", "pl")),
    ("iso8859_16", ("ro", "hu", "pl", "de", "fr")),
    ("mac_roman", _WESTERN),
    ("mac_latin2", _CENTRAL),
    ("cp850", _WESTERN),
    ("cp852", _CENTRAL),
    ("iso8859_5", _CYRILLIC),
    ("koi8_u", _CYRILLIC),
)
"""Likeliest first: of two equally good readings the earlier is taken."""

_WORDS_WITH_LETTERS_BEYOND_ASCII = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_NOT_IN_WORDS = re.compile(r"[\s’‘“”„–—…«»€°´`·§™]+")
_AFTER_PORTUGUESE_NASAL = "oes-'"
_NEVER_AFTER_SLOVAK_L = "eií"
_FIRST_GREEK = "\u0370"
_WORDS_LOOKED_AT = 3000
_OWN_LANGUAGE_WEIGHT = 0.5
_FOREIGN_LANGUAGE_WEIGHT = 0.9
_ADDRESS_WEIGHT = 1.0
_BYTES_LOOKED_AT = 65536
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_MOST_CONTROLS = 0.02
_MANY_ZEROS, _FEW_ZEROS = 0.2, 0.02


def guess_encoding(data: bytes) -> str | None:
    """Name of the encoding for ``bytes.decode``, or None when the bytes are no text.

    "utf-8" is also the answer for UTF-8 with a few broken bytes: decode with
    ``errors="replace"`` and say so.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if unmarked := _utf16_without_mark(data[:_BYTES_LOOKED_AT]):
        return unmarked
    if _looks_binary(data[:_BYTES_LOOKED_AT]):
        return None
    if _is_mostly_utf8(data):
        return "utf-8"
    return _likeliest_code_page(data)


def _utf16_without_mark(head: bytes) -> str | None:
    """By the zero bytes: blanks, delimiters and Latin letters have one, all on the same side."""
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * _MANY_ZEROS and even < half * _FEW_ZEROS:
        return "utf-16-le"
    if even > half * _MANY_ZEROS and odd < half * _FEW_ZEROS:
        return "utf-16-be"
    return None


def _looks_binary(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > len(head) * _MOST_CONTROLS + 1


def _is_mostly_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        broken = text.count("\ufffd")
        beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore")) - broken
        return broken * 10 < beyond_ascii
    return True


def _likeliest_code_page(data: bytes) -> str | None:
    found = _WORDS_WITH_LETTERS_BEYOND_ASCII.finditer(data)
    words = b"\n".join({match[0]: None for match in islice(found, _WORDS_LOOKED_AT)})
    scores = {encoding: _score(words, encoding, languages) for encoding, languages in _CANDIDATES}
    lines = addressed_words(data)
    confirmed = {encoding: words_confirmed(lines, encoding) for encoding in scores}
    if most := max(confirmed.values()):
        for encoding in scores:
            scores[encoding] += _ADDRESS_WEIGHT * confirmed[encoding] / most
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] > float("-inf") else None


def _score(sample: bytes, encoding: str, languages: Sequence[str]) -> float:
    """Share of words that are possible in one of the languages, and in the best one alone."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return float("-inf")
    words_beyond_ascii = [word for word in _NOT_IN_WORDS.split(text) if not word.isascii()]
    spelt = [frozenset(word.lower() + _oddity(word)) for word in words_beyond_ascii]
    if not spelt:
        return 0.0
    alphabets = [_alphabet(language) for language in languages]
    others = [_alphabet(language) for language in _LETTERS if language not in languages]
    possible = sum(_possibility(letters, alphabets, others) for letters in spelt)
    best_alone = max(sum(letters <= alphabet for letters in spelt) for alphabet in alphabets)
    return (possible + _OWN_LANGUAGE_WEIGHT * best_alone) / len(spelt)


def _possibility(
    letters: frozenset[str], own: Sequence[frozenset[str]], others: Sequence[frozenset[str]]
) -> float:
    """How likely a word of these letters is in a code page; lists name guests from everywhere."""
    if any(letters <= alphabet for alphabet in own):
        return 1.0
    return _FOREIGN_LANGUAGE_WEIGHT * any(letters <= alphabet for alphabet in others)


def _oddity(word: str) -> str:
    """A sign that is in no alphabet, for words that nobody spells: "ГещсгЯпх", "Rãzvan"."""
    odd = any(
        (before.islower() and after.isupper())
        or before == "ς"
        or (before == "ã" and after not in _AFTER_PORTUGUESE_NASAL)
        or (before == "ľ" and after in _NEVER_AFTER_SLOVAK_L)
        for before, after in pairwise(word)
    )
    return "?" if odd else ""


def _alphabet(language: str) -> frozenset[str]:
    """All letters of a language; words of Greek and Cyrillic hold no Latin ones."""
    letters = _LETTERS[language]
    return frozenset(letters if letters[0] >= _FIRST_GREEK else letters + ascii_lowercase)
