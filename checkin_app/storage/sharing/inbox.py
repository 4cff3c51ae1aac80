"""Questions of the inbox: who was let in twice, who was merged, who may be registered twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import apsw

from checkin_app.domain.ledger import EntryKind, from_milliseconds
from checkin_app.storage.sharing.merged_people import BY_PEOPLE

_MOST_ALIKE = 40
"""So many people of one name are not looked through: a list calls all its guests the same."""
_SAME_CODE = (
    "SELECT code.code, attendee.id FROM code JOIN attendee ON number = code.attendee"
    " WHERE current AND code.code IN (SELECT code FROM code WHERE current AND code <> ''"
    " GROUP BY code HAVING count(*) > 1)"
)
_SAME_NAME = (
    "SELECT sort_key, id FROM attendee WHERE NOT is_erased AND sort_key IN"
    " (SELECT sort_key FROM attendee WHERE sort_key <> '' GROUP BY sort_key"
    f" HAVING count(*) BETWEEN 2 AND {_MOST_ALIKE})"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody was registered.

    Attributes:
        import_id: the import that did it; empty for a walk-in.
        at: when (UTC).
    """

    desk: str
    import_id: str
    at: datetime


class Inbox:
    """Asks an event file. Every method raises EventFileError as the file does."""

    def __init__(self, reading: Callable[[], AbstractContextManager[apsw.Connection]]) -> None:
        self._reading = reading

    def open_conflicts(self) -> int:
        """How many second admissions wait. Takes microseconds when none does."""
        with self._reading() as connection:
            total: int | None = connection.execute(
                "SELECT sum(open_conflicts) FROM attendee WHERE open_conflicts > 0"
            ).get
            return total or 0

    def settled(self) -> int:
        """How many second admissions were looked into, and how many records were merged."""
        with self._reading() as connection:
            total: int = connection.execute(
                "SELECT coalesce((SELECT sum(resolved_conflicts) FROM attendee"
                " WHERE resolved_conflicts > 0), 0) + (SELECT count(*) FROM merged WHERE holds)"
            ).get
            return total

    def people_in_conflict(self) -> tuple[str, ...]:
        """Ids of those with second admissions that wait, or that were looked into."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id FROM attendee WHERE open_conflicts > 0 OR resolved_conflicts > 0"
            )
            return tuple(id_.hex() for (id_,) in rows)

    def merged(self) -> tuple[tuple[str, str], ...]:
        """Ids of doubles, each with the id of the record it was merged into."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT attendee, into_attendee FROM merged WHERE holds ORDER BY 1"
            )
            return tuple((double.hex(), into.hex()) for double, into in rows)

    def merged_by_lists(self) -> frozenset[str]:
        """Ids of those doubles whom two lists made of one person, without anybody's word."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT attendee FROM merged WHERE holds AND NOT {BY_PEOPLE}"
            )
            return frozenset(double.hex() for (double,) in rows)

    def alike(self) -> tuple[tuple[str, ...], ...]:
        """Groups of ids of people with the same code, then of those with the same folded name.

        Each in the order of registration.
        """
        with self._reading() as connection:
            return tuple(
                group
                for statement in (_SAME_CODE, _SAME_NAME)
                for group in _groups(connection.execute(statement))
            )

    def origins(self, ids: Iterable[str]) -> Mapping[str, Origin]:
        """Where people were registered first, by id."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT attendee, desk, coalesce(payload ->> '$.import', ''), at FROM entry"
                " WHERE attendee IN (SELECT unhex(value) FROM json_each(?)) AND kind = ?"
                " ORDER BY id DESC",
                (json.dumps(sorted(set(ids))), EntryKind.REGISTERED.value),
            )
            return {
                id_.hex(): Origin(desk, str(import_id), from_milliseconds(at))
                for id_, desk, import_id, at in rows
            }


def _groups(rows: Iterable[tuple[str, bytes]]) -> list[tuple[str, ...]]:
    groups: dict[str, set[str]] = {}
    for key, id_ in rows:
        groups.setdefault(key, set()).add(id_.hex())
    return [tuple(sorted(group)) for _, group in sorted(groups.items()) if len(group) > 1]
