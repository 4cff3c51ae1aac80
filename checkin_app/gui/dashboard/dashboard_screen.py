"""The dashboard screen: which check-in list, its numbers live, the way to paper and full screen."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.domain.dashboard import Dashboard
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.dashboard.board import Board
from checkin_app.gui.dashboard.board_window import BoardWindow, screen_for_board
from checkin_app.gui.dashboard.desks_dialog import DesksDialog
from checkin_app.gui.dashboard.live_dashboard import LiveDashboard
from checkin_app.gui.dashboard.report_saving import ReportSaving
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.reports.dashboard_cards import as_of_text

_MARGIN_PX = 16
_LIST_CHARACTERS = 28


class DashboardScreen(QWidget):
    """The board under a line of choices.

    Attributes:
        live: counts while this screen or the full one is seen.
        window_of_board: the dashboard in full screen; None while it is not.
        desks: all desks with their numbers; None before somebody asked.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.live = LiveDashboard(workplace, self)
        self.board = Board(workplace)
        self.lists = CalmComboBox()
        self.lists.setAccessibleName(self.tr("Check-in list"))
        self.lists.setMinimumContentsLength(_LIST_CHARACTERS)
        for check_in_list in workplace.check_in_lists:
            self.lists.addItem(shown(check_in_list.name))
        self.as_of = plain_label(self.tr("Counting…"))
        self.as_of.setForegroundRole(quiet_label().foregroundRole())
        self.save = QPushButton(icon("save"), self.tr("Save report…"))
        self.save.setEnabled(False)
        self.full = QPushButton(icon("larger"), self.tr("Full screen"))
        self.full.setToolTip(self.tr("On a second screen, if there is one (F11)"))
        self.saving = ReportSaving(workplace, self)
        self.window_of_board: BoardWindow | None = None
        self.desks: DesksDialog | None = None
        self._lay_out()
        self._choose_list_of_desk()
        self.lists.currentIndexChanged.connect(self._choose_list)
        self.live.counted.connect(self._show)
        self.save.clicked.connect(self._save)
        self.full.clicked.connect(self.show_full_screen)
        workplace.devices.scanned.connect(self._make_way)
        desks = self.board.cards["desks"]
        desks.offer_more(self.tr("Click to see all desks."))
        desks.pressed.connect(self.show_desks)
        add_key("F11", self, self.show_full_screen)
        self.setFocusProxy(self.lists)

    def show_full_screen(self) -> None:
        """Show the board alone, on a second screen if there is one."""
        if self.window_of_board is None:
            self.window_of_board = BoardWindow(self._workplace, self)
            self.window_of_board.closed.connect(self._full_screen_closed)
        window = self.window_of_board
        window.fill(screen_for_board(self.screen()))
        self.live.watch("full screen", True)
        if self.live.shown is not None:
            window.show_dashboard(self.live.shown)

    def show_desks(self) -> None:
        """Show what every desk did, however many there are."""
        if self.live.shown is None:
            return
        if self.desks is None:
            self.desks = DesksDialog(self)
        self.desks.show_dashboard(self.live.shown)
        self.desks.open()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to count."""
        super().showEvent(event)
        self.live.watch("screen", True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self.live.watch("screen", False)

    def _show(self, dashboard: Dashboard) -> None:
        self.as_of.setText(shown(as_of_text(dashboard, self.tr)))
        self.save.setEnabled(True)
        self.board.show_dashboard(dashboard)
        if self.desks is not None and self.desks.isVisible():
            self.desks.show_dashboard(dashboard)
        if self.window_of_board is not None and self.window_of_board.isVisible():
            self.window_of_board.show_dashboard(dashboard)

    def _choose_list_of_desk(self) -> None:
        ids = [one.id for one in self._workplace.check_in_lists]
        if self._workplace.desk.check_in_list.id in ids:
            self.lists.setCurrentIndex(ids.index(self._workplace.desk.check_in_list.id))

    def _choose_list(self, place: int) -> None:
        self.live.choose(self._workplace.check_in_lists[place])

    def _save(self) -> None:
        if self.live.shown is not None:
            self.saving.ask_and_save(self.live.shown)

    def _full_screen_closed(self) -> None:
        self.live.watch("full screen", False)

    def _make_way(self) -> None:
        """The answer to a scan must be seen: the board goes where it covers the desk."""
        window = self.window_of_board
        if window is not None and window.isVisible() and window.screen() is self.screen():
            window.close()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.lists)
        head.addWidget(self.as_of)
        head.addStretch(1)
        head.addWidget(self.save)
        head.addWidget(self.full)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.board, 1)
