"""What the e-mail addresses of a list tell of its encoding: sorensen@ stands beside "Sørensen".

Addresses are plain ASCII, so they read the same in every code page. A code page whose reading of
the names in the same line agrees with the address is the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from anyascii import anyascii

_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_ADDRESS = re.compile(rb"([A-Za-z0-9._+-]+)@")
_PART = re.compile(rb"[a-z]{3,}")
_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LINES_LOOKED_AT = 150
_LONGEST_LINE = 2000
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})

WordsOfAddress = tuple[frozenset[str], Sequence[bytes]]
"""The parts of the addresses in a line, and the words beyond ASCII beside them."""


def addressed_words(data: bytes) -> list[WordsOfAddress]:
    """The first lines that hold an address and words beyond ASCII."""
    return [*islice(_addressed_words(data), _LINES_LOOKED_AT)]


def words_confirmed(lines: Sequence[WordsOfAddress], encoding: str) -> int:
    """How many words stand, without their accents, in an address of the same line.

    Bytes that the encoding does not know confirm nothing.
    """
    return sum(
        _is_in(word.decode(encoding, errors="ignore").lower(), parts)
        for parts, words in lines
        for word in words
    )


def _addressed_words(data: bytes) -> Iterator[WordsOfAddress]:
    for line in _LINE.finditer(data):
        text = line[0][:_LONGEST_LINE]
        addresses = b".".join(_ADDRESS.findall(text)).lower()
        words = _WORD.findall(text)
        if addresses and words:
            yield frozenset(part.decode("ascii") for part in _PART.findall(addresses)), words


def _is_in(word: str, parts: frozenset[str]) -> bool:
    return anyascii(word).lower() in parts or word.translate(_UMLAUTS) in parts
