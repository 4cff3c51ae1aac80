"""Another printer: one that the system knows, a folder of PDFs, a label printer by its address."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.printers import FoundPrinter, PrinterId, SpoolerKind
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.settings.printers.kind_words import first_title, found_words

_PORT = 9100


class NewPrinterCard(QFrame):
    """Offers every way to a printer.

    Signals:
        added: a ``PrinterId`` and what to call it.
        look_wanted: ask the system for its printers.
    """

    added = Signal(object, str)
    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._found: tuple[FoundPrinter, ...] = ()
        self.found = CalmComboBox()
        self.found.setAccessibleName(self.tr("Printers of this computer"))
        self.add_found = QPushButton(self.tr("Add"))
        self.look_again = QPushButton(icon("retry"), "")
        self.look_again.setToolTip(self.tr("Look for printers again"))
        self.look_again.setAccessibleName(self.tr("Look for printers again"))
        self.makes = CalmComboBox()
        self.makes.addItem(self.tr("Zebra (ZPL)"), SpoolerKind.ZEBRA.value)
        self.makes.addItem(self.tr("Brother QL"), SpoolerKind.BROTHER.value)
        self.makes.setAccessibleName(self.tr("Make of the label printer"))
        self.address = QLineEdit()
        self.address.setAccessibleName(self.tr("Address of the label printer"))
        self.add_address = QPushButton(self.tr("Add"))
        self.folder = QPushButton(icon("open"), self.tr("Folder of PDFs…"))
        self.hint = quiet_label()
        self._lay_out()
        self._connect()
        self._show_example()
        self.show_looking()

    def show_looking(self) -> None:
        """The system is being asked."""
        self._found = ()
        self.found.clear()
        self.found.addItem(self.tr("Looking for printers …"))
        self._allow_found(False)

    def show_found(self, found: Collection[FoundPrinter], known: Collection[PrinterId]) -> None:
        """The answer; those that the desk has already are left out."""
        self._found = tuple(one for one in found if one.id not in known)
        self.found.clear()
        for printer in self._found:
            self.found.addItem(found_words(printer))
            if printer.is_default:
                self.found.setCurrentIndex(self.found.count() - 1)
        if not self._found:
            self.found.addItem(
                self.tr("No further printer found: add it in the system's settings")
                if found
                else self.tr("No printer found: add it in the system's settings")
            )
        self._allow_found(bool(self._found))

    def _allow_found(self, is_any: bool) -> None:
        self.found.setEnabled(is_any)
        self.add_found.setEnabled(is_any)

    def _add_found(self) -> None:
        if 0 <= self.found.currentIndex() < len(self._found):
            printer = self._found[self.found.currentIndex()]
            self.added.emit(printer.id, printer.title)

    def _add_address(self) -> None:
        text = self.address.text().strip()
        if not text:
            self.address.setFocus()
            return
        printer = PrinterId(SpoolerKind(self.makes.currentData()), _with_port(text))
        self.address.clear()
        self.added.emit(printer, first_title(printer))

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder for the badges"))
        if chosen:
            self.add_folder(Path(chosen))

    def add_folder(self, path: Path) -> None:
        """Collect badges in this folder."""
        printer = PrinterId(SpoolerKind.FOLDER, str(path))
        self.added.emit(printer, first_title(printer))

    def _show_example(self) -> None:
        if self.makes.currentData() == SpoolerKind.ZEBRA.value:
            self.address.setPlaceholderText(self.tr("Address: 10.0.0.7"))
            self.hint.setText(self.tr("Its address is on the display, or on its own test print."))
        else:
            self.address.setPlaceholderText(
                self.tr("Address: 10.0.0.8,QL-820NWB  or  /dev/usb/lp0")
            )
            self.hint.setText(
                self.tr(
                    "By network, write the model and the roll behind the address:"
                    " 10.0.0.8,QL-820NWB,62x100. By USB it tells both itself."
                )
            )

    def _connect(self) -> None:
        self.add_found.clicked.connect(self._add_found)
        self.look_again.clicked.connect(self.look_wanted)
        self.makes.currentIndexChanged.connect(self._show_example)
        self.address.returnPressed.connect(self._add_address)
        self.add_address.clicked.connect(self._add_address)
        self.folder.clicked.connect(self._ask_folder)

    def _lay_out(self) -> None:
        title = plain_label(self.tr("Add a printer"))
        title.setFont(sized(self.font(), 1.07, bold=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(_row(self.found, self.look_again, self.add_found))
        column.addLayout(_row(self.address, self.makes, self.add_address))
        column.addWidget(self.hint)
        self.makes.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        trial = quiet_label(self.tr("Without a printer, for trying out:"))
        trial.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(_row(trial, self.folder))


def _row(wide: QWidget, *narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    wide.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    row.addWidget(wide, 1)
    for widget in narrow:
        row.addWidget(widget)
    return row


def _with_port(text: str) -> str:
    """An address as its spooler knows it: a host without a port has the usual one."""
    host, comma, rest = text.replace(" ", "").partition(",")
    if not host.startswith("/") and ":" not in host:
        host = f"{host}:{_PORT}"
    return f"{host}{comma}{rest}"
