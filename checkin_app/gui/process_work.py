"""Runs one plain function in a spawned process, with progress and cancel.

Drawing thousands of badges in a thread would make the window stutter, for both share one
interpreter. No Qt here: the caller's thread waits, and ``gui.tasks`` carries the answer home.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from checkin_app.errors import Cancelled, CheckinError

Result = TypeVar("Result")
_LOOK_EVERY_S = 0.05


class WorkerFailed(RuntimeError):
    """The function failed with an error of our own making; the text is its traceback."""


@dataclass(frozen=True, slots=True)
class _Progress:
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Answer:
    value: object


@dataclass(frozen=True, slots=True)
class _Refusal:
    """An error meant for people; our errors hold more than pickle can bring back."""

    message: str
    was_cancelled: bool


@dataclass(frozen=True, slots=True)
class _Crash:
    trace: str


def run_in_process(
    function: Callable[..., Result],
    arguments: tuple[Any, ...],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Result:
    """Call ``function(*arguments, progress, cancelled)`` in a fresh process and wait for it.

    Function, arguments and result must be picklable.

    Raises:
        Cancelled: the function stopped because ``cancelled`` said so.
        CheckinError: the function failed for a reason people can act on, or its process died.
        WorkerFailed: any other error in the function.
    """
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    stop = context.Event()
    # No daemon, for those may have no readers of their own; closing the window cancels it.
    process = context.Process(target=_work, args=(theirs, stop, function, arguments))
    process.start()
    theirs.close()
    try:
        return _wait(ours, stop, progress, cancelled)  # type: ignore[no-any-return]
    finally:
        ours.close()
        process.join()


def _wait(
    ours: Connection,
    stop: Event,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Any:
    while True:
        if cancelled():
            stop.set()
        try:
            message = ours.recv() if ours.poll(_LOOK_EVERY_S) else None
        except (EOFError, OSError) as error:
            raise CheckinError(
                "The work stopped before it was done; nothing half-finished was kept. Try again."
            ) from error
        match message:
            case _Progress(done, total):
                progress(done, total)
            case _Answer(value):
                return value
            case _Refusal(text, was_cancelled):
                raise Cancelled(text) if was_cancelled else CheckinError(text)
            case _Crash(trace):
                raise WorkerFailed(trace)


def _work(
    theirs: Connection, stop: Event, function: Callable[..., object], arguments: tuple[Any, ...]
) -> None:
    """What the spawned process does."""

    def report(done: int, total: int) -> None:
        theirs.send(_Progress(done, total))

    try:
        theirs.send(_Answer(function(*arguments, report, stop.is_set)))
    except CheckinError as error:
        theirs.send(_Refusal(str(error), isinstance(error, Cancelled)))
    except Exception as error:
        theirs.send(_Crash(traceback.format_exc()))
        raise SystemExit(1) from error
