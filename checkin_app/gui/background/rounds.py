"""When to look again: rounds of work in the background, one at a time, with pauses between them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal


class Rounds(QObject):
    """Asks for a round when it is nudged, and when the pause after the last one is over.

    Signals:
        wanted: begin a round in the background, and call ``end`` when its answer is home.

    Attributes:
        is_working: a round is under way.
    """

    wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        """It rests until ``start``."""
        super().__init__(parent)
        self.is_working = self._is_started = self._is_due = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.nudge)

    def start(self) -> None:
        """Work from now on."""
        self._is_started = True
        self.nudge()

    def stop(self) -> None:
        """Ask for no more rounds; the one under way comes to its end."""
        self._is_started = False
        self._timer.stop()

    def nudge(self) -> None:
        """Something may wait: a round now, or right after the one under way."""
        if not self._is_started:
            return
        if self.is_working:
            self._is_due = True
            return
        self.is_working, self._is_due = True, False
        self._timer.stop()
        self.wanted.emit()

    def end(self, pause_s: float | None) -> None:
        """The round is over.

        Args:
            pause_s: how long to wait for the next one, in seconds; None waits for a nudge.
        """
        self.is_working = False
        if self._is_due or pause_s == 0:
            self.nudge()
        elif self._is_started and pause_s is not None:
            self._timer.start(round(pause_s * 1000))
