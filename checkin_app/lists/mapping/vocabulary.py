"""What columns and status words are called in Europe's languages (``resources/lists/*.toml``).

Names are compared folded: Latin letters only, no case, accents, blanks or punctuation. A name
that is not known as a whole is tried without its brackets, by its parts, without filler words,
and at last by the known name inside it ("Last name as on your badge").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from checkin_app.domain.attendee import FIELDS, AttendeeStatus
from checkin_app.resource_files import resource_path

FULL_NAME = "full_name"
"""A column that holds the whole name."""

ANY_NAME = "name"
"""A column that holds the whole name, or the part of it that no other column holds."""

QUANTITY = "quantity"
"""A column that tells for how many people a row stands."""

LONGEST_NAME = 200
"""Longer cells are not column names that anybody wrote for us to recognise."""

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NEVER = "never"
_FILLER = "filler"
_ORDER = "order"
_WHOLE_NAME = 3000
_SURE_PART = 2000
_PARTLY = 1000
_LEAST_SHARE = 0.55
_LONGEST_PHRASE = 6
_LONGEST_ANSWER = 20


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a column name means: a field of an attendee, FULL_NAME, ANY_NAME or QUANTITY.

    Attributes:
        score: how sure that is; of two columns for one field the higher one is taken.
    """

    field: str
    score: int


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Known names, folded: to field and place in the field's list; and the words of no weight."""

    meanings: Mapping[str, tuple[str, int]]
    filler: frozenset[str]


def recognise_column(name: str) -> Recognition | None:
    """What a column of this name holds, or None when nobody can tell."""
    if not name or len(name) > LONGEST_NAME:
        return None
    vocabulary = _column_vocabulary()
    if known := vocabulary.meanings.get("".join(folded_words(name))):
        return _recognition(known, _WHOLE_NAME)
    parts = [vocabulary.meanings[part] for part in _parts(name) if part in vocabulary.meanings]
    if {"first_name", "last_name"} <= {field for field, _ in parts}:
        return Recognition(FULL_NAME, _SURE_PART)
    if parts:
        return _recognition(parts[0], _SURE_PART)
    return _recognised_inside(name, vocabulary)


def is_order_column(name: str) -> bool:
    """Whether a column of this name tells which order a row belongs to."""
    if len(name) > LONGEST_NAME:
        return False
    meaning = _column_vocabulary().meanings.get("".join(folded_words(name)))
    return meaning is not None and meaning[0] == _ORDER


def recognise_status(text: str) -> AttendeeStatus | None:
    """The status that a word of a list means, or None when nobody can tell.

    What stands in brackets behind it counts only if the whole is known.
    """
    known = _status_vocabulary()
    return (
        known.get(text)
        or known.get("".join(folded_words(text)))
        or known.get("".join(folded_words(_BRACKETS.sub(" ", text))))
    )


def answer_of(text: str) -> bool | None:
    """What a cell answers that holds a bare yes or no; None when it says anything else."""
    if len(text) > _LONGEST_ANSWER:
        return None
    return _answers().get("".join(folded_words(text)) or text)


def folded_words(text: str) -> list[str]:
    """The words of a text in lower-case Latin letters and digits; # counts as "number"."""
    from anyascii import anyascii

    spelt = text.replace("#", " number ").replace("№", " no ")
    return re.findall("[a-z0-9]+", anyascii(spelt).lower())


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words around names, in lower case without full stops.

    Attributes:
        titles: in front; those that are no titles without their full stop keep it ("phil.").
        after_names: after a comma behind the name.
        generations: behind the name without a comma.
        particles: family names may begin with these.
        never_first_names: particles that are nobody's first name.
        devotions: first names that a particle and another name may follow.
        family_first: names of columns in which the family name stands in front, folded.
        two_family_names: names of columns in languages whose people have two, folded.
    """

    titles: frozenset[str]
    after_names: frozenset[str]
    generations: frozenset[str]
    particles: frozenset[str]
    never_first_names: frozenset[str]
    devotions: frozenset[str]
    family_first: frozenset[str]
    two_family_names: frozenset[str]


@cache
def name_words() -> NameWords:
    """The words around names that are known."""
    data = _resource("names.toml")
    columns = {
        key: frozenset("".join(folded_words(name)) for name in data[key])
        for key in ("family_first", "two_family_names")
    }
    words = {
        key: frozenset(map(bare_word, data[key]))
        for key in ("after_names", "generations", "particles", "never_first_names", "devotions")
    }
    return NameWords(titles=frozenset(data["titles"]), **words, **columns)


def bare_word(word: str) -> str:
    """A word of a name in lower case without full stops."""
    return word.replace(".", "").lower()


def _recognition(known: tuple[str, int], base: int) -> Recognition | None:
    field, place = known
    return None if field in (_NEVER, _ORDER) else Recognition(field, base - place)


def _parts(name: str) -> Iterator[str]:
    """A name without its brackets; then its sides of a colon, slash or dash; folded."""
    without_brackets = _BRACKETS.sub(" ", name)
    yield "".join(folded_words(without_brackets))
    for side in re.split(r"\s*[:/|–—]\s*|\s-\s", without_brackets):
        yield "".join(folded_words(side))


def _recognised_inside(name: str, vocabulary: _Vocabulary) -> Recognition | None:
    """By the longest known phrase among the words of weight, if it is clearly more than half."""
    words = [word for word in folded_words(name) if word not in vocabulary.filler]
    if not words:
        return None
    for length in range(min(len(words), _LONGEST_PHRASE), 0, -1):
        share = length / len(words)
        if share < _LEAST_SHARE:
            return None
        for start in range(len(words) - length + 1):
            phrase = "".join(words[start : start + length])
            if known := vocabulary.meanings.get(phrase):
                return _recognition(known, round(_PARTLY * share))
    return None


@cache
def _column_vocabulary() -> _Vocabulary:
    data = _resource("columns.toml")
    meanings: dict[str, tuple[str, int]] = {}
    for field in (_NEVER, _ORDER, *FIELDS, FULL_NAME, ANY_NAME, QUANTITY):
        for place, phrase in enumerate(data[field]):
            meanings.setdefault("".join(folded_words(phrase)), (field, place))
    return _Vocabulary(meanings, frozenset("".join(folded_words(word)) for word in data[_FILLER]))


@cache
def _status_vocabulary() -> Mapping[str, AttendeeStatus]:
    data = _resource("status_words.toml")
    meanings: dict[str, AttendeeStatus] = {}
    for status in AttendeeStatus:
        for phrase in data[status]:
            is_sign = not any(map(str.isalnum, phrase))
            meanings.setdefault(phrase if is_sign else "".join(folded_words(phrase)), status)
    return meanings


@cache
def _answers() -> Mapping[str, bool]:
    data = _resource("answers.toml")
    words = ((word, answer == "yes") for answer in ("no", "yes") for word in data[answer])
    return {"".join(folded_words(word)) or word: is_yes for word, is_yes in words}


def _resource(name: str) -> dict[str, list[str]]:
    return tomllib.loads(resource_path("lists", name).read_text(encoding="utf-8"))
