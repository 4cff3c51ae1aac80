"""The foot of the import: one sentence, how far it is, and the buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.plain_text import label


class ImportFoot(QWidget):
    """A sentence, progress, and the ways out, back and on.

    Attributes:
        line: one sentence.
        bar: shown while something is under way.
        cancel, back, go: the buttons.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = plain_label()
        self.line.setWordWrap(True)
        self.bar = QProgressBar(textVisible=False)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.back = QPushButton(self.tr("Back"))
        self.go = QPushButton(self.tr("Next"))
        self.go.setProperty("primary", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(self.line)
        middle.addWidget(self.bar)
        layout.addLayout(middle, 1)
        for button in (self.cancel, self.back, self.go):
            layout.addWidget(button)
        self.bar.hide()

    def show_busy(self, sentence: str, *, may_go: bool = False) -> None:
        """Something is under way; how long it takes is not known yet."""
        self.line.setText(sentence)
        self.go.setEnabled(may_go)
        self.bar.setRange(0, 0)
        self.bar.show()

    def show_progress(self, done: int, total: int) -> None:
        """So much of the whole is done."""
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)

    def show_idle(self, sentence: str, *, may_go: bool) -> None:
        """Nothing is under way."""
        self.bar.hide()
        self.line.setText(sentence)
        self.go.setEnabled(may_go)

    def show_buttons(self, go: str, *, cancel: bool, back: bool, way_on: bool = True) -> None:
        """Which buttons there are at a step, and what the one that goes on says."""
        self.go.setText(label(go))
        self.cancel.setVisible(cancel)
        self.back.setVisible(back)
        self.go.setVisible(way_on)
