"""The keys of the attendees screen, each heard only where it means something."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence

from checkin_app.gui.attendees.attendees_screen import AttendeesScreen
from checkin_app.gui.keys import add_key


def add_attendees_keys(screen: AttendeesScreen) -> None:
    """Let keys act on the screen."""
    add_key(QKeySequence.StandardKey.Find, screen, screen.filters.text.setFocus)
    add_key(QKeySequence.StandardKey.Copy, screen.table, screen.chosen.copy)
    add_key("Esc", screen.filters, partial(_leave_filter, screen))
    add_key("Down", screen.filters.text, screen.enter_table)


def _leave_filter(screen: AttendeesScreen) -> None:
    """Esc: what is typed goes first, then the panel."""
    if screen.filters.text.text():
        screen.filters.text.clear()
    else:
        screen.panel.close_person()
