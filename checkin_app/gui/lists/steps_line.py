"""The line of steps at the top of the import: where one is, what is done, what is still to come."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import TOUCH_PX, colours_of, size_px, sized

_DISC_EM = 1.7
_GAP_PX = 8
_LINE_PX = 28


class Step(IntEnum):
    """The steps of an import, in their order."""

    FILE = 0
    UNDERSTOOD = 1
    CHECK = 2
    CHANGES = 3
    DONE = 4


class StepsLine(QWidget):
    """Names the steps; those that can be gone to are buttons.

    Signals:
        chosen: the ``Step`` to go to.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Steps of the import"))
        names = (
            self.tr("File"),
            self.tr("Understood"),
            self.tr("Check"),
            self.tr("Changes"),
            self.tr("Done"),
        )
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for step, name in zip(Step, names, strict=True):
            button = _StepButton(step + 1, name, self)
            self._group.addButton(button, step)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idClicked.connect(self._choose)
        self.show_step(Step.FILE, frozenset())

    def show_step(self, current: Step, reachable: frozenset[Step]) -> None:
        """Say where one is, and where one can go from here."""
        for step in Step:
            self.button(step).show_state(
                is_current=step is current,
                is_done=step < current or current is Step.DONE,
                is_reachable=step in reachable and step is not current,
            )

    def button(self, step: Step) -> _StepButton:
        """The button of a step."""
        button = self._group.button(step)
        assert isinstance(button, _StepButton)
        return button

    def _choose(self, number: int) -> None:
        self.chosen.emit(Step(number))


class _StepButton(QAbstractButton):
    """A disc with the number of the step, or a tick when it is done, and its name."""

    def __init__(self, number: int, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._is_current = self._is_done = False
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, *, is_current: bool, is_done: bool, is_reachable: bool) -> None:
        self._is_current, self._is_done = is_current, is_done
        self.setEnabled(is_reachable)
        shape = Qt.CursorShape.PointingHandCursor if is_reachable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setAccessibleName(self._spoken())
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the name in bold, whether it is bold now or not."""
        self.ensurePolished()
        return QSize(self._name_left() + self._name_width() + _GAP_PX, TOUCH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line from the step before, disc, name."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self._is_current or self._is_done
        disc = self._disc()
        if self._number > 1:
            painter.setPen(QPen(colours.accent if lit else colours.border, 2))
            middle = disc.center().y()
            painter.drawLine(_GAP_PX, round(middle), _LINE_PX - _GAP_PX + 4, round(middle))
        painter.setPen(QPen(colours.accent if lit else colours.border, 2))
        painter.setBrush(colours.accent if self._is_current else QColor(Qt.GlobalColor.transparent))
        painter.drawEllipse(disc)
        ink = colours.on_accent if self._is_current else colours.accent if lit else colours.muted
        if self._is_done:
            paint_icon(painter, "check", disc.adjusted(5, 5, -5, -5), ink)
        else:
            painter.setPen(ink)
            painter.setFont(sized(self.font(), 0.87, bold=True))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(sized(self.font(), 1.0, bold=self._is_current))
        painter.setPen(colours.text if self._is_current or self.isEnabled() else colours.muted)
        area = QRect(self._name_left(), 0, self._name_width(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus() or (self.isEnabled() and self.underMouse()):
            painter.setPen(QPen(colours.accent, 2))
            under = area.center().y() + painter.fontMetrics().height() // 2 + 2
            width = painter.fontMetrics().horizontalAdvance(self.text())
            painter.drawLine(area.left(), under, area.left() + width, under)
        painter.end()

    def _disc(self) -> QRectF:
        side = round(_DISC_EM * size_px(self.font()))
        return QRectF(self._line_room() + 1, (self.height() - side) / 2, side, side)

    def _name_left(self) -> int:
        return self._line_room() + round(_DISC_EM * size_px(self.font())) + _GAP_PX + 2

    def _name_width(self) -> int:
        bold = QFontMetrics(sized(self.font(), 1.0, bold=True))
        return bold.horizontalAdvance(self.text()) + _GAP_PX

    def _line_room(self) -> int:
        return _LINE_PX + 4 if self._number > 1 else 0

    def _spoken(self) -> str:
        place = self.tr("Step {number}: {name}").format(number=self._number, name=self.text())
        if self._is_current:
            return self.tr("{step}, now").format(step=place)
        return self.tr("{step}, done").format(step=place) if self._is_done else place
