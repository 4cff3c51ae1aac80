"""The last step of an import: what was done, and where to go from here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.theme import sized

_WIDTH_EM = 34


class DonePage(QWidget):
    """Says what was done.

    Signals:
        badges_wanted, attendees_wanted, save_wanted, undo_wanted: a button was pressed.
    """

    badges_wanted = Signal()
    attendees_wanted = Signal()
    save_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = plain_label()
        self.title.setFont(sized(self.font(), 1.5, bold=True))
        self.sentence = quiet_label()
        self.attendees = QPushButton(self.tr("Go to attendees"))
        self.badges = QPushButton(self.tr("Print new badges…"))
        self.save = QPushButton(self.tr("Save rejected rows…"))
        self.undo = QPushButton(self.tr("Undo the import"))
        for button, signal in (
            (self.attendees, self.attendees_wanted),
            (self.badges, self.badges_wanted),
            (self.save, self.save_wanted),
            (self.undo, self.undo_wanted),
        ):
            button.clicked.connect(signal)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for button in (self.badges, self.attendees, self.save, self.undo):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(buttons)
        layout.addStretch(3)
        layout.setAlignment(buttons, Qt.AlignmentFlag.AlignHCenter)
