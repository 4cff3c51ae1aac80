"""Waiting for lanes: a worker for the answer of another lane, an end for all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import TypeVar

from checkin_app.errors import Cancelled

Result = TypeVar("Result")


class LaneCaller:
    """Has work done in a lane and waits for it. Knows no Qt object, so workers may hold it."""

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        self._executor = executor

    def __call__(self, work: Callable[[], Result]) -> Result:
        """What ``work()`` returns in the lane. Never to be asked on the main thread, nor there.

        Raises:
            Cancelled: the lanes have ended.
        """
        try:
            future = self._executor.submit(work)
        except RuntimeError as error:
            raise Cancelled("The window is closed.") from error
        try:
            return future.result()
        except CancelledError as error:
            raise Cancelled("The window is closed.") from error


class Countdown:
    """Calls ``work`` when ``one_less`` was called as often as there were things to wait for."""

    def __init__(self, number: int, work: Callable[[], object]) -> None:
        self._left = number
        self._work = work
        self._lock = threading.Lock()

    def one_less(self, _future: Future[None]) -> None:
        with self._lock:
            self._left -= 1
            is_last = self._left == 0
        if is_last:
            self._work()
