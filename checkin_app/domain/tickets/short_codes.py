"""The short code of an attendee: what is typed from the paper list when the desk ran on paper.

Five characters of Crockford's base32: four that are derived from the attendee's id, and one that
checks them. The check character is a weighted sum in the field of 32 elements, as those of ISO
7064 and of ISBNs are sums in others, with a weight of its own for every place: one wrong
character and two characters exchanged, wherever they stand, always give a code that is refused.

Codes stay as they are when people are added: whoever was registered first keeps the code, and of
two people whose ids give the same one, which happens twice among 2,000, the later gets the next.
Who vanishes from the event keeps the code as well, for it stands on lists that were printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

from checkin_app.domain.tickets.codes import ALPHABET

SHORT_CODE_LENGTH = 5
MOST_SHORT_CODES = 32 ** (SHORT_CODE_LENGTH - 1)

_BITS = 5
_READ_AS = str.maketrans("ILO", "110")
_BLANKS = re.compile(r"[\s.-]+")
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_FIELD = 0b100101
"""x⁵ + x² + 1, which has no factors, so that remainders by it form a field."""
_WEIGHTS = (2, 4, 8, 16)
"""Of the four characters; that of the check character is 1."""


def short_codes(ids: Iterable[str]) -> dict[str, str]:
    """The short code of each attendee, by id.

    Args:
        ids: of everybody who was ever registered, in the order in which that was done.

    Raises:
        ValueError: there are more people than codes.
    """
    taken: set[int] = set()
    codes: dict[str, str] = {}
    for id_ in ids:
        if len(taken) >= MOST_SHORT_CODES:
            raise ValueError(f"there are only {MOST_SHORT_CODES} short codes")
        digest = blake2b(id_.encode(), digest_size=4).digest()
        number = int.from_bytes(digest) % MOST_SHORT_CODES
        while number in taken:
            number = (number + 1) % MOST_SHORT_CODES
        taken.add(number)
        codes[id_] = _code(number)
    return codes


def read_short_code(typed: str) -> str | None:
    """The short code that was typed, or None where it is none, or one with a slip.

    Case, blanks and hyphens do not matter; I and L are read as 1, O as 0.
    """
    code = _BLANKS.sub("", typed).upper().translate(_READ_AS)
    if len(code) != SHORT_CODE_LENGTH or not _VALUES.keys() >= set(code):
        return None
    return code if _check_character(code[:-1]) == code[-1] else None


def looks_like_short_code(typed: str) -> bool:
    """Whether something was typed that has the length and the letters of a short code."""
    code = _BLANKS.sub("", typed).upper().translate(_READ_AS)
    return len(code) == SHORT_CODE_LENGTH and _VALUES.keys() >= set(code)


def _code(number: int) -> str:
    places = range(_BITS * (SHORT_CODE_LENGTH - 2), -1, -_BITS)
    characters = "".join([ALPHABET[number >> place & 31] for place in places])
    return characters + _check_character(characters)


def _check_character(characters: str) -> str:
    check = 0
    for character, weight in zip(characters, _WEIGHTS, strict=True):
        check ^= _product(_VALUES[character], weight)
    return ALPHABET[check]


def _product(one: int, other: int) -> int:
    """Of two elements of the field: polynomials over GF(2), reduced."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        other >>= 1
        one <<= 1
        if one & 0b100000:
            one ^= _FIELD
    return product
