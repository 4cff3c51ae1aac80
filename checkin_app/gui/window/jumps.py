"""Ways from one screen to another: to the same person, to somebody's badge, to a setting."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.hub.hub_door import HubDoor
from checkin_app.gui.opening import OpenedEvent, open_for_desk
from checkin_app.gui.window.screens import ATTENDEES, BADGES, DESK, INBOX, SETTINGS, TICKETS
from checkin_app.settings.mail_settings import MailSettings
from checkin_app.settings.online_settings import OnlineSettings

if TYPE_CHECKING:
    from checkin_app.gui.attendees.attendees_screen import AttendeesScreen
    from checkin_app.gui.badges.badges_screen import BadgesScreen
    from checkin_app.gui.desk.desk_screen import DeskScreen
    from checkin_app.gui.inbox.inbox_screen import InboxScreen
    from checkin_app.gui.settings.settings_screen import SettingsScreen
    from checkin_app.gui.tickets.tickets_screen import TicketsScreen
    from checkin_app.gui.window.main_window import MainWindow
    from checkin_app.gui.workplace import Workplace


class Jumps(QObject):
    """Follows what the screens of an open event want to see elsewhere."""

    def __init__(self, window: MainWindow, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._window = window
        self._path = workplace.event_file.path
        self._page = ""
        HubDoor(window, workplace)
        workplace.badges_wanted.connect(self._to_badges)
        workplace.desk_wanted.connect(self._to_desk)
        workplace.attendee_wanted.connect(self._to_attendee)
        workplace.inbox_wanted.connect(self._to_inbox)
        workplace.import_wanted.connect(window.imports.show_path)
        workplace.fetched_wanted.connect(window.imports.show_fetched)
        workplace.online_wanted.connect(self._remember_online)
        workplace.mail_wanted.connect(self._remember_mail)
        workplace.tickets_wanted.connect(self._to_tickets)
        workplace.settings_wanted.connect(self._to_settings)
        workplace.attendees_wanted.connect(self._to_attendees)
        workplace.reopen_wanted.connect(self._open_anew)
        workplace.folder_used.connect(self._remember_folder)

    def _to_desk(self, attendee_id: str) -> None:
        cast("DeskScreen", self._to(DESK)).show_person(attendee_id)

    def _to_attendee(self, attendee_id: str) -> None:
        cast("AttendeesScreen", self._to(ATTENDEES)).show_attendee(attendee_id)

    def _to_inbox(self, attendee_id: str) -> None:
        cast("InboxScreen", self._to(INBOX)).show_person(attendee_id)

    def _to_badges(self, attendee_ids: tuple[str, ...]) -> None:
        cast("BadgesScreen", self._to(BADGES)).choose_attendees(attendee_ids)

    def _to_settings(self, page: str) -> None:
        cast("SettingsScreen", self._to(SETTINGS)).choose(page)

    def _to_attendees(self) -> None:
        self._to(ATTENDEES)

    def _remember_online(self, online: OnlineSettings) -> None:
        self._window.change_settings(online=online)

    def _remember_mail(self, account: MailSettings) -> None:
        self._window.change_settings(mail=account)

    def _to_tickets(self, attendee_ids: tuple[str, ...]) -> None:
        cast("TicketsScreen", self._to(TICKETS)).choose_attendees(attendee_ids)

    def _remember_folder(self, folder: Path) -> None:
        self._window.change_settings(last_folder=folder)

    def _open_anew(self, page: str) -> None:
        self._page = page
        self._window.tasks.run(
            Lane.FILES,
            partial(open_for_desk, self._path, self._window.settings.desk_name),
            self._show_anew,
            self._window.faults.show_error,
        )

    def _show_anew(self, opened: OpenedEvent) -> None:
        """These ways end with the event that they lead through; the new one has its own."""
        window, page = self._window, self._page
        window.show_event(opened)
        if page and window.workplace is not None:
            window.workplace.settings_wanted.emit(page)

    def _to(self, number: int) -> QObject:
        self._window.show_screen(number)
        return self._window.screen_at(number)
