"""What erased data leave behind on the disk, and its removal.

Changing a row leaves the old one in free space of the file and in the log beside it. Until both
are written anew an erasure is not finished: that it is not stands in the file itself, from the
same moment as the erasure, so that whoever opens the file next finishes it.
"""

from __future__ import annotations

from pathlib import Path

import apsw

from checkin_app.errors import ErasureUnfinished
from checkin_app.scratch_folder import remove_abandoned
from checkin_app.whole_file import remove_drafts

REMAINS = """
CREATE TABLE unfinished_erasure (
    only INTEGER PRIMARY KEY CHECK (only = 1)
) STRICT;
"""


def note_remains(connection: apsw.Connection) -> None:
    """Say in the file that erased data are still to be removed from the disk."""
    connection.execute("INSERT OR IGNORE INTO unfinished_erasure VALUES (1)")


def has_remains(connection: apsw.Connection) -> bool:
    """Whether erased data may still lie in the file or beside it."""
    return connection.execute("SELECT 1 FROM unfinished_erasure").get is not None


def remove_remains(connection: apsw.Connection, path: Path) -> None:
    """Write the file anew without its free space, and empty the log beside it.

    Files that this program left half-made, killed while it made one of that name beside the event
    file or any in the folder for temporary files, go as well. May be done again at any time.

    Raises:
        ErasureUnfinished: another program is using the file, or the disk is full; what was
            erased is gone from the tables, but may still be found on the disk.
    """
    try:
        connection.pragma("secure_delete", 1)
        connection.execute("VACUUM")
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    except (apsw.BusyError, apsw.LockedError) as error:
        raise _still_in_use(path) from error
    except apsw.Error as error:
        raise _not_written(path) from error
    remove_drafts(path)
    remove_abandoned()
    connection.execute("DELETE FROM unfinished_erasure")


def _still_in_use(path: Path) -> ErasureUnfinished:
    return ErasureUnfinished(
        f"The data are erased, but {path.name} is in use by another program, so traces may still"
        " lie in the file. Close the other windows that have it open, then open it once more:"
        " that removes them.",
        path,
    )


def _not_written(path: Path) -> ErasureUnfinished:
    return ErasureUnfinished(
        f"The data are erased, but {path.name} could not be written anew, so traces may still lie"
        " in the file. Free as much space on the disk as the file takes, then open it once more:"
        " that removes them.",
        path,
    )
