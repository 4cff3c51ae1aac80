"""How sheets of stock and their slots are painted, large to be touched and small as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from checkin_app.badges.sheets.impose import slot_boxes
from checkin_app.domain.badges.stock import Fold, Stock
from checkin_app.gui.appearance.theme import Colours, size_px, sized

_LEAST_TEXT_PX = 9
_TEXT_STEP_PX = 2


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


@dataclass(frozen=True, slots=True)
class SlotShape:
    """The form of a slot on the screen.

    Attributes:
        radius_px: of its corners.
        is_under_pointer: whether a click would be on it.
        is_crowded: whether it is one of so many that its text is not broken into lines.
    """

    fold: Fold
    radius_px: float
    is_under_pointer: bool
    is_crowded: bool


def paint_slot(
    painter: QPainter,
    place: QRectF,
    shown: ShownSlot,
    shape: SlotShape,
    colours: Colours,
    font: QFont,
) -> None:
    """A slot with its crease, and its text or its cross."""
    fill, edge, ink = _slot_colours(shown.look, colours)
    area = place.adjusted(0.5, 0.5, -0.5, -0.5)
    is_hot = shape.is_under_pointer and shown.answers
    painter.setPen(QPen(colours.accent if is_hot else edge, 1.5))
    painter.setBrush(fill)
    painter.drawRoundedRect(area, shape.radius_px, shape.radius_px)
    painter.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
    middle = area.center()
    match shape.fold:
        case Fold.TENT:
            painter.drawLine(QPointF(area.left(), middle.y()), QPointF(area.right(), middle.y()))
        case Fold.BOOK:
            painter.drawLine(QPointF(middle.x(), area.top()), QPointF(middle.x(), area.bottom()))
    if shown.look is SlotLook.USED:
        painter.setPen(QPen(colours.faded, 1))
        painter.drawLine(area.topLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomLeft())
    elif shown.text:
        painter.setPen(ink)
        if shape.is_crowded:
            _paint_line(painter, area, shown, font)
        else:
            _paint_text(painter, area, shown, font)


def paint_sheet(painter: QPainter, room: QRect, stock: Stock, colours: Colours) -> None:
    """A small drawing of a sheet of stock, as large as fits in the middle of a room."""
    paper, scale = paper_in(QRectF(room), stock)
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


def paper_in(room: QRectF, stock: Stock) -> tuple[QRectF, float]:
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


def _paint_text(painter: QPainter, area: QRectF, shown: ShownSlot, font: QFont) -> None:
    """As large as is comfortable, on several lines; on one where that is too small to read."""
    room = area.adjusted(4, 2, -4, -2).toAlignedRect()
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    largest = size_px(font)
    for height in range(min(largest, room.height()), _LEAST_TEXT_PX - 1, -_TEXT_STEP_PX):
        painter.setFont(sized(font, height / largest, bold=shown.look is SlotLook.FIRST))
        needed = painter.fontMetrics().boundingRect(room, flags, shown.text)
        if room.contains(needed):
            painter.drawText(room, flags, shown.text)
            return
    _paint_line(painter, area, shown, font)


def _paint_line(painter: QPainter, area: QRectF, shown: ShownSlot, font: QFont) -> None:
    """Small, on one line; nothing where there is no room for it."""
    room = area.adjusted(2, 0, -2, 0).toAlignedRect()
    painter.setFont(sized(font, _LEAST_TEXT_PX / size_px(font)))
    metrics = painter.fontMetrics()
    if metrics.height() <= room.height():
        text = " ".join(shown.text.split())
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elided)
