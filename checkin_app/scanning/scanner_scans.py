"""What a scanner typed or sent → a ``Scan`` with everything else it may have meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkin_app.domain.scan import Repair, Scan, ScanSource
from checkin_app.domain.tickets.codes import code_readings, is_our_code
from checkin_app.scanning.added_characters import other_readings, without_additions
from checkin_app.scanning.keystrokes import Ending, KeyboardReading
from checkin_app.scanning.serial_lines import SerialReading
from checkin_app.settings.device_settings import ScannerSettings

_TWO_DIGITS = re.compile(r"\d\d")
_SLOW_MS = 18
"""Scanners at a cable are faster than this. Those over Bluetooth may not be, nor are programs that
play the keys of somebody far away."""


def keyboard_scan(reading: KeyboardReading, scanner: ScannerSettings) -> Scan:
    """The scan of a scanner that plays keyboard: its keys may be garbled as well."""
    text = without_additions(reading.text, scanner)
    others = [*_with_additions(reading.text, text), *_ungarbled(text)]
    if reading.slow_start:
        rest = without_additions(reading.text[reading.slow_start :], scanner)
        others += [Repair(rest, layout=""), *_ungarbled(rest)]
    return Scan(text, ScanSource.KEYBOARD, _each_once(others, text))


def serial_scan(reading: SerialReading, scanner: ScannerSettings) -> Scan:
    """The scan of a scanner at a serial port, which no keyboard setting can garble."""
    text = without_additions(reading.text, scanner)
    others = _with_additions(reading.text, text)
    return Scan(text, ScanSource.SERIAL, _each_once(others, text))


def is_typing_after_all(reading: KeyboardReading, scan: Scan) -> bool:
    """Whether keys that came at a scanner's speed into a text field were text all the same.

    Text expanders, remote desktops and clipboard typers write as fast as scanners. What looks like
    a code is a scan. What does not is one only if it came as fast as from a cable, and with an
    ending; all else belongs to the field. In the field of the desk nothing is lost by that: Enter
    takes what stands there for a code.
    """
    may_be_text = reading.ending is Ending.SILENCE or reading.slowest_gap_ms >= _SLOW_MS
    return may_be_text and not _looks_like_code(scan)


def _looks_like_code(scan: Scan) -> bool:
    """A word with digits, or one of our codes in groups; or what garbling left of either.

    Digits there must be: "internationalisation" is spelt with the letters of our codes. Garbled
    ones must follow each other: é alone may be a garbled 2, and is in many a French word.
    """
    is_word = len(scan.text.split()) == 1
    if _has_digits(scan.text):
        return is_word or any(map(is_our_code, code_readings(scan.text)))
    repaired = [repair.text for repair in scan.repairs]
    if is_word and any(map(_TWO_DIGITS.search, repaired)):
        return True
    return any(_has_digits(code) and is_our_code(code.upper()) for code in repaired)


def _has_digits(text: str) -> bool:
    return any(map(str.isdigit, text))


def _with_additions(original: str, text: str) -> Iterator[Repair]:
    if original != text:
        yield Repair(original, layout="")
    yield from (Repair(other, layout="") for other in other_readings(text))


def _ungarbled(text: str) -> tuple[Repair, ...]:
    # Its tables take some milliseconds, which the start of the program need not pay.
    from checkin_app.scanning.keyboard_layouts import repairs

    return repairs(text)


def _each_once(others: Iterator[Repair] | list[Repair], text: str) -> tuple[Repair, ...]:
    found: dict[str, Repair] = {}
    for repair in others:
        if repair.text != text:
            found.setdefault(repair.text, repair)
    return tuple(found.values())
