"""Videos of many tickets, one after the other, and the source that plays them to the camera."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

from checkin_app.gui.devices.camera.camera_state import CameraState
from tests.degraded_pictures import room
from tests.made_video import write_video

if TYPE_CHECKING:
    from checkin_app.settings.device_settings import CameraSettings

_SIZE = (1280, 720)
_FRAMES_A_SECOND = 20
_SHOWN_PART = 0.6
"""Of the time of a ticket; then the hand goes away with it."""
_TICKETS_A_REEL = 60
_STILL_UNDER_WAY_MS = 10_000
"""After the last reel, until those are counted who have to hold up their tickets once more."""
_CODE_PX = 260


def make_reel(path: Path, codes: Sequence[str], seconds_each: float) -> Path:
    """A video in which each code is held up in turn, moving and turning. Runs in any process."""
    return write_video(path, _frames(codes, round(seconds_each * _FRAMES_A_SECOND)), 20)


def _frames(codes: Sequence[str], frames_each: int) -> Iterator[Image.Image]:
    from checkin_app.badges.codes.qr import qr_png

    empty = room(_SIZE).convert("L")
    number = 0
    for code in codes:
        with Image.open(io.BytesIO(qr_png(code))) as symbol:
            ticket = symbol.convert("L").resize((_CODE_PX, _CODE_PX))
        for frame in range(frames_each):
            number += 1
            if frame >= frames_each * _SHOWN_PART:
                yield empty
                continue
            turned = ticket.rotate(20 * math.sin(number / 17), expand=True, fillcolor=128)
            x = round((_SIZE[0] - turned.width) * (0.5 + 0.4 * math.sin(number / 40)))
            y = round((_SIZE[1] - turned.height) * (0.5 + 0.4 * math.cos(number / 53)))
            picture = empty.copy()
            picture.paste(turned, (x, y))
            yield picture


class ReelSource(QObject):
    """Plays reels into the camera's sink, one after the other, each made while another plays.

    Args:
        not_let_in: tells the codes that came to nothing. Frames are lost where the machine stalls;
            whoever was not let in holds up the ticket again.
        times_again: how often, at most.

    Attributes:
        finished: all tickets were shown.
    """

    state_changed = Signal()
    chosen = Signal(object)
    finished = Signal()

    def __init__(
        self,
        folder: Path,
        codes: Sequence[str],
        seconds_each: float,
        sink: QVideoSink,
        parent: QObject,
        not_let_in: Callable[[], Sequence[str]],
        times_again: int,
    ) -> None:
        super().__init__(parent)
        self._not_let_in = not_let_in
        self._times_again = times_again
        self._folder = folder
        self._seconds_each = seconds_each
        self._parts = [
            codes[first : first + _TICKETS_A_REEL]
            for first in range(0, len(codes), _TICKETS_A_REEL)
        ]
        self._made: list[Future[Path]] = []
        self._makers = ProcessPoolExecutor(1)
        self._playing: Path | None = None
        self.is_finished = not codes
        self._player = QMediaPlayer(self)
        self._player.setVideoSink(sink)
        self._player.mediaStatusChanged.connect(self._follow)

    @property
    def state(self) -> CameraState:
        """Frames may always come."""
        return CameraState.STARTING

    @property
    def title(self) -> str:
        """What it is called on the device page."""
        return "Reel"

    def start(self, settings: CameraSettings) -> None:
        """Begin with the first reel; a second call changes nothing."""
        if not self._made:
            self._make_next()
            self._make_next()
            self._play_next()

    def stop(self) -> None:
        """Stop the player and the maker."""
        self._player.stop()
        self._makers.shutdown(cancel_futures=True)

    def _make_next(self) -> None:
        number = len(self._made)
        if number < len(self._parts):
            path = self._folder / f"reel-{number}.avi"
            self._made.append(
                self._makers.submit(make_reel, path, self._parts[number], self._seconds_each)
            )

    def _play_next(self) -> None:
        waiting = [reel for reel in self._made if not reel.done() or reel.result().exists()]
        if not waiting:
            if self._times_again and self._not_let_in():
                QTimer.singleShot(_STILL_UNDER_WAY_MS, self, self._show_again)
            else:
                self._finish()
            return
        self._playing = waiting[0].result()
        self._player.setSource(QUrl.fromLocalFile(str(self._playing)))
        self._player.play()

    def _show_again(self) -> None:
        self._times_again -= 1
        codes = self._not_let_in()
        if not codes:
            self._finish()
            return
        self._parts.append(codes)
        self._make_next()
        self._play_next()

    def _finish(self) -> None:
        self.is_finished = True
        self.finished.emit()

    def _follow(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.EndOfMedia and self._playing is not None:
            self._playing.unlink()
            self._make_next()
            self._play_next()
