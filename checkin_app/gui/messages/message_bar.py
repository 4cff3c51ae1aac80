"""One calm line at the foot of the window: what happened, what to do next, one thing to press."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from checkin_app.gui.appearance.icons import icon, paint_icon
from checkin_app.gui.appearance.theme import Tone, colours_of
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import label, shown

_SHOWN_MS = 8000
_LONGEST_MESSAGE = 600


class MessageKind(Enum):
    """How a message is coloured, and whether it leaves by itself."""

    DONE = auto()
    """Something went well; leaves after some seconds."""
    WARNING = auto()
    """Something needs care; stays until it is closed or replaced."""


class MessageBar(QWidget):
    """Shows one message at a time; a new one replaces the old.

    Never takes the focus from the field: everything in it is reached by mouse, touch or Tab.

    Attributes:
        act: the button of the one thing to press.
        copy: copies the technical details.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = MessageKind.DONE
        self._details = ""
        self._action: Callable[[], object] | None = None
        self._text = plain_label(parent=self)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.act = self._button()
        self.act.clicked.connect(self._press_action)
        self.copy = self._button(self.tr("Copy details"), "copy")
        self.copy.clicked.connect(self._copy_details)
        self._close = self._button("", "close")
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.clicked.connect(self.clear)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(48, 6, 8, 6)
        for widget in (self._text, self.act, self.copy, self._close):
            layout.addWidget(widget)
        self.hide()

    def show_message(
        self,
        text: str,
        kind: MessageKind = MessageKind.DONE,
        *,
        action_text: str = "",
        action: Callable[[], object] | None = None,
        details: str = "",
    ) -> None:
        """Show a line, with one thing to press and technical details to copy, if there are any."""
        self._kind, self._details, self._action = kind, details, action
        self._text.setText(shown(text, _LONGEST_MESSAGE))
        self.act.setText(label(action_text))
        self.act.setVisible(action is not None)
        self.copy.setVisible(bool(details))
        self.copy.setText(self.tr("Copy details"))
        self._leave.stop()
        if kind is MessageKind.DONE:
            self._leave.start(_SHOWN_MS)
        self._colour()
        self.setAccessibleName(self._text.text())
        self.show()

    def clear(self) -> None:
        """Remove the message."""
        self._leave.stop()
        self.hide()

    @property
    def text(self) -> str:
        """The line shown, or empty."""
        return self._text.text() if not self.isHidden() else ""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._colour()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A filled bar with the sign of its kind."""
        tone = self._tone
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(tone.fill)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect(), 8, 8)
        sign = "warning" if self._kind is MessageKind.WARNING else "check"
        area = self.rect().adjusted(14, (self.height() - 22) // 2, 0, 0)
        area.setSize(
            area.size().boundedTo(area.size().scaled(22, 22, Qt.AspectRatioMode.IgnoreAspectRatio))
        )
        paint_icon(painter, sign, area, tone.ink)

    @property
    def _tone(self) -> Tone:
        colours = colours_of(self.palette())
        if self._kind is MessageKind.WARNING:
            return colours.warning
        return Tone(colours.chosen, colours.text)

    def _colour(self) -> None:
        ink = self._tone.ink.name()
        sheet = f"color: {ink};"
        if self._text.styleSheet() != sheet:
            self._text.setStyleSheet(sheet)
        self.update()

    def _button(self, text: str = "", icon_name: str = "") -> QPushButton:
        button = QPushButton(text, self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if icon_name:
            button.setIcon(icon(icon_name))
        return button

    def _press_action(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.copy.setText(self.tr("Copied"))
