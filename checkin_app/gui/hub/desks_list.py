"""The desks that joined: name, when last heard of, and the way to withdraw one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown, tool_tip


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One desk as the list shows it.

    Attributes:
        about: when it was last heard of, or that it is this laptop, or withdrawn.
        can_be_withdrawn: a button offers it.
    """

    id: str
    name: str
    about: str
    can_be_withdrawn: bool


class DesksList(QFrame):
    """A card with one line for each desk.

    Signals:
        withdraw_wanted: the id (str) of a desk that is to share no more.

    Attributes:
        lines: what is shown.
    """

    withdraw_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.lines: tuple[DeskLine, ...] = ()
        self._title = plain_label()
        self._title.setFont(sized(self.font(), 1.0, bold=True))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 10, 10)
        column.addWidget(self._title)
        column.addWidget(self._scroll, 1)

    def show_desks(self, lines: Iterable[DeskLine]) -> None:
        """Replace what is shown; the same lines leave the buttons as they are."""
        lines = tuple(lines)
        if lines == self.lines and self._scroll.widget() is not None:
            return
        self.lines = lines
        self._title.setText(self.tr("Desks: {count}").format(count=len(lines)))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 8, 4)
        column.setSpacing(2)
        for line in lines:
            column.addWidget(self._row(line))
        column.addStretch(1)
        self._scroll.setWidget(inside)
        # As the card that it lies on; the scroll area has just made it opaque.
        inside.setAutoFillBackground(False)

    def _row(self, line: DeskLine) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 2, 0, 2)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(_ElidedLabel(shown(line.name)))
        about = plain_label(shown(line.about, 80))
        about.setFont(sized(self.font(), 0.87))
        about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        texts.addWidget(about)
        layout.addLayout(texts, 1)
        if line.can_be_withdrawn:
            button = QPushButton(self.tr("Withdraw"))
            button.setAccessibleName(self.tr("Withdraw {name}").format(name=line.name))
            button.clicked.connect(partial(self.withdraw_wanted.emit, line.id))
            layout.addWidget(button)
        return row


class _ElidedLabel(QLabel):
    """One line that gives way to what stands beside it; the tool tip has all of it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut it anew."""
        super().resizeEvent(event)
        room = self.contentsRect().width()
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(cut)
        self.setToolTip(tool_tip(self._whole) if cut != self._whole else "")
