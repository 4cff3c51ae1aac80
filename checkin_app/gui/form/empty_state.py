"""What stands where a table would, when there is nothing to show: a sentence and a way on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.plain_label import plain_label

_WIDTH_PX = 460


class EmptyState(QWidget):
    """A sentence and one button.

    Signals:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(self, title: str, sentence: str, action: str) -> None:
        super().__init__()
        heading = plain_label(title)
        heading.setFont(sized(self.font(), 1.5, bold=True))
        self.sentence = plain_label(sentence)
        self.sentence.setWordWrap(True)
        self.sentence.setFixedWidth(_WIDTH_PX)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton(action)
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        for widget in (heading, self.sentence, self.button):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def show_sentence(self, sentence: str) -> None:
        """Say something else."""
        self.sentence.setText(sentence)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """The font is known now."""
        super().showEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """A layout that centres does not ask a wrapped label how high it gets."""
        self.sentence.setMinimumHeight(self.sentence.heightForWidth(_WIDTH_PX))
