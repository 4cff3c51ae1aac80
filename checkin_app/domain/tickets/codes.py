"""The code of an attendee: what the QR on ticket and badge holds.

Ours are 20 characters of Crockford's base32 (https://www.crockford.com/base32.html), 100
random bits, so that they fit a version 1 QR symbol at error correction M in alphanumeric
mode. Codes that other systems issued are kept as they came.
"""

from __future__ import annotations

import re
from enum import StrEnum

from checkin_app.domain.tickets.alf_io_tickets import alf_io_id
from checkin_app.domain.tickets.indico_tickets import indico_secret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 20
CODE_BITS = 5 * CODE_LENGTH
LONGEST_CODE = 1000
"""Characters of a reading that are kept; no ticket holds more, and anything may be scanned."""

_PAIRS = tuple(first + second for first in ALPHABET for second in ALPHABET)
_READ_AS = str.maketrans("ILO", "110")
_OURS = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


class CodeKind(StrEnum):
    """What an unknown reading looks like, to tell the volunteer what was held up."""

    NOTHING = "nothing"
    OTHER_TICKET = "other ticket"
    WEB_LINK = "web link"
    CONTACT_CARD = "contact card"
    WIFI = "wifi"
    EMAIL = "e-mail"
    PRODUCT = "product"
    TEXT = "text"


def code_from_bits(bits: int) -> str:
    """The code that spells 100 bits, most significant first."""
    if not 0 <= bits < 1 << CODE_BITS:
        raise ValueError(f"a code holds {CODE_BITS} bits")
    return "".join([_PAIRS[bits >> shift & 1023] for shift in range(CODE_BITS - 10, -1, -10)])


def is_our_code(text: str) -> bool:
    """Whether the text has the form of a code that this program issues."""
    return _OURS.fullmatch(text) is not None


def code_readings(text: str) -> tuple[str, ...]:
    """The codes a reading may mean, most literal first.

    As it came; without blanks around it; and, as Crockford asks, with upper case for lower,
    without hyphens and blanks, I and L read as 1, O as 0, when that gives one of our codes. Of
    tickets of Indico and alf.io also what names them in their lists.
    """
    trimmed = text.strip()
    typed = re.sub(r"[\s-]+", "", trimmed).upper().translate(_READ_AS)
    readings = [text, trimmed]
    if is_our_code(typed):
        readings.append(typed)
    if listed := indico_secret(trimmed) or alf_io_id(trimmed):
        readings.append(listed)
    return tuple(dict.fromkeys(readings))


def describe_code(text: str) -> CodeKind:
    """What kind of thing an unknown reading is."""
    trimmed = text.strip()
    upper = trimmed[:16].upper()
    if not trimmed:
        return CodeKind.NOTHING
    if upper.startswith(("HTTP://", "HTTPS://", "WWW.")):
        return CodeKind.WEB_LINK
    if upper.startswith(("BEGIN:VCARD", "MECARD:")):
        return CodeKind.CONTACT_CARD
    if upper.startswith("WIFI:"):
        return CodeKind.WIFI
    if upper.startswith("MAILTO:") or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", trimmed):
        return CodeKind.EMAIL
    if re.fullmatch(r"\d{8}|\d{12,14}", trimmed):
        return CodeKind.PRODUCT
    if is_our_code(trimmed.upper()) or re.fullmatch(r"[0-9A-Za-z]{10,64}", trimmed):
        return CodeKind.OTHER_TICKET
    return CodeKind.TEXT
