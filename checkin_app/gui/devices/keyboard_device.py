"""The scanners that play keyboard, as one line of the device page.

The system hides how many there are and whether one is plugged in: they are keyboards to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.gui.devices.keyboard_scanner import KeyboardScanner


class KeyboardDevice(QObject):
    """Tells when the last scan was typed.

    Signals:
        reports_changed: there was a scan.
    """

    reports_changed = Signal()

    def __init__(
        self, scanner: KeyboardScanner, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last_scan_at: datetime | None = None
        scanner.scanned.connect(self._note)

    def reports(self) -> tuple[DeviceReport, ...]:
        """One for all of them."""
        return (
            DeviceReport(
                key="keyboard",
                kind=DeviceKind.SCANNER,
                title=self.tr("Scanners that type like a keyboard"),
                health=DeviceHealth.GOOD,
                words=self.tr("Whatever they read is heard, on every screen."),
                last_event=self.tr("Scanned") if self._last_scan_at else "",
                last_event_at=self._last_scan_at,
            ),
        )

    def test(self, key: str) -> None:
        """Nothing can be asked of a keyboard; the self-test page waits for a scan."""

    def _note(self) -> None:
        self._last_scan_at = self._clock()
        self.reports_changed.emit()
