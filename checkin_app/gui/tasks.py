"""Sends plain functions away from the main thread and brings their answers home.

Each lane is one worker thread, so what is sent into it happens in order. One ``Tasks`` object,
living on the main thread, is woken by a queued signal and calls ``done`` or ``failed`` there.
Workers own no Qt objects.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from checkin_app.errors import Cancelled

Result = TypeVar("Result")
Done = Callable[[Result], None]
Failed = Callable[[BaseException], None]
Progress = Callable[[int, int], None]
CancelledCheck = Callable[[], bool]


class Lane(Enum):
    """Who works. One thread each."""

    DESK = auto()
    """Check-ins, in the order in which they were asked for."""
    SEARCH = auto()
    """Results while somebody types."""
    NUMBERS = auto()
    """Counters, arrivals, history."""
    PRINT = auto()
    """The print queue: badges made, handed over, asked about."""
    ONLINE = auto()
    """Check-ins on their way back to a registration system."""
    MAIL = auto()
    """Tickets on their way to a mail server, for as long as that takes."""
    PICTURE = auto()
    """Codes in pictures that were dropped or pasted."""
    WORK = auto()
    """Imports and exports, and waiting for spawned processes."""


_KEPT_TO_THE_END = (Lane.DESK, Lane.PRINT)


class Job:
    """Long work under way, which may be stopped."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it answers with ``Cancelled`` through ``failed``."""
        self._stop.set()


@dataclass(frozen=True, slots=True)
class _Receivers:
    """Who listens at home. Never handed to a worker: it might let go of a screen last."""

    done: Done[Any] | None
    failed: Failed | None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class _Progressed:
    """A job is so far."""

    ticket: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Ended:
    """Work is over: with a value, or an error."""

    ticket: int
    value: object
    error: BaseException | None = None


_SUPERSEDED = object()


class Tasks(QObject):
    """The worker threads and the way home.

    Signals:
        failed: the exception of work whose sender gave no ``failed`` of its own.
    """

    failed = Signal(object)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            lane: ThreadPoolExecutor(1, thread_name_prefix=lane.name.lower()) for lane in Lane
        }
        self._latest: dict[str, int] = {}
        self._home: queue.SimpleQueue[_Progressed | _Ended] = queue.SimpleQueue()
        self._tickets = itertools.count()
        self._receivers: dict[int, _Receivers] = {}
        self._jobs: dict[int, Job] = {}
        self._is_stopped = False
        self._arrived.connect(self._bring_home, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[[], Result],
        done: Done[Result] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Call ``work()`` in a lane, then ``done(result)`` or ``failed(error)`` at home.

        After ``stop`` nothing is taken any more.
        """
        if self._is_stopped:
            return
        ticket = self._expect(_Receivers(done, failed))
        future: Future[Any] = self._lanes[lane].submit(work)
        future.add_done_callback(partial(self._send_home, ticket))

    def run_newest(
        self,
        lane: Lane,
        work: Callable[[], Result],
        done: Done[Result],
        failed: Failed | None = None,
    ) -> None:
        """As ``run``, but replaces what was sent for the same ``done`` and still waits."""
        purpose = f"{lane} {done.__module__} {done.__qualname__}"
        number = self._latest[purpose] = self._latest.get(purpose, 0) + 1
        still_wanted = partial(self._unless_superseded, purpose, number, work)
        self.run(lane, still_wanted, done, failed)

    def run_job(
        self,
        work: Callable[[Progress, CancelledCheck], Result],
        done: Done[Result],
        failed: Failed | None = None,
        progress: Progress | None = None,
        lane: Lane = Lane.WORK,
    ) -> Job:
        """Call ``work(progress, cancelled)`` in a lane; ``progress`` is called at home."""
        job = Job()
        if self._is_stopped:
            return job
        ticket = self._expect(_Receivers(done, failed, progress))
        self._jobs[ticket] = job
        report = partial(self._report, ticket)
        future: Future[Any] = self._lanes[lane].submit(work, report, job._stop.is_set)
        future.add_done_callback(partial(self._send_home, ticket))
        return job

    def run_in_process(
        self,
        function: Callable[..., Result],
        arguments: tuple[Any, ...],
        done: Done[Result],
        failed: Failed | None = None,
        progress: Progress | None = None,
    ) -> Job:
        """Call ``function(*arguments, progress, cancelled)`` in a spawned process.

        The function must be importable, arguments and result picklable.
        """
        # Not at the top: multiprocessing takes part of the start-up time.
        from checkin_app.gui.process_work import run_in_process

        return self.run_job(partial(run_in_process, function, arguments), done, failed, progress)

    def run_after_all(self, work: Callable[[], object]) -> None:
        """Call ``work()`` once everything sent into any lane so far is done."""
        ahead = [executor.submit(_nothing) for executor in self._lanes.values()]
        left = _Countdown(len(ahead), work)
        for future in ahead:
            future.add_done_callback(left.one_less)

    def caller(self, lane: Lane) -> LaneCaller:
        """Calls work in a lane, for the worker of another one that needs its answer."""
        return LaneCaller(self._lanes[lane])

    def stop(self) -> None:
        """Cancel jobs and end all lanes; check-ins and badges already asked for are still stored.

        Nothing comes home any more: whoever asked is about to be closed.
        """
        self._is_stopped = True
        for job in self._jobs.values():
            job.cancel()
        for lane, executor in self._lanes.items():
            executor.shutdown(wait=True, cancel_futures=lane not in _KEPT_TO_THE_END)
        self._receivers.clear()

    def _expect(self, receivers: _Receivers) -> int:
        ticket = next(self._tickets)
        self._receivers[ticket] = receivers
        return ticket

    def _unless_superseded(self, purpose: str, number: int, work: Callable[[], Any]) -> Any:
        return work() if self._latest[purpose] == number else _SUPERSEDED

    def _report(self, ticket: int, done: int, total: int) -> None:
        self._post(_Progressed(ticket, done, total))

    def _send_home(self, ticket: int, future: Future[Any]) -> None:
        if future.cancelled():
            self._post(_Ended(ticket, _SUPERSEDED))
        elif (error := future.exception()) is not None:
            self._post(_Ended(ticket, None, error))
        else:
            self._post(_Ended(ticket, future.result()))

    def _post(self, message: _Progressed | _Ended) -> None:
        self._home.put(message)
        if shiboken6.isValid(self):
            self._arrived.emit()

    def _bring_home(self) -> None:
        while True:
            try:
                message = self._home.get_nowait()
            except queue.Empty:
                return
            match message:
                case _Progressed(ticket, done, total):
                    if receivers := self._receivers.get(ticket):
                        _tell(receivers.progress, done, total)
                case _Ended(ticket):
                    self._jobs.pop(ticket, None)
                    if receivers := self._receivers.pop(ticket, None):
                        self._hand_over(message, receivers)

    def _hand_over(self, ended: _Ended, receivers: _Receivers) -> None:
        if ended.error is not None:
            _tell(receivers.failed or self.failed.emit, ended.error)
        elif ended.value is not _SUPERSEDED:
            _tell(receivers.done, ended.value)


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


class _Countdown:
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


def _nothing() -> None:
    pass


def _tell(receive: Callable[..., None] | None, *arguments: Any) -> None:
    if receive is not None and _is_still_there(receive):
        receive(*arguments)


def _is_still_there(receive: Callable[..., None]) -> bool:
    """False for a method of a screen that was closed while its work was away."""
    receiver = getattr(receive, "__self__", None)
    if isinstance(receive, partial):
        receiver = getattr(receive.func, "__self__", None)
    return not isinstance(receiver, QObject) or shiboken6.isValid(receiver)
