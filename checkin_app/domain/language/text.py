"""Text as people type it, made fit to store: NFC, one line, no invisible characters."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")
_KEPT = "\u200c\u200d"
"""Joiners that Persian and Indic spelling needs."""


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """A text as it came, with U+FFFD for what no file can hold.

    Bytes that are not UTF-8 reach us from a command line or a file name as lone surrogates.
    """
    return _LONE_SURROGATE.sub("\ufffd", text)


def clean_line(text: str) -> str:
    """A text as one line: NFC, blanks folded, control and invisible characters removed."""
    spaced = " ".join(text.split())
    if spaced.isascii() and spaced.isprintable():
        return spaced
    visible = "".join(
        character
        for character in spaced
        if character in _KEPT or unicodedata.category(character) not in _INVISIBLE
    )
    return " ".join(unicodedata.normalize("NFC", visible).split())
