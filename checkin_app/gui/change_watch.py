"""Notices what anybody writes to the open event file, this window or another program."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from checkin_app.gui.background.tasks import Lane, Tasks
from checkin_app.storage.event_file import EventFile

_LOOK_EVERY_MS = 1500


class ChangeWatch(QObject):
    """Looks at the file's counter of changes again and again, away from the main thread.

    Signals:
        changed: something was written since the look before.
    """

    changed = Signal()

    def __init__(self, event_file: EventFile, tasks: Tasks, parent: QObject) -> None:
        """It rests until ``start``."""
        super().__init__(parent)
        self._event_file = event_file
        self._tasks = tasks
        self._counter: tuple[int, int] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_watching(self) -> bool:
        """Whether it looks by itself."""
        return self._timer.isActive()

    def start(self) -> None:
        """Look now, and from now on."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """The file is about to be closed."""
        self._timer.stop()

    def look(self) -> None:
        """Look now."""
        self._tasks.run_newest(
            Lane.NUMBERS, self._event_file.change_counter, self._compare, self._file_is_gone
        )

    def _compare(self, counter: tuple[int, int]) -> None:
        before, self._counter = self._counter, counter
        if before is not None and before != counter:
            self.changed.emit()

    def _file_is_gone(self, error: BaseException) -> None:
        """Said once, by whoever wants to write next; a watcher that repeats it would nag."""
        self._counter = None
