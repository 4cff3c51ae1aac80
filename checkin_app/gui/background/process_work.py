"""Runs one plain function in a spawned process, with progress and cancel.

Drawing thousands of badges in a thread would make the window stutter, for both share one
interpreter. No Qt here: the caller's thread waits, and ``gui.tasks`` carries the answer home.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from checkin_app.errors import Cancelled, CheckinError

Result = TypeVar("Result")
_LOOK_EVERY_S = 0.05
_DIED = "The work stopped before it was done; nothing half-finished was kept. Try again."


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


class WorkProcess:
    """A spawned process that stays, and does one call after the other.

    What its calls share lives there, so that a second one need not begin from nothing. Used by one
    thread at a time; the process is started by the first call, and ends with the program.

    Args:
        make_state: importable; makes what the calls share, in the process.
    """

    def __init__(self, make_state: Callable[[], object]) -> None:
        self._make_state = make_state
        self._running: _Running | None = None

    def run(
        self,
        function: Callable[..., Result],
        arguments: tuple[Any, ...],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Result:
        """Call ``function(state, *arguments, progress, cancelled)`` there and wait for it.

        Raises:
            Cancelled: the function stopped because ``cancelled`` said so.
            CheckinError: the function failed for a reason people can act on, or its process died.
            WorkerFailed: any other error in the function.
        """
        running = self._running = self._running or _start(self._make_state)
        running.stop.clear()
        try:
            running.ours.send((function, arguments))
            return _wait(running.ours, running.stop, progress, cancelled)  # type: ignore[no-any-return]
        except OSError as error:
            self.end()
            raise CheckinError(_DIED) from error
        except (CheckinError, WorkerFailed) as error:
            if isinstance(error, WorkerFailed) or error.__cause__ is not None:
                # It is gone, or going.
                self.end()
            raise

    def end(self) -> None:
        """Let the process go, and with it what the calls shared."""
        running, self._running = self._running, None
        if running is not None:
            running.ours.close()
            running.process.join()


@dataclass(frozen=True, slots=True)
class _Running:
    """A process that waits for calls at the other end of a pipe."""

    process: SpawnProcess
    ours: Connection
    stop: Event


def _start(make_state: Callable[[], object]) -> _Running:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    stop = context.Event()
    # A daemon, for it would wait for calls when the program ends.
    process = context.Process(target=_serve, args=(theirs, stop, make_state), daemon=True)
    process.start()
    theirs.close()
    return _Running(process, ours, stop)


def _serve(theirs: Connection, stop: Event, make_state: Callable[[], object]) -> None:
    """What a process that stays does."""
    state = make_state()
    while True:
        try:
            function, arguments = theirs.recv()
        except EOFError:
            return
        _work(theirs, stop, function, (state, *arguments))


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
            raise CheckinError(_DIED) from error
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
