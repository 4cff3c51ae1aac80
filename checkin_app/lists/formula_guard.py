"""Keeps cells of our CSV files from being run as formulas, and takes the protection off again.

A spreadsheet program runs a cell that starts with = + - @, in some languages also with their
full-width forms, or with a tab or line break before them
(https://owasp.org/www-community/attacks/CSV_Injection); an apostrophe in front makes it text.
To be exact both ways, a cell that already has apostrophes before such a sign gets one more:
``guarded`` adds one and ``unguarded`` takes one, and every other cell stays as it is, also
names that start with an apostrophe.
"""

from __future__ import annotations

import re

_FIRST = frozenset("'=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")
"""A look at the first character spares most cells the pattern."""
_DANGEROUS = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_GUARDED = re.compile(r"''*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file that a spreadsheet program opens."""
    if text[:1] not in _FIRST:
        return text
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if _GUARDED.match(text) else text
