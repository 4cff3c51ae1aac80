"""Who a page of the inbox is about: the name, and a quiet line below it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.desk.answers.answers import about
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.form.said_line import SaidLine
from checkin_app.gui.plain_text import shown


class PersonHead(QWidget):
    """A name over organisation, role and what else is given, and what the desks are to mind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = plain_label()
        self.name.setFont(sized(self.font(), 1.7, bold=True))
        self.name.setWordWrap(True)
        self.about = quiet_label()
        self.attention = SaidLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.about)
        column.addSpacing(8)
        column.addWidget(self.attention)

    def show_attendee(self, attendee: Attendee, more: str = "", attention: str = "") -> None:
        """Show this person.

        Args:
            attention: what the desks are to mind, where nothing below says it.
        """
        self.name.setText(shown(attendee.full_name))
        lines = (about(attendee), attendee.category, more)
        self.about.setText(shown(" · ".join(line for line in lines if line)))
        self.about.setVisible(bool(self.about.text()))
        self.attention.say(attention, is_worrying=True)
