"""One program at a time makes, starts or stops a server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checkin_app.errors import HubError
from checkin_app.file_lock import hold

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
            while not hold(file):
                if time.monotonic() > until:
                    raise HubError(
                        "Another window or command is starting or stopping this hub. Wait for it,"
                        " and try again."
                    )
                time.sleep(_LOOK_AGAIN_S)
            yield
