"""A row of words of which one holds: which view of a panel is in front."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from checkin_app.gui.appearance.theme import TOUCH_PX
from checkin_app.gui.plain_text import label


class Segments(QWidget):
    """Chooses one of a few views.

    Signals:
        chosen: the number of the view, from 0.
    """

    chosen = Signal(int)

    def __init__(self, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for number, word in enumerate(words):
            button = QToolButton()
            button.setCheckable(True)
            button.setMinimumHeight(TOUCH_PX)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            self._group.addButton(button, number)
            row.addWidget(button)
            self.set_words(number, word)
        row.addStretch(1)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)

    @property
    def current(self) -> int:
        """The view in front."""
        return self._group.checkedId()

    def button(self, number: int) -> QToolButton:
        """The button of a view."""
        button = self._group.button(number)
        assert isinstance(button, QToolButton)
        return button

    def choose(self, number: int) -> None:
        """Bring a view to the front."""
        if number != self.current:
            self._group.button(number).setChecked(True)
            self.chosen.emit(number)

    def show_chosen(self, number: int) -> None:
        """Show which view is in front, without telling anybody."""
        self._group.button(number).setChecked(True)

    def set_words(self, number: int, words: str) -> None:
        """Change what a button says."""
        button = self._group.button(number)
        button.setText(f"  {label(words)}  ")
        button.setAccessibleName(words)
