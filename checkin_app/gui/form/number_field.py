"""Number fields among fields that scroll: the wheel changes nothing, buttons can be touched."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QSpinBox,
    QToolButton,
    QWidget,
)

from checkin_app.gui.appearance.theme import TOUCH_PX, size_px, sized


class CalmSpinBox(QSpinBox):
    """A whole number to be typed, or changed by the arrow keys."""

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.setKeyboardTracking(False)
        _indent(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not for this widget."""
        event.ignore()


class MillimetreBox(QDoubleSpinBox):
    """A length in millimetres."""

    def __init__(self, lowest: float, highest: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())
        self.setDecimals(2)
        self.setRange(lowest, highest)
        self.setSingleStep(0.1)
        self.setSuffix(self.tr(" mm"))
        _indent(self)

    def textFromValue(self, value: float) -> str:
        """Without zeros that say nothing."""
        return f"{round(value, 2):g}"

    def valueFromText(self, text: str) -> float:
        """A comma is a point."""
        return super().valueFromText(text.replace(",", "."))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """A comma is a point."""
        answer: tuple[QValidator.State, str, int]
        answer = super().validate(text.replace(",", "."), position)
        return answer

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not for this widget."""
        event.ignore()


def _indent(box: QAbstractSpinBox) -> None:
    """A style sheet gives the frame of a number field no padding that its text would keep."""
    box.lineEdit().setTextMargins(size_px(box.font()) * 2 // 3, 0, 4, 0)


class Stepper(QWidget):
    """A small number with a button for less and one for more.

    Signals:
        changed: the number is another.
    """

    changed = Signal(int)

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CalmSpinBox(lowest, highest)
        self.less = self._button("−", self.tr("Less"))
        self.more = self._button("+", self.tr("More"))
        self.less.clicked.connect(self.box.stepDown)
        self.more.clicked.connect(self.box.stepUp)
        self.box.valueChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.box, 1)
        row.addWidget(self.less)
        row.addWidget(self.more)
        self.setFocusProxy(self.box)

    def setAccessibleName(self, name: str) -> None:
        """The field is what has the name."""
        super().setAccessibleName(name)
        self.box.setAccessibleName(name)

    def value(self) -> int:
        """The number."""
        return self.box.value()

    def _button(self, sign: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setFont(sized(button.font(), 1.3))
        button.setAccessibleName(name)
        button.setFixedSize(TOUCH_PX, TOUCH_PX)
        return button
