"""The frame of the panels that open below the answer: a title, a way out, never modal."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.plain_text import shown, tool_tip


class _Title(QLabel):
    """One line of plain text that is cut with an ellipsis where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much of the text as fits."""
        painter = QPainter(self)
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


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
        self._title = _Title(self)
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
        self._title.setToolTip(tool_tip(title))
        self.setAccessibleName(self._title.text())

    @property
    def survives_scans(self) -> bool:
        """Whether the panel stays open when somebody is scanned."""
        return False

    @property
    def first_field(self) -> QWidget:
        """Where typing goes when the panel opens."""
        raise NotImplementedError
