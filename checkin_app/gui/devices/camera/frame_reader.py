"""Frames → codes, in a thread of its own. A newer frame replaces the one that waits: no queue."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from checkin_app.gui.devices.camera.frame_pixels import HeldFrame, LumaMaker
from checkin_app.scanning.frame_search import FrameSearch, SeenCode

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame


@dataclass(frozen=True, slots=True)
class ReadFrame:
    """What was found in a frame.

    Attributes:
        codes: places in pixels of the frame.
        came_ms: when the frame came, by a clock that only runs forward.
    """

    codes: tuple[SeenCode, ...]
    width_px: int
    height_px: int
    came_ms: float


class FrameReader(QObject):
    """Searches one frame at a time.

    The worker sees plain bytes only; what belongs to Qt stays on the main thread.

    Signals:
        read: a ``ReadFrame``.
    """

    read = Signal(object)
    _searched = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = FrameSearch()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="camera")
        self._held: HeldFrame | None = None
        self._came_ms = 0.0
        self._waiting: tuple[QVideoFrame, float] | None = None
        self._future: Future[tuple[SeenCode, ...]] | None = None
        self._is_stopped = False
        self._searched.connect(self._bring_home, Qt.ConnectionType.QueuedConnection)

    def take(self, frame: QVideoFrame) -> None:
        """Search this frame next, in place of another one that may be waiting."""
        came_ms = time.monotonic() * 1000
        if self._is_stopped:
            return
        if self._held is None:
            self._begin(frame, came_ms)
        else:
            self._waiting = frame, came_ms

    def stop(self) -> None:
        """Nothing more is read."""
        self._is_stopped = True
        self._waiting = None
        self._thread.shutdown(wait=True)
        if self._held is not None:
            self._held.release()
            self._held = None

    def _begin(self, frame: QVideoFrame, came_ms: float) -> None:
        held = HeldFrame(frame)
        if held.luma is None:
            held.release()
            return
        self._held, self._came_ms = held, came_ms
        self._future = self._thread.submit(_find, self._search, held.luma)
        self._future.add_done_callback(self._call_home)

    def _call_home(self, _future: Future[tuple[SeenCode, ...]]) -> None:
        if shiboken6.isValid(self):
            self._searched.emit()

    def _bring_home(self) -> None:
        held, future = self._held, self._future
        if held is None or future is None:
            return
        self._held = self._future = None
        held.release()
        came_ms = self._came_ms
        if self._waiting is not None:
            (frame, waited_since_ms), self._waiting = self._waiting, None
            self._begin(frame, waited_since_ms)
        self.read.emit(ReadFrame(future.result(), held.width_px, held.height_px, came_ms))


def _find(search: FrameSearch, make_luma: LumaMaker) -> tuple[SeenCode, ...]:
    luma = make_luma()
    return search.find(luma) if luma is not None else ()
