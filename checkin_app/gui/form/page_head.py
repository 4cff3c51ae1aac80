"""The head of a page that is in front of the form for a while: the way back, and a title."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, sized
from checkin_app.gui.form.plain_label import plain_label


class PageHead(QWidget):
    """A back button and a title.

    Signals:
        closed: back to where one came from.
    """

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = QToolButton()
        self.back.setIcon(icon("previous"))
        self.back.setToolTip(self.tr("Back (Esc)"))
        self.back.setAccessibleName(self.tr("Back"))
        self.back.setFixedSize(TOUCH_PX, TOUCH_PX)
        self.back.clicked.connect(self.closed)
        name = plain_label(title)
        name.setFont(sized(self.font(), 1.15, bold=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.back)
        row.addWidget(name, 1)
