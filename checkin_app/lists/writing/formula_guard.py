"""Keeps cells of our CSV files from being run as formulas, and takes the protection off again.

A spreadsheet program runs a cell that starts with = + - @, in some languages also with their
full-width forms, or with a tab or line break before them
(https://owasp.org/www-community/attacks/CSV_Injection); an apostrophe in front makes it text.
Whoever opens the file with another delimiter than it has divides its cells, so that a sign behind
any delimiter within a cell is guarded too ("x;=1+1;y").

To be exact both ways, a sign that already has apostrophes before it gets one more: ``guarded`` adds
one to each and ``unguarded`` takes one, and all other text stays as it is, also names that start
with an apostrophe.
"""

from __future__ import annotations

import re

_SIGN = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_MAY_NEED = re.compile(f"[{_SIGN}\t\r\n]").search
"""Spares most cells the other patterns."""
_SIGNS = re.compile(f"((?:^|[,;|\t\r\n])\"*'*)(?=[{_SIGN}])")
_GUARDED_SIGNS = re.compile(f"((?:^|[,;|\t\r\n])\"*'*)'(?=[{_SIGN}])")
_BLANK_IN_FRONT = re.compile("'*[\t\r\n]").match
_GUARDED_BLANK = re.compile("''*[\t\r\n]").match


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file that a spreadsheet program opens."""
    if not _MAY_NEED(text):
        return text
    safe = _SIGNS.sub(r"\1'", text)
    return f"'{safe}" if _BLANK_IN_FRONT(safe) else safe


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    if "'" not in text:
        return text
    safe = text[1:] if _GUARDED_BLANK(text) else text
    return _GUARDED_SIGNS.sub(r"\1", safe)
