"""The screens of an open event, in the order of the rail. Each is imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from checkin_app.gui.workplace import Workplace

CONTEXT = "Screens"
"""The translation context of the titles."""


@dataclass(frozen=True, slots=True)
class ScreenPlan:
    """One entry of the rail: its title (to be translated), its icon, how to make the screen."""

    title: str
    icon_name: str
    make: Callable[[Workplace], QWidget]


def _desk(workplace: Workplace) -> QWidget:
    from checkin_app.gui.desk.desk_keys import add_desk_keys
    from checkin_app.gui.desk.desk_screen import DeskScreen

    screen = DeskScreen(workplace)
    add_desk_keys(screen)
    return screen


def _attendees(workplace: Workplace) -> QWidget:
    from checkin_app.gui.attendees.attendees_keys import add_attendees_keys
    from checkin_app.gui.attendees.attendees_screen import AttendeesScreen

    screen = AttendeesScreen(workplace)
    add_attendees_keys(screen)
    return screen


def _badges(workplace: Workplace) -> QWidget:
    from checkin_app.gui.badges.badges_screen import BadgesScreen

    return BadgesScreen(workplace)


def _tickets(workplace: Workplace) -> QWidget:
    from checkin_app.gui.tickets.tickets_screen import TicketsScreen

    return TicketsScreen(workplace)


def _dashboard(workplace: Workplace) -> QWidget:
    from checkin_app.gui.dashboard.dashboard_screen import DashboardScreen

    return DashboardScreen(workplace)


def _documents(workplace: Workplace) -> QWidget:
    from checkin_app.gui.documents.documents_screen import DocumentsScreen

    return DocumentsScreen(workplace)


def _settings(workplace: Workplace) -> QWidget:
    from checkin_app.gui.settings.settings_screen import SettingsScreen

    return SettingsScreen(workplace)


def _inbox(workplace: Workplace) -> QWidget:
    from checkin_app.gui.inbox.inbox_screen import InboxScreen

    return InboxScreen(workplace)


SCREENS = (
    ScreenPlan(str(QT_TRANSLATE_NOOP("Screens", "Desk")), "desk", _desk),
    ScreenPlan(str(QT_TRANSLATE_NOOP("Screens", "Attendees")), "attendees", _attendees),
    ScreenPlan(str(QT_TRANSLATE_NOOP("Screens", "Badges")), "badges", _badges),
    ScreenPlan(str(QT_TRANSLATE_NOOP("Screens", "Tickets")), "tickets", _tickets),
    ScreenPlan(str(QT_TRANSLATE_NOOP("Screens", "Dashboard")), "dashboard", _dashboard),
    ScreenPlan(str(QT_TRANSLATE_NOOP("Screens", "Documents")), "documents", _documents),
    ScreenPlan(str(QT_TRANSLATE_NOOP("Screens", "Settings")), "settings", _settings),
    ScreenPlan(str(QT_TRANSLATE_NOOP("Screens", "Inbox")), "inbox", _inbox),
)
DESK, ATTENDEES, BADGES, TICKETS, DASHBOARD, DOCUMENTS, SETTINGS, INBOX = range(len(SCREENS))
IMPORT = len(SCREENS)
"""The place in the rail of a list that is being imported; it is there only meanwhile."""

RAIL = (
    *((plan.title, plan.icon_name) for plan in SCREENS),
    (str(QT_TRANSLATE_NOOP("Screens", "Import")), "import"),
)
"""Titles (to be translated) and icons of the rail's buttons."""
