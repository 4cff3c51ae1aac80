"""A soft sound when a printer stops in the middle of its work, sparingly.

The line at the desk says what is wrong; the sound only lifts somebody's head. It never covers the
sound of an answer, is heard once for each trouble, and at most twice a minute in all.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.gui.devices.sounds import Sound, SoundPlayer

_PAUSE_MS = 30_000
_AFTER_ANSWER_MS = 700


class PrinterAlarm(QObject):
    """Hears of printers and plays ``Sound.PRINT_TROUBLE``.

    Attributes:
        soon: runs while an alarm waits for the sound of an answer to end.
    """

    def __init__(self, sounds: SoundPlayer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sounds = sounds
        self._was_fine: dict[str, bool] = {}
        self._since_last = QElapsedTimer()
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(_AFTER_ANSWER_MS)
        self.soon.timeout.connect(self._sound)

    def take_reports(self, reports: Iterable[DeviceReport]) -> None:
        """How all devices are doing now. A printer that is troubled from the start is no news."""
        printers = [report for report in reports if report.kind is DeviceKind.PRINTER]
        is_fine = {report.key: report.health is not DeviceHealth.TROUBLE for report in printers}
        stopped = [key for key, fine in is_fine.items() if not fine and self._was_fine.get(key)]
        self._was_fine = is_fine
        is_quiet = not self._since_last.isValid() or self._since_last.hasExpired(_PAUSE_MS)
        if stopped and is_quiet:
            self._since_last.start()
            self.soon.start()

    def _sound(self) -> None:
        if self._sounds.is_playing:
            self.soon.start()
        else:
            self._sounds.play(Sound.PRINT_TROUBLE)
