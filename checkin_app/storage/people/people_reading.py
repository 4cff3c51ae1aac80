"""Questions of the lists that leave the program: everybody in turn, in memory that stays flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import groupby
from operator import itemgetter

import apsw

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.attendee import AttendeeRecord, CheckIn
from checkin_app.domain.ledger import EntryKind, from_milliseconds, milliseconds
from checkin_app.storage.rows import (
    ATTENDEE_COLUMNS,
    CHECK_IN_COLUMNS,
    Row,
    check_in_from_row,
    record_from_row,
)

_NOBODY: tuple[float, Iterator[Row]] = (float("inf"), iter(()))


class PeopleReading:
    """Asks an event file about all its attendees."""

    def __init__(self, reading: Callable[[], AbstractContextManager[apsw.Connection]]) -> None:
        self._reading = reading

    def records(self) -> Iterator[AttendeeRecord]:
        """Every attendee with the standing check-ins, in the order of the list.

        Both questions stay open until the last row, so SQLite answers them for the same moment.
        """
        with self._reading() as connection:
            people = connection.execute(
                f"SELECT {ATTENDEE_COLUMNS}, number FROM attendee ORDER BY number"
            )
            rows = connection.execute(
                f"SELECT attendee, {CHECK_IN_COLUMNS} FROM check_in WHERE standing"
                " ORDER BY attendee"
            )
            arrivals = groupby(rows, itemgetter(0))
            number, check_ins = next(arrivals, _NOBODY)
            for row in people:
                while number < row[-1]:
                    number, check_ins = next(arrivals, _NOBODY)
                yield record_from_row(row, _by_list(check_ins) if number == row[-1] else {})

    def ids_by_registration(self) -> tuple[str, ...]:
        """Ids of everybody who was ever registered, in the order of the ledger.

        Those who vanished with an import that was undone as well, and whatever the clocks said:
        nobody's place in this order changes.
        """
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT attendee FROM entry WHERE kind = ? GROUP BY attendee ORDER BY min(id)",
                (EntryKind.REGISTERED.value,),
            )
            return tuple(id_.hex() for (id_,) in rows)

    def extra_columns(self) -> tuple[str, ...]:
        """The columns of the lists that the program has no field for, in the order of the lists."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT key FROM attendee, json_each(nullif(extra, ''))"
                " GROUP BY key ORDER BY min(number), min(json_each.id)"
            )
            return tuple(row[0] for row in rows)

    def seen_between(self, list_id: str, since: datetime, until: datetime) -> dict[str, datetime]:
        """Who was let in on a list, or shown to be in already, and when first (UTC), by id.

        Args:
            since, until: from this moment on, and before that one.
        """
        span = (list_id, milliseconds(since), milliseconds(until))
        with self._reading() as connection:
            rows = connection.execute(
                # Who was shown to be in under the code of a double was there.
                "WITH RECURSIVE stays (double, into_attendee) AS ("
                "  SELECT attendee, into_attendee FROM merged WHERE holds UNION"
                "  SELECT double, merged.into_attendee FROM stays"
                "  JOIN merged ON attendee = stays.into_attendee AND holds"
                ") SELECT id, min(at) FROM ("
                "  SELECT attendee.id, at FROM check_in JOIN attendee ON number = check_in.attendee"
                "  WHERE list = ? AND at >= ? AND at < ?"
                # Whoever was in already by a check-in that was taken back since was not there.
                "  UNION ALL SELECT attendee.id, entry.at FROM entry"
                "  LEFT JOIN stays ON double = entry.attendee"
                "  JOIN attendee ON attendee.id = coalesce(into_attendee, entry.attendee)"
                "  JOIN check_in ON number = check_in.attendee AND check_in.list = entry.list"
                "  WHERE entry.list = ? AND entry.at >= ? AND entry.at < ? AND kind = ?"
                "  AND json_extract(payload, '$.outcome') = ? AND entry.at >= check_in.at"
                ") GROUP BY id",
                (*span, *span, EntryKind.REFUSED.value, OutcomeKind.ALREADY_IN.value),
            )
            return {id_.hex(): from_milliseconds(at) for id_, at in rows}


def _by_list(rows: Iterator[Row]) -> Mapping[str, CheckIn]:
    check_ins = (check_in_from_row(row[1:]) for row in rows)
    return {check_in.list_id: check_in for check_in in check_ins}
