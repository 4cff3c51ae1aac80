"""The frame of the panels that open below the answer: a title, a way out, never modal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.icons import icon
from checkin_app.gui.plain_text import shown
from checkin_app.gui.theme import sized


class InlinePanel(QFrame):
    """A panel of the desk screen. Scans go on while it is open.

    Signals:
        closed: the volunteer wants to leave it.
    """

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = plain_label("", self)
        self._title.setFont(sized(self.font(), 1.2, bold=True))
        close = QPushButton(icon("close"), self.tr("Esc"), self)
        close.setProperty("flat", True)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.setAccessibleName(self.tr("Close the panel (Esc)"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 6, 12, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self.body, 1)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """What the panel is about."""
        self._title.setText(shown(title, 120))
        self.setAccessibleName(self._title.text())

    @property
    def survives_scans(self) -> bool:
        """Whether the panel stays open when somebody is scanned."""
        return False

    @property
    def first_field(self) -> QWidget:
        """Where typing goes when the panel opens."""
        raise NotImplementedError


def plain_label(text: str, parent: QWidget | None = None) -> QLabel:
    """A label that never takes text for markup."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(shown(text))
    return made
