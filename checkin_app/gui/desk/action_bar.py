"""What can be done with the person shown, each with its key, and the undo with its time left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkin_app.gui.desk.checking_in import UndoOffer
from checkin_app.gui.desk.key_button import KeyButton
from checkin_app.gui.plain_text import tool_tip


class ActionBar(QWidget):
    """A row of buttons below the answer.

    Signals:
        anyway_wanted, badge_wanted, correction_wanted, history_wanted, retry_wanted,
        undo_wanted: the button was pressed.
    """

    anyway_wanted = Signal()
    badge_wanted = Signal()
    correction_wanted = Signal()
    history_wanted = Signal()
    retry_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.retry = KeyButton(self.tr("Try again"), "retry", "F5", self)
        self.retry.setProperty("primary", True)
        self.anyway = KeyButton(self.tr("Check in anyway"), "override", "Ctrl+Return", self)
        self.badge = KeyButton(self.tr("Badge"), "print", "Ctrl+P", self)
        self.correction = KeyButton(self.tr("Correct"), "edit", "Ctrl+E", self)
        self.history = KeyButton(self.tr("History"), "history", "Ctrl+H", self)
        self.undo = KeyButton(self.tr("Undo"), "undo", "Ctrl+Z", self)
        for button, signal in (
            (self.retry, self.retry_wanted),
            (self.anyway, self.anyway_wanted),
            (self.badge, self.badge_wanted),
            (self.correction, self.correction_wanted),
            (self.history, self.history_wanted),
            (self.undo, self.undo_wanted),
        ):
            button.clicked.connect(signal)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.retry, self.anyway, self.badge, self.correction, self.history):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.undo)
        self.show_possible(has_person=False, can_admit_anyway=False)
        self.show_waiting(0)
        self.show_undo(None)

    def show_possible(self, *, has_person: bool, can_admit_anyway: bool) -> None:
        """What makes sense for the answer shown."""
        self.anyway.setEnabled(can_admit_anyway)
        for button in (self.badge, self.correction, self.history):
            button.setEnabled(has_person)

    def show_waiting(self, count: int) -> None:
        """How many requests wait for another try."""
        self.retry.setVisible(count > 0)
        self.retry.set_words(
            self.tr("Try again ({count})").format(count=count)
            if count > 1
            else self.tr("Try again")
        )

    def show_undo(self, offer: UndoOffer | None) -> None:
        """The check-in that can be taken back, or none."""
        self.undo.setEnabled(offer is not None)
        self.undo.setToolTip(tool_tip(offer.name) if offer else "")
        self.undo.set_words(
            self.tr("Undo · {seconds} s · {name}").format(
                name=offer.name, seconds=offer.seconds_left
            )
            if offer
            else self.tr("Undo")
        )
