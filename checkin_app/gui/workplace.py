"""What every screen of the window is given: the open event, and the ways to the rest.

A screen is a ``QWidget`` made as ``Screen(workplace)`` when it is first shown. It reads the event
file only through ``tasks``, tells ``changed`` when it wrote something, and refreshes itself when
``changed`` says that anybody did.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.gui.devices.desk_devices import DeskDevices
from checkin_app.gui.messages.faults import Faults
from checkin_app.gui.messages.message_bar import MessageBar
from checkin_app.gui.opening import OpenedEvent
from checkin_app.gui.tasks import Lane, Tasks
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.clock import utc_now
from checkin_app.settings import Settings
from checkin_app.storage.event_file import EventFile

_WATCH_EVERY_MS = 1500


class Workplace(QObject):
    """One open event in the window.

    Attributes:
        event_file: the open file; use it in a lane of ``tasks``, never on the main thread.
        desk: this desk at its present check-in list; set through ``choose_list``. Its ``event``
            has names, days and local times.
        tasks, messages, faults: background work, the message line, the way for errors.
        clock: gives the present time (UTC).
        devices: the scanners, camera, printers of the desk.

    Signals:
        changed: something in the event file changed, here or in another process.
        list_chosen: ``desk`` now stands at another check-in list.
        badges_wanted: a tuple of attendee ids whose badges somebody wants to print.
        desk_wanted: an attendee id that somebody wants to see on the desk screen.
        attendee_wanted: an attendee id that somebody wants to correct.
        import_wanted: the path (str) of a registration list to bring in.
        settings_wanted: the key of a page of the settings.
    """

    changed = Signal()
    list_chosen = Signal()
    badges_wanted = Signal(object)
    desk_wanted = Signal(str)
    attendee_wanted = Signal(str)
    import_wanted = Signal(str)
    settings_wanted = Signal(str)

    def __init__(
        self,
        opened: OpenedEvent,
        tasks: Tasks,
        messages: MessageBar,
        faults: Faults,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        devices: DeskDevices | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.devices = devices or DeskDevices(settings, clock, self)
        self.event_file: EventFile = opened.event_file
        self.desk = opened.desk
        self.check_in_lists = opened.check_in_lists
        self.tasks = tasks
        self.messages = messages
        self.faults = faults
        self.settings = settings
        self.clock = clock
        self._counter: tuple[int, int] | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_EVERY_MS)
        self._watch.timeout.connect(self._look_for_changes)

    def start_watching(self) -> None:
        """From now on notice what other programs write to the event file."""
        self._look_for_changes()
        self._watch.start()

    def stop_watching(self) -> None:
        """The file is about to be closed."""
        self._watch.stop()

    def leave(self) -> None:
        """Close the event file when all that was asked for is done."""
        self.stop_watching()
        self.tasks.run_after_all(self.event_file.close)
        self.deleteLater()

    def choose_list(self, check_in_list: CheckInList) -> None:
        """Let scans count at another check-in list from now on."""
        self.tasks.run(
            Lane.DESK,
            lambda: self.desk.with_list(check_in_list),
            self._take_desk,
            self.faults.show_error,
        )

    def show_error(self, error: BaseException) -> None:
        """The place for the ``failed`` of any task."""
        self.faults.show_error(error)

    def _take_desk(self, desk: CheckInDesk) -> None:
        self.desk = desk
        self.list_chosen.emit()

    def _look_for_changes(self) -> None:
        self.tasks.run_newest(
            Lane.NUMBERS, self.event_file.change_counter, self._compare, self._file_is_gone
        )

    def _compare(self, counter: tuple[int, int]) -> None:
        before, self._counter = self._counter, counter
        if before is not None and before != counter:
            self.changed.emit()

    def _file_is_gone(self, error: BaseException) -> None:
        """Said once, by whoever wants to write next; a watcher that repeats it would nag."""
        self._counter = None
