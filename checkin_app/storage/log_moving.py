"""When what was committed is moved from the log beside the event file into the file.

Moving takes tens of milliseconds, and by default whoever makes the log long does it in the commit,
holding up all who wait to write. SQLite lets others write meanwhile: where nobody waits for an
answer, it is moved afterwards.
"""

from __future__ import annotations

from contextlib import suppress

import apsw

_LONG_PAGES = 1000
"""SQLite's own measure of a log that should be moved: 4 MB."""
_LONG_ENOUGH_PAGES = 500
"""For those who move it when nobody waits, so that it seldom gets so long for others."""


class LogMoving:
    """Moves the log at the commits of one connection, unless it is left for afterwards.

    A move that fails is not an error: everything is in the log, and the next one tries again.
    """

    def __init__(self, connection: apsw.Connection) -> None:
        self._pages = 0
        self._is_left = False
        connection.set_wal_hook(self._take_length)

    def leave(self, *, is_left: bool) -> None:
        """Whether the next commits leave the log as it is."""
        self._is_left = is_left

    def move_what_was_left(self, connection: apsw.Connection) -> None:
        """Move it now if it is long."""
        if self._pages >= _LONG_ENOUGH_PAGES:
            self._pages = 0
            _move(connection)

    def _take_length(self, connection: apsw.Connection, _database: str, pages: int) -> int:
        self._pages = pages
        if not self._is_left and pages >= _LONG_PAGES:
            _move(connection)
        return int(apsw.SQLITE_OK)


def _move(connection: apsw.Connection) -> None:
    with suppress(apsw.Error):
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
