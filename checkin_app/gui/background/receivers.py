"""Who listens at home for work that went to a lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject

Result = TypeVar("Result")
Done = Callable[[Result], None]
Failed = Callable[[BaseException], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who listens at home. Never handed to a worker: it might let go of a screen last."""

    done: Done[Any] | None
    failed: Failed | None
    progress: Progress | None = None


def tell(receive: Callable[..., None] | None, *arguments: Any) -> bool:
    """Whether there was anybody to listen."""
    if receive is None or not _is_still_there(receive):
        return False
    receive(*arguments)
    return True


def _is_still_there(receive: Callable[..., None]) -> bool:
    """False for a method of a screen that was closed while its work was away.

    ``emit`` of a signal does not tell whose it is: ``receive`` has to be a method.
    """
    receiver = getattr(receive, "__self__", None)
    if isinstance(receive, partial):
        receiver = getattr(receive.func, "__self__", None)
    return not isinstance(receiver, QObject) or shiboken6.isValid(receiver)
