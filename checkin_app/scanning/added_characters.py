"""A reading → the codes it may hold once what a scanner added is taken off.

Scanners can be told to put characters before and after each code, and leave the factory doing so
when they were made for somebody else. What was set for this desk is taken off at once. All other
guesses are offered as further readings, for the desk takes one only if somebody has that code:

* a symbology identifier, ``]`` with a letter and a sign (ISO/IEC 15424): ``]Q1`` for a QR code;
* control characters at the ends: STX, ETX, and FNC1 of GS1 written as GS;
* anything before or after twenty characters that are one of our codes, whose hundred random
  bits nothing else is mistaken for;
* the second half, where a scanner sent a code twice without an ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkin_app.domain.tickets.codes import CODE_LENGTH, is_our_code
from checkin_app.settings.device_settings import ScannerSettings

_IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z](?=.)", re.DOTALL)
_CONTROLS = "".join(map(chr, (*range(0x20), 0x7F)))
_SHORTEST_TWICE = 4


def without_additions(text: str, scanner: ScannerSettings) -> str:
    """The text without the prefix and suffix of the desk's scanners; unchanged without both.

    Capitals and small letters count as the same: Caps Lock changes them as it does the code.
    """
    prefix, suffix = scanner.prefix, scanner.suffix
    middle = len(text) - len(prefix) - len(suffix)
    folded = text.casefold()
    if (
        middle < 1
        or not folded.startswith(prefix.casefold())
        or not folded.endswith(suffix.casefold())
    ):
        return text
    return text[len(prefix) : len(prefix) + middle]


def other_readings(text: str) -> tuple[str, ...]:
    """What a text may be a code with additions of, most likely first; never the text itself."""
    found = dict.fromkeys(_guesses(text))
    for useless in ("", text):
        found.pop(useless, None)
    return tuple(found)


def _guesses(text: str) -> Iterator[str]:
    bare = text.strip(_CONTROLS)
    if identifier := _IDENTIFIER.match(bare):
        yield bare[identifier.end() :].strip(_CONTROLS)
    yield bare
    half = len(bare) // 2
    if half >= _SHORTEST_TWICE and bare[:half] == bare[-half:] and len(bare) == 2 * half:
        yield bare[:half]
    if CODE_LENGTH < len(bare) <= 2 * CODE_LENGTH:
        ends = (bare[-CODE_LENGTH:], bare[:CODE_LENGTH])
        yield from (end for end in ends if is_our_code(end.upper()))
