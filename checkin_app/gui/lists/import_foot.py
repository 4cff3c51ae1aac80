"""The foot of the import screen: what would change, how far it is, the buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.lists.figures import Figures


class ImportFoot(QWidget):
    """Figures, one line, progress, and the two buttons.

    Attributes:
        figures: new, changed, unchanged, not taken.
        line: one sentence.
        bar: shown while something is under way.
        cancel, go: the buttons.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = Figures(
            (self.tr("new"), self.tr("changed"), self.tr("unchanged"), self.tr("not taken"))
        )
        self.line = plain_label()
        self.line.setWordWrap(True)
        self.bar = QProgressBar(textVisible=False)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.go = QPushButton(self.tr("Import"))
        self.go.setProperty("primary", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.figures)
        middle = QVBoxLayout()
        middle.addWidget(self.line)
        middle.addWidget(self.bar)
        layout.addLayout(middle, 1)
        layout.addWidget(self.cancel)
        layout.addWidget(self.go)

    def show_busy(self, sentence: str) -> None:
        """Something is under way; how long it takes is not known yet."""
        self.line.setText(sentence)
        self.go.setEnabled(False)
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

    def show_way_out_only(self) -> None:
        """There is nothing to import."""
        for widget in (self.figures, self.line, self.bar, self.go):
            widget.hide()
