"""The screens of the open event, one in front; each is made when it is first shown."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from checkin_app.gui.screens import SCREENS
from checkin_app.gui.workplace import Workplace


class ScreenStack(QStackedWidget):
    """Holds the screens by their number in the rail, and at most one that is there for one job.

    Attributes:
        made: the screens made so far.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.made: dict[int, QWidget] = {}
        self._passing: QWidget | None = None
        self._front: QWidget | None = None
        self._before: QWidget | None = None

    def screen_of(self, number: int, workplace: Workplace) -> QWidget:
        """A screen, made now if it was never shown."""
        if number not in self.made:
            self.made[number] = SCREENS[number].make(workplace)
            self.addWidget(self.made[number])
        return self.made[number]

    def bring_to_front(self, screen: QWidget) -> None:
        """Show a screen and give it the focus; typing on the one in front is left alone."""
        self.end_passing()
        if self._front is not screen:
            self._front = screen
            self.setCurrentWidget(screen)
            screen.setFocus()

    def show_passing(self, screen: QWidget) -> None:
        """Show a screen until its one job is done."""
        self.end_passing()
        self._passing, self._before = screen, self._front
        self.addWidget(screen)
        self._front = screen
        self.setCurrentWidget(screen)
        screen.setFocus()

    def end_passing(self) -> None:
        """Leave a screen that is there for one job only; the one before comes back."""
        if self._passing is not None:
            self.removeWidget(self._passing)
            self._passing.deleteLater()
            self._passing = None
            if self._before is not None:
                self.bring_to_front(self._before)

    def empty(self) -> None:
        """Drop all screens."""
        self.end_passing()
        for screen in self.made.values():
            self.removeWidget(screen)
            screen.deleteLater()
        self.made.clear()
        self._front = None
