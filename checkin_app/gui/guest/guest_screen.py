"""The guest's screen as a device of the desk: where the window is, and how it is doing.

The window exists only while it is wanted. A screen that is unplugged takes it away, and brings it
back when it is there again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.gui.guest.screens import ScreenPlace, WhyNot, choose_screen
from checkin_app.services.clock import utc_now
from checkin_app.settings import Settings

if TYPE_CHECKING:
    from checkin_app.gui.guest.guest_talk import GuestTalk
    from checkin_app.gui.guest.guest_window import GuestWindow

_KEY = "guest screen"


class GuestScreen(QObject):
    """Puts the guest window on its screen.

    Signals:
        reports_changed: as of every device.
        correction_asked: the id (str) of an attendee who says that the name is wrong.
        confirmed: the id (str) of an attendee who says that it is right.
        settings_changed: the ``GuestSettings`` after somebody closed the window.

    Attributes:
        settings: what was chosen.
        talk: what is said to the guest; None while the window is off.
        window: there as long as ``talk`` is, whether or not there is a screen to show it on.

    Args:
        settings: whether it is wanted, on which screen, whether guests are asked.
        clock: gives the present time (UTC).
        parent: owner; if it is the desk's window, its screen is never covered.
    """

    reports_changed = Signal()
    correction_asked = Signal(str)
    confirmed = Signal(str)
    settings_changed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings.devices.guest
        self._clock = clock
        self._is_started = False
        self._place: tuple[Event, CheckInList] | None = None
        self._why_not: WhyNot | None = WhyNot.ONLY_ONE
        self.talk: GuestTalk | None = None
        self.window: GuestWindow | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._follow)
        application.primaryScreenChanged.connect(self._follow)
        application.screenRemoved.connect(self._leave_screen)

    # The life of a device

    def start(self) -> None:
        """The desk's window is on its screen; the guest's may be shown."""
        if self._is_started:
            return
        self._is_started = True
        desk = self._desk_window()
        if desk is not None and (handle := desk.windowHandle()) is not None:
            handle.screenChanged.connect(self._follow)
        self._follow()

    def stop(self) -> None:
        """The desk's window is about to close."""
        self._is_started = False
        self._end()

    def take_settings(self, settings: Settings) -> None:
        """Follow what was chosen."""
        before, self.settings = self.settings, settings.devices.guest
        if before != self.settings:
            self._follow()

    def take_place(self, event: Event, check_in_list: CheckInList) -> None:
        """Another event, or another check-in list, is open now."""
        self._place = (event, check_in_list)
        self._end()
        self._follow()

    def test(self, key: str) -> None:
        """Welcome an example."""
        if self.talk is not None:
            name = self.tr("Example")
            self.talk.welcome(Attendee("", first_name="Alexis", last_name=name, organisation=name))

    def reports(self) -> tuple[DeviceReport, ...]:
        """How the screen is doing."""
        health, words, next_step = self._state()
        greeted_at = self.talk.greeted_at if self.talk else None
        return (
            DeviceReport(
                _KEY,
                DeviceKind.GUEST_SCREEN,
                self.tr("Guest window"),
                health,
                words,
                next_step,
                last_event=self.tr("Greeted") if greeted_at else "",
                last_event_at=greeted_at,
                can_be_tested=health is DeviceHealth.GOOD,
            ),
        )

    def screens(self) -> tuple[ScreenPlace, ...]:
        """The screens that are connected now."""
        return tuple(map(_place_of, QGuiApplication.screens()))

    # Inside

    def _follow(self, *_: object) -> None:
        """Make the window, move it, or take it away."""
        if not self.settings.is_on or not self._is_started or self._place is None:
            self._end()
        else:
            if self.window is None:
                self._make(*self._place)
            assert self.talk is not None
            self.talk.asks_if_correct = self.settings.asks_if_correct
            self._put_on_screen(QGuiApplication.screens())
        self.reports_changed.emit()

    def _leave_screen(self, removed: QScreen) -> None:
        """Hide at once: Qt would move the window to the screen of the desk."""
        if self.window is not None:
            self._put_on_screen([one for one in QGuiApplication.screens() if one is not removed])
        self.reports_changed.emit()

    def _make(self, event: Event, check_in_list: CheckInList) -> None:
        from checkin_app.gui.guest.guest_talk import GuestTalk
        from checkin_app.gui.guest.guest_window import GuestWindow

        self.talk = talk = GuestTalk(event, check_in_list, self._clock, self)
        self.window = window = GuestWindow(talk.message)
        talk.changed.connect(window.page.show_message)
        talk.changed.connect(self.reports_changed)
        talk.correction_asked.connect(self.correction_asked)
        talk.confirmed.connect(self.confirmed)
        window.page.confirmed.connect(talk.take_yes)
        window.page.refuted.connect(talk.take_no)
        window.closed_by_hand.connect(self._closed_by_hand)

    def _end(self) -> None:
        if self.window is None or self.talk is None:
            return
        self.talk.stop()
        self.talk.deleteLater()
        self.window.close()
        self.window.deleteLater()
        self.talk = self.window = None

    def _put_on_screen(self, screens: list[QScreen]) -> None:
        assert self.window is not None
        places = [_place_of(screen) for screen in screens]
        desk = self._desk_window()
        chosen = choose_screen(
            places, self.settings.screen, desk.screen().name() if desk is not None else ""
        )
        if isinstance(chosen, WhyNot):
            self._why_not = chosen
            self.window.hide()
        else:
            self._why_not = None
            self.window.fill(screens[places.index(chosen)])

    def _desk_window(self) -> QWidget | None:
        owner = self.parent()
        while owner is not None and not isinstance(owner, QWidget):
            owner = owner.parent()
        return owner.window() if owner is not None else None

    def _closed_by_hand(self) -> None:
        self.settings_changed.emit(replace(self.settings, is_on=False))

    def _state(self) -> tuple[DeviceHealth, str, str]:
        """Health, words, and what to do."""
        if not self.settings.is_on:
            return DeviceHealth.OFF, self.tr("Off."), ""
        if self.window is None:
            return DeviceHealth.BUSY, self.tr("Getting ready."), ""
        match self._why_not:
            case WhyNot.ONLY_ONE:
                return (
                    DeviceHealth.WARNING,
                    self.tr("There is no screen for the guest beside that of the desk."),
                    self.tr("Connect one, and let it extend the desktop instead of mirroring it."),
                )
            case WhyNot.GONE:
                return (
                    DeviceHealth.WARNING,
                    self.tr("The chosen screen is not connected."),
                    self.tr("Connect it again, or choose another one on the guest page."),
                )
            case WhyNot.DESK:
                return (
                    DeviceHealth.WARNING,
                    self.tr("The chosen screen shows the desk itself."),
                    self.tr("Choose another one on the guest page, or move the desk's window."),
                )
        title = _place_of(self.window.screen()).title
        return DeviceHealth.GOOD, self.tr("Shown on {screen}.").format(screen=title), ""


def _place_of(screen: QScreen) -> ScreenPlace:
    area, ratio = screen.geometry(), screen.devicePixelRatio()
    size = f"{round(area.width() * ratio)}×{round(area.height() * ratio)}"
    title = " ".join(filter(None, (screen.manufacturer(), screen.model() or screen.name(), size)))
    return ScreenPlace(screen.name(), title, area.left(), area.top(), area.width(), area.height())
