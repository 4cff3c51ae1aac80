"""The card of one device: sign, name, how it is doing, what to do, what happened last."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.icons import icon, paint_icon
from checkin_app.gui.appearance.theme import Colours, colours_of, sized
from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown
from checkin_app.services.wording import shown_time

ICONS = {
    DeviceKind.SCANNER: "scan",
    DeviceKind.CAMERA: "camera",
    DeviceKind.PRINTER: "print",
    DeviceKind.LOUDSPEAKER: "sound-on",
    DeviceKind.VOICE: "voice",
    DeviceKind.GUEST_SCREEN: "guest",
}
_SIGN_PX = 44


class DeviceCard(QFrame):
    """Shows a ``DeviceReport``.

    Signals:
        test_wanted: the key of the device to try out.
        set_up_wanted: the ``DeviceKind`` whose page is wanted.
    """

    test_wanted = Signal(str)
    set_up_wanted = Signal(object)

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._programme = event
        self._report: DeviceReport | None = None
        self._sign = _Sign(self)
        self.title = plain_label()
        self.title.setFont(sized(self.font(), 1.07, bold=True))
        self.words = plain_label()
        self.words.setWordWrap(True)
        self.next_step = plain_label()
        self.next_step.setWordWrap(True)
        self.next_step.setFont(sized(self.font(), 1.0, bold=True))
        self.last = quiet_label()
        self.test = QPushButton(self.tr("Test"), self)
        self.set_up = QPushButton(icon("settings"), "", self)
        self.set_up.setToolTip(self.tr("Set up"))
        self._lay_out()
        self.test.clicked.connect(self._want_test)
        self.set_up.clicked.connect(self._want_set_up)

    def show_report(self, report: DeviceReport) -> None:
        """Show how the device is doing now."""
        if report == self._report:
            return
        self._report = report
        self._sign.show_sign(ICONS[report.kind], report.health)
        for label, text in (
            (self.title, report.title),
            (self.words, report.words),
            (self.next_step, report.next_step),
            (self.last, self._last_event(report)),
        ):
            label.setText(shown(text))
            label.setVisible(bool(text))
        self.test.setVisible(report.can_be_tested)
        self.test.setAccessibleName(self.tr("Test {device}").format(device=shown(report.title)))
        self.set_up.setAccessibleName(self.tr("Set up {device}").format(device=shown(report.title)))
        self.setAccessibleName(". ".join(filter(None, (report.title, report.words))))

    def _last_event(self, report: DeviceReport) -> str:
        if report.last_event_at is None:
            return report.last_event
        time = shown_time(report.last_event_at, self._programme)
        return self.tr("{what}, {time}").format(what=report.last_event, time=time)

    def _want_test(self) -> None:
        if self._report is not None:
            self.test_wanted.emit(self._report.key)

    def _want_set_up(self) -> None:
        if self._report is not None:
            self.set_up_wanted.emit(self._report.kind)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for text in (self.title, self.words, self.next_step, self.last):
            texts.addWidget(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 12)
        row.setSpacing(14)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self.test, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.set_up, 0, Qt.AlignmentFlag.AlignVCenter)


class _Sign(QWidget):
    """What kind of device it is, with a mark for its health: by shape, not by colour alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_SIGN_PX, _SIGN_PX)
        self._icon_name = "devices"
        self._health = DeviceHealth.OFF

    def show_sign(self, icon_name: str, health: DeviceHealth) -> None:
        """Draw another kind or health."""
        self._icon_name, self._health = icon_name, health
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon, and the mark at its lower right."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = colours.faded if self._health is DeviceHealth.OFF else colours.text
        paint_icon(painter, self._icon_name, QRectF(0, 2, 32, 32), ink)
        if self._health is not DeviceHealth.OFF:
            self._paint_mark(painter, colours)
        painter.end()

    def _paint_mark(self, painter: QPainter, colours: Colours) -> None:
        place = QRectF(_SIGN_PX - 22, _SIGN_PX - 22, 20, 20)
        fill, ink, name = self._mark(colours)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.surface)
        painter.drawEllipse(place.adjusted(-2, -2, 2, 2))
        painter.setBrush(fill)
        painter.drawEllipse(place)
        paint_icon(painter, name, place.adjusted(4, 4, -4, -4), ink)

    def _mark(self, colours: Colours) -> tuple[QColor, QColor, str]:
        match self._health:
            case DeviceHealth.GOOD:
                return colours.inside.fill, colours.inside.ink, "check"
            case DeviceHealth.BUSY:
                return colours.accent, colours.on_accent, "next"
            case DeviceHealth.WARNING:
                return colours.attention.fill, colours.attention.ink, "warning"
            case _:
                return colours.refused.fill, colours.refused.ink, "close"
