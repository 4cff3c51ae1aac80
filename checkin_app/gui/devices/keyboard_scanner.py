"""Hears scanners that play keyboard, whichever widget has the focus.

An application-wide event filter sees each key before any widget does, as it arrives at a
window. ``scanning.keystrokes`` decides what is a scan; this module feeds it, keeps the time,
and gives typing back to the window as fresh key events.

Traps behind the choices here:

* Only events for a ``QWindow`` count. The same press travels on to the focus widget and its
  parents, so a filter on widgets sees it several times.
* Gaps are measured between the times the system stamped on the events. A window that was busy
  for a moment receives what was typed meanwhile all at once.
* Qt asks with ``ShortcutOverride`` before it delivers a press. A code may contain any letter,
  so characters never start a shortcut here; typing given back still does, for Qt looks
  shortcuts up again for events that a program sends.
* A widget that opens a dialog on a key keeps us inside the sending of that key until the
  dialog closes. The keys behind it are sent by a timer then, to the dialog.
* Programs write as fast as scanners do: text expanders, remote desktops. What they write into a
  text field is given back when it neither has an ending nor looks like a code.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from checkin_app.domain.scan import Scan
from checkin_app.gui.devices.held_keys import HeldPress, ReturnedKey
from checkin_app.gui.devices.key_events import MODIFIER_KEYS, ending_of, key_identity, kind_of
from checkin_app.scanning.card_lines import CardLines
from checkin_app.scanning.keystrokes import (
    PATIENT_SPEED,
    SLOW_SPEED,
    Decisions,
    Ending,
    KeyboardReading,
    KeyKind,
    Keystroke,
    KeystrokeSorter,
    ScannerSpeed,
    Typed,
)
from checkin_app.scanning.repeated_readings import RepeatedReadings
from checkin_app.settings.device_settings import ScannerSettings

_LATE_MS = 10
_BUSY_MS = 1000


class KeyboardScanner(QObject):
    """Filters the keys of the whole application for scans.

    Signals:
        scanned: a ``Scan`` with the repairs of its text. A code that a scanner sent twice at
            one trigger is one; so is a contact card, which is its first line then.
        reading_measured: the ``KeyboardReading`` behind each scan and each such repeat.

    Args:
        speed: where typing ends and a scan begins; None: as the settings say.
        parent: owner; the filter works from ``start`` until ``stop`` or until it is deleted.
    """

    scanned = Signal(object)
    reading_measured = Signal(object)

    def __init__(self, speed: ScannerSpeed | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = ScannerSettings()
        self._own_speed = speed
        self._is_patient = False
        self._sorter: KeystrokeSorter[HeldPress] = KeystrokeSorter(speed)
        self._repeated = RepeatedReadings()
        self._cards = CardLines()
        self._taken_keys: set[int] = set()
        self._returning: deque[HeldPress] = deque()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._silence_due_ms = 0
        self._silence = self._timer(self._when_silent)
        self._still_returning = self._timer(self._return_typing)

    def start(self) -> None:
        """Begins to filter."""
        self._application().installEventFilter(self)

    def stop(self) -> None:
        """Ends filtering; what is held goes where it belongs."""
        self._application().removeEventFilter(self)
        self._silence.stop()
        self._act(self._sorter.silence())

    def take_settings(self, settings: ScannerSettings) -> None:
        """What the scanners of this desk add, and how fast they type."""
        self._settings = settings
        self._follow_speed()

    def be_patient(self, is_patient: bool) -> None:
        """Take even the slowest scanner for one, while nobody types and one is measured."""
        self._is_patient = is_patient
        self._follow_speed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the event was taken: held back, or part of a scan."""
        # Every event of the program passes here: what is no key must leave at once.
        if not isinstance(event, (QKeyEvent, QInputMethodEvent)):
            return False
        if isinstance(event, QInputMethodEvent):
            return self._take_composed(event)
        if not isinstance(watched, QWindow) or isinstance(event, ReturnedKey):
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride:
                return self._take_shortcut(event)
            case QEvent.Type.KeyPress:
                return self._take_press(event, watched)
            case QEvent.Type.KeyRelease:
                return self._take_release(event)
        return False

    def _take_press(self, event: QKeyEvent, window: QWindow) -> bool:
        if event.key() in MODIFIER_KEYS:
            return False
        press = HeldPress(event, window)
        decisions = self._sorter.press(self._keystroke(event, press))
        self._taken_keys.discard(key_identity(event))
        if decisions == [Typed(press)] and not self._returning:
            self._expect_silence()
            return False
        if not event.isAutoRepeat():
            self._taken_keys.add(key_identity(event))
        self._expect_silence()
        self._act(decisions)
        return True

    def _take_release(self, event: QKeyEvent) -> bool:
        """Releases of taken presses are taken too: returned keys bring their own."""
        identity = key_identity(event)
        is_taken = identity in self._taken_keys
        if not event.isAutoRepeat():
            self._taken_keys.discard(identity)
        return is_taken

    def _take_shortcut(self, event: QKeyEvent) -> bool:
        kind = kind_of(event)
        if event.isAutoRepeat() or kind is KeyKind.OTHER:
            return False
        if kind is not KeyKind.CHARACTER and not self._sorter.is_inside:
            return False
        event.accept()
        return True

    def _take_composed(self, event: QInputMethodEvent) -> bool:
        """Text from dead keys and input methods: part of a scan, or typing behind typing."""
        if not self._sorter.is_inside or not event.commitString():
            return False
        if self._sorter.is_certain:
            self._sorter.compose(event.commitString())
            return True
        self._act(self._sorter.silence())
        return False

    def _keystroke(self, event: QKeyEvent, press: HeldPress) -> Keystroke[HeldPress]:
        return Keystroke(
            kind_of(event),
            # Keys that a program sends carry no time.
            event.timestamp() or self._clock.elapsed(),
            press,
            event.text(),
            ending_of(event) or Ending.ENTER,
            event.isAutoRepeat(),
        )

    def _expect_silence(self) -> None:
        wait_ms = self._sorter.wait_ms
        if wait_ms is None:
            self._silence.stop()
        else:
            self._silence_due_ms = self._clock.elapsed() + wait_ms
            self._silence.start(wait_ms)

    def _when_silent(self) -> None:
        now_ms = self._clock.elapsed()
        if now_ms - self._silence_due_ms > _LATE_MS:
            # The window was busy: keys typed meanwhile may be waiting behind this timer. They
            # are given one chance to come forward.
            self._silence_due_ms = now_ms + _BUSY_MS
            self._silence.start(_LATE_MS)
        else:
            self._act(self._sorter.silence())

    def _act(self, decisions: Decisions[HeldPress]) -> None:
        scans: list[tuple[KeyboardReading, Scan]] = []
        for decided in decisions:
            if isinstance(decided, Typed):
                self._returning.append(decided.key)
            elif (scan := self._scan_of(decided)) is not None:
                scans.append((decided, scan))
            else:
                self._returning += decided.keys
        if scans and self._returning:
            self._still_returning.start(0)
        for reading, scan in scans:
            self._report(reading, scan)
        self._return_typing()

    def _return_typing(self) -> None:
        while self._returning:
            press = self._returning.popleft()
            if self._returning:
                self._still_returning.start(0)
            press.send()
        self._still_returning.stop()

    def _scan_of(self, reading: KeyboardReading) -> Scan | None:
        """The scan of a reading; None when it was text for the field that has the focus."""
        # Its tables of keyboard layouts are none of the start's business.
        from checkin_app.scanning.scanner_scans import is_typing_after_all, keyboard_scan

        if _is_secret_wanted():
            return None
        scan = keyboard_scan(reading, self._settings)
        return None if _is_text_wanted() and is_typing_after_all(reading, scan) else scan

    def _report(self, reading: KeyboardReading, scan: Scan) -> None:
        self.reading_measured.emit(reading)
        began_ms, ended_ms = reading.began_ms, reading.ended_ms
        is_repeat = self._repeated.is_repeat(reading.text, began_ms, ended_ms)
        is_further_line = self._cards.is_further_line(scan, began_ms, ended_ms)
        if not is_repeat and not is_further_line:
            self.scanned.emit(scan)

    def _follow_speed(self) -> None:
        as_set = SLOW_SPEED if self._settings.is_slow else ScannerSpeed()
        speed = PATIENT_SPEED if self._is_patient else as_set
        self._act(self._sorter.follow(self._own_speed or speed))

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer

    @staticmethod
    def _application() -> QCoreApplication:
        application = QCoreApplication.instance()
        assert application is not None, "a scanner needs a running application"
        return application


def _is_secret_wanted() -> bool:
    """Whether the widget with the focus takes a password.

    A program that keeps passwords types them as fast as a scanner does; as a scan it would stand
    on the screen and in the ledger.
    """
    focus = QApplication.focusWidget()
    hidden = Qt.InputMethodHint.ImhHiddenText
    return focus is not None and bool(focus.inputMethodHints() & hidden)


def _is_text_wanted() -> bool:
    """Whether the widget with the focus takes text."""
    focus = QApplication.focusWidget()
    return focus is not None and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
