"""All keys of the desk, laid over the screen by F1."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.desk.key_button import key_text
from checkin_app.gui.desk.side.camera_place import SWITCH_KEY
from checkin_app.gui.printing.print_line import QUEUE_KEY


class CheatSheet(QWidget):
    """Covers its parent while it is shown. Any scan, click, Esc or F1 takes it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setAccessibleName(self.tr("Keys of the desk"))
        self._lines = self._keys()
        self.setAccessibleDescription("; ".join(f"{key}: {does}" for key, does in self._lines))
        self.hide()

    def open(self) -> None:
        """Lay it over the parent."""
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click or a touch takes it away."""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil, a card, keys in two columns."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self.palette())
        painter.fillRect(self.rect(), QColor(0, 0, 0, 140))
        font, key_font = sized(self.font(), 1.1), sized(self.font(), 1.0, bold=True)
        row = QFontMetricsF(font).height() * 1.95
        rows = -(-len(self._lines) // 2)
        card = QRectF(0, 0, min(self.width() - 60.0, 66.0 * size_px(font)), row * (rows + 1.1) + 52)
        card.moveCenter(QRectF(self.rect()).center())
        painter.setPen(colours.border)
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(card, 16, 16)
        inner = card.adjusted(32, 20, -32, -16)
        painter.setPen(colours.text)
        painter.setFont(sized(self.font(), 1.4, bold=True))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop), self.accessibleName())
        inner.setTop(inner.top() + row * 1.1)
        key_width = (
            max(QFontMetricsF(key_font).horizontalAdvance(key) for key, _ in self._lines) + 24
        )
        column_width = inner.width() / 2
        for i, (key, does) in enumerate(self._lines):
            column, line = divmod(i, rows)
            left, top = inner.left() + column * column_width, inner.top() + line * row
            box = QRectF(left, top + row * 0.12, key_width, row * 0.76)
            painter.setPen(colours.border)
            painter.setBrush(colours.raised)
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(colours.text)
            painter.setFont(key_font)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), key)
            painter.setFont(font)
            text = QRectF(box.right() + 14, top, column_width - key_width - 24, row)
            painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), does)

    def _keys(self) -> tuple[tuple[str, str], ...]:
        return (
            (key_text("Return"), self.tr("check in the selected person")),
            ("↑ ↓", self.tr("move in the results")),
            (key_text("Esc"), self.tr("clear the field, close a panel")),
            (key_text("Ctrl+Z"), self.tr("undo the last check-in")),
            (key_text("Ctrl+Return"), self.tr("check in anyway, then 1 to 4")),
            (key_text("Ctrl+N"), self.tr("walk-in: somebody not on the list")),
            (key_text("Ctrl+E"), self.tr("correct name or organisation")),
            (key_text("Ctrl+H"), self.tr("history of this person")),
            (key_text("Ctrl+P"), self.tr("print the badge of this person")),
            (key_text("Ctrl+Shift+P"), self.tr("this person on the badges screen")),
            (key_text(QUEUE_KEY), self.tr("print queue")),
            (key_text("Ctrl+L"), self.tr("choose the check-in list")),
            (key_text("Ctrl+V"), self.tr("scan a copied picture of a ticket")),
            (key_text(SWITCH_KEY), self.tr("camera on or off")),
            (key_text("F5"), self.tr("try again what was not stored")),
            (f"{key_text('Ctrl+1')} – 7", self.tr("the screens, from desk to settings")),
            (key_text("Ctrl+8"), self.tr("the inbox, once anything waits")),
            (key_text("F10"), self.tr("event menu")),
            (key_text("F1"), self.tr("this sheet")),
        )
