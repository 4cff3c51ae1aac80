"""Splits a name that a list keeps in one column into title, first and last name.

"DE CLERCQ, Bénédicte", "Prof. Dr. Jan van der Berg", "Aoife Mac Giolla Phádraig", "Jean DUPONT".
A comma, capitals and particles tell; where they do not, the order and number of names that the
list is written in (see ``name_order``). Spelling and capitals stay as they came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checkin_app.lists.mapping.vocabulary import bare_word, folded_words, name_words

_NAMES_OF_SPAIN = 3
_LETTERS = re.compile("[a-z]+")
_SPLIT_CAPITALS = re.compile("Ma?c")


@dataclass(frozen=True, slots=True)
class SplitName:
    """The parts of a name; what is not there is empty."""

    title: str
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class NameOrder:
    """How the names of a list are written.

    Attributes:
        family_first: the family name stands in front, as in Hungary.
        two_family_names: people have two of them, as in Spain.
    """

    family_first: bool = False
    two_family_names: bool = False


AS_SPOKEN = NameOrder()
"""First names in front, and one family name."""


def split_name(full_name: str, order: NameOrder = AS_SPOKEN, email: str = "") -> SplitName:
    """The parts of a name as people write it.

    Args:
        email: of the person; maria.garcia@ says where "María García López" is to be split.
    """
    title, rest = _title_and_rest(full_name.split())
    before, *after = " ".join(rest).split(",")
    after_names = [part.strip() for part in after if _is_after_name(part)]
    given = [part for part in after if part.strip() and not _is_after_name(part)]
    if given:
        inner_title, first_words = _title_and_rest(",".join(given).split())
        title = " ".join(filter(None, (title, inner_title)))
        first, last = " ".join(first_words), before.strip()
    else:
        first, last = _first_and_last(before.split(), order, email)
    return SplitName(title, first, ", ".join(filter(None, (last, *after_names))))


def _title_and_rest(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Titles in front, as long as a word of the name is left."""
    titles = name_words().titles
    count = 0
    while count < len(words) - 1 and _is_title(words[count], titles):
        count += 1
    return " ".join(words[:count]), words[count:]


def _is_title(word: str, titles: frozenset[str]) -> bool:
    lower = word.lower()
    return not titles.isdisjoint((lower, lower.rstrip("."), bare_word(word)))


def _is_after_name(text: str) -> bool:
    words = text.split()
    return bool(words) and all(bare_word(word) in name_words().after_names for word in words)


def _first_and_last(words: Sequence[str], order: NameOrder, email: str) -> tuple[str, str]:
    end = len(words)
    while end > 2 and bare_word(words[end - 1]) in name_words().generations:
        end -= 1
    if leading := _end_of_leading_capitals(words[:end]):
        first, last = words[leading:end], words[:leading]
    elif order.family_first and not _capitals(words[:end]):
        leading = _end_of_family_name(words[:end], order)
        first, last = words[leading:end], words[:leading]
    else:
        start = _start_of_last_name(words[:end], order, email)
        first, last = words[:start], words[start:end]
    return " ".join(first), " ".join((*last, *words[end:]))


def _start_of_last_name(words: Sequence[str], order: NameOrder, email: str) -> int:
    """By capitals ("Jean DUPONT"), a particle, the e-mail address, else the last word or two."""
    if _is_family_name_alone(words):
        return 0
    capitals = _capitals(words)
    start = capitals[0] if capitals else len(words) - 1
    particles = name_words().particles
    for place in range(_end_of_devotion(words), start):
        if bare_word(words[place]) in particles:
            return place
    if capitals or len(words) < _NAMES_OF_SPAIN:
        return max(start, 0)
    return _family_name_in(email, words) or (start - 1 if order.two_family_names else start)


def _family_name_in(email: str, words: Sequence[str]) -> int:
    """The place of the word that stands as family name in first.last@; 0 when none does."""
    parts = _LETTERS.findall(email.partition("@")[0].lower())
    if len(parts) != 2:
        return 0
    folded = ["".join(folded_words(word)) for word in words]
    return folded.index(parts[1], 1) if folded[0] == parts[0] and parts[1] in folded[1:] else 0


def _end_of_family_name(words: Sequence[str], order: NameOrder) -> int:
    """Where a family name in front ends: particles and one word more, or two in Spain."""
    end = 0
    while end < len(words) - 1 and bare_word(words[end]) in name_words().particles:
        end += 1
    end += 1
    if order.two_family_names and len(words) - end >= _NAMES_OF_SPAIN - 1:
        end += 1
    return end


def _is_family_name_alone(words: Sequence[str]) -> bool:
    """Whether no first name can stand in front: "van der Berg", "Ó Súilleabháin", "De la Cruz"."""
    known = name_words()
    if len(words) < 2:
        return False
    first, second = bare_word(words[0]), bare_word(words[1])
    if first not in known.particles:
        return False
    return words[0].islower() or first in known.never_first_names or second in known.particles


def _end_of_devotion(words: Sequence[str]) -> int:
    """Where to look for particles from: after the first names of "María del Carmen García"."""
    known = name_words()
    if len(words) < 4 or bare_word(words[0]) not in known.devotions:
        return 1
    place = 1
    while place < len(words) - 2 and bare_word(words[place]) in known.particles:
        place += 1
    return place + 1 if place > 1 else 1


def _capitals(words: Sequence[str]) -> list[int]:
    """The places of words in capitals behind a first name that is not."""
    if not words or _is_shouted(words[0]):
        return []
    return [place for place, word in enumerate(words) if _is_shouted(word)]


def _end_of_leading_capitals(words: Sequence[str]) -> int:
    """How many words in capitals stand in front of others ("DUPONT MARTIN Jean" has two)."""
    end = 0
    while end < len(words) and _is_shouted(words[end]):
        end += 1
    return 0 if end == len(words) else end


def _is_shouted(word: str) -> bool:
    if _SPLIT_CAPITALS.match(word) and len(word) > 4:
        word = _SPLIT_CAPITALS.sub("", word, count=1)
    letters = [char for char in word if char.isalpha()]
    return len(letters) > 1 and word.isupper() and "." not in word
