"""NAMES IN CAPITALS and names in lower case → how they are probably written. A proposal only.

Capitals drop what only the person knows: ΠΑΠΑΔΟΠΟΥΛΟΣ has lost its accent, IŞIK the dots of
its i, MACKENZIE a capital it may have had. So nothing here is applied without somebody's
consent, and whatever is written in both cases already is never touched.

Particles follow the custom of the language they belong to: van der Berg, de la Cruz and dos
Santos, but Di Maio, Le Pen and El Khoury. Sources: Unicode Standard 15, 5.18 (Turkish i, final
sigma); Nederlandse Taalunie, Taaladvies "hoofdletters in namen"; Accademia della Crusca, "De, Di,
Lo nei cognomi"; RAE, Ortografía 2010, 4.2.4.2.1.
"""

from __future__ import annotations

import re
import unicodedata

_HYPHENS = re.compile(r"([-‐‑–])")
_APOSTROPHES = "'’ʼ`´"
_AFTER_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_GEORGIAN = re.compile(r"[\u10d0-\u10ff\u1c90-\u1cbf]")
_VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýāēīōūăĕĭőűůąęįųаеёиоуыэюяіїєαειοηυω]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL_WORDS = _words("""
    van von vom vander vanden vande den ter ten te tot op zu zum zur af av de del du des do da
    dos das bin ibn bint фон ван де дер да оглы кызы огли кизи
""")
"""In lower case wherever they stand, before another word."""

_SMALL_AFTER_ANOTHER = _words("""
    der und la las los le les lo het 't y i
""")
"""In lower case when a word stands before them: van der, de la, von und zu, Ortega y Gasset,
Puig i Cadafalch."""

_SMALL_BETWEEN_HYPHENS = _words("""
    de du la le les di da sur sous van von der al
""")

_ITALIAN = _words("""
    de del da di della dello dei degli delle dal dalla lo la
""")
"""With a capital in Italian names."""

_VIETNAMESE = _words("""
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly
""")
"""Family names; beside them "Van" and "Do" are no particles."""

_ELIDED = _words("""
    dell dall nell sant all
""")
"""Before an apostrophe like O' and D': both sides have a capital (Dell'Acqua)."""

_AFTER_MAC = _words("""
    alister allister alpine arthur askill aulay bride callum cormack crae dermott diarmid donald
    donell donnell dougal dougall dowell eachern ewan ewen fadyen farlane gillivray gowan grath
    gregor guire innes intyre ivor kinlay kinnon lachlan laren laughlin lean leish lellan lennan
    leod mahon manus master michael millan murray murphy nab namara naughton neil neill nicol
    niven phail phee pherson quarrie queen rae ritchie taggart tavish vicar
""")
"""Clan names that are written MacLeod, MacDonald; all others like Macron, Mackie, Machado."""

_NUMERALS = frozenset({"ii", "iii", "iv", "vi", "vii", "viii"})
_ENDINGS = {
    "jr": "Jr",
    "sr": "Sr",
    "phd": "PhD",
    "msc": "MSc",
    "bsc": "BSc",
    "mba": "MBA",
    "md": "MD",
    "llm": "LLM",
    "mep": "MEP",
}

_SHORT = 2
_DISTINCTLY_TURKISH = re.compile("[İĞŞ]")


def is_one_case(text: str) -> bool:
    """Whether a text is all in capitals or all in lower case, in a script that has both."""
    plain = text.replace("ß", "")
    if plain.isupper():
        return True
    return plain.islower() and plain.title() != plain


def proposed_name(text: str, language: str = "", beside: str = "") -> str | None:
    """How a name in capitals or in lower case is probably written; None to leave it alone.

    Args:
        text: a first name, a last name or both.
        language: of the name, or of the list (BCP 47); "tr" and "az" have a dotless ı, "nl" the
            letter IJ, "it" and "nl-BE" capital particles, "vi" no particles.
        beside: the rest of the name. What it is written like tells a shouted BO from the
            initials JP.
    """
    if not is_one_case(text):
        return None
    speech = language.lower()
    is_turkish = speech[:2] in ("tr", "az")
    if not is_turkish and _DISTINCTLY_TURKISH.search(text) and "I" in text.strip()[1:]:
        return None
    proposed = unicodedata.normalize("NFC", _Writer(text, speech, beside).written())
    return proposed if proposed != text else None


class _Writer:
    """Writes one name anew, word by word."""

    def __init__(self, text: str, speech: str, beside: str) -> None:
        self._words = text.split(" ")
        self._speech = speech
        self._is_turkish = speech[:2] in ("tr", "az")
        self._is_shouted = any(_is_shouted(word) for word in (*self._words, *beside.split(" ")))
        everybody = {word.lower() for word in (*self._words, *beside.split(" "))}
        self._has_particles = speech[:2] != "vi" and not everybody & _VIETNAMESE

    def written(self) -> str:
        return " ".join(self._word(place, word) for place, word in enumerate(self._words))

    def _word(self, place: int, word: str) -> str:
        lower = word.lower()
        is_last = place == len(self._words) - 1
        if is_last and place:
            bare = lower.rstrip(".")
            if bare in _NUMERALS:
                return word.upper()
            if bare in _ENDINGS:
                return _ENDINGS[bare] + word[len(bare) :]
        if not is_last and self._is_particle(place, lower):
            return lower
        if _INITIALS.fullmatch(word):
            return word.upper()
        if self._may_be_initials(word):
            return word
        parts = _HYPHENS.split(word)
        return "".join(
            part.lower()
            if 0 < number < len(parts) - 1 and part.lower() in _SMALL_BETWEEN_HYPHENS
            else self._part(part, is_first=place == 0 and number == 0)
            for number, part in enumerate(parts)
        )

    def _is_particle(self, place: int, lower: str) -> bool:
        if not self._has_particles or (self._speech[:2] == "it" and lower in _ITALIAN):
            return False
        if self._speech == "nl-be" and place == 0:
            return False
        if lower in _SMALL_WORDS or (lower[:1] in _APOSTROPHES and len(lower) == _SHORT):
            return True
        return place > 0 and lower in _SMALL_AFTER_ANOTHER

    def _may_be_initials(self, word: str) -> bool:
        """Whether a word of two letters, or of three without a vowel, may be meant as it is."""
        letters = [char for char in word if char.isalpha()]
        if any(char.isdigit() for char in word):
            return True
        if len(letters) > _SHORT + 1 or len(letters) < _SHORT or not _LATIN.search(word):
            return False
        if not _VOWELS.search(word.lower()):
            return True
        return len(letters) == _SHORT and word.isupper() and not self._is_shouted

    def _part(self, part: str, *, is_first: bool) -> str:
        """One part between hyphens."""
        if _GEORGIAN.search(part):
            return part.lower()
        if not _LATIN.search(part):
            return self._capitalised(part)
        pieces = _AFTER_APOSTROPHE.split(part, maxsplit=1)
        if len(pieces) == 1:
            return self._latin(part)
        before, after = pieces
        apostrophe = part[len(before)]
        if not before and len(after.partition("-")[0]) == 1:
            return part.lower()
        if before.lower() == "d" and not is_first:
            return before.lower() + apostrophe + self._latin(after)
        if len(before) == 1 or before.lower() in _ELIDED:
            return before.title() + apostrophe + self._latin(after)
        return self._latin(before) + apostrophe + self._lowered(after)

    def _latin(self, word: str) -> str:
        lower = word.lower()
        if lower.startswith("mc") and len(word) > len("mc") + 1:
            return "Mc" + self._capitalised(word[2:])
        if lower.startswith("mac") and lower[3:] in _AFTER_MAC:
            return "Mac" + self._capitalised(word[3:])
        if lower.startswith("ij") and (
            self._speech[:2] == "nl" or (len(word) > _SHORT and not _VOWELS.match(lower[2]))
        ):
            return "IJ" + self._lowered(word[2:])
        return self._capitalised(word)

    def _capitalised(self, word: str) -> str:
        """The first letter as a capital, the others small; what is no letter stays."""
        for place, char in enumerate(word):
            if char.isalpha():
                first = "İ" if self._is_turkish and char == "i" else char.title()
                return word[:place] + first + self._lowered(word[place + 1 :])
        return word

    def _lowered(self, text: str) -> str:
        if self._is_turkish:
            text = text.replace("I", "ı")
        return text.replace("İ", "i").lower()


def _is_shouted(word: str) -> bool:
    """Whether a word is in capitals beyond doubt: no initials."""
    return (
        len(word) > _SHORT
        and word.isupper()
        and "." not in word
        and bool(_VOWELS.search(word.lower()))
    )
