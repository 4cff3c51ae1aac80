"""The entries that make one person of two records."""

from __future__ import annotations

from typing import Any

from checkin_app.domain.attendee import TEXT_FIELDS, Attendee, AttendeeRecord
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.storage.event_transaction import EventTransaction

FROM_DOUBLE = "double"
"""The source of fields that were filled from a double."""


def write_merged(
    transaction: EventTransaction, kept: AttendeeRecord, double: AttendeeRecord, **said: str
) -> list[Entry]:
    """Write that two are one, and fill empty fields.

    Args:
        said: what the entries say besides.
    """
    kept_id, double_id = kept.attendee.id, double.attendee.id
    merged = {"into": kept_id, "knowing": transaction.newest_about(double_id), **said}
    entries = [transaction.append(EntryKind.MERGED, double_id, payload=merged)]
    if changes := _missing_fields(kept.attendee, double.attendee):
        payload = {"changes": changes, "source": FROM_DOUBLE, "double": double_id, **said}
        entries.append(transaction.append(EntryKind.AMENDED, kept_id, payload=payload))
    return entries


def _missing_fields(kept: Attendee, double: Attendee) -> dict[str, Any]:
    """What the double tells that the record which stays does not."""
    texts: dict[str, Any] = {
        name: text
        for name in TEXT_FIELDS
        if (text := getattr(double, name)) and not getattr(kept, name)
    }
    extra = {name: text for name, text in double.extra.items() if text and not kept.column(name)}
    return {**texts, **({"extra": extra} if extra else {})}
