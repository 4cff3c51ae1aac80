"""Lets Python collect garbage on the main thread only.

Python's collector runs in whichever thread happens to allocate. When that is a background lane
and the garbage holds a widget, the widget is destroyed outside the main thread, and the process
crashes. So automatic collection is switched off, and a timer asks for it where it is safe.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class MainThreadCollector(QObject):
    """Collects by Python's own thresholds, twice a second, on the thread that made it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take over from the automatic collector."""
        gc.disable()
        # What lives since the start stays to the end; looking through it again would cost a frame.
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Give collection back."""
        self._timer.stop()
        gc.enable()

    def collect(self) -> None:
        """Collect the generations that are due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
