"""What a typed code was understood as, in the colour of what it means."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.gui.appearance.theme import Tone, colours_of, sized
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown

_RADIUS_PX = 10


class Meaning(Enum):
    """What an answer means."""

    NOTHING_YET = "nothing yet"
    DONE = "done"
    ATTENTION = "attention"
    WRONG = "wrong"


class AnswerCard(QWidget):
    """A name, large, and a sentence below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning = Meaning.NOTHING_YET
        self.name = plain_label()
        self.name.setFont(sized(self.font(), 1.5, bold=True))
        self.name.setWordWrap(True)
        self.sentence = plain_label()
        self.sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.sentence)

    @property
    def meaning(self) -> Meaning:
        """What is shown now means this."""
        return self._meaning

    def show_answer(self, meaning: Meaning, name: str, sentence: str) -> None:
        """Show this, and say it to those who listen."""
        self._meaning = meaning
        self.name.setText(shown(name))
        self.sentence.setText(shown(sentence))
        self.sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{name} {sentence}".strip())
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._colour()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A filled card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._tone.fill)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect(), _RADIUS_PX, _RADIUS_PX)

    @property
    def _tone(self) -> Tone:
        colours = colours_of(self.palette())
        match self._meaning:
            case Meaning.DONE:
                return colours.inside
            case Meaning.ATTENTION:
                return colours.attention
            case Meaning.WRONG:
                return colours.refused
            case _:
                return Tone(colours.raised, colours.muted)

    def _colour(self) -> None:
        sheet = f"color: {self._tone.ink.name()};"
        for label in (self.name, self.sentence):
            if label.styleSheet() != sheet:
                label.setStyleSheet(sheet)
        self.update()
