"""Ports for the servers and devices of tests."""

from __future__ import annotations

import random
import socket
from contextlib import suppress


def free_port() -> int:
    """A port that nobody has, and that no system gives away by itself: one of those may be taken
    by any connection while a server is not yet, or not at the moment, there.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
