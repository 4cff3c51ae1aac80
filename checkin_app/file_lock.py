"""Holds a file against other programs; the system gives it back however its holder ends."""

from __future__ import annotations

import sys
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        # Windows locks a stretch of the file, which begins where the file is at.
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        # Not lockf, whose locks belong to the process and go with any other handle on the file.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def hold(file: IO[bytes]) -> bool:
    """Hold an open file until it is closed; False, at once, while another handle holds it."""
    try:
        _lock(file)
    except OSError:
        return False
    return True
