"""The one field of the desk: takes typed search; scans pass it by (see gui.devices)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import colours_of, sized
from checkin_app.gui.window.given_files import is_pasted_picture

_HEIGHT_PX = 56
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -5,
    Qt.Key.Key_PageDown: 5,
}
_CTRL = Qt.KeyboardModifier.ControlModifier
_KEYS_OF_DESK = (Qt.Key.Key_Z, Qt.Key.Key_E, Qt.Key.Key_H, Qt.Key.Key_L)
_LONGEST_SEARCH = 200


class SearchField(QLineEdit):
    """A line that leaves the desk's keys to the desk.

    Signals:
        moved: by how many lines the selection in the results should move.
        entered: Enter was pressed; the text as it stands.
    """

    moved = Signal(int)
    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setMaxLength(_LONGEST_SEARCH)
        self.setFixedHeight(_HEIGHT_PX)
        self.setFont(sized(self.font(), 1.3))
        self.setTextMargins(38, 0, 0, 0)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(self.tr("Scan, or type a name"))
        self.setAccessibleName(self.tr("Scan or search"))
        self.setAccessibleDescription(
            self.tr("Type a name, organisation, e-mail or code. Enter checks in.")
        )

    def sizeHint(self) -> QSize:
        """As wide as there is room for."""
        return QSize(420, _HEIGHT_PX)

    def event(self, event: QEvent) -> bool:
        """Keep Qt's own editing keys from taking the desk's: Ctrl+Z, Ctrl+E and others.

        A line editor claims them by accepting ``ShortcutOverride``. To paste is its own, unless
        it is a picture.
        """
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (_is_of_desk(event) or _pastes_picture(event))
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the results, Enter chooses, the rest is typing."""
        if event.key() in _MOVES and not event.modifiers() & _CTRL:
            self.moved.emit(_MOVES[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & _CTRL:
                event.ignore()
            else:
                self.entered.emit(self.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line as any other, with a magnifying glass at its start."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = 24
        area = self.rect()
        area.setRect(16, (self.height() - side) // 2, side, side)
        paint_icon(painter, "search", area, colours_of(self.palette()).muted)


def _is_of_desk(event: QKeyEvent) -> bool:
    return event.modifiers() == _CTRL and event.key() in _KEYS_OF_DESK


def _pastes_picture(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Paste) and is_pasted_picture(
        QGuiApplication.clipboard().mimeData()
    )
