"""One of two admissions: which desk, when to the second, how it was recorded."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from checkin_app.domain.ledger import Entry
from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.inbox.inbox_items import translated
from checkin_app.gui.plain_text import shown
from checkin_app.services.sharing.inbox.inbox_wording import how_recorded
from checkin_app.services.wording import shown_time


class AdmissionCard(QFrame):
    """Shows one check-in.

    Args:
        title: which of the two it is.
    """

    def __init__(self, title: str, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._programme = event
        self.title = quiet_label(title)
        self.desk = plain_label()
        self.desk.setFont(sized(self.font(), 1.35, bold=True))
        self.desk.setWordWrap(True)
        self.time = plain_label()
        self.time.setFont(sized(self.font(), 1.35))
        self.how = quiet_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(4)
        for widget in (self.title, self.desk, self.time, self.how):
            column.addWidget(widget)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_entry(self, entry: Entry) -> None:
        """Show this check-in."""
        seconds = f":{self._programme.local(entry.at):%S}"
        self.desk.setText(shown(entry.desk))
        self.time.setText(shown_time(entry.at, self._programme) + seconds)
        reason = shown(entry.payload.get("reason", ""))
        how = how_recorded(entry, translated)
        self.how.setText(f"{how}. {reason}" if reason else f"{how}.")
        words = (self.title.text(), self.desk.text(), self.time.text(), self.how.text())
        self.setAccessibleName(", ".join(words))
