"""Shows a proof: one sheet of the badges that show soonest what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.badges.sheets.preview import SheetPreview
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.plain_text import shown

_LONGEST_NOTE = 240


class ProofView(QWidget):
    """The proof sheet, why these people are on it, and the way to print it.

    Signals:
        opened: somebody looks at it.
        save_wanted: the proof is to be saved.
    """

    opened = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = SheetPreview()
        self.note = quiet_label()
        self.save = QPushButton(self.tr("Save the proof…"))
        self.save.clicked.connect(self.save_wanted)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview, 1)
        column.addLayout(foot)
        self.show_choosing()

    def show_choosing(self) -> None:
        """The people are being chosen."""
        self.note.setText(self.tr("Choosing the longest, shortest and strangest names…"))
        self.save.setEnabled(False)

    def show_picks(self, picks: Sequence[tuple[Attendee, str]]) -> None:
        """Who is on the proof, and why."""
        reasons = ", ".join(f"{person.full_name} ({reason})" for person, reason in picks)
        self.note.setText(shown(reasons, _LONGEST_NOTE))
        self.note.setToolTip(shown(reasons, 4 * _LONGEST_NOTE))
        self.save.setEnabled(bool(picks))

    def show_problem(self, sentence: str) -> None:
        """There is no proof, and why."""
        self.note.setText(sentence)
        self.save.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        """A proof is made when somebody looks."""
        super().showEvent(event)
        self.opened.emit()
