"""One program at a time makes, starts or stops a server."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from checkin_app.errors import HubError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_WAIT_S = 150.0
_LOOK_AGAIN_S = 0.1


class StartLock:
    """A lock that the system gives back however its holder ends."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def held(self, wait_s: float = _WAIT_S) -> Iterator[None]:
        """Hold it for a block; whoever holds it now is waited for.

        Raises:
            HubError: another program holds it all that time.
        """
        # Not removed afterwards: who waits has it open already.
        with self._path.open("ab") as file:
            until = time.monotonic() + wait_s
            while not _taken(file):
                if time.monotonic() > until:
                    raise HubError(
                        "Another window or command is starting or stopping this hub. Wait for it,"
                        " and try again."
                    )
                time.sleep(_LOOK_AGAIN_S)
            yield


if sys.platform == "win32":

    def _taken(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _taken(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
