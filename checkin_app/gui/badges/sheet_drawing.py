"""Draws one sheet of stock with its slots, to be looked at or touched.

Measures come from the stock; what a slot looks like and says is given by whoever shows the sheet.
Pointer and keyboard do the same: a click or Enter presses a slot, Ctrl+click, the other mouse
button or Space marks it, the arrow keys go from slot to slot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkin_app.badges.impose import slot_boxes
from checkin_app.domain.badge_elements import Box
from checkin_app.domain.imposition import Fill
from checkin_app.domain.stock import Fold, Stock
from checkin_app.gui.theme import Colours, colours_of, size_px, sized

_MARGIN_PX = 6
_LEAST_TEXT_PX = 9
_TEXT_STEP_PX = 2
_LEAST_WIDE_PX = 120


class SlotLook(Enum):
    """What is to be seen of a slot."""

    EMPTY = auto()
    """Nothing is printed on it."""
    FILLED = auto()
    """A badge is printed on it."""
    FIRST = auto()
    """The first badge is printed on it."""
    USED = auto()
    """Its piece was used before."""
    SPOILT = auto()
    """Its badge was printed and cannot be handed out."""


@dataclass(frozen=True, slots=True)
class ShownSlot:
    """A slot as it is drawn.

    Attributes:
        text: shown in it, where there is room.
        spoken: what a screen reader says of it.
        answers: whether it can be pressed and marked.
    """

    look: SlotLook
    text: str = ""
    spoken: str = ""
    answers: bool = True


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
        return _paper_in(room, self._stock)

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
        for slot in range(1, len(self._boxes) + 1):
            self._paint_slot(painter, slot, radius, colours)
        if self.hasFocus() and self._boxes:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.text, 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.slot_area(self._at).adjusted(-2, -2, 2, 2))

    def _paint_slot(self, painter: QPainter, slot: int, radius: float, colours: Colours) -> None:
        shown = self._shown(slot)
        fill, edge, ink = _slot_colours(shown.look, colours)
        area = self.slot_area(slot).adjusted(0.5, 0.5, -0.5, -0.5)
        is_under_pointer = slot == self._under_pointer and shown.answers
        painter.setPen(QPen(colours.accent if is_under_pointer else edge, 1.5))
        painter.setBrush(fill)
        painter.drawRoundedRect(area, radius, radius)
        self._paint_fold(painter, area, edge)
        if shown.look is SlotLook.USED:
            painter.setPen(QPen(colours.faded, 1))
            painter.drawLine(area.topLeft(), area.bottomRight())
            painter.drawLine(area.topRight(), area.bottomLeft())
        elif shown.text:
            _paint_text(painter, area, shown, ink, self)

    def _paint_fold(self, painter: QPainter, area: QRectF, edge: QColor) -> None:
        assert self._stock is not None
        painter.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
        match self._stock.fold:
            case Fold.TENT:
                middle = area.center().y()
                painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
            case Fold.BOOK:
                middle = area.center().x()
                painter.drawLine(QPointF(middle, area.top()), QPointF(middle, area.bottom()))


def paint_sheet(painter: QPainter, room: QRect, stock: Stock, colours: Colours) -> None:
    """A small drawing of a sheet of stock, as large as fits in the middle of a room."""
    paper, scale = _paper_in(QRectF(room), stock)
    painter.setPen(QPen(colours.muted, 1))
    painter.setBrush(colours.surface)
    painter.drawRect(paper)
    painter.setPen(QPen(colours.faded, 0.75))
    painter.setBrush(colours.chosen)
    for box in slot_boxes(stock):
        painter.drawRect(
            QRectF(
                paper.left() + box.x_mm * scale,
                paper.top() + box.y_mm * scale,
                box.width_mm * scale,
                box.height_mm * scale,
            )
        )


def _paper_in(room: QRectF, stock: Stock) -> tuple[QRectF, float]:
    """Where the paper is drawn in a room, and how many pixels a millimetre takes."""
    scale = min(room.width() / stock.paper_width_mm, room.height() / stock.paper_height_mm)
    scale = max(scale, 0.01)
    paper = QRectF(0, 0, stock.paper_width_mm * scale, stock.paper_height_mm * scale)
    paper.moveCenter(room.center())
    return paper, scale


def _slot_colours(look: SlotLook, colours: Colours) -> tuple[QColor, QColor, QColor]:
    """Ground, edge and ink of a slot."""
    match look:
        case SlotLook.FIRST:
            return colours.accent, colours.accent, colours.on_accent
        case SlotLook.FILLED:
            return colours.chosen, colours.muted, colours.text
        case SlotLook.SPOILT:
            return colours.refused.fill, colours.refused.fill, colours.refused.ink
        case SlotLook.USED:
            return colours.ground, colours.faded, colours.muted
        case SlotLook.EMPTY:
            return colours.surface, colours.border, colours.muted


def _paint_text(
    painter: QPainter, area: QRectF, shown: ShownSlot, ink: QColor, widget: QWidget
) -> None:
    """As large as is comfortable, on several lines; nothing where it would be too small to read."""
    room = area.adjusted(4, 2, -4, -2).toAlignedRect()
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.setPen(ink)
    largest = size_px(widget.font())
    most = min(largest, room.height())
    for height in range(most, _LEAST_TEXT_PX - 1, -_TEXT_STEP_PX):
        painter.setFont(sized(widget.font(), height / largest, bold=shown.look is SlotLook.FIRST))
        needed = painter.fontMetrics().boundingRect(room, flags, shown.text)
        if room.contains(needed):
            painter.drawText(room, flags, shown.text)
            return
    if painter.fontMetrics().height() <= room.height():
        text = painter.fontMetrics().elidedText(
            " ".join(shown.text.split()), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
