"""Check in anyway: why, with one digit or in own words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.plain_text import label, shown

_LONGEST_REASON = 200


class ReasonPanel(InlinePanel):
    """Asks for the reason of an admission against the rules.

    Signals:
        given: the id and name of the person, and the reason.
    """

    given = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._attendee_id = self._name = ""
        self._reasons = (
            self.tr("Came back in"),
            self.tr("Organiser agrees"),
            self.tr("Stands in for a colleague"),
            self.tr("Identity checked, list is wrong"),
        )
        grid = QGridLayout()
        grid.setSpacing(10)
        for i, reason in enumerate(self._reasons):
            button = QPushButton(label(f"{i + 1}   {reason}"), self)
            button.setObjectName(str(i))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setStyleSheet("text-align: left;")
            button.clicked.connect(self._press)
            grid.addWidget(button, i // 2, i % 2)
        self.body.addLayout(grid)
        self._own = QLineEdit(self)
        self._own.setMaxLength(_LONGEST_REASON)
        self._own.setPlaceholderText(self.tr("Press 1 to 4, or type another reason and Enter"))
        self._own.setAccessibleName(self.tr("Reason"))
        self._own.returnPressed.connect(self._enter)
        self._own.installEventFilter(self)
        self.body.addWidget(self._own)
        self.body.addStretch(1)

    @property
    def first_field(self) -> QWidget:
        """The line for an own reason; digits are taken from it while it is empty."""
        return self._own

    def ask(self, attendee_id: str, name: str) -> None:
        """Ask about one person."""
        self._attendee_id, self._name = attendee_id, name
        self._own.clear()
        self.set_title(self.tr("Check in anyway: {name}").format(name=shown(name)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit in the empty line chooses a ready reason."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit = event.text()
            if not self._own.text() and len(digit) == 1 and digit in "1234":
                self._give(self._reasons[int(digit) - 1])
                return True
        return super().eventFilter(watched, event)

    def _press(self) -> None:
        self._give(self._reasons[int(self.sender().objectName())])

    def _enter(self) -> None:
        if reason := self._own.text().strip():
            self._give(reason)

    def _give(self, reason: str) -> None:
        self.given.emit(self._attendee_id, self._name, reason)
