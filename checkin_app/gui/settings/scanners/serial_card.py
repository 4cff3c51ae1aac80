"""The scanners at serial ports: those that are read, and the ports another may be at."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.devices.desk_devices import DeskDevices
from checkin_app.gui.devices.device_report import DeviceReport
from checkin_app.gui.devices.serial_words import device_name, port_title
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown
from checkin_app.gui.settings.scanners.scanner_choice import ScannerChoice
from checkin_app.scanning.serial_ports import SerialPort, find_ports
from checkin_app.settings.device_settings import SerialScanner

_BAUD_RATES = (9600, 19200, 38400, 57600, 115200, 4800, 2400)


class SerialCard(QFrame):
    """Adds and removes serial scanners.

    Attributes:
        ports, baud_rates: the choices for one more scanner.
        add, look_again: the buttons.
        rows: one for each scanner that is read, in the order of the settings.
    """

    def __init__(
        self, devices: DeskDevices, choice: ScannerChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._devices = devices
        self._choice = choice
        self._found: tuple[SerialPort, ...] = ()
        self.rows: list[_ScannerRow] = []
        self.ports, self.baud_rates = QComboBox(self), QComboBox(self)
        self.ports.setAccessibleName(self.tr("Port"))
        self.baud_rates.setAccessibleName(self.tr("Speed of the port"))
        self.baud_rates.setToolTip(
            self.tr("As set in the scanner. At USB any will do; most others come with 9600.")
        )
        for rate in _BAUD_RATES:
            self.baud_rates.addItem(self.tr("{rate} baud").format(rate=rate), rate)
        self.add = QPushButton(self.tr("Add"), self)
        self.look_again = QPushButton(icon("retry"), "", self)
        self.look_again.setToolTip(self.tr("Look again which ports there are"))
        self.look_again.setAccessibleName(self.look_again.toolTip())
        self._none = quiet_label()
        self._scanners = QVBoxLayout()
        self._scanners.setSpacing(10)
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.look_again.clicked.connect(self.look)
        devices.serial.ports_listed.connect(self._show_ports)
        devices.serial.reports_changed.connect(self.show_scanners)
        self._show_ports(())
        self.show_scanners()

    def look(self) -> None:
        """Ask which ports there are."""
        self.look_again.setEnabled(False)
        self._devices.serial.list_ports()

    def show_scanners(self) -> None:
        """Show those that are read, and how they are doing."""
        scanners = self._choice.settings.serial
        reports = self._devices.serial.reports()
        if [row.scanner for row in self.rows] != list(scanners):
            self._make_rows(scanners)
        for row, report in zip(self.rows, reports, strict=False):
            row.show_report(report)

    def _make_rows(self, scanners: tuple[SerialScanner, ...]) -> None:
        for row in self.rows:
            self._scanners.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for scanner in scanners:
            row = _ScannerRow(scanner, self)
            row.remove.clicked.connect(partial(self._remove, scanner))
            self._scanners.addWidget(row)
            self.rows.append(row)
        self._show_ports(self._found)

    def _show_ports(self, found: tuple[SerialPort, ...]) -> None:
        self.look_again.setEnabled(True)
        self._found = found
        chosen = self.ports.currentText()
        taken = {
            device for one in self._choice.settings.serial for device in find_ports(one, found)
        }
        self.ports.clear()
        for number, port in enumerate(found):
            if port.device not in taken:
                self.ports.addItem(shown(port_title(port)), number)
        self.ports.setCurrentIndex(max(self.ports.findText(chosen), 0))
        has_ports = self.ports.count() > 0
        for widget in (self.ports, self.baud_rates, self.add):
            widget.setEnabled(has_ports)
        self._none.setVisible(not has_ports)
        self._none.setText(
            self.tr("No other serial port is there. Plug the scanner in and look again.")
        )

    def _add(self) -> None:
        number = self.ports.currentData()
        if number is None:
            return
        port = self._found[number]
        self._choice.add(
            SerialScanner(
                port.device,
                port.usb_id,
                int(self.baud_rates.currentData()),
                device_name(port),
            )
        )
        self.show_scanners()

    def _remove(self, scanner: SerialScanner) -> None:
        self._choice.remove(scanner)
        self.show_scanners()

    def _lay_out(self) -> None:
        title = plain_label(self.tr("Scanners at serial ports"))
        title.setFont(sized(self.font(), 1.07, bold=True))
        what_for = quiet_label(
            self.tr(
                "RS-232, USB set to “virtual COM port” (CDC), Bluetooth set to SPP. They need no"
                " keyboard layout, are heard while other programs are in front, and several may"
                " scan at the same moment."
            )
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        self.ports.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.baud_rates.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for widget in (self.ports, self.baud_rates, self.look_again, self.add):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(what_for)
        column.addLayout(self._scanners)
        column.addLayout(row)
        column.addWidget(self._none)


class _ScannerRow(QWidget):
    """One scanner that is read."""

    def __init__(self, scanner: SerialScanner, parent: QWidget) -> None:
        super().__init__(parent)
        self.scanner = scanner
        self._title, self._words = plain_label(), plain_label()
        self._title.setFont(sized(self.font(), 1.0, bold=True))
        self._words.setWordWrap(True)
        self.remove = QPushButton(self.tr("Remove"), self)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for text in (self._title, self._words):
            texts.addWidget(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(texts, 1)
        row.addWidget(self.remove)

    @property
    def words(self) -> QLabel:
        """How it is doing."""
        return self._words

    def show_report(self, report: DeviceReport) -> None:
        """Show how it is doing now."""
        self._title.setText(shown(report.title))
        self._words.setText(shown(" ".join(filter(None, (report.words, report.next_step)))))
        self.remove.setAccessibleName(self.tr("Remove {name}").format(name=shown(report.title)))
