"""A printer that prints beside the mark: its test sheet, what was measured, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.badges.sheets.calibration import PrintError, measured_offset
from checkin_app.domain.badges.imposition import Fill, PrinterOffset
from checkin_app.domain.badges.stock import Stock
from checkin_app.errors import CheckinError, UsageError
from checkin_app.gui.appearance.theme import TOUCH_PX, size_px, sized
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.badges.printers.offset_words import offset_sentence
from checkin_app.gui.badges.printers.printer_names import printer_names
from checkin_app.gui.badges.printers.test_sheet_source import PrintSheet, TestSheetSource
from checkin_app.gui.form.form_rows import add_row, quiet_label
from checkin_app.gui.form.number_field import MillimetreBox
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.stock.printer_offsets import (
    LARGEST_OFFSET_MM,
    check_offset,
    keep_printer_offset,
    load_printer_offsets,
)

_WIDTH_EM = 56
_KEPT_EM = 19

Offsets = Mapping[tuple[str, str], PrinterOffset]


class TestSheetDialog(QDialog):
    """Print, measure, keep.

    Signals:
        kept: the offsets of a printer changed; its name.
    """

    __test__ = False
    kept = Signal(str)

    def __init__(
        self,
        workplace: Workplace,
        stock: Stock,
        fill: Fill,
        offsets_file: Path,
        printer: str = "",
        parent: QWidget | None = None,
        *,
        print_sheet: PrintSheet | None = None,
    ) -> None:
        """The dialog of a stock.

        Args:
            printer: its name, under which the correction is kept.
            print_sheet: prints on that very printer, and no other can be named then.
        """
        super().__init__(parent)
        self._workplace = workplace
        self._stock = stock
        self._file = offsets_file
        self._offsets: Offsets = {}
        self.setWindowTitle(self.tr("Test sheet"))
        self.printer = QComboBox()
        self.printer.setEditable(True)
        typed = QLineEdit(placeholderText=self.tr("Any printer"))
        self.printer.setLineEdit(typed)
        self.printer.setEditText(printer)
        self.printer.setEnabled(print_sheet is None)
        self.source = TestSheetSource(workplace, stock, fill, print_sheet)
        self.near_right, self.near_down = _length(), _length()
        self.far_is_measured = QCheckBox(self.tr("3. Cross B is measured likewise (for stretch)"))
        self.far_is_measured.setFont(sized(self.font(), 1.0, bold=True))
        self.far_right, self.far_down = _length(), _length()
        self.verdict = plain_label()
        self.verdict.setWordWrap(True)
        self.verdict.setFont(sized(self.font(), 1.0, bold=True))
        self.keep = QPushButton(self.tr("Keep"))
        self.keep.setProperty("primary", True)
        self.leave = QPushButton(self.tr("Close"))
        self.kept_list = QListWidget()
        self.forget = QPushButton(self.tr("Forget"))
        self._lay_out()
        self._connect()
        self._read_kept()
        workplace.tasks.run(Lane.NUMBERS, printer_names, self._offer_printers)
        self._judge()

    def save_to(self, path: Path) -> None:
        """Write the test sheet to a PDF, with the correction kept so far."""
        self._deliver(path)

    def _deliver(self, path: Path | None) -> None:
        self.source.deliver(path, self._kept(), self._name())

    def _name(self) -> str:
        return self.printer.currentText().strip()

    def _kept(self) -> PrinterOffset:
        return self._offsets.get((self._name(), self._stock.name), PrinterOffset())

    def _measured(self) -> PrinterOffset:
        """What corrects it.

        Raises:
            UsageError: no printer is that far off.
        """
        near = PrintError(self.near_right.value(), self.near_down.value())
        far = PrintError(self.far_right.value(), self.far_down.value())
        is_far_measured = self.far_is_measured.isChecked()
        offset = measured_offset(self._stock, near, far if is_far_measured else None, self._kept())
        check_offset(offset)
        return offset

    def _judge(self) -> None:
        """Say what would be kept, as it is typed."""
        for box in (self.far_right, self.far_down):
            box.setEnabled(self.far_is_measured.isChecked())
        try:
            offset = self._measured()
        except UsageError as error:
            self.verdict.setText(str(error))
            self.keep.setEnabled(False)
            return
        self.verdict.setText(offset_sentence(offset))
        self.keep.setEnabled(offset != self._kept())

    def _keep(self) -> None:
        self._store(self._name(), self._stock.name, self._measured())

    def _forget(self) -> None:
        item = self.kept_list.currentItem()
        if item is not None:
            printer, stock = item.data(_KEY)
            self._store(printer, stock, PrinterOffset())

    def _store(self, printer: str, stock: str, offset: PrinterOffset) -> None:
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(keep_printer_offset, printer, stock, offset, self._file),
            partial(self._tell_kept, printer),
            self._tell,
        )

    def _tell_kept(self, printer: str, _nothing: None) -> None:
        for box in self._lengths():
            box.setValue(0)
        self.far_is_measured.setChecked(False)
        self._read_kept()
        self.kept.emit(printer)

    def _read_kept(self) -> None:
        self._workplace.tasks.run(
            Lane.NUMBERS, partial(load_printer_offsets, self._file), self._take_kept, self._tell
        )

    def _take_kept(self, offsets: Offsets) -> None:
        self._offsets = offsets
        self.kept_list.clear()
        for (printer, stock), offset in sorted(offsets.items()):
            name = shown(printer) or self.tr("Any printer")
            item = QListWidgetItem(f"{name}\n{shown(stock)}: {offset_sentence(offset)}")
            item.setData(_KEY, (printer, stock))
            item.setToolTip(item.text())
            self.kept_list.addItem(item)
        self._choose_kept()
        self._judge()

    def _offer_printers(self, names: Sequence[str]) -> None:
        typed = self.printer.currentText()
        known = {printer for printer, _stock in self._offsets if printer}
        self.printer.addItems(sorted({*names, *known}))
        self.printer.setEditText(typed)

    def _choose_kept(self) -> None:
        self.forget.setEnabled(self.kept_list.currentItem() is not None)

    def _tell(self, error: BaseException) -> None:
        match error:
            case CheckinError():
                self.verdict.setText(str(error))
            case _:
                self._workplace.show_error(error)

    def _lengths(self) -> tuple[MillimetreBox, ...]:
        return self.near_right, self.near_down, self.far_right, self.far_down

    def _connect(self) -> None:
        self.source.wanted.connect(self._deliver)
        self.source.failed.connect(self._tell)
        self.keep.clicked.connect(self._keep)
        self.forget.clicked.connect(self._forget)
        self.leave.clicked.connect(self.accept)
        self.kept_list.currentRowChanged.connect(self._choose_kept)
        self.printer.editTextChanged.connect(self._judge)
        self.far_is_measured.toggled.connect(self._judge)
        for box in self._lengths():
            box.valueChanged.connect(self._judge)

    def _lay_out(self) -> None:
        em = size_px(self.font())
        self.setMinimumWidth(_WIDTH_EM * em)
        for button in (self.keep, self.leave, self.forget):
            button.setAutoDefault(False)
        rows = QFormLayout()
        stock = plain_label(shown(self._stock.name))
        stock.setMinimumHeight(TOUCH_PX)
        add_row(rows, self.tr("Stock"), stock)
        add_row(rows, self.tr("Printer"), self.printer)
        self.printer.setAccessibleName(self.tr("Printer"))
        rows.addRow(_step(self.tr("1. Print the test sheet at 100 %, on this printer.")))
        rows.addRow("", self.source)
        rows.addRow(_step(self.tr("2. Measure how far cross A lies right of and below its place.")))
        rows.addRow("", quiet_label(self.tr("To the left and above are minus: -0.8")))
        add_row(rows, self.tr("A, right"), self.near_right)
        add_row(rows, self.tr("A, down"), self.near_down)
        rows.addRow(self.far_is_measured)
        add_row(rows, self.tr("B, right"), self.far_right)
        add_row(rows, self.tr("B, down"), self.far_down)
        judged = QHBoxLayout()
        judged.setSpacing(12)
        judged.addWidget(self.verdict, 1)
        judged.addWidget(self.keep)
        rows.addRow(judged)
        kept = QVBoxLayout()
        kept.addWidget(_step(self.tr("Kept for later")))
        self.kept_list.setFixedWidth(_KEPT_EM * em)
        self.kept_list.setWordWrap(True)
        self.kept_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kept_list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.kept_list.setSpacing(2)
        self.kept_list.setAccessibleName(self.tr("Corrections kept"))
        kept.addWidget(self.kept_list, 1)
        kept.addWidget(self.forget)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addLayout(rows, 1)
        top.addLayout(kept)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setForegroundRole(QPalette.ColorRole.Mid)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addLayout(top, 1)
        column.addWidget(line)
        column.addLayout(foot)


_KEY = Qt.ItemDataRole.UserRole
"""Printer and stock of a line."""


def _length() -> MillimetreBox:
    return MillimetreBox(-LARGEST_OFFSET_MM, LARGEST_OFFSET_MM)


def _step(text: str) -> QLabel:
    label = plain_label(text)
    label.setWordWrap(True)
    label.setFont(sized(label.font(), 1.0, bold=True))
    return label
