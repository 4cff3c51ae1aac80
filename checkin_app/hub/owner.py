"""What the organiser does at the hub: found it, let desks in and out, erase, remove it.

The organiser is whoever logs in with a role that may create roles and, in this database, schemas;
no superuser. Everything here belongs to that role, and nobody else may change it.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

import psycopg
from psycopg import errors

from checkin_app.hub import schema
from checkin_app.hub.replies import told_plainly


class HubOwner:
    """The organiser's own connection to one event's hub. Close it after use; one thread at a time.

    Args:
        dsn: how to log in, as libpq reads it: a URL or ``key=value`` pairs.
        event_id: whose hub, 32 hexadecimal digits.

    Raises:
        HubUnreachable: nobody answers there.
        HubRefused: the login was refused.
    """

    def __init__(self, dsn: str, event_id: str) -> None:
        self.event_id = event_id
        with told_plainly():
            self._connection = psycopg.connect(dsn, autocommit=True, connect_timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def found(self) -> str:
        """Makes the event's hub, or brings the one that is there up to date; returns its id.

        Raises:
            HubRefused: the role may not create schemas or roles, somebody else owns the hub, or
                a newer program has been here.
        """
        with told_plainly():
            try:
                with self._connection.transaction():
                    return schema.create(self._connection, self.event_id)
            except errors.DuplicateSchema:
                with self._connection.transaction():
                    return schema.bring_up_to_date(self._connection, self.event_id)
