"""A row of figures with a word under each: new, changed, unchanged, rejected."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped


class Figures(QWidget):
    """Shows counts; a count that is not known yet is a dash."""

    def __init__(self, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: list[QLabel] = []
        self._names: list[QLabel] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(28)
        for word in words:
            number, name = plain_label("–"), plain_label(word)
            number.setFont(sized(self.font(), 1.5, bold=True))
            name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(number)
            column.addWidget(name)
            layout.addLayout(column)
            self._numbers.append(number)
            self._names.append(name)

    def show_counts(self, *counts: int | None) -> None:
        """One count for each word."""
        for label, count in zip(self._numbers, counts, strict=True):
            label.setText("–" if count is None else grouped(count))

    def hide_zeros(self, shown_always: Collection[int] = ()) -> None:
        """Show only what there is any of, and the figures at these places."""
        for place, number in enumerate(self._numbers):
            is_shown = place in shown_always or number.text() != "0"
            number.setVisible(is_shown)
            self._names[place].setVisible(is_shown)

    def texts(self) -> tuple[str, ...]:
        """What is shown, left to right."""
        return tuple(label.text() for label in self._numbers)
