"""Ids of entries and attendees: UUIDv7 (RFC 9562), which sort by the time they were made."""

from __future__ import annotations

import secrets
from datetime import datetime

from checkin_app.domain.ledger import milliseconds


def new_id(now: datetime) -> str:
    """A fresh UUIDv7 as 32 hexadecimal digits."""
    random_bits = secrets.randbits(74)
    value = milliseconds(now) << 80 | 0x7 << 76 | (random_bits >> 62) << 64
    return f"{value | 0b10 << 62 | random_bits & (1 << 62) - 1:032x}"
