"""The answer that fills a third of the screen: colour, outline, sign, word and name.

Everything is painted as plain text from an ``Answer``; nothing here interprets markup.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import Tone, colours_of, size_px, sized
from checkin_app.gui.desk.answers.answers import Answer
from checkin_app.gui.desk.answers.faces import AnswerClass
from checkin_app.gui.desk.answers.fitted_text import FittedText, fit
from checkin_app.gui.desk.answers.signs import draw_face
from checkin_app.gui.plain_text import tool_tip

_RADIUS_PX = 16
_LEAST_NAME_PX = 26
_PILL_PADDING_PX = 16
_MARK_MARGIN_PX = 20
_SHARES = tuple((share, remarks) for remarks in (True, False) for share in (0.42, 0.36, 0.31, 0.26))
"""The name's share of the height, and whether remarks are shown: tried in this order."""
_MOST_FILLED = 0.92


class AnswerPanel(QWidget):
    """Shows one answer until the next.

    Attributes:
        answer: what is shown.
    """

    def __init__(self, answer: Answer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(220)
        self.setObjectName("answer")
        self.answer = answer
        self.show_answer(answer)

    def show_answer(self, answer: Answer) -> None:
        """Replace what is shown, and tell screen readers."""
        self.answer = answer
        self.setToolTip(tool_tip(answer.full_text))
        self.setAccessibleName(answer.full_text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.update()

    def sizeHint(self) -> QSize:
        """A third of a screen of 1280x800."""
        return QSize(1150, 320)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, face, texts, attention."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = self._tone()
        self._draw_ground(painter, tone)
        area = QRectF(self.rect()).adjusted(0, 0, 0, -self._draw_attention(painter))
        margin = area.height() * 0.1
        face_side = min(area.height() * 0.62, area.width() * 0.2)
        face = QRectF(0, 0, face_side, face_side)
        face.moveCenter(area.center())
        face.moveLeft(margin + area.height() * 0.04)
        ink = colours_of(self.palette()).accent if self._is_idle else tone.ink
        draw_face(painter, self.answer.face, face, ink, tone.fill)
        left = face.right() + area.height() * 0.14
        texts = QRectF(left, area.top(), area.right() - left - margin, area.height())
        self._draw_texts(painter, texts, tone)
        self._draw_mark(painter, area, tone)

    @property
    def _is_idle(self) -> bool:
        return self.answer.face.answer_class is AnswerClass.IDLE

    def _tone(self) -> Tone:
        colours = colours_of(self.palette())
        return {
            AnswerClass.IN: colours.inside,
            AnswerClass.ATTENTION: colours.attention,
            AnswerClass.REFUSED: colours.refused,
            AnswerClass.IDLE: colours.idle,
        }[self.answer.face.answer_class]

    def _draw_ground(self, painter: QPainter, tone: Tone) -> None:
        painter.setPen(colours_of(self.palette()).border if self._is_idle else tone.fill)
        painter.setBrush(tone.fill)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS_PX, _RADIUS_PX
        )

    def _draw_attention(self, painter: QPainter) -> float:
        """The strip at the foot that must not be overlooked. Returns its height with margins."""
        if not self.answer.attention:
            return 0.0
        warning = Tone(QColor("#ffd34d"), QColor("#221800"))
        font = sized(self.font(), 1.6, bold=True)
        gap = 12.0
        room = QRectF(self.rect()).adjusted(gap, 0, -gap, -gap)
        icon_side = size_px(font) * 1.5
        text_left = room.left() + icon_side + 32
        fitted = fit(
            self.answer.attention,
            font,
            room.right() - 16 - text_left,
            self.height() * 0.26,
            least_px=round(size_px(font) * 0.8),
            most_px=size_px(font),
        )
        strip = QRectF(room)
        strip.setTop(room.bottom() - fitted.height_px - 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(warning.fill)
        painter.drawRoundedRect(strip, 10, 10)
        icon_area = QRectF(0, 0, icon_side, icon_side)
        icon_area.moveCenter(strip.center())
        icon_area.moveLeft(strip.left() + 16)
        paint_icon(painter, "warning", icon_area, warning.ink)
        painter.setPen(warning.ink)
        fitted.draw(painter, font, text_left, strip.top() + 10)
        return strip.height() + gap

    def _draw_mark(self, painter: QPainter, area: QRectF, tone: Tone) -> None:
        """In the corner that nothing else uses, small: it asks nothing of anybody."""
        if not self.answer.mark:
            return
        painter.setFont(sized(self.font(), 0.95))
        painter.setPen(tone.ink)
        corner = area.adjusted(0, 0, -_MARK_MARGIN_PX, -_MARK_MARGIN_PX * 0.6)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(corner, int(flags), self.answer.mark)

    def _draw_texts(self, painter: QPainter, area: QRectF, tone: Tone) -> None:
        """Word, name, organisation, next step, remarks: a block in the middle of its area."""
        pill = self._fit_category(area)
        rows, height = self._rows_that_fit(area, pill.width_px)
        top = area.top() + (area.height() - height) / 2
        pill.draw(painter, area.right(), top + rows[0].text.height_px / 2, tone)
        painter.setPen(tone.ink)
        for row in rows:
            top += row.space_px
            row.text.draw(painter, row.font, area.left(), top)
            top += row.text.height_px

    def _rows_that_fit(self, area: QRectF, pill_width_px: float) -> tuple[list[_Row], float]:
        """The texts with the largest whole name that leaves room; remarks give way to it."""
        word, details = self._word(area, pill_width_px), self._details(area)
        remarks = self._remarks(area)
        fitting = None
        for name_share, with_remarks in _SHARES:
            name = self._name(area, name_share)
            rows = [word, *name, *details, *(remarks if with_remarks else [])]
            height = sum(row.space_px + row.text.height_px for row in rows)
            if height > area.height() * _MOST_FILLED:
                continue
            fitting = fitting or (rows, height)
            if not any(row.text.is_cut for row in name):
                return rows, height
        return fitting or (rows, height)

    def _word(self, area: QRectF, pill_width_px: float) -> _Row:
        font = sized(self.font(), 1.0, bold=True)
        most = area.height() * (0.17 if self.answer.is_person else 0.27)
        width = area.width() - pill_width_px
        word = fit(
            self.answer.word, font, width, most, least_px=22, most_px=round(most), most_lines=1
        )
        return _Row(word, font)

    def _name(self, area: QRectF, share: float) -> list[_Row]:
        if not self.answer.name:
            return []
        font = sized(self.font(), 1.0, bold=self.answer.is_person)
        return [_Row(self._fit_name(font, area, share), font)]

    def _details(self, area: QRectF) -> list[_Row]:
        """Organisation and role, then what to do next."""
        unit, width = area.height(), area.width()
        plain, bold = QFont(self.font()), sized(self.font(), 1.0, bold=True)
        rows = []
        if self.answer.about:
            about = fit(
                self.answer.about, plain, width, unit * 0.14, least_px=17, most_px=34, even=False
            )
            rows.append(_Row(about, plain, unit * 0.01))
        if self.answer.step:
            step = fit(
                self.answer.step, bold, width, unit * 0.19, least_px=16, most_px=30, even=False
            )
            rows.append(_Row(step, bold, unit * 0.06))
        return rows

    def _remarks(self, area: QRectF) -> list[_Row]:
        if not self.answer.remarks:
            return []
        unit, plain = area.height(), QFont(self.font())
        text = "  ·  ".join(self.answer.remarks)
        remarks = fit(text, plain, area.width(), unit * 0.13, least_px=15, most_px=21, even=False)
        return [_Row(remarks, plain, unit * 0.025)]

    def _fit_name(self, font: QFont, area: QRectF, share: float) -> FittedText:
        unit, width = area.height(), area.width()
        if self.answer.is_person:
            most_px = round(unit * share * 0.74)
            return fit(
                self.answer.name,
                font,
                width,
                unit * share,
                least_px=_LEAST_NAME_PX,
                most_px=most_px,
            )
        most_px = round(unit * 0.11)
        return fit(self.answer.name, font, width, unit * 0.26, least_px=20, most_px=most_px)

    def _fit_category(self, area: QRectF) -> _Pill:
        if not self.answer.category:
            return _Pill(None, self.font())
        font = sized(self.font(), 1.0, bold=True)
        text = fit(
            self.answer.category,
            font,
            area.width() * 0.42,
            area.height() * 0.1,
            least_px=15,
            most_px=22,
            most_lines=1,
        )
        return _Pill(text, font)


@dataclass(frozen=True, slots=True)
class _Row:
    """One text of the block, its font and the space above it."""

    text: FittedText
    font: QFont
    space_px: float = 0.0


@dataclass(frozen=True, slots=True)
class _Pill:
    """The category in a rounded box, or nothing."""

    text: FittedText | None
    font: QFont

    @property
    def width_px(self) -> float:
        """With the space to the left of it."""
        return self._text_width_px + 2 * _PILL_PADDING_PX + 24 if self.text else 0.0

    def draw(self, painter: QPainter, right_px: float, middle_px: float, tone: Tone) -> None:
        """Paint it in the colours of the panel, exchanged."""
        if self.text is None:
            return
        width = self._text_width_px + 2 * _PILL_PADDING_PX
        height = self.text.height_px + 10
        box = QRectF(right_px - width, middle_px - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.ink)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(tone.fill)
        self.text.draw(painter, self.font, box.left() + _PILL_PADDING_PX, box.top() + 5)

    @property
    def _text_width_px(self) -> float:
        assert self.text is not None
        font = QFont(self.font)
        font.setPixelSize(self.text.size_px)
        return QFontMetricsF(font).horizontalAdvance(self.text.lines[0])
