"""Whether two written names may be one person's: accents, titles, order, spelling.

"Müller", "Mueller" and "Muller" are one name here; "Maria" and "Mario" are two, however alike they
look: first names that differ in a vowel or at their end are mostly those of two people.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from checkin_app.domain.language.search_text import fold
from checkin_app.lists.mapping.vocabulary import bare_word, name_words

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`.")
_UMLAUTS = re.compile("ae|oe|ue")
_SPELLED_ALIKE = 0.85
"""Of two last names as difflib compares them: Andersen and Anderson 0.88, Nowak and Novak 0.8."""

_SOUNDS = (("ph", "f"), ("th", "t"), ("ck", "k"), ("ch", "k"), ("sch", "s"), ("cz", "c"))
_LETTERS = str.maketrans("cqyjw", "kkiiv")
_INNER_LETTERS = str.maketrans("z", "s", "h")
"""Not at the beginning, where they make two names: Anna and Hanna, Sara and Zara."""
_DOUBLED = re.compile(r"(.)\1+")


class Likeness(IntEnum):
    """How far two names may be one person's."""

    DIFFERENT = 0
    DOUBTFUL = 1
    SAME = 2


@lru_cache(maxsize=40_000)
def name_words_of(text: str) -> tuple[str, ...]:
    """The words of a name by which people are compared: no accents, no titles, no capitals.

    "Dr. Jürgen" → ("jurgen",); "O'Connor" → ("oconnor",).
    """
    folded = fold(text).translate(_APOSTROPHES)
    words = _WORD.findall(_UMLAUTS.sub(lambda two: two[0][0], folded))
    if len(words) > 1:
        titles = _titles()
        words = [word for word in words if word not in titles] or words
    return tuple(words) or tuple(text.split())


def name_key(first_name: str, last_name: str) -> str:
    """What two spellings of a name have in common, in whichever order its words are written."""
    return " ".join(sorted((*name_words_of(first_name), *name_words_of(last_name))))


def first_names_likeness(ours: str, theirs: str) -> Likeness:
    """Whether two first names may be those of one person whose last name is the same.

    Another spelling of the same sound is the same (Jon, John; Katarina, Catarina), and so is one
    with fewer names or an initial. A letter more or less inside is doubtful (Katarzna), and
    anything else two people: Maria and Mario, Jan and Jana, Marta and Maria.
    """
    our_words, their_words = name_words_of(ours), name_words_of(theirs)
    if set(our_words) <= set(their_words) or set(their_words) <= set(our_words):
        return Likeness.SAME
    pairs = list(zip(our_words, their_words, strict=False))
    if all(_is_initial(*pair) or sound(pair[0]) == sound(pair[1]) for pair in pairs):
        return Likeness.SAME
    if len(our_words) == len(their_words) and all(_lacks_a_letter(*pair) for pair in pairs):
        return Likeness.DOUBTFUL
    return Likeness.DIFFERENT


def last_names_likeness(ours: str, theirs: str) -> Likeness:
    """Whether two last names may be one: better spelled, or with more names."""
    our_words, their_words = name_words_of(ours), name_words_of(theirs)
    if set(our_words) <= set(their_words) or set(their_words) <= set(our_words):
        return Likeness.SAME
    one, other = "".join(our_words), "".join(their_words)
    if sound(one) == sound(other):
        return Likeness.SAME
    ratio = SequenceMatcher(None, one, other).ratio()
    return Likeness.SAME if ratio >= _SPELLED_ALIKE else Likeness.DIFFERENT


@lru_cache(maxsize=4_000)
def sound(word: str) -> str:
    """A word with the letters together that languages write differently for one sound."""
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    word = word.translate(_LETTERS)
    return _DOUBLED.sub(r"\1", word[:1] + word[1:].translate(_INNER_LETTERS))


def _is_initial(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)


def _lacks_a_letter(one: str, other: str) -> bool:
    """Whether a letter inside is missing in one of them, or two neighbours are swapped."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return one[0] == other[0] and one[-1] == other[-1] and sorted(one) == sorted(other)
    inside = range(1, len(long) - 1)
    return len(long) - len(short) == 1 and any(
        long[:place] + long[place + 1 :] == short for place in inside
    )


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    titles = name_words().titles
    return frozenset(bare_word(title) for title in titles)


def persons_likeness(
    ours: tuple[str, str], theirs: tuple[str, str], *, is_same_email: bool = False
) -> Likeness:
    """Whether two people whom something else ties together (a code, an address) may be one.

    With more or fewer names, in another order, better spelled; or, at one e-mail address, with a
    new last name. A family name in common is not enough: members of a family come together.

    Args:
        ours, theirs: first name and last name.
    """
    our_words, their_words = set(_all_words(ours)), set(_all_words(theirs))
    if our_words <= their_words or their_words <= our_words or _glued(ours) == _glued(theirs):
        return Likeness.SAME
    first = first_names_likeness(ours[0], theirs[0])
    if is_same_email and first is Likeness.SAME and ours[0] and theirs[0]:
        return Likeness.SAME
    both = min(first, last_names_likeness(ours[1], theirs[1]))
    return Likeness.SAME if both is Likeness.DOUBTFUL and is_same_email else both


def _all_words(name: tuple[str, str]) -> tuple[str, ...]:
    return (*name_words_of(name[0]), *name_words_of(name[1]))


def _glued(name: tuple[str, str]) -> set[str]:
    """First and last name, whichever is which, without what separates their words."""
    return {"".join(name_words_of(part)) for part in name}
