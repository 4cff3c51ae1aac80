"""Another badge for somebody who has one: why, in one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from checkin_app.domain.print_jobs import PrintCause
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import label, shown


@dataclass(frozen=True, slots=True)
class _Choice:
    key: str
    words: str
    cause: PrintCause
    corrects_first: bool = False


class ReprintPanel(InlinePanel):
    """Asks why badges are printed again.

    Signals:
        given: attendee ids (a tuple) and the ``PrintCause``.
        correction_wanted: the attendee id of somebody to be corrected before the badge is printed.
    """

    given = Signal(object, object)
    correction_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._attendee_ids: tuple[str, ...] = ()
        self._choices = (
            _Choice("L", self.tr("The badge is lost"), PrintCause.LOST),
            _Choice("D", self.tr("It is damaged"), PrintCause.DAMAGED),
            _Choice("W", self.tr("Wrong data: correct it first"), PrintCause.WRONG_DATA, True),
            _Choice("P", self.tr("Wrong data: corrected already"), PrintCause.WRONG_DATA),
        )
        grid = QGridLayout()
        grid.setSpacing(10)
        self.buttons = tuple(map(self._button, self._choices))
        for place, button in enumerate(self.buttons):
            grid.addWidget(button, place // 2, place % 2)
        self.body.addWidget(
            plain_label(self.tr("Press the letter. The badge before is noted as not to be used."))
        )
        self.body.addLayout(grid)
        self.body.addStretch(1)

    @property
    def first_field(self) -> QWidget:
        """The first button; letters are taken from all of them."""
        return self.buttons[0]

    def ask(self, attendee_ids: Sequence[str], name: str) -> None:
        """Ask about one person, or about several at once.

        Args:
            name: of the one person.
        """
        self._attendee_ids = tuple(attendee_ids)
        is_one = len(self._attendee_ids) == 1
        for choice, button in zip(self._choices, self.buttons, strict=True):
            button.setEnabled(is_one or not choice.corrects_first)
        self.set_title(
            self.tr("Print again: {name}").format(name=shown(name))
            if is_one
            else self.tr("Print {number} badges again").format(number=len(self._attendee_ids))
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A letter chooses."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            for choice, button in zip(self._choices, self.buttons, strict=True):
                if event.text().upper() == choice.key and button.isEnabled():
                    self._choose(choice)
                    return True
        return super().eventFilter(watched, event)

    def _button(self, choice: _Choice) -> QPushButton:
        button = QPushButton(label(f"{choice.key}   {choice.words}"), self)
        button.setObjectName(choice.key)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(self._press)
        button.installEventFilter(self)
        return button

    def _press(self) -> None:
        key = self.sender().objectName()
        self._choose(next(choice for choice in self._choices if choice.key == key))

    def _choose(self, choice: _Choice) -> None:
        if choice.corrects_first:
            self.correction_wanted.emit(self._attendee_ids[0])
        else:
            self.given.emit(self._attendee_ids, choice.cause)
