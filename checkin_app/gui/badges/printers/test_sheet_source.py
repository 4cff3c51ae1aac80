"""The two ways to a test sheet on paper: a PDF to be printed, or straight to a label printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.domain.badges.imposition import Fill, PrinterOffset
from checkin_app.domain.badges.stock import Stock
from checkin_app.domain.printers import BadgeSheet
from checkin_app.gui.background.receivers import Failed
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.file_dialogs import as_file_name, ask_to_save
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace


class PrintSheet(Protocol):
    """Makes a sheet and hands it to a printer, both in the background."""

    def __call__(
        self, make: Callable[[], BadgeSheet], done: Callable[[Any], None], failed: Failed
    ) -> None: ...


class TestSheetSource(QWidget):
    """Saves or prints the test sheet of a stock.

    Signals:
        wanted: the path (``Path``) of the PDF to be written; None to be printed.
        failed: the exception of either.
    """

    __test__ = False
    wanted = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        stock: Stock,
        fill: Fill,
        print_sheet: PrintSheet | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Buttons for what is possible.

        Args:
            print_sheet: prints on the printer that is measured; None where only a PDF will do.
        """
        super().__init__(parent)
        self._workplace = workplace
        self._stock = stock
        self._fill = fill
        self._print_sheet = print_sheet
        self.print = QPushButton(self.tr("Print the test sheet"))
        self.print.setVisible(print_sheet is not None)
        self.save = QPushButton(self.tr("Save the test sheet…"))
        self.said = quiet_label("")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.print, self.save):
            button.setAutoDefault(False)
            buttons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(buttons)
        column.addWidget(self.said)
        self.save.clicked.connect(self._ask_where)
        self.print.clicked.connect(self._want_print)

    def deliver(self, path: Path | None, offset: PrinterOffset, printer: str) -> None:
        """Write the sheet to a PDF, or print it, with the correction kept so far."""
        if path is None:
            self._print(offset, printer)
            return
        # Not at the top: drawing takes part of the time until the window is there.
        from checkin_app.badges.sheets.calibration_sheet import write_calibration_sheet

        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(write_calibration_sheet, path, self._stock, self._fill, offset, printer),
            partial(self._tell_saved, path),
            self._tell_failed,
        )

    def _print(self, offset: PrinterOffset, printer: str) -> None:
        if self._print_sheet is not None:
            self.said.setText(self.tr("Sending …"))
            make = partial(_drawn_sheet, self._stock, self._fill, offset, printer)
            self._print_sheet(make, self._tell_sent, self._tell_failed)

    def _want_print(self) -> None:
        self.wanted.emit(None)

    def _ask_where(self) -> None:
        name = f"{self.tr('Test sheet')} {as_file_name(self._stock.name)}"
        kinds = {self.tr("PDF (*.pdf)"): ".pdf"}
        path = ask_to_save(self._workplace, self, self.tr("Save the test sheet"), name, kinds)
        if path is not None:
            self.wanted.emit(path)

    def _tell_saved(self, path: Path, _nothing: None) -> None:
        self.said.setText(self.tr("Saved: {file}").format(file=shown(path.name)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _tell_sent(self, _job: object) -> None:
        self.said.setText(self.tr("Sent to the printer."))

    def _tell_failed(self, error: BaseException) -> None:
        self.said.setText("")
        self.failed.emit(error)


def _drawn_sheet(stock: Stock, fill: Fill, offset: PrinterOffset, printer: str) -> BadgeSheet:
    from checkin_app.badges.sheets.calibration_sheet import write_calibration_sheet

    with TemporaryDirectory() as folder:
        path = Path(folder) / "test-sheet.pdf"
        write_calibration_sheet(path, stock, fill, offset, printer)
        return BadgeSheet(path.read_bytes(), stock.paper_width_mm, stock.paper_height_mm)
