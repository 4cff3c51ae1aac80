"""The screens of the open event, one in front; each is made when it is first shown."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from checkin_app.gui.window.screens import SCREENS
from checkin_app.gui.workplace import Workplace


class ScreenStack(QStackedWidget):
    """Holds the screens by their number in the rail, and at most one that is there for one job.

    Attributes:
        made: the screens made so far.
        passing: the screen that is there for one job, if there is one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.made: dict[int, QWidget] = {}
        self.passing: QWidget | None = None
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
        if self._front is not screen:
            self._front = screen
            self.setCurrentWidget(screen)
            screen.setFocus()

    def show_passing(self, screen: QWidget) -> None:
        """Show a screen that stays until its one job is done, also behind other screens."""
        self.end_passing()
        self.passing, self._before = screen, self._front
        self.addWidget(screen)
        self.bring_to_front(screen)

    def end_passing(self) -> None:
        """Drop the screen that is there for one job; was it in front, the one before comes back."""
        passing, self.passing = self.passing, None
        if passing is None:
            return
        if self._front is passing and self._before is not None:
            self.bring_to_front(self._before)
        self.removeWidget(passing)
        passing.deleteLater()

    @property
    def front_number(self) -> int:
        """The number of the screen in front; the first one's when that has none."""
        return next((n for n, screen in self.made.items() if screen is self._front), 0)

    def empty(self) -> None:
        """Drop all screens."""
        self.end_passing()
        for screen in self.made.values():
            self.removeWidget(screen)
            screen.deleteLater()
        self.made.clear()
        self._front = None
