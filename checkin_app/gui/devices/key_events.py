"""Reads Qt's key events in the words of ``scanning.keystrokes``."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from checkin_app.scanning.keystrokes import Ending, KeyKind

_ENDING_KEYS: dict[int, Ending] = {
    Qt.Key.Key_Return: Ending.ENTER,
    Qt.Key.Key_Enter: Ending.ENTER,
    Qt.Key.Key_Tab: Ending.TAB,
}
# Scanners set to send control characters as keys write the line end as Ctrl+M or Ctrl+J, and
# X11 knows a key of its own for the line feed.
_ENDING_TEXTS = {"\r": Ending.ENTER, "\n": Ending.ENTER, "\t": Ending.TAB}
MODIFIER_KEYS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
        Qt.Key.Key_Mode_switch,
        Qt.Key.Key_Multi_key,
    }
)
_CTRL, _ALT, _META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
# AltGr arrives as Ctrl+Alt on Windows, and macOS writes @ and { with Alt alone.
_WRITING_MODIFIERS = [Qt.KeyboardModifier.NoModifier, _CTRL | _ALT] + (
    [_ALT] if sys.platform == "darwin" else []
)


def kind_of(event: QKeyEvent) -> KeyKind:
    """What a key press means to a scan."""
    if ending_of(event) is not None:
        return KeyKind.ENDING
    text = event.text()
    modifiers = event.modifiers() & (_CTRL | _ALT | _META)
    if text and modifiers in _WRITING_MODIFIERS and all(map(_is_writing, text)):
        return KeyKind.CHARACTER
    if text and modifiers in (_CTRL, _META) and not any(map(_is_writing, text)):
        return KeyKind.CONTROL
    return KeyKind.OTHER


def ending_of(event: QKeyEvent) -> Ending | None:
    """Which ending of a scan the press may be; None: it is none."""
    modifiers = event.modifiers() & (_CTRL | _ALT | _META)
    if not modifiers and event.key() in _ENDING_KEYS:
        return _ENDING_KEYS[event.key()]
    if modifiers in (Qt.KeyboardModifier.NoModifier, _CTRL, _META):
        return _ENDING_TEXTS.get(event.text()) if event.key() != Qt.Key.Key_Backtab else None
    return None


def _is_writing(character: str) -> bool:
    return character >= " " and character != "\x7f"


def key_identity(event: QKeyEvent) -> int:
    """The physical key: what it writes may change between press and release, with Shift."""
    return event.nativeScanCode() or event.nativeVirtualKey() or event.key()
