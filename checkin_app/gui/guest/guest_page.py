"""Paints what the guest reads, as large as it fits: upright or lying, on a tablet or a television.

All measures are shares of the page, so that a preview looks as the window does.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from checkin_app.gui.appearance.theme import Colours, colours_of
from checkin_app.gui.desk.answers.faces import AnswerClass, Face, Sign
from checkin_app.gui.desk.answers.signs import draw_face
from checkin_app.gui.guest.answer_button import AnswerButton
from checkin_app.gui.guest.guest_message import GuestMessage, GuestMood
from checkin_app.gui.guest.large_text import LargeText, enlarge

FAMILIES = ["Inter", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Georgian"]
_SCAN, _TICK = Face(AnswerClass.IDLE, Sign.SCAN), Face(AnswerClass.IN, Sign.TICK)
_PEOPLE = Face(AnswerClass.IDLE, Sign.TWO_PEOPLE)
_LEAST_SHARE = 0.022
"""No letter is smaller than this share of the page's shorter side."""
_GIVE_WAY = 0.93
_UPRIGHT = 1.15
"""On an upright page letters are sized by its width times this, for lines are short there."""


@dataclass(frozen=True, slots=True)
class _Text:
    """How one text is set.

    Attributes:
        most: the largest size of its letters.
        gap: the space above it; both are shares of the page's height.
        is_right_to_left: the line runs so, whatever letters it begins with.
    """

    words: str
    most: float
    colour: QColor
    bold: bool = False
    lines: int = 2
    gap: float = 0.02
    is_right_to_left: bool = False


class GuestPage(QWidget):
    """Shows a ``GuestMessage``.

    Signals:
        confirmed: the guest says that the name is right.
        refuted: the guest says that it is not.

    Attributes:
        message: what is shown.
        yes, no: the buttons; hidden unless the guest is asked.
    """

    confirmed = Signal()
    refuted = Signal()

    def __init__(self, message: GuestMessage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.message = message
        self.yes = AnswerButton("check", is_main=True, parent=self)
        self.no = AnswerButton("close", is_main=False, parent=self)
        self.yes.clicked.connect(self.confirmed)
        self.no.clicked.connect(self.refuted)
        self.show_message(message)

    def show_message(self, message: GuestMessage) -> None:
        """Replace what is shown."""
        self.message = message
        self.setAccessibleName(message.full_text)
        for button, words in ((self.yes, message.yes), (self.no, message.no)):
            button.show_words(words)
            button.setVisible(bool(message.question))
        self._place_buttons()
        self.update()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons under the question."""
        self._place_buttons()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, then the face of the moment."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self.palette())
        painter.fillRect(self.rect(), colours.ground)
        match self.message.mood:
            case GuestMood.IDLE:
                self._paint_idle(painter, colours)
            case GuestMood.WELCOME:
                self._paint_welcome(painter, colours)
            case GuestMood.THANKS:
                self._paint_thanks(painter, colours)
            case GuestMood.ASK_DESK:
                self._paint_ask_desk(painter, colours)
        painter.end()

    # The faces

    def _paint_idle(self, painter: QPainter, colours: Colours) -> None:
        message = self.message
        painter.fillRect(QRectF(0, 0, self.width(), self.height() * 0.34), colours.surface)
        self._write(
            painter,
            self._strip(0.03, 0.31),
            _Text(message.name, 0.075, colours.text, bold=True, lines=4),
            _Text(message.also, 0.032, colours.muted),
        )
        self._sign(painter, _SCAN, 0.41, 0.16, colours.accent, colours.ground)
        self._write(
            painter,
            self._strip(0.6, 0.95),
            _Text(message.headline, 0.12, colours.text, bold=True),
            _Text(message.detail, 0.06, colours.text, lines=3),
        )

    def _paint_welcome(self, painter: QPainter, colours: Colours) -> None:
        message = self.message
        painter.fillRect(QRectF(0, 0, self.width(), self.height() * 0.16), colours.inside.fill)
        self._write(
            painter,
            self._strip(0.01, 0.15),
            _Text(message.headline, 0.08, colours.inside.ink, bold=True, lines=1),
        )
        bottom = self._buttons_top - 0.09 if message.question else 0.66 if message.way else 0.95
        person = self._strip(0.175, bottom - 0.005)
        self._write(
            painter,
            self._strip(bottom, bottom + 0.08),
            _Text(message.question, 0.045, colours.text, lines=1),
        )
        self._write(
            painter,
            person,
            _Text(message.name, 0.16, colours.text, bold=True, lines=4),
            _Text(message.detail, 0.042, colours.muted, gap=0.025),
        )
        self._paint_way(painter, *((0.75, 0.965) if message.question else (0.68, 0.95)), colours)

    def _paint_thanks(self, painter: QPainter, colours: Colours) -> None:
        self._sign(painter, _TICK, 0.12, 0.22, colours.inside.fill, colours.inside.ink)
        self._write(
            painter,
            self._strip(0.38, 0.62),
            _Text(self.message.headline, 0.11, colours.text, bold=True),
        )
        self._paint_way(painter, 0.68, 0.95, colours)

    def _paint_ask_desk(self, painter: QPainter, colours: Colours) -> None:
        message = self.message
        self._sign(painter, _PEOPLE, 0.12, 0.22, colours.accent, colours.ground)
        self._write(
            painter,
            self._strip(0.38, 0.92),
            _Text(message.headline, 0.08, colours.text),
            _Text(message.detail, 0.1, colours.text, bold=True, lines=4),
            _Text(message.also, 0.055, colours.muted, lines=3, gap=0.06),
        )

    def _paint_way(self, painter: QPainter, top: float, bottom: float, colours: Colours) -> None:
        """A card: when, to what, and an arrow to the room, understood in every language."""
        way = self.message.way
        if way is None:
            return
        card = self._strip(top, bottom)
        painter.setPen(colours.border)
        painter.setBrush(colours.surface)
        radius = self.height() * 0.02
        painter.drawRoundedRect(card, radius, radius)
        is_rtl = self.message.is_right_to_left
        arrow = "←" if is_rtl else "→"
        self._write(
            painter,
            card.adjusted(self._margin, radius / 2, -self._margin, -radius / 2),
            _Text(way.when, 0.038, colours.accent, bold=True, gap=0),
            _Text(way.title, 0.05, colours.text, bold=True, lines=3, gap=0.01),
            _Text(
                f"{arrow} {way.room}" if way.room else "",
                0.05,
                colours.text,
                gap=0.01,
                is_right_to_left=is_rtl,
            ),
        )

    # Inside

    @property
    def _buttons_top(self) -> float:
        return 0.6 if self.message.way else 0.74

    @property
    def _margin(self) -> float:
        return min(self.width(), self.height()) * 0.06

    @property
    def _least_px(self) -> int:
        return max(6, round(min(self.width(), self.height()) * _LEAST_SHARE))

    def _font(self, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setFamilies(FAMILIES)
        font.setBold(bold)
        return font

    def _strip(self, top: float, bottom: float) -> QRectF:
        """From one share of the height to another, inside the margins."""
        height, margin = self.height(), self._margin
        return QRectF(margin, top * height, self.width() - 2 * margin, (bottom - top) * height)

    def _write(self, painter: QPainter, area: QRectF, *texts: _Text) -> None:
        """Texts as one block in the middle of an area; the highest gives way until they fit."""
        given = [text for text in texts if text.words]
        unit = min(self.height(), _UPRIGHT * self.width())
        most_px = [round(text.most * unit) for text in given]
        gaps = sum(text.gap for text in given[1:]) * self.height()
        while True:
            fitted = [
                self._enlarged(text, area.width(), most)
                for text, most in zip(given, most_px, strict=True)
            ]
            height = sum(one.height_px for one in fitted) + gaps
            highest = max(range(len(given)), key=lambda i: fitted[i].height_px, default=0)
            if height <= area.height() or fitted[highest].size_px <= self._least_px:
                break
            most_px[highest] = int(fitted[highest].size_px * _GIVE_WAY)
        top = area.top() + max(0.0, area.height() - height) / 2
        for text, large in zip(given, fitted, strict=True):
            top += text.gap * self.height() if text is not given[0] else 0.0
            self._draw_lines(painter, text, large, area, top)
            top += large.height_px

    def _enlarged(self, text: _Text, width_px: float, most_px: int) -> LargeText:
        return enlarge(
            text.words,
            self._font(bold=text.bold),
            width_px,
            least_px=self._least_px,
            most_px=most_px,
            most_lines=text.lines,
        )

    def _draw_lines(
        self, painter: QPainter, text: _Text, large: LargeText, area: QRectF, top: float
    ) -> None:
        font = self._font(bold=text.bold)
        font.setPixelSize(large.size_px)
        painter.setFont(font)
        painter.setPen(text.colour)
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft
            if text.is_right_to_left
            else Qt.LayoutDirection.LayoutDirectionAuto
        )
        # Letters of another script reach beyond the line of the font that has none of them.
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
        for number, words in enumerate(large.lines):
            line = QRectF(area)
            line.setTop(top + number * large.line_height_px)
            line.setHeight(large.line_height_px)
            painter.drawText(line, int(flags), words)

    def _sign(
        self, painter: QPainter, face: Face, top: float, height: float, ink: QColor, ground: QColor
    ) -> None:
        side = min(height * self.height(), self.width() * 0.4)
        area = QRectF((self.width() - side) / 2, top * self.height(), side, side)
        draw_face(painter, face, area, ink, ground)

    def _place_buttons(self) -> None:
        """Two halves of a row; "yes" comes first in the direction of the script."""
        gap = self._margin * 0.5
        width = min((self.width() - 2 * self._margin - gap) / 2, self.height() * 0.55)
        left = (self.width() - 2 * width - gap) / 2
        places = [
            QRectF(at, self.height() * self._buttons_top, width, self.height() * 0.115)
            for at in (left, left + width + gap)
        ]
        if self.message.is_right_to_left:
            places.reverse()
        for button, place in zip((self.yes, self.no), places, strict=True):
            button.setGeometry(place.toRect())
