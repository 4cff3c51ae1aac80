"""The device page: every device of the desk, how it is doing, and a button to try it out."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from checkin_app.gui.devices.device_report import DeviceKind, DeviceReport
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.settings.device_card import DeviceCard
from checkin_app.gui.workplace import Workplace

_SPACING_PX = 10


class DevicesPage(QWidget):
    """One card for each report, in place as long as the device is there."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.cards: dict[str, DeviceCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_SPACING_PX)
        self._column.addWidget(self._introduction())
        self._column.addStretch(1)
        workplace.devices.reports_changed.connect(self._show_reports)
        self._show_reports()

    def _introduction(self) -> QLabel:
        return quiet_label(
            self.tr(
                "What is connected to this desk. Each device goes on by itself when the cause of"
                " its trouble is gone."
            )
        )

    def _show_reports(self) -> None:
        reports = self._workplace.devices.reports()
        for key in self.cards.keys() - {report.key for report in reports}:
            card = self.cards.pop(key)
            self._column.removeWidget(card)
            card.deleteLater()
        for place, report in enumerate(reports):
            self._show_report(place + 1, report)

    def _show_report(self, place: int, report: DeviceReport) -> None:
        card = self.cards.get(report.key)
        if card is None:
            card = self.cards[report.key] = DeviceCard(self._workplace.desk.event, self)
            card.test_wanted.connect(self._workplace.devices.test)
            card.set_up_wanted.connect(self._open_page)
        if self._column.indexOf(card) != place:
            self._column.insertWidget(place, card)
        card.show_report(report)

    def _open_page(self, kind: DeviceKind) -> None:
        self._workplace.settings_wanted.emit(PAGE_OF[kind])


PAGE_OF = {
    DeviceKind.SCANNER: "scanners",
    DeviceKind.CAMERA: "camera",
    DeviceKind.PRINTER: "printers",
    DeviceKind.LOUDSPEAKER: "sound",
    DeviceKind.VOICE: "sound",
    DeviceKind.GUEST_SCREEN: "guest",
}
"""The page on which each kind of device is set up."""
