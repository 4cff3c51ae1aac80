"""What preflight reports about a badge before paper is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

USUAL_DPI = 300
"""Of office printers; label printers have 203 or 300, print shops 600 and more."""


class Severity(IntEnum):
    """How much a finding matters; the gravest has the lowest number."""

    MUST_BE_SEEN = 1
    """The badge is wrong or useless as it is."""
    MAY_BE_SEEN = 2
    """Often right as it is; worth a look where there is time."""


class FindingKind(StrEnum):
    """The kinds of findings, by the names that the command line prints; the gravest first."""

    QR_IMPOSSIBLE = "qr_impossible"
    BARCODE_IMPOSSIBLE = "barcode_impossible"
    EMPTY_NAME = "empty_name"
    SAME_PERSON = "same_person"
    TEXT_OVERFLOW = "text_overflow"
    MISSING_GLYPH = "missing_glyph"
    OUTSIDE_BADGE = "outside_badge"
    QUIET_ZONE = "quiet_zone"
    QR_TOO_SMALL = "qr_too_small"
    LOW_CONTRAST = "low_contrast"
    PHOTO_MISSING = "photo_missing"
    LAYOUT_UNSUITED = "layout_unsuited"
    STOCK_UNVERIFIED = "stock_unverified"
    NAME_CAPITALS = "name_capitals"
    PICTURE_COARSE = "picture_coarse"
    NAMESAKES = "namesakes"
    EMPTY_ORGANISATION = "empty_organisation"
    TEXT_SHRUNK = "text_shrunk"

    @property
    def severity(self) -> Severity:
        """Whether it must be looked at, or may be."""
        return Severity.MAY_BE_SEEN if self in _HARMLESS else Severity.MUST_BE_SEEN


_HARMLESS = frozenset(
    {
        FindingKind.NAME_CAPITALS,
        FindingKind.PICTURE_COARSE,
        FindingKind.NAMESAKES,
        FindingKind.EMPTY_ORGANISATION,
        FindingKind.TEXT_SHRUNK,
    }
)
_PLACES = {kind: place for place, kind in enumerate(FindingKind)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at before printing.

    Attributes:
        attendee_id: whose badge; the first one it is seen on, for what badges share.
        kind: what it is.
        field: the attendee's field, or "name" for first and last name together; "event_name"
            and the like for text that the badges share; "layout" or "stock"; "photo", "picture"
            or "shape" for parts without a field.
        detail: measures, characters or the part of the layout, for a person to read.
        is_shared: it is about layout, stock or a text that other badges show too.
    """

    attendee_id: str
    kind: FindingKind
    field: str
    detail: str = ""
    is_shared: bool = False


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by their kind; those of one kind stay in their order."""
    return sorted(findings, key=lambda finding: _PLACES[finding.kind])
