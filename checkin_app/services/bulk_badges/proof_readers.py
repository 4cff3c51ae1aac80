"""Processes that read codes back, beside the one that draws.

They are started with the job, so that their imports are done while it draws, and read when the
file is whole: each takes some pages at a time, and so does the process that started them. One
that dies loses no page: what it had is read here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from checkin_app.errors import PictureError
from checkin_app.scanning.pdf_pages import PdfPages
from checkin_app.services.bulk_badges.proof_reading import Chunk, ProofSettings, read_page

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Progress = Callable[[int], None]
CancelledCheck = Callable[[], bool]

_MOST_READERS = 3
_LOOK_EVERY_S = 0.01
_GOODBYE_S = 2.0
_WORTH_A_READER = 200
"""Badges that take as long as starting a process."""


class ProofReaders:
    """Reader processes, used in a ``with`` block from before the file is drawn.

    Args:
        readers: how many processes; with 0, or where the system lets none start, everything is
            read in this one.
    """

    def __init__(self, readers: int) -> None:
        self._idle: list[_Reader] = []
        with suppress(OSError):
            self._idle += (_Reader() for _ in range(readers))
        self._busy: dict[Connection, tuple[_Reader, Chunk]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for reader in (*self._idle, *(reader for reader, _chunk in self._busy.values())):
            reader.stop(at_once=error is not None)

    def read(
        self,
        chunks: Iterator[Chunk],
        settings: ProofSettings,
        progress: Progress,
        cancelled: CancelledCheck,
    ) -> tuple[int, ...] | None:
        """Reads all chunks, here and in the readers.

        Args:
            progress: called with how many more faces were read.
            cancelled: asked now and then.

        Returns:
            The sorted numbers of the slots that are not as they should be; None if cancelled.

        Raises:
            PictureError: the file is damaged.
        """
        misread: list[int] = []
        own: deque[Chunk] = deque()
        look_at = 0.0
        with PdfPages(settings.file) as pages:
            while True:
                if cancelled():
                    return None
                self._send(chunks, settings)
                chunk = own.popleft() if own else next(chunks, None)
                if chunk is None and not self._busy:
                    return tuple(sorted(misread))
                for page in chunk or ():
                    misread += read_page(pages, page, settings)
                    progress(len(page.faces))
                    if time.monotonic() < look_at:
                        continue
                    look_at = time.monotonic() + _LOOK_EVERY_S
                    if cancelled():
                        return None
                    misread += self._collect(own, progress, 0)
                    self._send(chunks, settings)
                if chunk is None:
                    misread += self._collect(own, progress, _LOOK_EVERY_S)

    def _send(self, chunks: Iterator[Chunk], settings: ProofSettings) -> None:
        """Gives every idle reader something to do; one that is gone is not missed."""
        for reader in tuple(self._idle):
            chunk = next(chunks, None)
            if chunk is None:
                return
            self._idle.remove(reader)
            reader.begin(settings, chunk)
            self._busy[reader.connection] = reader, chunk

    def _collect(self, own: deque[Chunk], progress: Progress, patience_s: float) -> Iterator[int]:
        """What readers have found; the chunks of those that died go to ``own``."""
        for ready in wait(list(self._busy), patience_s) if self._busy else ():
            reader, chunk = self._busy.pop(cast("Connection", ready))
            answer = reader.answer()
            if answer is None:
                own.append(chunk)
                reader.stop(at_once=True)
                continue
            self._idle.append(reader)
            progress(sum(len(page.faces) for page in chunk))
            yield from answer


class _Reader:
    """One reader process, and the line to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def begin(self, settings: ProofSettings, chunk: Chunk) -> None:
        """Sends it some pages. That it is gone shows when its answer is wanted."""
        try:
            self.connection.send((settings, chunk))
        except OSError:
            return

    def answer(self) -> list[int] | None:
        """What it found; None when it died."""
        try:
            found: list[int] = self.connection.recv()
        except (EOFError, OSError):
            return None
        return found

    def stop(self, *, at_once: bool) -> None:
        """Ends it. Without its line a reader ends by itself."""
        self.connection.close()
        if at_once:
            self._process.terminate()
        self._process.join(_GOODBYE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def readers_for(badges: int) -> int:
    """How many processes are worth starting for so many badges on this machine."""
    if badges < _WORTH_A_READER or multiprocessing.current_process().daemon:
        return 0
    return min(_cores() - 1, _MOST_READERS)


def serve(connection: Connection) -> None:
    """What a reader does: reads what it is sent until its line is closed."""
    # Whoever started it is told to stop, and closes the line.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import pypdfium2  # noqa: F401  (now, while the file is still drawn)

    try:
        settings, chunk = connection.recv()
        with PdfPages(settings.file) as pages:
            while True:
                connection.send([n for page in chunk for n in read_page(pages, page, settings)])
                settings, chunk = connection.recv()
    except (EOFError, OSError, PictureError):
        # Whoever started it reads the same pages, and says what is wrong with them.
        return


def _cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
