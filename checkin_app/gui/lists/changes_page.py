"""The fourth step of an import: what will change, before anything does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from checkin_app.gui.lists.list_look import ListLook


class ChangesPage(QWidget):
    """Shows what importing would do."""

    def show_look(self, look: ListLook) -> None:
        """Show the changes."""
