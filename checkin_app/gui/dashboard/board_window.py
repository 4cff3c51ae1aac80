"""The dashboard alone in full screen: for a second screen, or the hall."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMouseEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.domain.dashboard import Dashboard
from checkin_app.gui.appearance.theme import size_px, sized
from checkin_app.gui.dashboard.board import Board
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.reports.dashboard_cards import as_of_text, list_name

_MARGIN_PX = 20


class BoardWindow(QWidget):
    """A window of its own around a ``Board``; Esc, F11 or a double click close it.

    Signals:
        closed: it is gone.
    """

    closed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("dashboardWindow")
        self.setWindowTitle(self.tr("Dashboard"))
        # The program ends with the desk's window, whether or not this one is open.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.board = Board(workplace)
        self.head = plain_label()
        self.head.setFont(sized(self.font(), 1.5, bold=True))
        self.line = plain_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(size_px(self.font()) // 2)
        column.addWidget(self.head)
        column.addWidget(self.line)
        column.addWidget(self.board, 1)
        for key in ("Esc", "F11"):
            add_key(key, self, self.close)

    def fill(self, screen: QScreen) -> None:
        """Show it on a screen."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.setFocus()

    def show_dashboard(self, dashboard: Dashboard) -> None:
        """Show new numbers."""
        self.head.setText(shown(dashboard.event.name))
        self.line.setText(shown(f"{list_name(dashboard)}  ·  {as_of_text(dashboard)}"))
        self.board.show_dashboard(dashboard)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The way out for whoever has a mouse only."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the screen."""
        super().closeEvent(event)
        self.closed.emit()


def screen_for_board(desk: QScreen) -> QScreen:
    """Another screen than the desk's, if there is one."""
    others = [
        screen
        for screen in QGuiApplication.screens()
        if screen is not desk and not screen.geometry().intersects(desk.geometry())
    ]
    return others[0] if others else desk
