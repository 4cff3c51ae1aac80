"""Draws one sheet of stock with its slots, to be looked at or touched.

Measures come from the stock; what a slot looks like and says is given by whoever shows the sheet.
Pointer and keyboard do the same: a click or Enter presses a slot, Ctrl+click, the other mouse
button or Space marks it, the arrow keys go from slot to slot.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkin_app.badges.sheets.impose import slot_boxes
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.imposition import Fill
from checkin_app.domain.badges.stock import Stock
from checkin_app.gui.appearance.theme import colours_of
from checkin_app.gui.badges.sheets.sheet_painting import (
    ShownSlot,
    SlotLook,
    SlotShape,
    paint_slot,
    paper_in,
)
from checkin_app.gui.plain_text import tool_tip

_MARGIN_PX = 6
_LEAST_WIDE_PX = 120
_CROWD = 60


class SheetDrawing(QWidget):
    """A sheet of stock.

    Signals:
        pressed: the slot (from 1, in the order of filling) that was clicked, or Enter pressed on.
        marked: the slot that was clicked with Ctrl or the other button, or Space pressed on.
    """

    pressed = Signal(int)
    marked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stock: Stock | None = None
        self._boxes: tuple[Box, ...] = ()
        self._slots: Mapping[int, ShownSlot] = {}
        self._at = 1
        self._under_pointer = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_LEAST_WIDE_PX, _LEAST_WIDE_PX)
        self.setAccessibleName(self.tr("Sheet"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def show_sheet(
        self, stock: Stock | None, slots: Mapping[int, ShownSlot], fill: Fill = Fill.BY_ROW
    ) -> None:
        """Draw a sheet; slots that are not named are empty. None draws nothing.

        Args:
            slots: by number, from 1 in the order of filling.
        """
        self._stock = stock
        self._boxes = slot_boxes(stock, fill) if stock is not None else ()
        self._slots = slots
        self._at = max(1, min(self._at, len(self._boxes)))
        self._tell_reader()
        self.update()

    @property
    def current_slot(self) -> int:
        """The slot that the keyboard is at."""
        return self._at

    def slot_area(self, slot: int) -> QRectF:
        """Where a slot (from 1) is drawn, in the widget."""
        paper, scale = self._paper()
        box = self._boxes[slot - 1]
        return QRectF(
            paper.left() + box.x_mm * scale,
            paper.top() + box.y_mm * scale,
            box.width_mm * scale,
            box.height_mm * scale,
        )

    def sizeHint(self) -> QSize:
        """As high as is comfortable to touch."""
        return QSize(280, 360)

    # Pointer and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press or mark the slot under the pointer."""
        slot = self._slot_at(event.position())
        if not slot:
            return
        self._go_to(slot)
        is_marking = (
            event.button() is not Qt.MouseButton.LeftButton
            or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        )
        self._answer(is_marking=bool(is_marking))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which slot it is."""
        slot = self._slot_at(event.position())
        if slot != self._under_pointer:
            self._under_pointer = slot
            self.setToolTip(tool_tip(self._shown(slot).spoken) if slot else "")
            self.setCursor(
                Qt.CursorShape.PointingHandCursor
                if slot and self._shown(slot).answers
                else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the pointer."""
        self._under_pointer = 0
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter and Space."""
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down if (
                self._boxes
            ):
                self._go_to(self._neighbour(event.key()))
            case Qt.Key.Key_Home if self._boxes:
                self._go_to(1)
            case Qt.Key.Key_End if self._boxes:
                self._go_to(len(self._boxes))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._answer(is_marking=False)
            case Qt.Key.Key_Space:
                self._answer(is_marking=True)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No longer."""
        super().focusOutEvent(event)
        self.update()

    def _answer(self, *, is_marking: bool) -> None:
        if self._boxes and self._shown(self._at).answers:
            (self.marked if is_marking else self.pressed).emit(self._at)

    def _go_to(self, slot: int) -> None:
        self._at = slot
        self._tell_reader()
        self.update()

    def _neighbour(self, key: int) -> int:
        """The nearest slot in the direction of an arrow key; the present one at the edge."""
        here = self._boxes[self._at - 1]

        def away(box: Box) -> float:
            across, down = box.x_mm - here.x_mm, box.y_mm - here.y_mm
            match key:
                case Qt.Key.Key_Left:
                    ahead, aside = -across, down
                case Qt.Key.Key_Right:
                    ahead, aside = across, down
                case Qt.Key.Key_Up:
                    ahead, aside = -down, across
                case _:
                    ahead, aside = down, across
            return ahead + abs(aside) * len(self._boxes) if ahead > 0 else float("inf")

        nearest = min(range(len(self._boxes)), key=lambda number: away(self._boxes[number]))
        return nearest + 1 if away(self._boxes[nearest]) < float("inf") else self._at

    def _tell_reader(self) -> None:
        spoken = self._shown(self._at).spoken if self._boxes else ""
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
            QAccessible.updateAccessibility(
                QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            )

    def _slot_at(self, point: QPointF) -> int:
        for slot in range(1, len(self._boxes) + 1):
            if self.slot_area(slot).contains(point):
                return slot
        return 0

    def _shown(self, slot: int) -> ShownSlot:
        return self._slots.get(slot, ShownSlot(SlotLook.EMPTY))

    # Painting

    def _paper(self) -> tuple[QRectF, float]:
        assert self._stock is not None
        room = QRectF(self.rect()).adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        return paper_in(room, self._stock)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, then every slot."""
        if self._stock is None:
            return
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper, scale = self._paper()
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(paper, 2, 2)
        radius = self._stock.corner_radius_mm * scale
        is_crowded = len(self._boxes) > _CROWD
        for slot in range(1, len(self._boxes) + 1):
            paint_slot(
                painter,
                self.slot_area(slot),
                self._shown(slot),
                SlotShape(self._stock.fold, radius, slot == self._under_pointer, is_crowded),
                colours,
                self.font(),
            )
        if self.hasFocus() and self._boxes:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.text, 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.slot_area(self._at).adjusted(-2, -2, 2, 2))
