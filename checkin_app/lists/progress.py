"""How long work on a list tells how far it is, and asks whether to go on."""

from __future__ import annotations

from collections.abc import Callable

from checkin_app.errors import Cancelled

ROWS_PER_STEP = 1000
"""Rows worked on between two looks at ``cancelled``: a few milliseconds."""

Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""

CancelledCheck = Callable[[], bool]


def no_progress(done: int, total: int) -> None:
    """For callers who do not want to know."""


def never_cancelled() -> bool:
    """For callers who always wait for the end."""
    return False


def stop_if(cancelled: CancelledCheck) -> None:
    """Raises Cancelled when the person asked for it."""
    if cancelled():
        raise Cancelled("Stopped. Nothing was imported.")
