"""Threads of one program write one after the other, in the order in which they asked.

SQLite lets whoever waits for its lock look again now and then, in steps that grow to a tenth of a
second, and knows no order. A thread that writes without a pause, as one that takes in what fifty
desks record, would keep a scan waiting until it gave up.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Hands the right to write from thread to thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[int, threading.Event]] = deque()
        self._writer: int | None = None
        self._depth = 0

    @property
    def waiting(self) -> int:
        """How many threads wait for their turn."""
        with self._lock:
            return len(self._waiting)

    @contextmanager
    def turn(self, timeout_s: float) -> Iterator[None]:
        """This thread's turn; for one that has it already, the same.

        Raises:
            TimeoutError: the others took too long.
        """
        if not self._take(threading.get_ident(), timeout_s):
            raise TimeoutError
        try:
            yield
        finally:
            self._pass_on()

    def _take(self, thread: int, timeout_s: float) -> bool:
        with self._lock:
            if self._writer in (None, thread):
                self._writer = thread
                self._depth += 1
                return True
            called = threading.Event()
            self._waiting.append((thread, called))
        if called.wait(timeout_s):
            return True
        with self._lock:
            if called.is_set():
                return True
            self._waiting.remove((thread, called))
            return False

    def _pass_on(self) -> None:
        with self._lock:
            self._depth -= 1
            if self._depth:
                return
            self._writer = None
            if self._waiting:
                self._writer, called = self._waiting.popleft()
                self._depth = 1
                called.set()
