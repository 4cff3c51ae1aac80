"""The window: the rail, the screens of the open event, the message line, the event menu.

Screens are made when they are first shown. A scan is heard on all of them and brings the desk's
answer to the front.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from checkin_app.fault_log import fault_logger
from checkin_app.gui.appearance.look import apply_theme
from checkin_app.gui.background.tasks import Tasks
from checkin_app.gui.devices.desk_devices import DeskDevices
from checkin_app.gui.inbox.inbox_sign import InboxSign
from checkin_app.gui.keys import ENTER
from checkin_app.gui.messages.faults import Faults
from checkin_app.gui.messages.message_bar import MessageBar
from checkin_app.gui.opening import OpenedEvent
from checkin_app.gui.plain_text import shown
from checkin_app.gui.window.given_files import GivenFiles, is_given
from checkin_app.gui.window.jumps import Jumps
from checkin_app.gui.window.list_on_its_way import ListOnItsWay
from checkin_app.gui.window.long_work import LongWork
from checkin_app.gui.window.navigation import NavigationRail
from checkin_app.gui.window.scan_way import ScanWay
from checkin_app.gui.window.screen_stack import ScreenStack
from checkin_app.gui.window.screens import CONTEXT, DESK, IMPORT, INBOX, RAIL
from checkin_app.gui.window.window_size import set_first_size
from checkin_app.gui.workplace import Workplace
from checkin_app.secrets_store.passwords import Passwords, SystemKeyring
from checkin_app.services.clock import utc_now
from checkin_app.services.sharing.hubs.hub_places import HubPlaces
from checkin_app.settings import Settings, Theme
from checkin_app.settings.device_settings import DeviceSettings

if TYPE_CHECKING:
    from checkin_app.gui.window.event_actions import EventActions

_MENU_AFTER_MS = 250


class MainWindow(QMainWindow):
    """The window of one desk. ``show_event`` fills it, and may be called again.

    Attributes:
        imports: the list that is on its way into the event.

    Signals:
        settings_changed: the new ``Settings``, to be stored.
    """

    settings_changed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        log_to: Path | None = None,
        clock: Callable[[], datetime] = utc_now,
        passwords: Passwords | None = None,
        hub_places: HubPlaces | None = None,
    ) -> None:
        """An empty window.

        Args:
            log_to: the folder of the log; None takes the user's.
            clock: gives the present time (UTC).
            passwords: of servers; None takes those of this system's keyring.
            hub_places: of the hubs of this laptop; None takes the user's.
        """
        super().__init__()
        self._clock = clock
        self._passwords = passwords or SystemKeyring()
        self._hub_places = hub_places
        self.settings = settings
        self.tasks = Tasks(self)
        self.messages = MessageBar(self)
        self.faults = Faults(self.messages, partial(fault_logger, log_to), self)
        self.tasks.failed.connect(self.faults.show_error)
        self.workplace: Workplace | None = None
        self._rail = NavigationRail(self)
        self.screens = ScreenStack(self)
        self.imports = ListOnItsWay(self)
        self._long_work = LongWork(self.tasks, self.messages, self.faults, self)
        self._lay_out()
        self._actions: EventActions | None = None
        QTimer.singleShot(_MENU_AFTER_MS, self._menu_is_needed)
        self._rail.chosen.connect(self.show_screen)
        self._given = GivenFiles(self.tasks, self.messages, self.faults, self)
        self._given.event_file_given.connect(self._open_given)
        self._given.list_given.connect(self.imports.show_path)
        self._fill_rail()
        self.devices = DeskDevices(settings, clock, self)
        ScanWay(self, self.devices, self._given)
        self.devices.settings_wanted.connect(self._change_devices)
        self._listen = QTimer(self)
        self._listen.setSingleShot(True)
        self._listen.timeout.connect(self.devices.start)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.faults.catch_everything()
        self.setAcceptDrops(True)

    # The open event

    def show_event(self, opened: OpenedEvent) -> None:
        """Put an open event in the window, in place of the one before."""
        self._leave_event()
        self.workplace = Workplace(
            opened,
            self.tasks,
            self.messages,
            self.faults,
            self.settings,
            self._clock,
            devices=self.devices,
            passwords=self._passwords,
            hub_places=self._hub_places,
            parent=self,
        )
        Jumps(self, self.workplace)
        InboxSign(self._rail, self.workplace)
        self.setWindowTitle(shown(f"{opened.desk.event.name} · {opened.desk.desk_name}"))
        self.workplace.start_watching()
        self.show_screen(DESK)
        self.change_settings(last_event=opened.event_file.path.absolute())

    def show_screen(self, number: int) -> None:
        """Bring a screen to the front, making it first when needed."""
        if self.workplace is None:
            return
        screen = self.screens.passing if number == IMPORT else self.screen_at(number)
        if screen is not None:
            self.screens.bring_to_front(screen)
            self._rail.show_chosen(number)

    def screen_at(self, number: int) -> QWidget:
        """A screen of the open event, by its place in the rail."""
        assert self.workplace is not None
        return self.screens.screen_of(number, self.workplace)

    def offer_import(self, is_offered: bool) -> None:
        """A list is on its way into the event, and in front; or no more."""
        self._rail.offer(IMPORT, is_offered)
        self._rail.show_chosen(IMPORT if is_offered else self.screens.front_number)

    def choose_theme(self, theme: Theme) -> None:
        """Change the colours now, and remember them."""
        apply_theme(cast("QApplication", QApplication.instance()), theme)
        self.change_settings(theme=theme)

    def change_settings(self, **changes: Any) -> None:
        """Remember a choice."""
        changed = replace(self.settings, **changes)
        if changed != self.settings:
            self.settings = changed
            if self.workplace is not None:
                self.workplace.take_settings(changed)
            self.devices.take_settings(changed)
            self.settings_changed.emit(changed)

    def name_desk(self) -> None:
        """Ask what this desk is called."""
        self._menu_is_needed().name_desk()

    def _change_devices(self, devices: DeviceSettings) -> None:
        self.change_settings(devices=devices)

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish the check-ins asked for, then close the file. Asks where work would be lost."""
        if not self._long_work.may_be_stopped(self.close):
            event.ignore()
            return
        self._listen.stop()
        self.devices.stop()
        self.faults.stop()
        if self.workplace is not None:
            self.workplace.stop_watching()
        self.tasks.stop(self.workplace.closing() if self.workplace is not None else None)
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to hear scanners, once the first picture is there.

        The first event that a filter sees of a private Qt class makes PySide6 load all classes.
        """
        super().showEvent(event)
        self._listen.start(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as the space bar does."""
        is_enter = event.key() in ENTER and not event.isAutoRepeat()
        if is_enter and isinstance(button := self.focusWidget(), QAbstractButton):
            button.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file, or a picture."""
        if is_given(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open, import or scan it."""
        if self._given.take(event.mimeData()):
            event.acceptProposedAction()

    # Inside

    def _follow_system(self) -> None:
        """The operating system went from light to dark or back."""
        if self.settings.theme is Theme.AUTO:
            apply_theme(cast("QApplication", QApplication.instance()), Theme.AUTO)

    def _menu_is_needed(self) -> EventActions:
        """The menu, made a moment after the window is usable, for its file dialogs are slow."""
        if self._actions is None:
            from checkin_app.gui.window.event_actions import EventActions

            self._actions = EventActions(self)
            self._rail.set_menu(self._actions.menu)
        return self._actions

    def _lay_out(self) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.screens, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 8)
        foot.addWidget(self.messages)
        column.addLayout(foot)
        middle = QWidget(self)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(content, 1)
        self.setCentralWidget(middle)
        set_first_size(self)

    def _fill_rail(self) -> None:
        for number, (title, icon_name) in enumerate(RAIL):
            key = QKeySequence(f"Ctrl+{number + 1}")
            self._rail.add(QCoreApplication.translate(CONTEXT, title), icon_name, key)
        self._offer_usual_screens()
        menu_key = QShortcut(QKeySequence("F10"), self)
        menu_key.activated.connect(self._open_menu)

    def _offer_usual_screens(self) -> None:
        for passing in (INBOX, IMPORT):
            self._rail.offer(passing, False)

    def _open_menu(self) -> None:
        self._menu_is_needed()
        self._rail.open_menu()

    def _open_given(self, path: Path) -> None:
        self._menu_is_needed().open_path(path)

    def _leave_event(self) -> None:
        self.imports.leave()
        self.screens.empty()
        self._offer_usual_screens()
        if self.workplace is not None:
            self._long_work.tell_what_goes_on()
            self.workplace.leave()
            self.workplace = None
