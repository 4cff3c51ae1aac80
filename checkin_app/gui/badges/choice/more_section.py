"""The choices that most runs leave as they are, folded away: copies, sides, marks, trays, printer.

Folded, its head names what is not as usual, so that nothing works in secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkin_app.badges.preflight.findings import USUAL_DPI
from checkin_app.domain.badges.imposition import (
    Duplex,
    Fill,
    PrinterOffset,
    SheetRange,
    Tray,
)
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import size_px
from checkin_app.gui.badges.choice.choices import PaperChoice, filled_by, whole_sheet
from checkin_app.gui.badges.printers.offset_words import offset_sentence
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.folder_field import FolderField
from checkin_app.gui.form.form_rows import add_row, beside, quiet_label
from checkin_app.gui.form.number_field import CalmSpinBox, Stepper
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped, label, shown

_MOST_COPIES = 50
_MOST_SHEETS = 1_000_000
_PAUSE_MS = 400
_RESOLUTIONS = (203, 300, 600)


class MoreSection(QWidget):
    """Further choices about paper.

    Signals:
        changed: something was chosen otherwise; ``applied_to()`` says what.
        printer_chosen: another printer is printed for.
        test_sheet_wanted: a test sheet for the printer, to measure where it prints.
    """

    changed = Signal()
    printer_chosen = Signal()
    test_sheet_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QPushButton()
        self.head.setCheckable(True)
        self.head.setProperty("flat", True)
        self.body = QWidget()
        self.copies = Stepper(1, _MOST_COPIES)
        self.fill = CalmComboBox()
        self.duplex = CalmComboBox()
        self.trays = QLineEdit(placeholderText=self.tr("A-F,G-M,N-Z  or  4"))
        self.tray_sizes = quiet_label()
        self.printer = CalmComboBox()
        self.offset = quiet_label()
        self.test_sheet = QPushButton(self.tr("Test sheet…"))
        self.first_sheet = CalmSpinBox(1, _MOST_SHEETS)
        self.last_sheet = CalmSpinBox(0, _MOST_SHEETS)
        self.last_sheet.setSpecialValueText(self.tr("the last"))
        self.photos = FolderField(self.tr("Folder with the pictures of attendees"))
        self.resolution = CalmComboBox()
        self.stacks = QCheckBox(self.tr("Cut and stack: piles in order"))
        self.crop_marks = QCheckBox(self.tr("Crop marks"))
        self.registration_marks = QCheckBox(self.tr("Registration marks"))
        self.outlines = QCheckBox(self.tr("Outlines of the slots"))
        self.record = QCheckBox(self.tr("Note who was printed"))
        self.record.setChecked(True)
        # Typing letters is no wish yet.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._fill()
        self._lay_out()
        self._connect()
        self._unfold(False)

    def applied_to(self, paper: PaperChoice) -> PaperChoice:
        """A choice with what is chosen here."""
        imposition = replace(
            filled_by(paper.imposition, paper.stock, Fill(self.fill.currentData())),
            copies=self.copies.value(),
            duplex=Duplex(self.duplex.currentData()),
            cut_and_stack=self.stacks.isChecked(),
            crop_marks=self.crop_marks.isChecked(),
            registration_marks=self.registration_marks.isChecked(),
            outlines=self.outlines.isChecked(),
            sheets=self._sheets(),
        )
        if imposition.cut_and_stack:
            imposition = whole_sheet(imposition)
        return replace(
            paper,
            imposition=imposition,
            trays=self.trays.text().strip(),
            photos=self.photos.path(),
            printer_dpi=self.resolution.currentData(),
        )

    def offer_printers(self, names: Sequence[str], chosen: str) -> None:
        """The printers whose offsets are kept, and the one to print for; "" is any."""
        with QSignalBlocker(self.printer):
            self.printer.clear()
            self.printer.addItem(self.tr("Any printer"), "")
            for name in names:
                if name:
                    self.printer.addItem(shown(name), name)
            self.printer.setCurrentIndex(max(self.printer.findData(chosen), 0))

    def show_offset(self, offset: PrinterOffset) -> None:
        """What is corrected for this printer and stock."""
        self.offset.setText(offset_sentence(offset))

    def show_trays(self, trays: Sequence[Tray], problem: str = "") -> None:
        """How many badges lie in each tray, or why they cannot be divided so."""
        sizes = "  ".join(f"{shown(tray.name)} {grouped(tray.size)}" for tray in trays)
        self.tray_sizes.setText(problem or sizes)
        self._rows.setRowVisible(self.tray_sizes, bool(problem or sizes))

    def show_possible(self, *, backs: bool, several: bool) -> None:
        """What the stock allows; what it does not is switched off."""
        if not backs:
            self.duplex.setCurrentIndex(0)
        self.duplex.setEnabled(backs)
        self.fill.setEnabled(several)
        for box in (self.stacks, self.crop_marks):
            if not several:
                box.setChecked(False)
            box.setEnabled(several)

    def show_sheets(self, sheets: int) -> None:
        """How many sheets the run has."""
        for box in (self.first_sheet, self.last_sheet):
            with QSignalBlocker(box):
                box.setMaximum(max(sheets, 1))

    def ask_for_sheets(self) -> None:
        """Let somebody type which sheets of the run are printed."""
        self._unfold(True)
        self.first_sheet.setFocus()
        self.first_sheet.selectAll()

    def ask_for_photos(self) -> None:
        """Let somebody choose where the photos are."""
        self._unfold(True)
        self.photos.setFocus()

    def _sheets(self) -> SheetRange:
        first, last = self.first_sheet.value(), self.last_sheet.value()
        return SheetRange(first, max(last, first) if last else None)

    def _unfold(self, is_open: bool) -> None:
        self.head.setChecked(is_open)
        self.head.setIcon(icon("arrow-down" if is_open else "next"))
        self.body.setVisible(is_open)
        self._say_what_differs()

    def _say_what_differs(self) -> None:
        words = [] if self.head.isChecked() else list(self._differences())
        text = "  ·  ".join([self.tr("More"), *words])
        self.head.setText(label(text))
        self.head.setToolTip(text)

    def _differences(self) -> Iterator[str]:
        """What is not as in most runs, in a word each."""
        if self.copies.value() > 1:
            yield self.tr("{count} copies").format(count=self.copies.value())
        if self.duplex.currentIndex():
            yield self.tr("both sides")
        if self.trays.text().strip():
            yield self.tr("trays")
        if self._sheets() != SheetRange():
            yield self.tr("some sheets")
        if self.printer.currentData():
            yield shown(self.printer.currentText())
        if self.photos.path():
            yield self.tr("photos")
        for box, word in (
            (self.stacks, self.tr("stacks")),
            (self.crop_marks, self.tr("crop marks")),
            (self.registration_marks, self.tr("registration marks")),
            (self.outlines, self.tr("outlines")),
        ):
            if box.isChecked():
                yield word
        if not self.record.isChecked():
            yield self.tr("not noted")

    def _announce(self) -> None:
        self._pause.stop()
        self._say_what_differs()
        self.changed.emit()

    def _fill(self) -> None:
        for text, fill in (
            (self.tr("Row by row"), Fill.BY_ROW),
            (self.tr("Column by column"), Fill.BY_COLUMN),
        ):
            self.fill.addItem(text, fill)
        for text, duplex in (
            (self.tr("Front only"), Duplex.NONE),
            (self.tr("Both, flip on long edge"), Duplex.LONG_EDGE),
            (self.tr("Both, flip on short edge"), Duplex.SHORT_EDGE),
        ):
            self.duplex.addItem(text, duplex)
        for dpi in _RESOLUTIONS:
            self.resolution.addItem(self.tr("{dpi} dpi").format(dpi=dpi), dpi)
        self.resolution.setCurrentIndex(_RESOLUTIONS.index(USUAL_DPI))
        self.offer_printers((), "")

    def _connect(self) -> None:
        self.head.toggled.connect(self._unfold)
        for box in (self.fill, self.duplex, self.resolution):
            box.currentIndexChanged.connect(self._announce)
        self.printer.currentIndexChanged.connect(self._say_what_differs)
        self.printer.currentIndexChanged.connect(self.printer_chosen)
        self.copies.changed.connect(self._announce)
        for number in (self.first_sheet, self.last_sheet):
            number.valueChanged.connect(self._announce)
        for check in self._checks():
            check.toggled.connect(self._announce)
        self.trays.textChanged.connect(self._pause.start)
        self.trays.returnPressed.connect(self._announce)
        self._pause.timeout.connect(self._announce)
        self.test_sheet.clicked.connect(self.test_sheet_wanted)
        self.photos.changed.connect(self._announce)

    def _checks(self) -> tuple[QCheckBox, ...]:
        return (
            self.stacks,
            self.crop_marks,
            self.registration_marks,
            self.outlines,
            self.record,
        )

    def _lay_out(self) -> None:
        rows = self._rows = QFormLayout(self.body)
        add_row(rows, self.tr("Copies"), self.copies)
        add_row(rows, self.tr("Sides"), self.duplex)
        add_row(rows, self.tr("Fill slots"), self.fill)
        add_row(rows, self.tr("Trays"), self.trays)
        rows.addRow("", self.tray_sizes)
        rows.setRowVisible(self.tray_sizes, False)
        add_row(
            rows, self.tr("Sheets"), beside(self.first_sheet, plain_label("–"), self.last_sheet)
        )
        self.first_sheet.setAccessibleName(self.tr("First sheet to print"))
        self.last_sheet.setAccessibleName(self.tr("Last sheet to print"))
        add_row(rows, self.tr("Printer"), self.printer)
        rows.addRow("", self.offset)
        rows.addRow("", self.test_sheet)
        add_row(rows, self.tr("Resolution"), self.resolution)
        add_row(rows, self.tr("Photos"), self.photos)
        for check in self._checks():
            rows.addRow("", check)
        self.head.setStyleSheet("text-align: left; padding-left: 2px;")
        self.head.setIconSize(QSize(size_px(self.font()), size_px(self.font())))
        self.head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.head)
        column.addWidget(self.body)
