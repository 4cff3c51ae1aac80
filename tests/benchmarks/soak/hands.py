"""Who brings codes to the desk in a soak: a keyboard wedge, a serial scanner, a video.

Each is given the codes that are its own and brings the next one when told to. What it brings
travels the way that a device's does: key events of the window, bytes of a serial line, frames.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow

_KEY_MS = 3
_APART_MS = 200
_MODIFIER = Qt.KeyboardModifier.NoModifier


class Hand(Protocol):
    """Somebody who scans."""

    name: str

    def bring(self, now_ms: int) -> None:
        """Scan the next code, if one is left."""

    def close(self) -> None:
        """No more."""


class WedgeHand:
    """A scanner that plays keyboard: key events as the window system sends them."""

    name = "wedge"

    def __init__(self, window: QWindow, codes: Sequence[str]) -> None:
        self._window = window
        self._codes = iter(codes)
        self._ended_ms = 0

    def bring(self, now_ms: int) -> None:
        """Type the next code and Enter, at a scanner's speed."""
        code = next(self._codes, None)
        if code is None:
            return
        # One after the other, also where the machine stalled and two are due.
        began_ms = max(now_ms, self._ended_ms + _APART_MS)
        self._ended_ms = began_ms + len(code) * _KEY_MS
        for place, character in enumerate(code):
            self._press(Qt.Key(ord(character.upper())), character, began_ms + place * _KEY_MS)
        self._press(Qt.Key.Key_Return, "\r", self._ended_ms)

    def close(self) -> None:
        """Nothing is left open."""

    def _press(self, key: Qt.Key, text: str, at_ms: int) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, _MODIFIER, text)
            event.setTimestamp(at_ms)
            QCoreApplication.sendEvent(self._window, event)


class SerialHand:
    """A scanner at a serial port: the other end of a pseudo-terminal.

    Attributes:
        port: the name of the port that the desk opens.
    """

    name = "serial"

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes = iter(codes)
        self._ours, self._theirs = os.openpty()
        self.port = os.ttyname(self._theirs)

    def bring(self, now_ms: int) -> None:
        """Send the next code and a carriage return."""
        code = next(self._codes, None)
        if code is not None:
            os.write(self._ours, f"{code}\r".encode())

    def close(self) -> None:
        """Unplug it."""
        os.close(self._ours)
        os.close(self._theirs)
