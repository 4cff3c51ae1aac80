"""Draws outlines and signs of answers, in a square from -1 to 1 around its centre."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from checkin_app.gui.desk.answers.faces import AnswerClass, Face, Sign

_STROKE, _IDLE_STROKE = 0.17, 0.11


def draw_face(painter: QPainter, face: Face, area: QRectF, ink: QColor, ground: QColor) -> None:
    """Draw a face: the outline filled with ``ink``, the sign cut into it with ``ground``.

    An idle face has no outline; its sign is drawn with ``ink``.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center())
    painter.scale(area.width() / 2, area.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPath(_outline(face.answer_class))
    if face.answer_class is AnswerClass.ATTENTION:
        painter.translate(0, 0.27)
        painter.scale(0.72, 0.72)
    colour = ink if face.answer_class is AnswerClass.IDLE else ground
    pen = QPen(colour, _IDLE_STROKE if face.answer_class is AnswerClass.IDLE else _STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines, dots = _SIGNS[face.sign]()
    painter.drawPath(lines)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(dots)
    painter.restore()


def _outline(answer_class: AnswerClass) -> QPainterPath:
    path = QPainterPath()
    match answer_class:
        case AnswerClass.IN:
            path.addEllipse(QPointF(0, 0), 1, 1)
        case AnswerClass.ATTENTION:
            path = _rounded([(0, -0.94), (1.02, 0.84), (-1.02, 0.84)], 0.16)
        case AnswerClass.REFUSED:
            turn = math.pi / 8
            corners = [
                (math.cos(turn + i * math.pi / 4) * 1.03, math.sin(turn + i * math.pi / 4) * 1.03)
                for i in range(8)
            ]
            path = _rounded(corners, 0.1)
        case AnswerClass.IDLE:
            pass
    return path


def _rounded(corners: list[tuple[float, float]], radius: float) -> QPainterPath:
    """A polygon whose corners are rounded off."""
    path = QPainterPath()
    count = len(corners)
    for i, corner in enumerate(corners):
        here = QPointF(*corner)
        before, after = QPointF(*corners[i - 1]), QPointF(*corners[(i + 1) % count])
        start, end = _towards(here, before, radius), _towards(here, after, radius)
        if i == 0:
            path.moveTo(start)
        else:
            path.lineTo(start)
        path.quadTo(here, end)
    path.closeSubpath()
    return path


def _towards(here: QPointF, there: QPointF, distance: float) -> QPointF:
    length = math.hypot(there.x() - here.x(), there.y() - here.y())
    return here + (there - here) * (distance / length)


_Drawing = tuple[QPainterPath, QPainterPath]


def _lines(*strokes: list[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath()
    for stroke in strokes:
        path.addPolygon(QPolygonF([QPointF(*point) for point in stroke]))
    return path


def _dots(*points: tuple[float, float], radius: float = 0.12) -> QPainterPath:
    path = QPainterPath()
    for point in points:
        path.addEllipse(QPointF(*point), radius, radius)
    return path


def _tick() -> _Drawing:
    return _lines([(-0.46, 0.04), (-0.12, 0.38), (0.48, -0.32)]), QPainterPath()


def _exclamation() -> _Drawing:
    return _lines([(0, -0.62), (0, 0.12)]), _dots((0, 0.5), radius=0.13)


def _question() -> _Drawing:
    path = QPainterPath(QPointF(-0.3, -0.26))
    path.cubicTo(-0.3, -0.74, 0.34, -0.74, 0.34, -0.26)
    path.cubicTo(0.34, 0.02, 0, 0, 0, 0.24)
    return path, _dots((0, 0.56), radius=0.115)


def _cross() -> _Drawing:
    return _lines([(-0.38, -0.38), (0.38, 0.38)], [(0.38, -0.38), (-0.38, 0.38)]), QPainterPath()


def _struck_ticket() -> _Drawing:
    path = QPainterPath()
    path.addRoundedRect(QRectF(-0.52, -0.34, 1.04, 0.68), 0.1, 0.1)
    path.addPath(_lines([(-0.6, 0.56), (0.6, -0.56)]))
    return path, QPainterPath()


def _hourglass() -> _Drawing:
    path = _lines(
        [(-0.4, -0.6), (0.4, -0.6)],
        [(-0.4, 0.6), (0.4, 0.6)],
        [(-0.28, -0.6), (-0.28, -0.4), (0.28, 0.4), (0.28, 0.6)],
        [(0.28, -0.6), (0.28, -0.4), (-0.28, 0.4), (-0.28, 0.6)],
    )
    return path, QPainterPath()


def _bar() -> _Drawing:
    path = QPainterPath()
    path.addRoundedRect(QRectF(-0.56, -0.17, 1.12, 0.34), 0.06, 0.06)
    return QPainterPath(), path


def _clock() -> _Drawing:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), 0.58, 0.58)
    path.addPath(_lines([(0, -0.3), (0, 0.04), (0.24, 0.18)]))
    return path, QPainterPath()


def _full_rows() -> _Drawing:
    spots = [(x, y) for y in (-0.36, 0, 0.36) for x in (-0.4, 0, 0.4)]
    return QPainterPath(), _dots(*spots, radius=0.135)


def _two_people() -> _Drawing:
    path = QPainterPath()
    for x in (-0.36, 0.36):
        path.addEllipse(QPointF(x, -0.24), 0.19, 0.19)
        path.moveTo(x - 0.28, 0.5)
        path.cubicTo(x - 0.28, 0.08, x + 0.28, 0.08, x + 0.28, 0.5)
    return path, QPainterPath()


def _broken_disk() -> _Drawing:
    path = QPainterPath()
    path.addRoundedRect(QRectF(-0.48, -0.48, 0.96, 0.96), 0.1, 0.1)
    path.addPath(_lines([(0, -0.22), (0, 0.08)]))
    return path, _dots((0, 0.28), radius=0.09)


def _arrow_back() -> _Drawing:
    path = _lines([(-0.3, -0.62), (-0.66, -0.26), (-0.3, 0.1)])
    path.moveTo(-0.6, -0.26)
    path.lineTo(0.2, -0.26)
    path.cubicTo(0.78, -0.26, 0.78, 0.56, 0.2, 0.56)
    path.lineTo(-0.2, 0.56)
    return path, QPainterPath()


def _scan() -> _Drawing:
    path = _lines(
        [(-0.8, -0.42), (-0.8, -0.7), (-0.52, -0.7)],
        [(0.52, -0.7), (0.8, -0.7), (0.8, -0.42)],
        [(0.8, 0.42), (0.8, 0.7), (0.52, 0.7)],
        [(-0.52, 0.7), (-0.8, 0.7), (-0.8, 0.42)],
    )
    for x in (-0.45, -0.15, 0.15, 0.45):
        path.addPath(_lines([(x, -0.32), (x, 0.32)]))
    return path, QPainterPath()


_SIGNS = {
    Sign.TICK: _tick,
    Sign.EXCLAMATION: _exclamation,
    Sign.QUESTION: _question,
    Sign.CROSS: _cross,
    Sign.STRUCK_TICKET: _struck_ticket,
    Sign.HOURGLASS: _hourglass,
    Sign.BAR: _bar,
    Sign.CLOCK: _clock,
    Sign.FULL_ROWS: _full_rows,
    Sign.TWO_PEOPLE: _two_people,
    Sign.BROKEN_DISK: _broken_disk,
    Sign.ARROW_BACK: _arrow_back,
    Sign.SCAN: _scan,
}
