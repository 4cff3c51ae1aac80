"""Texts → keys that sort them as the alphabet of a language does.

Österberg comes with O in a German list and after Z in a Swedish one. The order of letters
decides first; what the letters have in common with others, accents and case, only among texts
whose letters are the same. Without rules of the language that order is the root order of the
Unicode CLDR (Unicode Technical Standard 35, part 5), with every alphabet folded to Latin letters,
so that Παπαδόπουλος stands between Papadimos and Papandreou.

A name is sorted as the list's last name has it: "van der Berg" under V, "Berg" under B. A list
that sorts particles otherwise says so by what it has in that column.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checkin_app.domain.language.collation_rules import (
    DOTLESS_I,
    FIRST_ALPHABETS,
    RULES,
    VARIANTS,
)
from checkin_app.domain.language.search_text import fold

SortKey = tuple[str, str, str]
"""Letters, then accents, then case."""

# The key of letters is a text whose characters compare as the letters do: blank, punctuation in
# the order of CLDR, figures, perhaps an alphabet that goes first, Latin letters. A letter between
# two Latin ones is three characters, of which the second is above all others.
_PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_FIRST_PUNCTUATION, _FIRST_FIGURE, _FIRST_OF_ALPHABET = 0x21, 0x41, 0x80
_LATIN_AFTER_ALPHABET = 0x80
_APART = "\xff"
_FIELD_END = "\x01"

_RULE = re.compile(r"&(\[before 1\])?([^<\s]+)((?:<{1,2}[^<\s]+)+)")
_RELATION = re.compile(r"(<{1,2})([^<\s]+)")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_FIRST_RANK = 0x2B0
_CAPITAL_I = str.maketrans({"I": "ı", "İ": "i"})


def is_language_tag(text: str) -> bool:
    """Whether a text has the form of a language tag (BCP 47): "sv", "de-AT"."""
    return _TAG.fullmatch(text) is not None


def sort_key(text: str, language: str = "") -> SortKey:
    """The key that sorts a text in a list of a language (BCP 47; empty or unknown: any)."""
    letters, accents = _levels(text, language)
    return letters, accents, text.swapcase()


def fields_sort_key(texts: Sequence[str], language: str = "") -> SortKey:
    """The key that sorts by several texts, the most important first.

    The letters of all come before the accents of any (Unicode Technical Standard 10, section
    1.6): Anna Müller before Bernd Muller.
    """
    levels = [_levels(text, language) for text in texts]
    return (
        _FIELD_END.join([letters for letters, _ in levels]),
        _FIELD_END.join([accents for _, accents in levels]),
        _FIELD_END.join(texts).swapcase(),
    )


def person_sort_key(last_name: str, first_name: str, language: str = "") -> SortKey:
    """The key that sorts people by last name, then first name; by the first where it is all."""
    return fields_sort_key((last_name or first_name, first_name), language)


def letters_key(text: str, language: str = "") -> str:
    """The part of a text's key that compares letters, without punctuation in front of them."""
    return _levels(text, language)[0].lstrip(_BEFORE_FIGURES)


def begins_with(key: str, letters: str) -> bool:
    """Whether a letters key begins with another, letter by letter: å is no a where it is apart."""
    return key.startswith(letters) and key[len(letters) : len(letters) + 1] != _APART


def first_letter(key: str) -> str:
    """The part of a letters key that stands for its first letter."""
    return key[:3] if key[1:2] == _APART else key[:1]


def initial(text: str, language: str = "") -> str:
    """The letter of the language's alphabet under which a text is found: "Å", "Ch", "4".

    Empty when the text begins with neither a letter nor a figure.
    """
    return _collation(_tag(language)).name_of(first_letter(letters_key(text, language)))


@lru_cache(maxsize=20_000)
def _levels(text: str, language: str) -> tuple[str, str]:
    return _collation(_tag(language)).levels(text)


@lru_cache(maxsize=200)
def _tag(language: str) -> str:
    """The longest beginning of a language tag that has rules, without regard to its region."""
    tag = language.lower()
    primary = tag.partition("-")[0]
    kind = re.search(r"-u(?:-[a-z0-9]{3,8})*-co-([a-z0-9]+)", tag)
    if kind:
        for region in (tag.partition("-u-")[0], primary):
            if (special := f"{region}-u-co-{kind[1]}") in RULES:
                return special
    script = "-".join(tag.split("-")[:2])
    return script if script in RULES else primary


@lru_cache(maxsize=20)
def _collation(tag: str) -> _Collation:
    alphabet = FIRST_ALPHABETS.get(tag, "")
    letters = _latin_letters(_LATIN_AFTER_ALPHABET if alphabet else 0)
    if alphabet:
        return _Collation(letters, _alphabet_letters(alphabet), dotless_i=False)
    return _tailored(letters, RULES.get(tag, ""), dotless_i=tag in DOTLESS_I)


@dataclass(frozen=True, slots=True)
class _Letter:
    """How a letter, or letters that count as one, sort: by letters, and among the same ones."""

    key: str
    accent: str


class _Collation:
    """The order of one language."""

    def __init__(
        self, latin: Mapping[str, str], apart: Mapping[str, _Letter], *, dotless_i: bool
    ) -> None:
        """``latin`` gives the keys of ASCII characters, ``apart`` all that sorts otherwise."""
        single = {text: letter.key for text, letter in apart.items() if len(text) == 1}
        ascii_keys = {**latin, **{text: key for text, key in single.items() if text.isascii()}}
        self._table = str.maketrans(ascii_keys)
        self._apart = dict(apart)
        self._dotless_i = dotless_i
        self._pattern = _pattern_of(apart)
        self._ascii_pattern = _pattern_of(text for text in apart if text.isascii())
        self._names = _names(ascii_keys, apart)
        if dotless_i:
            self._names[latin["i"]] = "İ"

    def levels(self, text: str) -> tuple[str, str]:
        """The letters and the accents of a text."""
        lower = self._lower(text if text.isascii() else unicodedata.normalize("NFC", text))
        pattern = self._ascii_pattern if lower.isascii() else self._pattern
        if pattern is None:
            return fold(lower).translate(self._table), unicodedata.normalize("NFD", lower)
        letters, accents = [], []
        for place, piece in enumerate(pattern.split(lower)):
            if place % 2:
                letters.append(self._apart[piece].key)
                accents.append(self._apart[piece].accent)
            elif piece:
                letters.append(fold(piece).translate(self._table))
                accents.append(unicodedata.normalize("NFD", piece))
        return "".join(letters), "".join(accents)

    def name_of(self, letter: str) -> str:
        """How the letter of a key is written."""
        return self._names.get(letter, "")

    def _lower(self, text: str) -> str:
        return text.translate(_CAPITAL_I).lower() if self._dotless_i else text.lower()


def _pattern_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(texts, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})") if longest_first else None


def _latin_letters(shift: int) -> dict[str, str]:
    """Every printable ASCII character with its key, Latin letters moved up by ``shift``."""
    keys = {char: chr(_FIRST_PUNCTUATION + at) for at, char in enumerate(_PUNCTUATION)}
    keys |= {char: chr(_FIRST_FIGURE + at) for at, char in enumerate(string.digits)}
    return keys | {char: chr(ord(char) + shift) for char in string.ascii_lowercase}


_BEFORE_FIGURES = "".join(map(chr, range(_FIRST_FIGURE)))


def _alphabet_letters(alphabet: str) -> dict[str, _Letter]:
    """The letters of an alphabet that goes before the Latin one, with all their accents."""
    places = {letter: chr(_FIRST_OF_ALPHABET + at) for at, letter in enumerate(alphabet)}
    letters = {letter: _Letter(key, letter) for letter, key in places.items()}
    for code in (*range(0x370, 0x530), *range(0x1F00, 0x2000)):
        char = chr(code).lower()
        bare = unicodedata.normalize("NFD", char)[:1]
        base = next((c for c in (char, VARIANTS.get(char, ""), bare) if c in places), None)
        if base is not None:
            letters[char] = _Letter(places[base], unicodedata.normalize("NFD", char))
    return letters


def _tailored(latin: Mapping[str, str], rules: str, *, dotless_i: bool) -> _Collation:
    """The order that rules in the notation of ``collation_rules`` describe."""
    apart: dict[str, _Letter] = {}
    taken: dict[str, int] = {}
    for before, anchor, relations in _RULE.findall(rules):
        reset = _Collation(latin, apart, dotless_i=dotless_i)
        key, accent = reset.levels(anchor)
        after = chr(ord(key) - 1) if before else key
        rank = 0
        for relation, text in _RELATION.findall(relations):
            if relation == "<":
                taken[after] = taken.get(after, 0) + 1
                key, accent, rank = f"{after}{_APART}{taken[after]}", text, 0
            else:
                rank += 1
            apart[text] = _Letter(key, accent + chr(_FIRST_RANK + rank) if rank else accent)
    return _Collation(latin, apart, dotless_i=dotless_i)


def _names(latin: Mapping[str, str], apart: Mapping[str, _Letter]) -> dict[str, str]:
    """Key → the letter to show; of several with one key the first."""
    names: dict[str, str] = {}
    for text, key in latin.items():
        if text.isalnum():
            names.setdefault(key, text.upper())
    for text, letter in apart.items():
        if letter.key[1:2] in ("", _APART):
            names.setdefault(letter.key, text.title())
    return names
