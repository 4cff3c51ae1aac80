"""The window on the guest's screen. It fills it, and never takes a key from the desk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontDatabase, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.gui.guest.guest_message import GuestMessage
from checkin_app.gui.guest.guest_page import GuestPage
from checkin_app.resource_files import resource_path

_FONT_FILES = tuple(
    f"NotoSans{script}-{weight}.ttf"
    for script in ("Arabic", "Hebrew", "Georgian")
    for weight in ("Regular", "Bold")
)


class GuestWindow(QWidget):
    """A window without frame around a ``GuestPage``.

    Signals:
        closed_by_hand: somebody closed it by the means of the desktop.

    Attributes:
        page: what the guest reads.
    """

    closed_by_hand = Signal()

    def __init__(self, message: GuestMessage) -> None:
        super().__init__(
            None,
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setObjectName("guestWindow")
        self.setWindowTitle(self.tr("For the guest"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # The program ends with the desk's window, whether or not this one is open.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        add_guest_fonts()
        self.page = GuestPage(message, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)

    def fill(self, screen: QScreen) -> None:
        """Show it on a screen, wherever it was."""
        if self.isVisible() and self.screen() is screen and self.geometry() == screen.geometry():
            return
        self.hide()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        # Not showFullScreen(), which would ask for the keyboard.
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell when it was not the program."""
        super().closeEvent(event)
        if event.spontaneous():
            self.closed_by_hand.emit()


def add_guest_fonts() -> None:
    """Let the alphabets be drawn that the font of the window lacks."""
    known = QFontDatabase.families()
    for file_name in _FONT_FILES:
        family = f"Noto Sans {file_name.removeprefix('NotoSans').split('-')[0]}"
        if family not in known:
            QFontDatabase.addApplicationFont(str(resource_path("fonts", file_name)))
