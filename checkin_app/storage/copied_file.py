"""A copy of an event file that is in use: what it holds at one moment, whole.

Copying it by other means leaves out what still lies in the log beside it.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw

from checkin_app.errors import UsageError
from checkin_app.storage.connections import check_header, connect, translated_errors
from checkin_app.whole_file import whole_file

_ALL_AT_ONCE = -1
"""Pages; in portions it would begin anew with every scan."""


def copy_event_file(path: Path, to: Path) -> None:
    """Copy an event file while desks work on it; nobody has to wait.

    Raises:
        UsageError: there is an event file at ``to`` already.
        EventFileError: the file cannot be read.
        CheckinError: the copy cannot be written, or the disk is full; nothing is left of it.
    """
    # Without looking into it: that would take the locks of the connections which are open.
    if to.exists() and to.samefile(path):
        raise UsageError(f"{to.name} is the file that is open. Choose another name.")
    with whole_file(to) as unfinished:
        with translated_errors(path):
            check_header(path)
            source = connect(path)
        with closing(source), translated_errors(to), closing(_new(unfinished)) as copy:
            with copy.backup("main", source, "main") as backup:
                backup.step(_ALL_AT_ONCE)
            # A file with a log cannot be read from a stick that may not be written to.
            copy.pragma("journal_mode", "DELETE")


def _new(path: Path) -> apsw.Connection:
    return apsw.Connection(str(path))
