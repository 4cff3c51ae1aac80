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
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from checkin_app.gui.background.lane_waiting import Countdown, LaneCaller
from checkin_app.gui.background.receivers import Done, Failed, Progress, Receivers, tell

Result = TypeVar("Result")
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
    HUB = auto()
    """The hub of many desks: founded, joined, asked, however slow the network is."""
    ONLINE = auto()
    """Check-ins on their way back to a registration system."""
    MAIL = auto()
    """Tickets on their way to a mail server, for as long as that takes."""
    PICTURE = auto()
    """Codes in pictures that were dropped or pasted."""
    FILES = auto()
    """Event files being opened and settings being stored, which wait for no import."""
    WORK = auto()
    """Imports and exports, and waiting for spawned processes."""


_HUB_MAY_TAKE_S = 1.0
_KEPT_TO_THE_END = (Lane.DESK, Lane.PRINT, Lane.FILES)


class Job:
    """Long work under way, which may be stopped.

    Attributes:
        title: what it is, for people; empty when its end is nothing to them.
    """

    def __init__(self, title: str = "") -> None:
        self.title = title
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it answers with ``Cancelled`` through ``failed``."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        """Whether the work is asked to stop."""
        return self._stop.is_set()


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
        title_ended: a job with a title is over, one way or the other.
        ended_unheard: the title of a job whose sender was closed meanwhile, and its error; None
            when it was done.

    Attributes:
        stopping: set by ``stop``, when all jobs are cancelled.
    """

    failed = Signal(object)
    title_ended = Signal()
    ended_unheard = Signal(str, object)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            lane: ThreadPoolExecutor(1, thread_name_prefix=lane.name.lower()) for lane in Lane
        }
        self._latest: dict[str, int] = {}
        self._home: queue.SimpleQueue[_Progressed | _Ended] = queue.SimpleQueue()
        self._tickets = itertools.count()
        self._receivers: dict[int, Receivers] = {}
        self._jobs: dict[int, Job] = {}
        self.stopping = threading.Event()
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
        if self.stopping.is_set():
            return
        ticket = self._expect(Receivers(done, failed))
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
        title: str = "",
    ) -> Job:
        """Call ``work(progress, cancelled)`` in a lane; ``progress`` is called at home.

        Args:
            title: what is lost when the window is closed meanwhile, and told when nobody else
                hears of the end; empty for what nobody would miss.
        """
        job = Job(title)
        if self.stopping.is_set():
            return job
        ticket = self._expect(Receivers(done, failed, progress))
        self._jobs[ticket] = job
        report = partial(self._report, ticket)
        future: Future[Any] = self._lanes[lane].submit(work, report, job.is_cancelled)
        future.add_done_callback(partial(self._send_home, ticket))
        return job

    def run_in_process(
        self,
        function: Callable[..., Result],
        arguments: tuple[Any, ...],
        done: Done[Result],
        failed: Failed | None = None,
        progress: Progress | None = None,
        title: str = "",
    ) -> Job:
        """Call ``function(*arguments, progress, cancelled)`` in a spawned process.

        The function must be importable, arguments and result picklable.
        """
        # Not at the top: multiprocessing takes part of the start-up time.
        from checkin_app.gui.background.process_work import run_in_process

        work = partial(run_in_process, function, arguments)
        return self.run_job(work, done, failed, progress, title=title)

    @property
    def titles_under_way(self) -> tuple[str, ...]:
        """The titles of the jobs that have not ended, the oldest first."""
        return tuple(job.title for job in self._jobs.values() if job.title)

    def run_after_all(self, work: Callable[[], object]) -> None:
        """Call ``work()`` once everything sent into any lane so far is done."""
        ahead = [executor.submit(_nothing) for executor in self._lanes.values()]
        left = Countdown(len(ahead), work)
        for future in ahead:
            future.add_done_callback(left.one_less)

    def caller(self, lane: Lane) -> LaneCaller:
        """Calls work in a lane, for the worker of another one that needs its answer."""
        return LaneCaller(self._lanes[lane])

    def stop(self, then: Callable[[], object] | None = None) -> None:
        """Cancel jobs and end all lanes; check-ins and badges already asked for are still stored.

        Nothing comes home any more: whoever asked is about to be closed.

        Args:
            then: called when all is at rest. A network that does not answer keeps nobody waiting:
                then it is called later, from a thread of its own.
        """
        for job in self._jobs.values():
            job.cancel()
        self.stopping.set()
        for lane, executor in self._lanes.items():
            is_waited_for = lane is not Lane.HUB
            executor.shutdown(wait=is_waited_for, cancel_futures=lane not in _KEPT_TO_THE_END)
        self._receivers.clear()
        # No daemon: the program ends when the file is closed.
        last = threading.Thread(target=_end_with, args=(self._lanes[Lane.HUB], then), name="end")
        last.start()
        last.join(_HUB_MAY_TAKE_S)

    def _expect(self, receivers: Receivers) -> int:
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
                        tell(receivers.progress, done, total)
                case _Ended(ticket):
                    job = self._jobs.pop(ticket, None)
                    title = job.title if job else ""
                    if title:
                        self.title_ended.emit()
                    if receivers := self._receivers.pop(ticket, None):
                        self._hand_over(message, receivers, title)

    def _hand_over(self, ended: _Ended, receivers: Receivers, title: str) -> None:
        if ended.value is _SUPERSEDED:
            return
        if ended.error is not None:
            is_heard = tell(receivers.failed or self.failed.emit, ended.error)
        else:
            is_heard = tell(receivers.done, ended.value)
        if title and not is_heard:
            self.ended_unheard.emit(title, ended.error)


def _end_with(executor: ThreadPoolExecutor, then: Callable[[], object] | None) -> None:
    executor.shutdown(wait=True)
    if then is not None:
        then()


def _nothing() -> None:
    pass
