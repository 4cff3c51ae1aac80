"""A key press taken out of the stream, and given back to the window when it was typing."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow


class HeldPress:
    """A press taken out of the stream: what to send, should it have been typing."""

    def __init__(self, event: QKeyEvent, window: QWindow) -> None:
        self.window = window
        self._press = event.clone()

    def send(self) -> None:
        """Gives press and release to the window that now has the focus."""
        target = _focus_window() or self.window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            if shiboken6.isValid(target):
                QCoreApplication.sendEvent(target, self._fresh(kind))

    def _fresh(self, kind: QEvent.Type) -> ReturnedKey:
        press = self._press
        fresh = ReturnedKey(
            kind,
            press.key(),
            press.modifiers(),
            press.nativeScanCode(),
            press.nativeVirtualKey(),
            press.nativeModifiers(),
            press.text(),
            press.isAutoRepeat(),
            press.count(),
        )
        fresh.setTimestamp(press.timestamp())
        return fresh


def _focus_window() -> QWindow | None:
    """Where keys go now: a dialog that has just opened takes over before it is active."""
    focus, modal = QGuiApplication.focusWindow(), QGuiApplication.modalWindow()
    if modal is not None and modal.transientParent() is focus:
        return modal
    return focus


class ReturnedKey(QKeyEvent):
    """A key given back as typing; the filter lets it pass."""
