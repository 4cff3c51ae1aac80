"""The open event and what any work on it needs: the desk, the lanes, the ways for words and faults.

What works on an event by itself (the print queue, the inbox, sharing) is made with this, and is
then part of the ``Workplace`` that the screens are given.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from checkin_app.gui.background.tasks import Tasks
from checkin_app.gui.messages.faults import Faults
from checkin_app.gui.messages.message_bar import MessageBar
from checkin_app.gui.opening import OpenedEvent
from checkin_app.secrets_store.passwords import Passwords, SystemKeyring
from checkin_app.settings import Settings
from checkin_app.storage.event_file import EventFile

if TYPE_CHECKING:
    from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread


class EventAtHand(QObject):
    """One open event, and what works on it.

    Attributes:
        event_file: the open file; use it in a lane of ``tasks``, never on the main thread.
        desk: this desk at its present check-in list. Its ``event`` has names, days and local times.
        tasks, messages, faults: background work, the message line, the way for errors.
        laptop_clock: gives the present time (UTC) as this laptop has it.
        passwords: tokens and passwords of servers; not to be asked on the main thread.

    Signals:
        changed: something in the event file changed, here or in another process.
        settings_wanted: the key of a page of the settings.
    """

    changed = Signal()
    settings_wanted = Signal(str)

    def __init__(
        self,
        opened: OpenedEvent,
        tasks: Tasks,
        messages: MessageBar,
        faults: Faults,
        settings: Settings,
        clock: Callable[[], datetime],
        passwords: Passwords | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.event_file: EventFile = opened.event_file
        self.desk = opened.desk
        self.check_in_lists = opened.check_in_lists
        self.tasks = tasks
        self.messages = messages
        self.faults = faults
        self.laptop_clock = clock
        self.passwords = passwords or SystemKeyring()
        self._settings = settings
        self._shared_by: SharingThread | None = None

    @property
    def settings(self) -> Settings:
        """What this laptop remembers."""
        return self._settings

    def clock(self) -> datetime:
        """The present time (UTC): the hub's where the event is shared."""
        return self.laptop_clock() if self._shared_by is None else self._shared_by.clock()

    def share_by(self, thread: SharingThread | None) -> None:
        """Let the desk's scans be shared by this thread; None: by nobody."""
        self._shared_by = thread
        self.desk = self.desk.with_sharing(thread)

    def show_error(self, error: BaseException) -> None:
        """The place for the ``failed`` of any task."""
        self.faults.show_error(error)
