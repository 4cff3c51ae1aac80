"""Wakes a thread that waits for a socket at the same time."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Bell:
    """Rung from any thread, waited for by one: ``select`` takes it as it takes a socket."""

    def __init__(self) -> None:
        self._rope, self._ear = socket.socketpair()
        for end in (self._rope, self._ear):
            end.setblocking(False)
        # Whoever rings must not find the number of the socket given to another file.
        self._lock = threading.Lock()

    def fileno(self) -> int:
        """Readable once it was rung."""
        return self._ear.fileno()

    def ring(self) -> None:
        """Wake whoever waits. Nobody hears it once it is closed."""
        with self._lock:
            try:
                self._rope.send(b"\0")
            except OSError:
                # Full of calls that were not heard yet, or closed.
                return

    def silence(self) -> None:
        """Forget all calls so far, if there are any."""
        with suppress(BlockingIOError):
            self._ear.recv(4096)

    def close(self) -> None:
        """Take it down; no matter if it is already."""
        with self._lock:
            self._rope.close()
            self._ear.close()
