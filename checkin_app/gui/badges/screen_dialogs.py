"""The dialogs of the badges screen: own stock, test sheet, what jammed. None blocks the desk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from checkin_app.domain.badges.stock import Stock
from checkin_app.gui.badges.choice.choices import PaperChoice
from checkin_app.gui.badges.choice.offers import Offers, UserFiles
from checkin_app.gui.badges.printers.test_sheet_dialog import TestSheetDialog
from checkin_app.gui.badges.run.spoilt_dialog import SpoiltDialog
from checkin_app.gui.badges.stock.own_stock_dialog import OwnStockDialog
from checkin_app.gui.workplace import Workplace


class ScreenDialogs(QObject):
    """Opens dialogs over a screen.

    Signals:
        stock_kept: own ``Stock`` that somebody wants to print on.
        offers_changed: own stock or a printer's offset is another.
        offset_kept: the name of the printer whose offset is another.
        spoilt: attendee ids (a tuple) whose badges are spoilt.
    """

    stock_kept = Signal(object)
    offers_changed = Signal()
    offset_kept = Signal(str)
    spoilt = Signal(object)

    def __init__(self, workplace: Workplace, files: UserFiles, screen: QWidget) -> None:
        super().__init__(screen)
        self._workplace = workplace
        self._files = files
        self._screen = screen

    def open_own_stock(self, like: Stock) -> None:
        """Define, change, bring in or remove own stock; a new one begins like another."""
        dialog = OwnStockDialog(self._workplace, self._files.own_stock, like, self._screen)
        dialog.changed.connect(self.offers_changed)
        dialog.saved.connect(self.stock_kept)
        self._open(dialog)

    def open_test_sheet(self, paper: PaperChoice, printer: str) -> None:
        """Measure where a printer prints."""
        dialog = TestSheetDialog(
            self._workplace,
            paper.stock,
            paper.imposition.fill,
            self._files.offsets,
            printer,
            self._screen,
        )
        dialog.kept.connect(self.offset_kept)
        self._open(dialog)

    def open_spoilt(self, offers: Offers) -> None:
        """Pick badges that jammed."""
        dialog = SpoiltDialog(self._workplace, offers.runs, offers.stock_of_runs, self._screen)
        dialog.noted.connect(self.spoilt)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
