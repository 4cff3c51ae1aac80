"""The code of one person, and the way to a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.mailing.mail_text import code_to_read

_LONGEST_SHOWN = 40


class CodeRow(QWidget):
    """Shows a code.

    Signals:
        new_wanted: somebody wants the person to have a new one.
    """

    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = plain_label()
        self.code.setMinimumWidth(1)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setAccessibleName(self.tr("Code"))
        self.replace = QPushButton(self.tr("New code…"))
        self.replace.clicked.connect(self.new_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.code, 1)
        row.addWidget(self.replace)

    def show_record(self, record: AttendeeRecord) -> None:
        """Show this person's."""
        code = record.attendee.code
        self.code.setText(shown(code_to_read(code), _LONGEST_SHOWN))
        self.code.setToolTip(tool_tip(code))
        self.setVisible(not record.is_erased)
