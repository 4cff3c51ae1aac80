"""What preflight reports about a badge before paper is used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """The kinds of findings, by the names that the command line prints."""

    TEXT_SHRUNK = "text_shrunk"
    TEXT_OVERFLOW = "text_overflow"
    MISSING_GLYPH = "missing_glyph"
    QR_TOO_SMALL = "qr_too_small"
    QR_IMPOSSIBLE = "qr_impossible"
    EMPTY_NAME = "empty_name"
    EMPTY_ORGANISATION = "empty_organisation"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at before printing.

    Attributes:
        attendee_id: whose badge.
        kind: what it is.
        field: the attendee's field, or "name" for first and last name together; "event_name"
            and the like for text that the badges share.
        detail: measures or characters, for a person to read.
    """

    attendee_id: str
    kind: FindingKind
    field: str
    detail: str = ""
