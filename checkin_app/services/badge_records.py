"""What was printed, in the ledger of the event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from checkin_app.domain.ledger import EntryKind
from checkin_app.storage.event_file import EventFile

_PRINTS_PER_TRANSACTION = 200


def record_prints(
    event_file: EventFile, desk_name: str, now: datetime, attendee_ids: Iterable[str]
) -> None:
    """Note in the ledger whose badge was printed.

    In short transactions, so that a scan never waits for a large run.

    Raises:
        EventFileError: the event file cannot be written.
    """
    waiting = iter(attendee_ids)
    while some := tuple(islice(waiting, _PRINTS_PER_TRANSACTION)):
        with event_file.transaction(desk_name, now) as transaction:
            for attendee_id in some:
                transaction.append(EntryKind.BADGE_PRINTED, attendee_id)
