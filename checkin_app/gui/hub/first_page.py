"""The dialog of a laptop that shares with nobody yet: be the hub, or join one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.theme import TOUCH_PX, sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown

_LONGEST_LINK = 600


class FirstPage(QWidget):
    """Two ways, side by side.

    Signals:
        start_wanted: this laptop is to be the hub.
        join_wanted: the text (str) of a pairing: scanned, pasted or typed.
        search_wanted: look which hubs are heard of in the network.

    Attributes:
        link: the field for the pairing.
        start, join, search: the buttons.
        nearby: says which hubs are heard of.
    """

    start_wanted = Signal()
    join_wanted = Signal(str)
    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = QPushButton(self.tr("Share this event"))
        self.start.setProperty("primary", True)
        self.start.clicked.connect(self.start_wanted)
        self.link = QLineEdit()
        self.link.setMaxLength(_LONGEST_LINK)
        self.link.setPlaceholderText(self.tr("Scan, paste or type its code"))
        self.link.setAccessibleName(self.tr("Link or code of the other laptop"))
        self.link.setMinimumHeight(TOUCH_PX)
        self.link.returnPressed.connect(self._join)
        self.join = QPushButton(self.tr("Join"))
        self.join.clicked.connect(self._join)
        self.nearby = quiet_label()
        self.nearby.hide()
        self.search = QPushButton(self.tr("Look for laptops that share"))
        self.search.clicked.connect(self.search_wanted)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._be_hub(), 1)
        row.addWidget(self._join_hub(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addStretch(1)
        self.setFocusProxy(self.link)

    def show_link(self, text: str) -> None:
        """A pairing was scanned: only the question is left whether to join."""
        self.link.setText(text[:_LONGEST_LINK])
        for button, is_likely in ((self.join, True), (self.start, False)):
            button.setProperty("primary", is_likely)
            button.style().unpolish(button)
            button.style().polish(button)
        self.join.setFocus()

    def show_nearby(self, laptops: Iterable[str]) -> None:
        """Which laptops are heard of as hubs; their code has to be typed."""
        names = ", ".join(shown(laptop, 80) for laptop in laptops)
        if names:
            words = self.tr("Heard of: {laptops}. Type the 16 characters that it shows.")
        else:
            words = self.tr(
                "No laptop is heard of in this network. Scan its code, or have its link sent to you"
                " and paste it."
            )
        self.nearby.setText(shown(words.format(laptops=names), 600))
        self.nearby.show()
        self.link.setFocus()

    def _join(self) -> None:
        if text := self.link.text().strip():
            self.join_wanted.emit(text)
        else:
            self.link.setFocus()

    def _be_hub(self) -> QWidget:
        explanation = quiet_label(
            self.tr(
                "The other laptops join this one. It has to stay switched on and in the same"
                " network. When it is gone, every desk goes on by itself, and any of them can"
                " take its place."
            )
        )
        return _card(self.tr("This laptop has the list"), explanation, self.start)

    def _join_hub(self) -> QWidget:
        explanation = quiet_label(
            self.tr(
                "On the laptop that has it: “Event”, “Other desks…”, “Share this event”. It shows"
                " a code."
            )
        )
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        enter = QHBoxLayout()
        enter.addWidget(self.link, 1)
        enter.addWidget(self.join)
        column.addLayout(enter)
        column.addWidget(self.nearby)
        column.addWidget(self.search, alignment=Qt.AlignmentFlag.AlignLeft)
        return _card(self.tr("Another laptop has it"), explanation, fields)


def _card(title: str, explanation: QWidget, below: QWidget) -> QWidget:
    card = QFrame()
    card.setObjectName("card")
    name = plain_label(title)
    name.setFont(sized(card.font(), 1.15, bold=True))
    name.setWordWrap(True)
    column = QVBoxLayout(card)
    column.setContentsMargins(18, 16, 18, 16)
    column.setSpacing(10)
    column.addWidget(name)
    column.addWidget(explanation)
    is_button = isinstance(below, QPushButton)
    left = Qt.AlignmentFlag.AlignLeft
    column.addWidget(below, alignment=left if is_button else Qt.AlignmentFlag(0))
    column.addStretch(1)
    return card
