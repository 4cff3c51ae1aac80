"""One printer of the desk: how it is, what lies in it, how many labels are left."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.print_jobs import QueuedPrinter
from checkin_app.domain.printers import PrinterAbilities, PrinterId, SpoolerKind
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import TOUCH_PX, size_px, sized
from checkin_app.gui.badges.printers.offset_words import offset_sentence
from checkin_app.gui.badges.stock.stock_words import stock_line
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row, beside, quiet_label
from checkin_app.gui.form.number_field import CalmSpinBox
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped, label, shown
from checkin_app.gui.printing.printer_reports import words
from checkin_app.gui.settings.printers.kind_words import kind_words
from checkin_app.gui.settings.printers.printing_offers import PrintingOffers, paper_of
from checkin_app.printing.printer_setups import USUAL_WARNING_AT, PrinterSetup
from checkin_app.services.device_wording import printer_sentence, printer_step

_LONGEST_TITLE = 60
_LEFT_EM = 7
_USUAL_ROLL, _MOST_ON_ROLL = 300, 100_000
_WITH_BACK = (SpoolerKind.CUPS, SpoolerKind.SYSTEM, SpoolerKind.FOLDER)


class PrinterCard(QFrame):
    """Asks how a printer is used.

    Signals:
        changed: the ``PrinterId`` and new values (a dict) by field name of ``PrinterSetup``.
        roll_put_in: the printer and how many labels are on the new roll; -1 ends counting.
        stock_wanted, test_sheet_wanted, test_wanted, abilities_wanted, removed: the printer.
    """

    changed = Signal(object, object)
    roll_put_in = Signal(object, int)
    stock_wanted = Signal(object)
    test_sheet_wanted = Signal(object)
    test_wanted = Signal(object)
    abilities_wanted = Signal(object)
    removed = Signal(object)

    def __init__(self, printer: PrinterId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.printer = printer
        self._setup = PrinterSetup(printer)
        self._queued: QueuedPrinter | None = None
        self._densities: tuple[int, int] | None = None
        self._are_abilities_asked = False
        self.head = plain_label()
        self.head.setFont(sized(self.font(), 1.07, bold=True))
        self.what = quiet_label(kind_words(printer))
        self.state = plain_label()
        self.state.setWordWrap(True)
        self.test = QPushButton(self.tr("Test print"))
        self.set_up = QPushButton(self.tr("Set up"))
        self.set_up.setCheckable(True)
        self.title = QLineEdit(maxLength=_LONGEST_TITLE)
        self.stock = QPushButton()
        self.density = CalmComboBox()
        self.both_sides = QCheckBox(self.tr("Also the back, where the layout has one"))
        self.left = plain_label()
        self.roll = CalmSpinBox(1, _MOST_ON_ROLL)
        self.roll.setSuffix(self.tr(" labels"))
        self.new_roll = QPushButton(self.tr("New roll"))
        self.stop_counting = QPushButton(self.tr("Do not count"))
        self.warn_at = CalmSpinBox(0, _MOST_ON_ROLL)
        self.offset = quiet_label()
        self.test_sheet = QPushButton(self.tr("Test sheet…"))
        self.remove = QPushButton(icon("close"), self.tr("Remove the printer"))
        self.form = QWidget()
        self._lay_out()
        self._connect()
        self.form.hide()

    @property
    def setup(self) -> PrinterSetup:
        """The setup that is shown."""
        return self._setup

    def show_printer(self, setup: PrinterSetup, offers: PrintingOffers) -> None:
        """Show what is kept of the printer; a field that is being typed in is left alone."""
        self._setup = setup
        self.head.setText(shown(setup.name))
        if not self.title.hasFocus():
            self.title.setText(setup.title)
        self.stock.setText(label(_stock_words(setup, offers)))
        self.both_sides.setChecked(setup.is_two_sided)
        if not self.roll.hasFocus():
            self.roll.setValue(setup.roll or _USUAL_ROLL)
        if not self.warn_at.hasFocus():
            self.warn_at.setValue(setup.warn_at)
        self.offset.setText(offset_sentence(offers.offset_of(setup)))
        self._show_density()
        self._show_left()
        self._name_buttons()

    def show_state(self, queued: QueuedPrinter | None) -> None:
        """Show how it is doing; None while the queue does not look at it."""
        self._queued = queued
        texts = (printer_sentence(queued, words), printer_step(queued, words)) if queued else ()
        text = " ".join(filter(None, texts))
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self._show_left()

    def show_abilities(self, abilities: PrinterAbilities) -> None:
        """Offer what can be asked of it."""
        self._densities = abilities.densities
        self._show_density()

    def open(self) -> None:
        """Show all that is asked."""
        self.set_up.setChecked(True)

    def _show_form(self, is_open: bool) -> None:
        self.form.setVisible(is_open)
        self.set_up.setText(self.tr("Done") if is_open else self.tr("Set up"))
        if is_open and not self._are_abilities_asked:
            self._are_abilities_asked = True
            self.abilities_wanted.emit(self.printer)

    def _show_density(self) -> None:
        offered = self._densities
        self._rows.setRowVisible(self.density, offered is not None)
        if offered is None:
            return
        self.density.clear()
        self.density.addItem(self.tr("As set at the printer"), None)
        for density in range(offered[0], offered[1] + 1):
            self.density.addItem(str(density), density)
        self.density.setCurrentIndex(max(0, self.density.findData(self._setup.density)))

    def _show_left(self) -> None:
        left = self._queued.labels_left if self._queued else self._setup.labels_left
        self.left.setText(
            self.tr("not counted")
            if left is None
            else self.tr("{number} left").format(number=grouped(left))
        )
        self.stop_counting.setVisible(left is not None)

    def _name_buttons(self) -> None:
        name = shown(self._setup.name)
        self.test.setAccessibleName(self.tr("Test print of {printer}").format(printer=name))
        self.set_up.setAccessibleName(self.tr("Set up {printer}").format(printer=name))

    # What is typed and pressed

    def _change(self, **changes: object) -> None:
        if any(getattr(self._setup, name) != value for name, value in changes.items()):
            self.changed.emit(self.printer, changes)

    def _take_title(self) -> None:
        self._change(title=" ".join(self.title.text().split()))

    def _take_density(self) -> None:
        self._change(density=self.density.currentData())

    def _take_both_sides(self, is_on: bool) -> None:
        self._change(is_two_sided=is_on)

    def _take_warn_at(self, number: int) -> None:
        self._change(warn_at=number)

    def _put_in_roll(self) -> None:
        self.roll_put_in.emit(self.printer, self.roll.value())

    def _stop_counting(self) -> None:
        self.roll_put_in.emit(self.printer, -1)

    def _want_test(self) -> None:
        self.test_wanted.emit(self.printer)

    def _want_stock(self) -> None:
        self.stock_wanted.emit(self.printer)

    def _want_test_sheet(self) -> None:
        self.test_sheet_wanted.emit(self.printer)

    def _remove(self) -> None:
        self.removed.emit(self.printer)

    # Inside

    def _connect(self) -> None:
        self.test.clicked.connect(self._want_test)
        self.set_up.toggled.connect(self._show_form)
        self.title.editingFinished.connect(self._take_title)
        self.stock.clicked.connect(self._want_stock)
        self.density.activated.connect(self._take_density)
        self.both_sides.clicked.connect(self._take_both_sides)
        self.new_roll.clicked.connect(self._put_in_roll)
        self.stop_counting.clicked.connect(self._stop_counting)
        self.warn_at.valueChanged.connect(self._take_warn_at)
        self.test_sheet.clicked.connect(self._want_test_sheet)
        self.remove.clicked.connect(self._remove)

    def _lay_out(self) -> None:
        self.warn_at.setValue(USUAL_WARNING_AT)
        self.stock.setStyleSheet("text-align: left;")
        self._rows = QFormLayout(self.form)
        add_row(self._rows, self.tr("Name"), self.title)
        add_row(self._rows, self.tr("Labels"), self.stock)
        add_row(self._rows, self.tr("Darkness"), self.density)
        add_row(self._rows, self.tr("Both sides"), self.both_sides)
        self._rows.setRowVisible(self.both_sides, self.printer.spooler in _WITH_BACK)
        add_row(
            self._rows,
            self.tr("Labels left"),
            beside(self.left, self.roll, self.new_roll, self.stop_counting),
        )
        self.roll.setAccessibleName(self.tr("Labels on a new roll"))
        add_row(self._rows, self.tr("Warn at"), self.warn_at)
        add_row(self._rows, self.tr("Position"), beside(self.offset, self.test_sheet))
        for button in (self.test_sheet, self.new_roll, self.stop_counting):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.offset.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.offset.setMinimumHeight(TOUCH_PX)
        self.left.setMinimumWidth(round(_LEFT_EM * size_px(self.font())))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.remove)
        self._rows.addRow(foot)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for text in (self.head, self.what, self.state):
            texts.addWidget(text)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(texts, 1)
        head.addWidget(self.test)
        head.addWidget(self.set_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.form)


def _stock_words(setup: PrinterSetup, offers: PrintingOffers) -> str:
    """What lies in a printer, of which it prints one badge at a time."""
    if not offers.knows_stock_of(setup):
        return QCoreApplication.translate(
            "PrinterCard", "{name}: not known on this computer, choose again"
        ).format(name=shown(setup.stock))
    stock = offers.stock_of(setup)
    return f"{shown(stock.name)}  ·  {stock_line(paper_of(stock))}"
